package store

import (
	"encoding/binary"
	"fmt"
	"sync"

	"casedesk/store/casework"
	"casedesk/store/seal"
)

// known are the ids of all cases, by a part of them: 8 random bytes. bbolt does
// not notice that a key of the index has rotted, and a case that is not found
// would be registered a second time; the rows, which are sealed under numbers
// without gaps, say better.
type known struct {
	mu  sync.RWMutex
	ids map[uint64]struct{}
}

func partOf(id casework.CaseID) uint64 { return binary.BigEndian.Uint64(id.UUID[8:]) }

func (k *known) add(id casework.CaseID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ids == nil {
		k.ids = map[uint64]struct{}{}
	}
	k.ids[partOf(id)] = struct{}{}
}

func (k *known) has(id casework.CaseID) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	_, there := k.ids[partOf(id)]
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
	if !told || s.rows.known.has(id) {
		return 0, fmt.Errorf("case %s has a row and is not found: %w", id, seal.ErrDamaged)
	}
	return 0, nil
}
