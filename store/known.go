package store

import (
	"encoding/binary"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/seal"
)

// partOf is the part of a case's id by which the table knows it: 8 random bytes.
func partOf(id casework.CaseID) uint64 { return binary.BigEndian.Uint64(id.UUID[8:]) }

// has reports whether there is a row of a case. bbolt does not notice that a key
// of the index has rotted, and a case that is not found would be registered a
// second time; the rows, which are sealed under numbers without gaps, say better.
// The ids are collected when they are first asked for: a start that only reads
// does without.
func (t *rowTable) has(id casework.CaseID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids == nil {
		t.ids = make(map[uint64]struct{}, len(t.pages)*pageRows)
		for _, page := range t.pages {
			if page == nil {
				continue
			}
			for i := range page.rows {
				if e := &page.rows[i]; e.kept != "" {
					t.ids[partOf(e.id)] = struct{}{}
				}
			}
		}
	}
	_, there := t.ids[partOf(id)]
	return there
}

// locate returns a case's number, 0 for one that is not here. That it is not here
// is said only when the rows say so too.
func (s *Store) locate(r reader, id casework.CaseID) (uint64, error) {
	number, err := r.findCase(id)
	if err != nil || number != 0 {
		return number, err
	}
	// Until the rows are loaded only cases of own entries are asked for.
	told := s.rows.begun.Load()
	if told {
		if err := s.rows.wait(); err != nil {
			return 0, err
		}
	}
	if !told || s.rows.has(id) {
		return 0, fmt.Errorf("case %s has a row and is not found: %w", id, seal.ErrDamaged)
	}
	return 0, nil
}
