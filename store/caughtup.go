package store

import (
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// CaughtUp is told when both sides have what the other had; it returns how many
// cases it let go. A case that only lines showed which a restored county lost is
// let go now: by this time the county has its entries again, and has shown it
// anew to whom it is for. So is one that was withdrawn before the county had it
// again, and one that only the feeds of a former unit showed.
func (s *Store) CaughtUp() (withdrawn int, err error) {
	st := s.state()
	var feeds []catalogue.UnitID
	for feed, cur := range st.Cursors {
		if cur.Doubt {
			feeds = append(feeds, feed)
		}
	}
	if len(feeds) == 0 && !st.Parting {
		return 0, nil
	}
	slices.Sort(feeds)
	certain, went := true, map[casework.CaseID]bool{}
	err = s.eachChunk(func(t *txn, c *openCase) error {
		before := c.file.Gone
		if err := t.part(c, feeds); err != nil {
			return err
		}
		if c.file.Leave != nil {
			certain = false
		}
		if c.file.Gone != before {
			went[c.file.ID] = true
		}
		return nil
	})
	if err != nil || !certain {
		return len(went), err
	}
	return len(went), s.update(false, func(t *txn) error {
		for _, feed := range feeds {
			cur := t.st.Cursors[feed]
			cur.Doubt = false
			t.st.Cursors[feed] = cur
		}
		t.st.Parting = false
		t.save()
		return nil
	})
}

// part takes from a case the feeds whose lines that showed it are lost, and lets
// it go if nothing shows it and the county has it.
func (t *txn) part(c *openCase, feeds []catalogue.UnitID) error {
	for _, feed := range feeds {
		i := c.file.showingOf(feed)
		if i < 0 || !t.st.Cursors[feed].doubts(c.file.Feeds[i]) {
			continue
		}
		if err := t.hide(c, feed, ""); err != nil {
			return err
		}
	}
	if c.file.Leave != nil && t.isSafe(c) {
		return t.letGo(c, c.file.Leave.To)
	}
	return nil
}
