package casework

import "slices"

// Act is something that was done on the case, in the words of its form.
type Act struct {
	By     EntryID
	I      int // which of the entry's events
	Action Action
	Words  map[string]string // by field, as a form holds them
}

// keep keeps the words of an event that had its effect.
func (f *fold) keep(i int, ev Event) {
	t, ok := TableOf(f.c.Matter)
	if !ok {
		return
	}
	r, ok := t.AnyRule(Action(ev.Kind()))
	if !ok || !r.Kept {
		return
	}
	for _, a := range f.c.Acts {
		if a.By == f.e.UID && a.I == i {
			return // it was taken a second time
		}
	}
	f.c.Acts = append(f.c.Acts, Act{By: f.e.UID, I: i, Action: r.Action, Words: Words(ev)})
}

// ActsOf returns what was done of one action, in the order of the fold.
func (c *Case) ActsOf(a Action) []Act {
	var out []Act
	for _, act := range c.Acts {
		if act.Action == a {
			out = append(out, act)
		}
	}
	return out
}

// Act returns what an entry did of one action.
func (c *Case) Act(uid EntryID, a Action) (Act, bool) {
	i := slices.IndexFunc(c.Acts, func(act Act) bool { return act.By == uid && act.Action == a })
	if i < 0 {
		return Act{}, false
	}
	return c.Acts[i], true
}
