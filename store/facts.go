package store

import (
	"bytes"
	"context"
	"slices"

	"casedesk/store/report"
)

// Facts returns what figures need of every case that this laptop is shown, in the order of
// their ids, as the county has them: lists are alike on both. It reads each case's fold, in short steps beside other work, and tells
// progress how far it is, unless that is nil: never from a screen's Update. ctx ends it
// early.
func (s *Store) Facts(ctx context.Context, progress func(done, all int)) ([]report.Fact, error) {
	st, ix := s.state(), s.Catalogue()
	var out []report.Fact
	for from := uint64(1); from <= st.Cases; from += chunk {
		err := s.view(func(r reader) error {
			for number := from; number < from+chunk && number <= st.Cases; number++ {
				c, err := r.readCase(number)
				if err != nil {
					return err
				}
				if c.file.Gone == nil && c.file.Fold.Exists() {
					out = append(out, report.FactOf(&c.file.Fold, ix))
				}
			}
			return ctx.Err()
		})
		if err != nil {
			return nil, refuse(err)
		}
		if progress != nil {
			progress(int(min(from+chunk-1, st.Cases)), int(st.Cases))
		}
	}
	slices.SortFunc(out, func(a, b report.Fact) int { return bytes.Compare(a.ID.UUID[:], b.ID.UUID[:]) })
	return out, nil
}
