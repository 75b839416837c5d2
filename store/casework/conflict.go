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
		// An entry leaves one version of a field waiting, its last: what is decided
		// about the entry decides that.
		others := c.Conflicts[i].Others
		if j := slices.IndexFunc(others, func(r Register) bool { return r.By == mine.By }); j >= 0 {
			others[j] = mine
		} else {
			c.Conflicts[i].Others = append(others, mine)
		}
	}
}

// supersede drops the waiting versions of a field whose writers' words the
// present writer had seen: writing over them is a decision.
func (f *fold) supersede(name Field) {
	c := f.c
	for i := range c.Conflicts {
		if k := &c.Conflicts[i]; k.Field == name {
			waiting := len(k.Others)
			k.Others = slices.DeleteFunc(k.Others, func(r Register) bool { return f.seen(r.By) })
			if len(k.Others) < waiting {
				f.sweep()
			}
			return
		}
	}
}

// decide decides the versions that one entry left waiting; with take they become
// the values shown. It returns the values that went out of sight. Either way the
// deciding entry counts as the field's writer: who has not seen the decision
// does not overwrite it unseen.
func (f *fold) decide(uid EntryID, take bool) []Version {
	c := f.c
	var dropped []Version
	for i := range c.Conflicts {
		k := &c.Conflicts[i]
		j := slices.IndexFunc(k.Others, func(r Register) bool { return r.By == uid })
		if j < 0 {
			continue
		}
		shown, out := c.Fields[k.Field], k.Others[j]
		if take {
			shown, out = out, shown
		}
		k.Others = slices.Delete(k.Others, j, j+1)
		c.Fields[k.Field] = Register{Value: shown.Value, By: f.e.UID}
		dropped = append(dropped, Version{Field: k.Field, Register: out})
	}
	f.sweep()
	return dropped
}

// sweep forgets conflicts without versions, and entries that were contested
// only for versions that no longer wait.
func (f *fold) sweep() {
	c := f.c
	c.Conflicts = slices.DeleteFunc(c.Conflicts, func(k Conflict) bool { return len(k.Others) == 0 })
	if len(c.Contested) == 0 {
		return
	}
	waits := map[EntryID]bool{} // whoever wrote a version that waits for a decision
	for _, k := range c.Conflicts {
		for _, r := range k.Others {
			waits[r.By] = true
		}
	}
	fields := map[EntryID]bool{} // contested for fields that somebody else wrote unseen
	for i := range c.Timeline {
		l := &c.Timeline[i]
		if _, known := fields[l.UID]; !known {
			fields[l.UID] = l.Why == WhyConcurrent
		}
	}
	c.Contested = slices.DeleteFunc(c.Contested, func(uid EntryID) bool { return fields[uid] && !waits[uid] })
}
