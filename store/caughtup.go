package store

import (
	"slices"

	"casedesk/store/catalogue"
)

// CaughtUp is told when both sides have what the other had; it returns how many
// cases it let go. A case that only lines showed which a restored county lost is
// let go now: by this time the county has its entries again, and has shown it
// anew to whom it is for.
func (s *Store) CaughtUp() (withdrawn int, err error) {
	st := s.state()
	var feeds []catalogue.UnitID
	for feed, cur := range st.Cursors {
		if cur.Doubt {
			feeds = append(feeds, feed)
		}
	}
	if len(feeds) == 0 {
		return 0, nil
	}
	slices.Sort(feeds)
	certain := true
	err = s.eachChunk(func(t *txn, c *openCase) error {
		shown := len(c.file.Feeds) > 0
		for _, feed := range feeds {
			i := c.file.showingOf(feed)
			if i < 0 || !t.st.Cursors[feed].doubts(c.file.Feeds[i]) {
				continue
			}
			if slices.ContainsFunc(c.file.Entries, func(r ref) bool { return !t.st.holds(r.At) }) {
				certain = false // the county still lacks some of it
				continue
			}
			if err := t.hide(c, feed, ""); err != nil {
				return err
			}
		}
		if shown && len(c.file.Feeds) == 0 {
			withdrawn++
		}
		return nil
	})
	if err != nil || !certain {
		return withdrawn, err
	}
	return withdrawn, s.update(false, func(t *txn) error {
		for _, feed := range feeds {
			cur := t.st.Cursors[feed]
			cur.Doubt = false
			t.st.Cursors[feed] = cur
		}
		t.save()
		return nil
	})
}
