package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

func mergeInto(id casework.CaseID) []casework.Event {
	return []casework.Event{&casework.Merged{Into: id, Reason: "同一件事"}}
}

func caseOf(t testing.TB, s *store.Store, id casework.CaseID) *casework.Case {
	t.Helper()
	v := must[store.View](t)(s.Case(id))
	return &v.Case
}

func tiesOf(t testing.TB, s *store.Store, id casework.CaseID) []store.Tie {
	t.Helper()
	return must[[]store.Tie](t)(s.Ties(caseOf(t, s, id)))
}

// Ensure that a merger writes both cases at once or neither, that each shows the
// other, that whoever looks for the one finds where it went, and that undoing it
// undoes both.
func TestAppend_Merge(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir, options(newClock()))
	reg := dispute("热线转来")
	reg.Source = casework.Source{System: "12345", ID: "GD-77"}
	dup := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
	into := register(t, s, "排水沟纠纷")
	must[store.Saved](t)(s.Append(store.Work{Case: dup.Case, Events: mergeInto(into.Case)}))
	ok(t, s.Close())

	s = open(t, dir, options(newClock()))
	c := caseOf(t, s, into.Case)
	if len(c.Sources) != 1 || c.Sources[0].Case != dup.Case || c.Sources[0].Number != dup.Number || c.Sources[0].Source != reg.Source || c.Sources[0].Channel != "03" {
		t.Fatalf("%+v", c.Sources)
	}
	for _, find := range []string{dup.Number, "gd-77"} {
		list := must[store.List](t)(s.Rows(store.Query{Find: find}))
		if !slices.ContainsFunc(list.Rows, func(w store.Row) bool { return w.ID == into.Case }) {
			t.Errorf("%s does not find the case that goes on", find)
		}
	}
	must[store.Saved](t)(s.Append(store.Work{Case: dup.Case, Events: note("又来电话催问")}))
	if ties := tiesOf(t, s, dup.Case); len(ties) != 1 || ties[0].Kind != store.TieInto || ties[0].Case != into.Case || ties[0].Row == nil || ties[0].Lost {
		t.Errorf("%+v", ties)
	}
	if ties := tiesOf(t, s, into.Case); len(ties) != 1 || ties[0].Kind != store.TieSource || ties[0].Case != dup.Case || ties[0].Late != 1 || ties[0].Lost {
		t.Errorf("%+v", ties)
	}

	// A source that did not arrive is missed at both, and is written down later.
	must[store.Saved](t)(s.Append(store.Work{Case: into.Case, Events: []casework.Event{&casework.SourceDropped{Case: dup.Case, Reason: "失手"}}}))
	for _, id := range []casework.CaseID{dup.Case, into.Case} {
		if ties := tiesOf(t, s, id); len(ties) != 1 || !ties[0].Lost {
			t.Errorf("not missed: %+v", ties)
		}
	}
	must[store.Saved](t)(s.Append(store.Work{Case: into.Case, Events: []casework.Event{&casework.SourceAdded{Case: dup.Case}}}))
	if c := caseOf(t, s, into.Case); len(c.Sources) != 1 || c.Sources[0].Source != reg.Source {
		t.Errorf("%+v", c.Sources)
	}

	must[store.Saved](t)(s.Append(store.Work{Case: dup.Case, Events: []casework.Event{&casework.Unmerged{Reason: "是两件事"}}}))
	if a, b := caseOf(t, s, dup.Case), caseOf(t, s, into.Case); a.State != casework.StateRegistered || len(b.Sources) != 0 {
		t.Errorf("%s, %+v", a.State, b.Sources)
	}
}

// Ensure that a case that others were merged into takes them along when it is merged
// on, and that mergers go in no circle.
func TestAppend_MergeOn(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	a, b, c := register(t, s, "甲"), register(t, s, "乙"), register(t, s, "丙")
	must[store.Saved](t)(s.Append(store.Work{Case: a.Case, Events: mergeInto(b.Case)}))
	must[store.Saved](t)(s.Append(store.Work{Case: b.Case, Events: mergeInto(c.Case)}))
	if got := caseOf(t, s, c.Case); len(got.Sources) != 2 || !got.HasSource(a.Case) || !got.HasSource(b.Case) {
		t.Errorf("%+v", got.Sources)
	}
	missing := must[casework.EntryID](t)(s.NewEntry())
	for why, into := range map[casework.Why]casework.CaseID{casework.WhySameCase: c.Case, casework.WhyMergeTarget: a.Case} {
		before := len(caseOf(t, s, into).Timeline)
		_, err := s.Append(store.Work{Case: c.Case, Events: mergeInto(into)})
		if !errors.Is(err, casework.Refuse(casework.CodeNotAllowed, why)) {
			t.Errorf("%s: %v", why, err)
		}
		if got := caseOf(t, s, c.Case); got.State != casework.StateRegistered || len(caseOf(t, s, into).Timeline) != before {
			t.Errorf("%s: something was written", why)
		}
	}
	_, err := s.Append(store.Work{Case: c.Case, Events: mergeInto(casework.CaseID(missing))})
	if !errors.Is(err, casework.Refuse(casework.CodeNotAllowed, casework.WhyMergeTarget)) {
		t.Errorf("into one that is not here: %v", err)
	}
}

// Ensure that a link is shown at both cases, and that one to a case that is not here
// is kept.
func TestTies_Links(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	a, b := register(t, s, "甲"), register(t, s, "乙")
	away := casework.CaseID(must[casework.EntryID](t)(s.NewEntry()))
	link := func(to casework.CaseID, relation string) {
		must[store.Saved](t)(s.Append(store.Work{Case: a.Case, Events: []casework.Event{&casework.Linked{Case: to, Relation: relation, Basis: "recurs"}}}))
	}
	link(b.Case, "earlier")
	link(away, "related")
	ties := tiesOf(t, s, a.Case)
	if len(ties) != 2 || ties[0].Case != b.Case || ties[0].Row == nil || ties[0].Back || ties[1].Case != away || ties[1].Row != nil {
		t.Errorf("%+v", ties)
	}
	ties = tiesOf(t, s, b.Case)
	if len(ties) != 1 || ties[0].Case != a.Case || !ties[0].Back || ties[0].Link.Relation != "earlier" {
		t.Errorf("%+v", ties)
	}
	by := ties[0].Link.By
	must[store.Saved](t)(s.Append(store.Work{Case: a.Case, Events: []casework.Event{&casework.Unlinked{Act: by}}}))
	if ties := tiesOf(t, s, b.Case); len(ties) != 0 {
		t.Errorf("%+v", ties)
	}
}

// Ensure that likely duplicates are found among many cases, before and after the
// index of words is made, with what they agree in, and none that the case is tied to.
func TestLikely(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	var works []store.Work
	for i := range 1500 {
		reg := dispute(fmt.Sprintf("第%d户反映%c%c事项", i, rune(0x4E00+i%900), rune(0x5000+i%700)))
		reg.Fields[casework.FieldFacts] = fmt.Sprintf("%c%c%c%c来反映情况", rune(0x5400+i), rune(0x5900+i), rune(0x6000+i), rune(0x6500+i))
		reg.Parties = []casework.Party{{Role: "applicant", Name: fmt.Sprintf("居民%d号", i)}}
		works = append(works, store.Work{Events: []casework.Event{reg}})
	}
	must[[]store.Imported](t)(s.Import(works, nil))
	first := register(t, s, "排水沟占地纠纷")
	same := dispute("反映排水沟占地")
	same.Parties = []casework.Party{{Role: "applicant", Name: "张伟华"}}
	twin := casework.SummaryOf(same, time.Date(2026, 10, 12, 0, 0, 0, 0, time.UTC))
	for _, prepared := range []bool{false, true} {
		if prepared {
			ok(t, s.PrepareSearch())
		}
		found := must[[]store.LikelyMatch](t)(s.Likely(twin))
		want := []casework.Likeness{casework.LikeParty, casework.LikeTitle, casework.LikePlace, casework.LikeNear}
		if len(found) != 1 || found[0].ID != first.Case || !slices.Equal(found[0].Likeness, want) {
			t.Fatalf("prepared %v: %+v", prepared, found)
		}
	}
	second := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{same}}))
	if found := must[[]store.LikelyMatch](t)(s.LikelyTo(caseOf(t, s, second.Case))); len(found) != 1 || found[0].ID != first.Case {
		t.Errorf("%+v", found)
	}
	must[store.Saved](t)(s.Append(store.Work{Case: second.Case, Events: mergeInto(first.Case)}))
	if found := must[[]store.LikelyMatch](t)(s.LikelyTo(caseOf(t, s, second.Case))); len(found) != 0 {
		t.Errorf("of a merged case: %+v", found)
	}
	if found := must[[]store.LikelyMatch](t)(s.Likely(casework.Summary{})); len(found) != 0 {
		t.Errorf("of nothing: %+v", found)
	}
}
