package casework

import "slices"

// write writes a field. A value that was written over unseen is not lost: the
// one that landed first is shown, the late one waits for a decision.
func (f *fold) write(name Field, value string) {
	c := f.c
	if c.Fields == nil {
		c.Fields = map[Field]Register{}
	}
	cur, written := c.Fields[name]
	mine := Register{Value: value, By: f.e.UID}
	switch {
	case !written || f.force || f.seen(cur.By):
		c.Fields[name] = mine
		f.supersede(name)
	case cur.Value == value:
		// Both wrote the same: nothing to decide.
	default:
		f.conflict = true
		i := slices.IndexFunc(c.Conflicts, func(k Conflict) bool { return k.Field == name })
		if i < 0 {
			c.Conflicts = append(c.Conflicts, Conflict{Field: name})
			i = len(c.Conflicts) - 1
		}
		c.Conflicts[i].Others = append(c.Conflicts[i].Others, mine)
	}
}

// supersede drops the waiting versions of a field whose writers' words the
// present writer had seen: writing over them is a decision.
func (f *fold) supersede(name Field) {
	c := f.c
	for i := range c.Conflicts {
		if c.Conflicts[i].Field == name {
			c.Conflicts[i].Others = slices.DeleteFunc(c.Conflicts[i].Others,
				func(r Register) bool { return f.seen(r.By) })
		}
	}
	f.sweep()
}

// dropVersions decides the versions that one entry left waiting; with take they
// become the values shown.
func (f *fold) dropVersions(uid EntryID, take bool) {
	c := f.c
	for i := range c.Conflicts {
		k := &c.Conflicts[i]
		k.Others = slices.DeleteFunc(k.Others, func(r Register) bool {
			if r.By == uid && take {
				c.Fields[k.Field] = r
			}
			return r.By == uid
		})
	}
	f.sweep()
}

// sweep forgets conflicts without versions, and entries that were contested
// only for versions that no longer wait.
func (f *fold) sweep() {
	c := f.c
	c.Conflicts = slices.DeleteFunc(c.Conflicts, func(k Conflict) bool { return len(k.Others) == 0 })
	c.Contested = slices.DeleteFunc(c.Contested, func(uid EntryID) bool {
		l, ok := c.Line(uid)
		return ok && l.Why == WhyConcurrent && !c.waits(uid)
	})
}

// waits reports whether a version that uid wrote waits for a decision.
func (c *Case) waits(uid EntryID) bool {
	return slices.ContainsFunc(c.Conflicts, func(k Conflict) bool {
		return slices.ContainsFunc(k.Others, func(r Register) bool { return r.By == uid })
	})
}
