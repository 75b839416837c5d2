package sim_test

import (
	"slices"
	"time"

	"casedesk/store/casework"
)

// saving is how an entry was made.
type saving struct {
	at   time.Time // by a clock that is right
	seen []casework.EntryID
	by   *laptop
}

// placed is an issue of an entry, place where the county's order has it.
type (
	placed struct {
		uid  casework.EntryID
		name casework.Name
	}
	place struct {
		epoch casework.Epoch
		n     uint64
	}
)

// standsAt notes where a laptop first showed that an entry stands.
func (w *world) standsAt(line casework.Line) {
	key := placed{line.UID, line.Name}
	if _, known := w.places[key]; !known && line.N > 0 {
		w.places[key] = place{line.Epoch, line.N}
	}
}

// uncertain notes that a laptop's entries may come to the county once more without
// the stamps that they had: one of its files lacks them, or an old request is under
// way, be it from before its file was put back. A county that lost them meanwhile can
// but judge them anew.
func (w *world) uncertain(l *laptop) {
	for uid := range l.own {
		w.unsure[uid] = true
	}
	for uid, s := range w.saves {
		if s.by == l {
			w.unsure[uid] = true
		}
	}
}

// slack is how far a time that the county does not doubt may be from the truth.
const slack = 25 * time.Minute

// checkEntries compares what the county made of each entry with how it was saved.
func (w *world) checkEntries(h holdings) {
	w.t.Helper()
	for uid, e := range h.byUID {
		if e.Stamp.Effective.After(e.Stamp.Received) {
			w.t.Errorf("entry %s was made at %s, after it was received at %s", short(uid), e.Stamp.Effective, e.Stamp.Received)
		}
		s, known := w.saves[uid]
		if !known {
			continue
		}
		if s.seen != nil && !sameUIDs(e.Parents, s.seen) {
			w.t.Errorf("entry %s was written with %d entries in view, and names others as seen", short(uid), len(s.seen))
		}
		if off := e.Stamp.Effective.Sub(s.at).Abs(); s.by.steady && !w.unsure[uid] && !e.Stamp.Doubtful && off > slack {
			w.t.Errorf("entry %s was made at %s, the county says %s without a doubt", short(uid), s.at, e.Stamp.Effective)
		}
	}
	for id, entries := range h.cases {
		c := casework.Fold(id, entries)
		for i := range entries {
			e := &entries[i]
			at, shown := w.places[placed{e.UID, e.Name}]
			if shown && !w.unsure[e.UID] && at != (place{e.Stamp.Epoch, e.Stamp.N}) {
				w.t.Errorf("entry %s of case %s stood at %s/%d, now at %s/%d", short(e.UID), short(id), short(at.epoch), at.n, short(e.Stamp.Epoch), e.Stamp.N)
			}
			if line, _ := c.Line(e.UID); line.Name == e.Name && e.Stamp.Verdict == casework.Held && line.Effect != casework.HeldBack && !released(entries, e.UID) {
				w.t.Errorf("entry %s of case %s is held, and has effect: %s", short(e.UID), short(id), line.Effect)
			}
		}
	}
}

// released reports whether somebody let a held entry have its effect.
func released(entries []casework.Entry, uid casework.EntryID) bool {
	return slices.ContainsFunc(entries, func(e casework.Entry) bool {
		return slices.ContainsFunc(e.Events, func(ev casework.Event) bool {
			r, ok := ev.(*casework.Released)
			return ok && r.Entry == uid
		})
	})
}

func sameUIDs(a, b []casework.EntryID) bool {
	set := func(list []casework.EntryID) map[casework.EntryID]bool {
		m := map[casework.EntryID]bool{}
		for _, uid := range list[max(0, len(list)-casework.MaxParents):] {
			m[uid] = true
		}
		return m
	}
	x, y := set(a), set(b)
	for uid := range x {
		if !y[uid] {
			return false
		}
	}
	return len(x) == len(y)
}
