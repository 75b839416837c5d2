package sim_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

// holdings are what the county holds.
type holdings struct {
	uids  uids
	byUID map[casework.EntryID]casework.Entry
	cases map[casework.CaseID][]casework.Entry
}

// atCounty reads the ledger itself, not what was derived from it.
func (w *world) atCounty() holdings {
	w.t.Helper()
	if !w.moved.Swap(false) && w.there != nil {
		return *w.there
	}
	h := holdings{uids{}, map[casework.EntryID]casework.Entry{}, map[casework.CaseID][]casework.Entry{}}
	w.ok(w.ledger.View(ctx, func(r ledger.Reader) error {
		var logs []casework.LogID
		if err := r.Logs(func(head ledger.Head) bool { logs = append(logs, head.Log); return true }); err != nil {
			return err
		}
		for _, log := range logs {
			err := r.Entries(log, 1, func(e ledger.Entry) bool {
				if len(e.Stamp) == 0 {
					return true // the county's own, or a branch that nobody counts on
				}
				entry := w.decode(e)
				stamp, err := record.OpenStamp(e.Stamp)
				w.ok(err)
				entry.Stamp = stamp
				if entry.Case.IsZero() || stamp.Verdict == casework.Copy {
					return true // a copy alone is not the words: the fold passes it over
				}
				h.uids[entry.UID], h.byUID[entry.UID] = true, entry
				h.cases[entry.Case] = append(h.cases[entry.Case], entry)
				return true
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
	w.there = &h
	return h
}

// decode decodes an entry whose words are there, once.
func (w *world) decode(e ledger.Entry) casework.Entry {
	w.t.Helper()
	if entry, ok := w.decoded[e.Hash]; ok {
		return entry
	}
	rec, err := record.Open(e.Raw)
	w.ok(err)
	if !rec.Purged {
		w.decoded[e.Hash] = rec.Entry
	}
	return rec.Entry
}

func (w *world) epoch() casework.Epoch {
	w.t.Helper()
	var state struct {
		Epoch casework.Epoch `codec:"epoch"`
	}
	w.ok(w.ledger.View(ctx, func(r ledger.Reader) error {
		raw, err := r.Get([]byte("state"))
		if err != nil {
			return err
		}
		return record.UnmarshalLenient(raw, &state)
	}))
	return state.Epoch
}

// must are the entries that somebody still holds, by uid; the value says who.
func (w *world) must() map[casework.EntryID]string {
	w.t.Helper()
	held := map[casework.EntryID]string{}
	for _, l := range w.live() {
		for uid := range l.own {
			held[uid] = l.name
		}
		for uid := range l.holds() {
			held[uid] = l.name
		}
	}
	for uid := range w.atCounty().uids {
		held[uid] = "county"
	}
	return held
}

// holds are the entries that lie in a laptop's file.
func (l *laptop) holds() uids {
	l.w.t.Helper()
	held := uids{}
	for _, row := range l.rows() {
		entries, err := l.store.Entries(row.ID)
		l.w.ok(err)
		for _, e := range entries {
			held[e.UID] = true
		}
	}
	return held
}

// heal connects everything, lets everybody finish, and checks what must hold.
func (w *world) heal() {
	w.t.Helper()
	for _, l := range w.live() {
		if !l.enrolled() && w.left(l.user) {
			w.person(l.user).Left = false
			w.cat.Version++
			w.issue()
		}
		for tries := 0; !l.enrolled(); tries++ {
			if tries > 4 {
				w.t.Fatalf("%s cannot enrol", l.name)
			}
			w.enrol(l)
		}
	}
	must := w.must()
	w.log("everything is connected again")
	if w.chance(50) { // a county that lost its newest catalogue gets it again
		w.publish(nil)
	}
	w.everybodySyncs()
	if w.supervise() { // for the time that has passed, and for what came back
		w.everybodySyncs()
	}
	h := w.atCounty()
	w.checkUrged(h)
	for uid, who := range must {
		if !h.uids[uid] {
			w.t.Errorf("entry %s, which %s had, is lost", short(uid), who)
		}
	}
	w.checkReplicas()
	for _, l := range w.live() {
		w.checkIdle(l)
	}
	w.settleAll()
	verified, err := w.county.Verify(ctx)
	w.ok(err)
	for _, f := range verified.Faults {
		// What only a laptop had that is no more cannot come back to a restored
		// county, and verifying is to say so.
		if w.ruined && (strings.Contains(f.Fault, "are missing") || strings.Contains(f.Fault, "nobody's key")) {
			continue
		}
		w.t.Errorf("county: %+v", f)
	}
}

// everybodySyncs lets each laptop sync until it has what the others wrote.
func (w *world) everybodySyncs() {
	w.t.Helper()
	for range 2 {
		for _, l := range w.live() {
			w.pass(90e9)
			l.sync("at the end")
			if l.revoked && !l.gone {
				if !w.revokeAgain() {
					w.t.Fatalf("the county does not know %s, which has just been there", l.name)
				}
				l.sync("revoked at the end")
			}
		}
	}
}

// checkReplicas compares every laptop with the county.
func (w *world) checkReplicas() {
	w.t.Helper()
	h := w.atCounty()
	w.checkCases(h)
	w.checkEntries(h)
	for _, l := range w.live() {
		w.checkLaptop(l, h)
		w.checkMarks(l)
		w.checkHoldings(l, h)
		w.checkTodo(l, h)
	}
	if w.found == 0 && len(w.said) > 0 {
		w.t.Error("no word was found in any file: the search does not work")
	}
}

// checkUrged fails if a limit that was due when the county looked last was not urged, or
// one was urged twice.
func (w *world) checkUrged(h holdings) {
	w.t.Helper()
	ix := catalogue.NewIndex(w.published())
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		for _, due := range casework.DueUrgings(&c, ix, w.looked) {
			w.t.Errorf("case %s: %s was due %s and was not urged %s", short(id), due.Limit, due.Due, due.Grade)
		}
		for _, k := range c.Clocks {
			seen := map[string]bool{}
			for _, u := range k.Urged {
				if key := string(u.Grade) + u.Due; seen[key] {
					w.t.Errorf("case %s: %s was urged twice: %+v", short(id), k.Limit, k.Urged)
				} else {
					seen[key] = true
				}
			}
		}
	}
}

// checkCases fails if an entry had effect more than once.
func (w *world) checkCases(h holdings) {
	w.t.Helper()
	cat := w.published()
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		seen := map[casework.EntryID]bool{}
		for _, line := range c.Timeline {
			if seen[line.UID] {
				w.t.Errorf("case %s has entry %s twice", short(id), short(line.UID))
			}
			seen[line.UID] = true
		}
		words := map[string]bool{}
		for _, n := range c.Notes {
			if words[n.Text] {
				w.t.Errorf("case %s says %q twice", short(id), n.Text)
			}
			words[n.Text] = true
		}
		w.checkOrders(&c, entries, &cat)
	}
}

// checkLaptop compares a laptop with the county: what its units get to see is the
// same, what they don't is not there.
func (w *world) checkLaptop(l *laptop, h holdings) {
	w.t.Helper()
	ix := catalogue.NewIndex(w.published())
	person, _ := ix.Person(l.user)
	units := slices.Sorted(slices.Values(person.Units))
	if person.Left {
		units = nil
	}
	if got := l.store.Profile().Units; !slices.Equal(got, units) {
		w.t.Errorf("%s serves %v, the county says %v", l.name, got, units)
	}
	rows := map[casework.CaseID]store.Row{}
	for _, row := range l.rows() {
		rows[row.ID] = row
		if _, ok := h.cases[row.ID]; !ok && row.Gone == nil {
			w.t.Errorf("%s has case %s, the county does not", l.name, short(row.ID))
		}
	}
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		shown := w.shownTo(l, &c)
		row, here := rows[id]
		if len(shown) == 0 {
			w.checkHidden(l, id)
			if here && row.Gone == nil && row.Receipt == store.SavedHere {
				w.t.Errorf("%s shows case %s, which is its own alone, as only saved here", l.name, short(id))
			}
			continue
		}
		if !here || row.Gone != nil {
			w.t.Errorf("%s does not show case %s, which is for %v (gone: %v)", l.name, short(id), shown, row.Gone)
			continue
		}
		v, err := l.store.Case(id)
		w.ok(err)
		if !slices.Equal(v.Feeds, shown) {
			w.t.Errorf("%s shows case %s by %v, want %v", l.name, short(id), v.Feeds, shown)
		}
		for i := range min(len(v.Case.Timeline), len(c.Timeline)) {
			if a, b := v.Case.Timeline[i], c.Timeline[i]; a.UID != b.UID || a.Epoch != b.Epoch || a.N != b.N {
				w.t.Errorf("%s has entry %s of case %s at another place than the county", l.name, short(a.UID), short(id))
			}
		}
		if casework.Digest(&v.Case) != casework.Digest(&c) {
			mine, err := l.store.Entries(id)
			w.ok(err)
			w.t.Errorf("%s and the county differ in case %s:\n%s%s\n%s%s", l.name, short(id), sketch(&v.Case), list(mine), sketch(&c), list(entries))
		}
		if row.Receipt == store.SavedHere {
			w.t.Errorf("%s shows case %s as only saved here: %v\n%s%s", l.name, short(id), v.Receipts, sketch(&v.Case), list(entries))
		}
	}
	report, err := l.store.Check(ctx)
	w.ok(err)
	for _, f := range report.Faults {
		w.t.Errorf("%s: %+v", l.name, f)
	}
}

// shownTo are the units of a laptop's person that may see a case, as the county
// knows her.
func (w *world) shownTo(l *laptop, c *casework.Case) []catalogue.UnitID {
	w.t.Helper()
	cat := w.published()
	person := cat.People[slices.IndexFunc(cat.People, func(p catalogue.Person) bool { return p.User == l.user })]
	if person.Left {
		return nil
	}
	return slices.DeleteFunc(seers(&cat, c), func(u catalogue.UnitID) bool { return !slices.Contains(person.Units, u) })
}

// checkHidden fails if a laptop holds others' words in a case that is not for it.
func (w *world) checkHidden(l *laptop, id casework.CaseID) {
	w.t.Helper()
	entries, _ := l.store.Entries(id)
	for _, e := range entries {
		if e.Actor != l.user {
			w.t.Errorf("%s holds entry %s by %s of case %s, which is not for it", l.name, short(e.UID), e.Actor, short(id))
		}
	}
}

func sketch(c *casework.Case) string {
	out := fmt.Sprintf("%s %s holder %s lead %s contested %d held %d", c.Number, c.State, c.Holder, c.Lead, len(c.Contested), len(c.HeldNow))
	if c.Confidential {
		out += fmt.Sprintf(" confidential about %v", c.About)
	}
	for _, l := range c.Timeline {
		out += fmt.Sprintf("\n  %s %s/%d %v %s %s %s", short(l.UID), short(l.Epoch), l.N, l.Kinds, l.Effect, l.Why, l.Actor)
	}
	return out
}

// list says which entries these are.
func list(entries []casework.Entry) string {
	out := "\n  entries:"
	for _, e := range entries {
		out += fmt.Sprintf("\n  %s %s/%d", short(e.UID), short(e.Log), e.Seq)
		if e.Stamp != nil {
			out += fmt.Sprintf(" %s/%d verdict %d %s at %s", short(e.Stamp.Epoch), e.Stamp.N, e.Stamp.Verdict, e.Stamp.Why, e.Stamp.Effective.Format("01-02 15:04:05"))
		}
	}
	return out
}

// published is the catalogue that the county has now.
func (w *world) published() (cat catalogue.Catalogue) {
	w.t.Helper()
	var state struct {
		Catalogue uint64 `codec:"catalogue"`
	}
	w.ok(w.ledger.View(ctx, func(r ledger.Reader) error {
		raw, err := r.Get([]byte("state"))
		if err != nil {
			return err
		}
		if err := record.UnmarshalLenient(raw, &state); err != nil {
			return err
		}
		key := append([]byte("k/"), 0, 0, 0, 0, 0, 0, 0, byte(state.Catalogue))
		if raw, err = r.Get(key); err != nil {
			return err
		}
		return record.Unmarshal(raw, &cat)
	}))
	return cat
}

// checkIdle fails if an exchange without news moves or writes anything.
func (w *world) checkIdle(l *laptop) {
	w.t.Helper()
	l.sync("again") // the county notes at most once a minute that it saw a laptop
	here, there := w.sum(l.file()), w.sum(filepath.Join(w.home, county.LedgerFile))
	out := l.sync("with nothing new")
	if out.Result != agent.OK || out.Sent+out.Taken+out.Received+out.Withdrawn > 0 || out.RoundTrips != 1 {
		w.t.Errorf("%s: an exchange with nothing new: %+v", l.name, out)
	}
	if w.sum(l.file()) != here {
		w.t.Errorf("%s wrote with nothing new", l.name)
	}
	if w.sum(filepath.Join(w.home, county.LedgerFile)) != there {
		w.t.Errorf("the county wrote with nothing new from %s", l.name)
	}
}

// sum names a state of a bbolt file: whatever is committed changes one of its
// first two pages.
func (w *world) sum(file string) [32]byte {
	w.t.Helper()
	f, err := os.Open(file)
	w.ok(err)
	defer f.Close()
	pages := make([]byte, 2*os.Getpagesize())
	_, err = io.ReadFull(f, pages)
	w.ok(err)
	return sha256.Sum256(pages)
}
