package sim_test

import (
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/sync/agent"
)

// marks are what a laptop shows of how far entries have come.
type marks struct {
	epoch  casework.Epoch // the county's, as the laptop last heard
	county uids           // shown as delivered, held or backed up
	backed uids           // shown as backed up
}

// marksOf reads every mark that the laptop's screens could show now.
func (w *world) marksOf(l *laptop) marks {
	w.t.Helper()
	m := marks{l.store.Position().Epoch, uids{}, uids{}}
	for _, row := range l.rows() {
		if row.Gone != nil {
			continue
		}
		v, err := l.store.Case(row.ID)
		w.ok(err)
		for _, line := range v.Case.Timeline {
			w.standsAt(line)
			for _, mark := range []store.Receipt{row.Receipt, v.Receipts[line.UID]} {
				switch mark {
				case store.BackedUp:
					m.backed[line.UID], m.county[line.UID] = true, true
				case store.Delivered:
					m.county[line.UID] = true
				}
			}
			if v.Receipts[line.UID] == store.Withheld {
				m.county[line.UID] = true
			}
		}
	}
	return m
}

// checkMarks fails if a laptop that did something, or any other one that was
// there meanwhile, shows a mark that is not true. A laptop that has not heard of
// a restore yet says what was true before it, and that is what its mark means:
// "when I last heard, the county had it".
func (w *world) checkMarks(did *laptop) {
	w.t.Helper()
	now, here := w.epoch(), w.atCounty().uids
	for _, l := range w.live() {
		if l == did || l.shows.county == nil {
			l.shows = w.marksOf(l)
			w.checkDrafts(l)
		}
		had := here
		if l.shows.epoch != now {
			had = w.had[l.shows.epoch]
		}
		for uid := range l.shows.county {
			if !had[uid] {
				w.t.Fatalf("%s shows entry %s as delivered, but the county lacks it", l.name, short(uid))
			}
		}
		for uid := range l.shows.backed {
			if !w.backed[uid] {
				w.t.Fatalf("%s shows entry %s as backed up, but no backup has it", l.name, short(uid))
			}
		}
	}
}

// checkDrafts fails if something half-written is no longer there.
func (w *world) checkDrafts(l *laptop) {
	w.t.Helper()
	have := l.storedDrafts()
	for id := range l.drafts {
		if !have[id] {
			w.t.Fatalf("%s has lost a draft on case %s", l.name, short(w.views[id].view.ID))
		}
	}
}

func (l *laptop) storedDrafts() map[store.DraftID]bool {
	l.w.t.Helper()
	list, err := l.store.Drafts()
	l.w.ok(err)
	have := map[store.DraftID]bool{}
	for _, d := range list {
		have[d.ID] = true
	}
	return have
}

// letDraftsGo forgets the drafts that went with a case that was withdrawn. An
// exchange that brought nothing takes none.
func (l *laptop) letDraftsGo(out agent.Outcome) {
	l.w.t.Helper()
	have := l.storedDrafts()
	for id := range l.drafts {
		if have[id] {
			continue
		}
		v, err := l.store.Case(l.w.views[id].view.ID)
		l.w.ok(err)
		if v.Gone == nil && out.Received == 0 {
			l.w.t.Fatalf("%s lost a draft on case %s, which is still there", l.name, short(v.ID))
		}
		delete(l.drafts, id)
	}
}
