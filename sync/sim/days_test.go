package sim_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

var (
	places = []string{"441621102901", "441621102902", "441621109901", "441602006901", "441621102", "441621109", "441621108"}
	about  = []catalogue.UnitID{"441621102", "441621109", "441621", "jiangdong", "441621-zjj", "441621102901"}
	desks  = []catalogue.UnitID{"441621102", "441621109", "441621", "jiangdong", "441621-zjj", "jiangdong-zjj", "441621102-sfs"}
	amends = []casework.Field{casework.FieldTitle, casework.FieldDetail, casework.FieldPeople}
)

// deed is something that can happen.
type deed struct {
	weight int
	do     func(*world, *laptop)
}

// deeds and how often they happen. A table, so that every run says what it did.
var deeds = []deed{
	{16, (*world).register},
	{30, (*world).act},
	{10, (*world).amend},
	{8, (*world).openDraft},
	{8, (*world).endDraft},
	{34, (*world).exchange},
	{5, (*world).kill},
	{4, (*world).keepCopy},
	{2, (*world).putBack},
	{1, (*world).cloneFile},
	{3, (*world).backUp},
	{1, (*world).restoreCounty},
	{2, (*world).publish},
	{1, (*world).revoke},
	{2, (*world).enrol},
}

// day lets n things happen.
func (w *world) day(n int) {
	total := 0
	for _, d := range deeds {
		total += d.weight
	}
	for range n {
		w.pass(time.Duration(w.rand.IntN(1200)) * time.Second)
		at := w.rand.IntN(total)
		for _, d := range deeds {
			if at -= d.weight; at < 0 {
				if live := w.live(); len(live) > 0 {
					d.do(w, pick(w, live))
				}
				break
			}
		}
	}
}

// word is a text that was never written before.
func (w *world) word() string { w.words++; return "第" + strconv.Itoa(w.words) + "句" }

func (w *world) register(l *laptop) {
	fields := casework.Fields{casework.FieldCategory: pick(w, []string{"0101", "0201"}), casework.FieldTitle: w.word(),
		casework.FieldFacts: w.word() + strings.Repeat("两家为排水沟争吵，", w.rand.IntN(80)), casework.FieldDivision: pick(w, places)}
	reg := &casework.Registered{Matter: casework.Dispute, Fields: fields}
	if w.chance(50) {
		reg.Parties = []casework.Party{{Role: "applicant", Name: w.word()}}
	}
	if w.chance(25) {
		reg.Confidential = true
		for range w.rand.IntN(3) {
			reg.About = append(reg.About, pick(w, about))
		}
	}
	l.save("register", store.Work{Events: []casework.Event{reg}, Unit: l.unit()})
}

// unit is one of the person's.
func (l *laptop) unit() catalogue.UnitID {
	units := l.store.Profile().Units
	if len(units) == 0 {
		return ""
	}
	return pick(l.w, units)
}

// save appends a piece of work; what is refused is no harm.
func (l *laptop) save(what string, work store.Work) {
	l.w.t.Helper()
	saved, err := l.store.Append(work)
	var refusal *casework.Refusal
	switch {
	case err == nil:
		l.own[saved.UID] = true
		l.w.log("%s %s case %s uid %s", l.name, what, short(saved.Case), short(saved.UID))
	case errors.As(err, &refusal) && slices.Contains([]casework.Code{casework.CodeNotAllowed, casework.CodeInvalid, casework.CodeNotFound}, refusal.Code):
		l.w.log("%s %s refused: %v", l.name, what, err)
	default:
		l.w.t.Fatalf("%s %s: %v", l.name, what, err)
	}
}

func short(id fmt.Stringer) string { s := id.String(); return s[len(s)-6:] }

// rows are the cases that the laptop shows, in the order of their ids.
func (l *laptop) rows() []store.Row {
	l.w.t.Helper()
	list, err := l.store.Rows(store.Query{})
	l.w.ok(err)
	slices.SortFunc(list.Rows, func(a, b store.Row) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return list.Rows
}

// someCase is a case that is shown; false if there is none.
func (l *laptop) someCase() (casework.Case, bool) {
	rows := slices.DeleteFunc(l.rows(), func(r store.Row) bool { return r.Gone != nil })
	if len(rows) == 0 {
		return casework.Case{}, false
	}
	v, err := l.store.Case(pick(l.w, rows).ID)
	l.w.ok(err)
	return v.Case, true
}

func (w *world) act(l *laptop) {
	c, ok := l.someCase()
	if !ok {
		return
	}
	l.actOn(&c, nil)
}

// actOn does something that the case offers, for one of the person's units;
// parents are those of a draft, nil for the case as it is now.
func (l *laptop) actOn(c *casework.Case, parents []casework.EntryID) {
	w, unit := l.w, l.unit()
	offers := casework.Offers(c, l.store.Person(unit), l.store.Catalogue())
	if !w.chance(8) { // now and then somebody tries what is not offered
		offers = slices.DeleteFunc(offers, func(o casework.Offer) bool { return !o.Allowed })
	}
	// Decisions are few and matter: take one whenever there is one to take.
	if i := slices.IndexFunc(offers, func(o casework.Offer) bool {
		return o.Allowed && (o.Action == casework.ActSettle || o.Action == casework.ActRelease)
	}); i >= 0 && w.chance(60) {
		offers = offers[i : i+1]
	}
	if len(offers) == 0 {
		return
	}
	o := pick(w, offers)
	var ev casework.Event = &casework.Amended{Fields: l.fields()}
	if o.Action != casework.ActAmend {
		var ok bool
		if ev, ok = c.NewEvent(o.Action); !ok {
			return
		}
		if faults := casework.Fill(ev, l.fill(c, o.Fields)); len(faults) > 0 {
			w.t.Fatalf("fill %s: %v", o.Action, faults)
		}
	}
	work := store.Work{Case: c.ID, Parents: parents, Events: []casework.Event{ev}, Unit: unit}
	if w.chance(10) {
		work.Events = append(work.Events, &casework.Noted{Note: w.word()})
	}
	l.save(string(o.Action), work)
}

func (l *laptop) fields() casework.Fields {
	w, out := l.w, casework.Fields{}
	for _, f := range amends {
		if w.chance(40) {
			out[f] = w.word()
			if f == casework.FieldPeople {
				out[f] = strconv.Itoa(1 + w.rand.IntN(99))
			}
		}
	}
	if w.chance(10) {
		out[casework.FieldDivision] = pick(w, places)
	}
	return out
}

// fill writes something plausible into a form.
func (l *laptop) fill(c *casework.Case, specs []casework.FieldSpec) map[string]string {
	w, in := l.w, map[string]string{}
	for _, s := range specs {
		if !s.Required && w.chance(50) {
			continue
		}
		switch s.Type {
		case casework.TypeText, casework.TypeLong:
			in[s.Name] = w.word()
		case casework.TypeDate:
			in[s.Name] = w.time().AddDate(0, 0, w.rand.IntN(60)).Format(time.DateOnly)
		case casework.TypeNumber:
			in[s.Name] = strconv.Itoa(1 + w.rand.IntN(9))
		case casework.TypeBool:
			in[s.Name] = strconv.FormatBool(w.chance(50))
		case casework.TypeChoice:
			in[s.Name] = pick(w, s.Choices)
		case casework.TypeCode:
			in[s.Name] = pick(w, w.cat.Codes(s.Table)).Code
		case casework.TypeDivision:
			in[s.Name] = pick(w, places)
		case casework.TypeUnit:
			in[s.Name] = string(pick(w, desks))
		case casework.TypeUnits:
			in[s.Name] = string(pick(w, desks)) + "," + string(pick(w, desks))
		case casework.TypeEntry:
			if waiting := slices.Concat(c.Contested, c.HeldNow); len(waiting) > 0 {
				in[s.Name] = pick(w, waiting).String()
			}
		case casework.TypeElement:
			if len(c.Parties) > 0 {
				in[s.Name] = pick(w, c.Parties).Element.String()
			}
		}
	}
	return in
}

func (w *world) amend(l *laptop) {
	if c, ok := l.someCase(); ok {
		l.save("amend", store.Work{Case: c.ID, Parents: c.Heads, Events: []casework.Event{&casework.Amended{Fields: l.fields()}}, Unit: l.unit()})
	}
}

func (w *world) openDraft(l *laptop) {
	if c, ok := l.someCase(); ok {
		l.drafts = append(l.drafts, draft{id: c.ID, heads: c.Heads, view: c})
	}
}

// endDraft saves what was written on a case as it stood some time ago.
func (w *world) endDraft(l *laptop) {
	if len(l.drafts) == 0 {
		return
	}
	d := l.drafts[0]
	l.drafts = l.drafts[1:]
	if w.chance(50) {
		l.save("late amend", store.Work{Case: d.id, Parents: d.heads, Events: []casework.Event{&casework.Amended{Fields: l.fields()}}, Unit: l.unit()})
		return
	}
	l.actOn(&d.view, d.heads)
}

// exchange lets the agent try, over a line that may break.
func (w *world) exchange(l *laptop) {
	if !l.enrolled() {
		return
	}
	how := "well"
	size := 1 << (6 + w.rand.IntN(11))
	size += w.rand.IntN(size)
	switch n := w.rand.IntN(100); {
	case n < 14:
		how = fmt.Sprintf("cut up after %d", size)
		l.line.cutUp(size)
	case n < 28:
		how = fmt.Sprintf("cut down after %d", size)
		l.line.cutDown(size)
	case n < 38:
		how = "answer lost"
		w.net.lose.Store(int32(1 + w.rand.IntN(3)))
	case n < 46:
		how = "twice"
		w.net.twice.Store(true)
	}
	l.sync(how)
}

// sync lets the agent try and looks at the receipts. A line that was not cut must
// carry everything.
func (l *laptop) sync(how string) agent.Outcome {
	w := l.w
	w.t.Helper()
	out, err := l.agent.Sync(ctx, nil)
	l.line.settle()
	broke := !l.line.isWhole() || strings.HasPrefix(how, "answer lost")
	l.line.hold()
	w.net.lose.Store(0)
	w.net.twice.Store(false)
	w.log("%s syncs (%s): %s sent %d taken %d held %d got %d withdrawn %d left %d/%d trips %d %v", l.name, how, out.Result, out.Sent, out.Taken,
		out.Held, out.Received, out.Withdrawn, out.LeftUp, out.LeftDown, out.RoundTrips, err)
	switch {
	case out.Result == agent.OK:
		if out.LeftUp != 0 || out.LeftDown != 0 {
			w.t.Fatalf("%s: done with %d up and %d down left", l.name, out.LeftUp, out.LeftDown)
		}
	case out.Result == agent.Revoked && l.revoked:
		if out.LeftUp != 0 {
			w.t.Fatalf("%s is revoked with %d entries not handed in", l.name, out.LeftUp)
		}
		l.gone, w.ruined = true, true
		return out
	case out.Result == agent.Offline && broke:
	default:
		w.t.Fatalf("%s syncs (%s): %s: %v", l.name, how, out.Result, err)
	}
	if out.RoundTrips > 200 {
		w.t.Fatalf("%s needed %d round trips", l.name, out.RoundTrips)
	}
	if l.store.Position().Epoch == w.epoch() {
		w.checkReceipts(l)
	}
	return out
}

// kill stops a machine without warning.
func (w *world) kill(l *laptop) {
	w.log("%s is killed", l.name)
	l.drafts = nil
	l.die(l.copyFile().data)
}

func (w *world) keepCopy(l *laptop) {
	if l.enrolled() && len(l.copies) < 4 {
		w.log("%s is copied", l.name)
		l.copies = append(l.copies, l.copyFile())
	}
}

// putBack puts an older copy of a laptop's file in its place, sometimes on
// another machine, where no witness is.
func (w *world) putBack(l *laptop) {
	if len(l.copies) == 0 {
		return
	}
	c := pick(w, l.copies)
	if w.chance(50) {
		w.ok(os.RemoveAll(l.notes))
	}
	w.log("%s is put back: %d entries of %d", l.name, len(c.own), len(l.own))
	l.drafts = nil
	l.own, w.ruined = maps.Clone(c.own), true
	l.die(c.data)
}

// cloneFile makes a second laptop of a copy of the first one's file.
func (w *world) cloneFile(l *laptop) {
	if !l.enrolled() || l.revoked || len(w.laptops) > 8 {
		return
	}
	c := l.copyFile()
	twin := w.newLaptop(l.user)
	w.log("%s is cloned to %s", l.name, twin.name)
	w.ok(os.MkdirAll(twin.dir, 0o700))
	w.ok(os.WriteFile(twin.file(), c.data, 0o600))
	twin.own = c.own
	twin.open()
}

func (w *world) backUp(*laptop) {
	file := filepath.Join(w.dir, fmt.Sprintf("backup-%d", len(w.backups)))
	saved, err := w.county.Backup(ctx, file)
	w.ok(err)
	b := backup{file: file, uids: w.atCounty().uids}
	for uid := range b.uids {
		w.backed[uid] = true
	}
	w.backups = append(w.backups, b)
	w.log("county is backed up to %d", saved.Watermark)
}

// restoreCounty puts the county back to a backup, the newest more often than not.
func (w *world) restoreCounty(*laptop) {
	if len(w.backups) == 0 {
		return
	}
	i := len(w.backups) - 1
	if w.chance(40) {
		i = w.rand.IntN(len(w.backups))
	}
	if !w.bereft(w.backups[i]) {
		w.restore(w.backups[i])
	}
}

// bereft reports whether a newer backup may be the last to hold somebody's words:
// where a laptop let a case go, it destroys its own once it is told that a backup
// has them. Nobody may then restore an older one.
func (w *world) bereft(b backup) bool {
	h := w.atCounty()
	for _, l := range w.live() {
		for _, row := range l.rows() {
			if row.Gone == nil {
				continue
			}
			for _, e := range h.cases[row.ID] {
				if w.backed[e.UID] && !b.uids[e.UID] {
					return true
				}
			}
		}
	}
	return false
}

func (w *world) restore(b backup) {
	w.t.Helper()
	w.ok(w.ledger.Close())
	home := w.folder("county")
	conf := w.conf
	conf.Ledger, conf.Key = nil, nil
	w.pass(time.Hour)
	restored, err := county.Restore(ctx, conf, b.file, home)
	w.ok(err)
	w.home = home
	key, err := county.ReadKey(home)
	w.ok(err)
	w.ledger, err = countyFiles.Open(filepath.Join(home, county.LedgerFile))
	w.ok(err)
	w.conf.Key, w.conf.Ledger = key, w.ledger
	w.county, err = county.New(ctx, w.conf)
	w.ok(err)
	w.net.county.Store(w.county)
	w.log("county is restored from %s: epoch %s", filepath.Base(b.file), short(restored.Epoch))
	w.revokeAgain()
}

// revokeAgain repeats the revocations that a restore lost, as the manual says.
// It reports whether all of these laptops are known to the county.
func (w *world) revokeAgain() bool {
	known := true
	for _, l := range w.live() {
		if l.revoked {
			_, err := w.county.Revoke(ctx, l.device())
			known = known && err == nil
		}
	}
	return known
}

func (w *world) revoke(l *laptop) {
	if !l.enrolled() || l.revoked || slices.ContainsFunc(w.laptops, func(o *laptop) bool { return o.revoked }) || w.chance(50) {
		return
	}
	if _, err := w.county.Revoke(ctx, l.device()); err != nil {
		return // the county was restored to before it knew the laptop
	}
	w.log("%s is revoked", l.name)
	for _, o := range w.live() { // its clones have its key
		o.revoked = o.revoked || o.enrolled() && o.device() == l.device()
	}
}

// enrol joins a laptop that has worked alone so far, by a slip that may have to
// be shown twice.
func (w *world) enrol(l *laptop) {
	if l.enrolled() || w.left(l.user) {
		return
	}
	if l.slip == "" || w.chance(20) {
		issued, err := w.county.Slip(ctx, l.user, 1000*time.Hour)
		w.ok(err)
		l.slip = issued.Slip
	}
	if w.chance(30) {
		w.net.lose.Store(1)
		if err := agent.Enrol(ctx, l.store, l.slip, l.config()); err == nil {
			w.t.Fatalf("%s enrolled without an answer", l.name)
		}
		w.net.lose.Store(0)
	}
	w.pass(time.Minute)
	var refusal *casework.Refusal
	err := agent.Enrol(ctx, l.store, l.slip, l.config())
	if errors.As(err, &refusal) && (refusal.Code == casework.CodeNotFound || refusal.Code == casework.CodeExpired) {
		l.slip = "" // a restored county does not know the slip
		return
	}
	w.log("%s enrols: %v", l.name, err)
	w.ok(err)
	l.drafts = nil
}

// left reports whether a person serves no longer, as the county knows it.
func (w *world) left(user catalogue.UserID) bool {
	person, _ := catalogue.NewIndex(w.published()).Person(user)
	return person.Left
}

// publish changes who serves where.
func (w *world) publish(*laptop) {
	w.cat.Version++
	unit := func(id catalogue.UnitID) *catalogue.Unit {
		return &w.cat.Units[slices.IndexFunc(w.cat.Units, func(u catalogue.Unit) bool { return u.ID == id })]
	}
	what := w.rand.IntN(6)
	switch what {
	case 0, 1: // a town moves between the county and the functional area
		town := pick(w, []catalogue.UnitID{"441621109", "441621108"})
		u, area := unit(town), unit("jiangdong")
		area.Covers = slices.DeleteFunc(slices.Clone(area.Covers), func(d catalogue.DivisionCode) bool { return d == catalogue.DivisionCode(town) })
		if u.Parent == "jiangdong" {
			u.Parent = "441621"
		} else {
			u.Parent, area.Covers = "jiangdong", append(area.Covers, catalogue.DivisionCode(town))
		}
	case 2:
		w.person("grid1").Units = []catalogue.UnitID{pick(w, []catalogue.UnitID{"441621102901", "441621102902", "441621109901"})}
	case 3:
		w.person("mediator1").Units = [][]catalogue.UnitID{{"441621102"}, {"441621102", "441621108"}, {"441621109"}}[w.rand.IntN(3)]
	case 4:
		w.person("county1").Units = [][]catalogue.UnitID{{"441621"}, {"441621", "jiangdong"}, {"jiangdong"}}[w.rand.IntN(3)]
	case 5: // somebody leaves, or comes back
		p := w.person(pick(w, []catalogue.UserID{"grid2", "bureau1"}))
		p.Left = !p.Left
	}
	w.issue()
	w.log("catalogue %d is published: %d", w.cat.Version, what)
}

func (w *world) person(user catalogue.UserID) *catalogue.Person {
	return &w.cat.People[slices.IndexFunc(w.cat.People, func(p catalogue.Person) bool { return p.User == user })]
}

func (w *world) issue() {
	w.t.Helper()
	_, err := w.county.Publish(ctx, w.cat.Clone())
	w.ok(err)
}
