package county

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// Bounds of one look for likely duplicates.
const (
	likelyCases = 20_000 // cases compared, the newest
	likelyChunk = 200    // cases folded in one reading of the ledger
	likelyPairs = 200    // pairs told
)

// LikelyPair is two open cases that look alike, and in what. What the cases say
// stays in the cases.
type LikelyPair struct {
	A, B   LikelyCase
	Why    []casework.Likeness
	Weight int
}

// LikelyCase names a case.
type LikelyCase struct {
	ID     string
	Number string
	Place  string
}

// Likely compares the open cases that were registered since a moment and returns
// pairs that look alike, the likeliest first, for people to look at: it decides
// nothing. 保密 cases are left out, for the list is passed around.
func (c *County) Likely(ctx context.Context, since time.Time) ([]LikelyPair, error) {
	var after casework.CaseID // ids begin with their time
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(max(since.UnixMilli(), 0))<<16)
	copy(after.UUID[:6], ms[:6])
	var ids []casework.CaseID
	var w *world
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) (err error) {
		if w, err = c.world(r); err != nil {
			return err
		}
		ids, err = casesSince(r, after)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for likely duplicates: %w", err)
	}
	var named []LikelyCase
	var all []casework.Compared
	for len(ids) > 0 {
		some := ids[:min(len(ids), likelyChunk)]
		ids = ids[len(some):]
		err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
			for _, id := range some {
				fold, err := foldOf(r, id)
				if err != nil {
					return err
				}
				if !fold.Exists() || fold.Ended() || fold.Confidential {
					continue
				}
				s := casework.Summarize(fold)
				named = append(named, LikelyCase{ID: id.String(), Number: fold.Number, Place: w.ix.DivisionPath(s.Division)})
				all = append(all, s.Ready())
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look for likely duplicates: %w", err)
		}
	}
	out := []LikelyPair{}
	for _, p := range casework.LikelyPairs(all, w.ix) {
		if len(out) == likelyPairs {
			break
		}
		out = append(out, LikelyPair{A: named[p.A], B: named[p.B], Why: p.Likeness, Weight: casework.Weight(p.Likeness)})
	}
	return out, nil
}

// casesSince returns the ids of the newest cases after an id.
func casesSince(r ledger.Reader, after casework.CaseID) (ids []casework.CaseID, err error) {
	prefix := []byte("c/")
	err = r.Scan(prefix, append(prefix[:len(prefix):len(prefix)], after.UUID[:]...), func(key, _ []byte) bool {
		var id casework.CaseID
		copy(id.UUID[:], key[len(prefix):])
		ids = append(ids, id)
		if len(ids) >= 2*likelyCases {
			ids = append(ids[:0], ids[len(ids)-likelyCases:]...)
		}
		return true
	})
	return ids[max(0, len(ids)-likelyCases):], err
}
