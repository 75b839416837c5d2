package casework

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/google/uuid"
)

// CaseID names a case for ever; a UUIDv7, so ids made later sort later.
type CaseID struct{ uuid.UUID }

// EntryID is the uid of an entry: it stays when the entry is issued again in
// another log, so that its effect is taken once.
type EntryID struct{ uuid.UUID }

// LogID names the append-only chain of one incarnation of one profile.
type LogID struct{ uuid.UUID }

// ElementID names a member of a list inside a case, such as a party.
type ElementID struct{ uuid.UUID }

// Epoch names the county's timeline between two restores; epochs sort by time.
type Epoch struct{ uuid.UUID }

// Hash is a SHA-256 digest.
type Hash [sha256.Size]byte

// String returns h in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero reports whether h is unset.
func (h Hash) IsZero() bool { return h == Hash{} }

// IsZero reports whether the id is unset.
func (id CaseID) IsZero() bool { return id.UUID == uuid.Nil }

// IsZero reports whether the id is unset.
func (id EntryID) IsZero() bool { return id.UUID == uuid.Nil }

// IsZero reports whether the id is unset.
func (id LogID) IsZero() bool { return id.UUID == uuid.Nil }

// IsZero reports whether the id is unset.
func (e Epoch) IsZero() bool { return e.UUID == uuid.Nil }

// Before reports whether e began before other.
func (e Epoch) Before(other Epoch) bool { return compareID(e.UUID, other.UUID) < 0 }

func compareID(a, b uuid.UUID) int {
	for i := range a {
		if a[i] != b[i] {
			return int(a[i]) - int(b[i])
		}
	}
	return 0
}

// ParseCaseID reads the canonical text form.
func ParseCaseID(s string) (CaseID, error) {
	u, err := uuid.Parse(s)
	return CaseID{u}, err
}

// ParseEntryID reads the canonical text form.
func ParseEntryID(s string) (EntryID, error) {
	u, err := uuid.Parse(s)
	return EntryID{u}, err
}

// ParseElementID reads the canonical text form.
func ParseElementID(s string) (ElementID, error) {
	u, err := uuid.Parse(s)
	return ElementID{u}, err
}
