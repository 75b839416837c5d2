package store

import (
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
)

// newUUID makes a UUIDv7 of the given time and randomness, so that a simulation
// can repeat a run.
func newUUID(now time.Time, random io.Reader) (uuid.UUID, error) {
	var u uuid.UUID
	if _, err := io.ReadFull(random, u[6:]); err != nil {
		return u, fmt.Errorf("random id: %w", err)
	}
	ms := uint64(max(now.UnixMilli(), 0))
	for i := range 6 {
		u[i] = byte(ms >> (40 - 8*i))
	}
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return u, nil
}

func (s *Store) newID() (uuid.UUID, error) { return newUUID(s.opt.Clock.Now(), s.opt.Rand) }

// NewElement returns a fresh id for a member of a list, such as a party.
func (s *Store) NewElement() (casework.ElementID, error) {
	u, err := s.newID()
	return casework.ElementID{UUID: u}, refuse(err)
}

// NewCase returns a fresh id for Work on a new case, for a caller that must be
// able to try the same save again.
func (s *Store) NewCase() (casework.CaseID, error) {
	u, err := s.newID()
	return casework.CaseID{UUID: u}, refuse(err)
}

// NewEntry returns a fresh uid for Work, for a caller that must be able to try
// the same save again.
func (s *Store) NewEntry() (casework.EntryID, error) {
	u, err := s.newID()
	return casework.EntryID{UUID: u}, refuse(err)
}

func (s *Store) randomBytes(n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(s.opt.Rand, b)
	return b, err
}
