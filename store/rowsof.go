package store

import (
	"casedesk/store/casework"
)

// RowsOf returns the rows of cases, in the order in which they are named, and how many of
// them are not on this laptop. It takes its time for many: never from a screen's Update.
func (s *Store) RowsOf(ids []casework.CaseID) (rows []Row, missing int, err error) {
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	for from := 0; from < len(ids); from += chunk {
		err := s.view(func(r reader) error {
			for _, id := range ids[from:min(from+chunk, len(ids))] {
				number, err := s.locate(r, id)
				if err != nil {
					return err
				}
				var w row
				found := false
				if number != 0 {
					if found, err = r.get(bucketRows, u64(number), &w); err != nil {
						return err
					}
				}
				if !found || w.Gone != nil {
					missing++
					continue
				}
				rows = append(rows, w.show(st, ix, now))
			}
			return nil
		})
		if err != nil {
			return nil, 0, refuse(err)
		}
	}
	return rows, missing, nil
}
