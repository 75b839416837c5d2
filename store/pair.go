package store

import (
	"casedesk/store/casework"
)

// other returns another case for what needs two, nil where it is not here or was
// withdrawn.
func (t *txn) other(id casework.CaseID) (*casework.Case, error) {
	c, err := t.here(id)
	if c == nil || err != nil {
		return nil, err
	}
	return &c.file.Fold, nil
}

// here opens a case if it is on this laptop.
func (t *txn) here(id casework.CaseID) (*openCase, error) {
	number, err := t.s.locate(t.reader, id)
	if err != nil || number == 0 {
		return nil, err
	}
	c, err := t.openCase(id)
	if err != nil || c.file.Gone != nil {
		return nil, err
	}
	if err := t.fold(c); err != nil {
		return nil, err
	}
	return c, c.file.unfold()
}

// judgeTwo judges what the events need of other cases, as this laptop holds them.
func (t *txn) judgeTwo(c *openCase, p casework.Person, events []casework.Event) (casework.Why, error) {
	var failed error
	other := func(id casework.CaseID) *casework.Case {
		found, err := t.other(id)
		if err != nil {
			failed = err
		}
		return found
	}
	earlier := func(uid casework.EntryID) *casework.Entry {
		entries, err := t.entries(c)
		if err != nil {
			failed = err
		}
		for i := range entries {
			if entries[i].UID == uid {
				return &entries[i]
			}
		}
		return nil
	}
	why := casework.JudgeTwo(&c.file.Fold, events, p, other, earlier, t.cat)
	return why, failed
}

// writePair writes the other half of what concerns two cases, in the same
// transaction: a case that takes another over keeps the source, and lets it go when
// the merger is undone. merged is what was before the work. Where a crash or the
// line parted the two, the merged case still says where it went, and the source can
// be written down later.
func (t *txn) writePair(c *openCase, w *Work, p casework.Person, merged *casework.Merger) error {
	fold := &c.file.Fold
	pair := Work{UID: w.pair, Unit: p.Unit}
	for _, ev := range w.Events {
		switch ev.(type) {
		case *casework.Merged:
			if m := fold.Merged; m != nil && m.By == w.UID {
				pair.Case, pair.Events = m.Into, fold.AsSources()
			}
		case *casework.Unmerged:
			if merged == nil || fold.Merged != nil {
				continue
			}
			// The case may go on by itself although the other is not here to be told.
			into, err := t.other(merged.Into)
			if err != nil {
				return err
			}
			if into != nil && into.HasSource(fold.ID) && casework.Allowed(into, p, casework.ActDropSource, t.cat) == "" {
				pair.Case, pair.Events = merged.Into, fold.WithoutSources()
			}
		}
	}
	if pair.Events == nil {
		return nil
	}
	_, err := t.append(&pair)
	return err
}
