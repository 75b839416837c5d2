package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
)

// Look is one time that masked words of a case were shown: phones, numbers of
// papers. It stays on this laptop, sealed.
type Look struct {
	At     time.Time       `codec:"at"`
	Case   casework.CaseID `codec:"case"`
	Number string          `codec:"number"` // 案号
	What   string          `codec:"what"`   // where they were shown: LookDesk …
}

// Where masked words are shown.
const (
	LookDesk = "desk" // on the desk's screen of the case
	LookText = "text" // show --reveal
	LookJSON = "json" // show --json
)

// Looks lie in pieces, so that one more does not write all of them anew, and the
// oldest piece goes when there are too many.
const (
	looksPiece = 100
	looksKept  = 10_000 / looksPiece // pieces
)

func looksKey(n uint64) []byte { return append([]byte("look"), u64(n)...) }

// NoteLook counts one look.
func (s *Store) NoteLook(id casework.CaseID, number, what string) error {
	look := Look{At: s.opt.Clock.Now(), Case: id, Number: number, What: what}
	return s.update(true, func(t *txn) error { return t.noteLook(look) })
}

func (t *txn) noteLook(look Look) error {
	piece := t.st.Looks / looksPiece
	var list []Look
	if _, err := t.get(bucketState, looksKey(piece), &list); err != nil {
		return err
	}
	if piece >= looksKept {
		if err := t.delete(bucketState, looksKey(piece-looksKept)); err != nil {
			return err
		}
	}
	t.st.Looks++
	return t.put(bucketState, looksKey(piece), append(list, look))
}

// Looks returns the newest looks, about ten thousand at most, the newest first.
func (s *Store) Looks() ([]Look, error) {
	var out []Look
	last := s.state().Looks / looksPiece
	err := s.view(func(r reader) error {
		for piece := last - min(last, looksKept); piece <= last; piece++ {
			var list []Look
			if _, err := r.get(bucketState, looksKey(piece), &list); err != nil {
				return err
			}
			out = append(out, list...)
		}
		return nil
	})
	slices.Reverse(out)
	return out, refuse(err)
}
