package county_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that mergers are judged at admission by both cases: nobody merges into a
// case that is not there, not hers, merged itself, or seen by more people than the
// 保密 one that she holds; and that what builds on a refused merger waits with it.
func TestExchange_Merge(t *testing.T) {
	w := newWorld(t)
	mediator, office := w.laptop("mediator1"), w.laptop("county1")
	merge := func(l *laptop, id, into casework.CaseID) *kept {
		return l.add(id, &casework.Merged{Into: into, Reason: "同一件事"})
	}
	a, b := mediator.register(village), mediator.register(town)
	more := make([]casework.CaseID, 6)
	for i := range more {
		more[i] = mediator.register(village)
	}
	secret := registered(village)
	secret.Confidential, secret.Holder = true, region
	hidden := casework.CaseID{UUID: w.id()}
	office.write(hidden, casework.EntryID{UUID: w.id()}, nil, secret)
	far := office.register("441621109901")
	mediator.sync()
	office.sync()

	good := merge(mediator, a, b)
	source := mediator.add(b, &casework.SourceAdded{Case: a, Number: "N"})
	circle := merge(mediator, b, a)
	itself := merge(mediator, more[0], more[0])
	nowhere := merge(mediator, more[1], casework.CaseID{UUID: w.id()})
	hers := merge(mediator, more[2], far)
	lie := mediator.add(more[3], &casework.SourceAdded{Case: far, Number: "N"})
	link := mediator.add(more[4], &casework.Linked{Case: far, Relation: "related", Basis: "consent"})
	tell := mediator.add(more[5], &casework.Linked{Case: hidden, Relation: "related", Basis: "consent"})
	mediator.sync()
	leak := merge(office, hidden, more[4])
	office.sync()
	for _, tt := range []struct {
		name string
		k    *kept
		want string
	}{
		{"a merger", good, "admitted "}, {"its source", source, "admitted "},
		{"a circle", circle, "held merge_target"}, {"into itself", itself, "held same_case"},
		{"into nothing", nowhere, "held merge_target"}, {"into another town's", hers, "held merge_hands"},
		{"a source that was never merged", lie, "held not_merged"},
		{"a link to one she cannot see", link, "admitted "}, {"a link that tells of a 保密 one", tell, "held more_see"},
		{"a 保密 one into one that more see", leak, "held more_see"},
	} {
		equal(t, tt.name, tt.k.verdict(t), tt.want)
	}

	// No release lets a circle close, wherever it comes from.
	release := office.add(b, &casework.Released{Entry: circle.rec.Entry.UID})
	office.sync()
	equal(t, "the release", release.verdict(t), "held merge_target")
	mediator.sync()
	office.sync()
	for _, id := range append(more, a, b, far) {
		if !mediator.seesCase(id) {
			continue
		}
		m, o := mediator.fold(id), office.fold(id)
		equal(t, "digest", casework.Digest(&m), casework.Digest(&o))
	}
	if mediator.seesCase(far) || mediator.seesCase(hidden) {
		t.Error("a link or a merger showed her a case")
	}
	w.mustVerify()
}

// Ensure that the county names open cases that look alike, none that is 保密, ended
// or older than asked for, and that it says in what they agree.
func TestLikely(t *testing.T) {
	w := newWorld(t)
	mediator := w.laptop("mediator1")
	like := func(place, name string, confidential bool) casework.CaseID {
		reg := registered(place)
		reg.Parties = []casework.Party{{Role: "applicant", Name: name, Phone: "13800000001"}}
		if confidential {
			reg.Confidential, reg.Holder = true, catalogue.UnitID(region)
		}
		id := casework.CaseID{UUID: w.id()}
		mediator.write(id, casework.EntryID{UUID: w.id()}, nil, reg)
		return id
	}
	like(village, "张三", false)
	w.now = w.now.AddDate(0, 0, 30)
	a, b := like(village, "张三", false), like(town, "张三", false)
	like(village, "张三", true)
	ended := like(village, "张三", false)
	mediator.sync()
	mediator.add(ended, &casework.Voided{Reason: "误录"})
	mediator.sync()
	pairs, err := w.Likely(ctx, w.now.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if len(pairs) != 1 || pairs[0].A.ID != a.String() && pairs[0].B.ID != a.String() || pairs[0].A.ID != b.String() && pairs[0].B.ID != b.String() {
		t.Fatalf("%+v", pairs)
	}
	equal(t, "first reason", pairs[0].Why[0], casework.LikePhone)
	all, err := w.Likely(ctx, w.now.AddDate(0, 0, -90))
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
}
