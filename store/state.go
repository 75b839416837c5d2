package store

import (
	"maps"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Mark is a place in the county's order of admissions: everything of an epoch
// up to and including N.
type Mark struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	Epoch   casework.Epoch
	N       uint64
}

// state is everything about the profile as a whole; it is one value and is
// written with every transaction.
type state struct {
	Serial uint64 `codec:"serial"` // counts transactions
	Nonce  []byte `codec:"nonce"`  // names the last one, so that an unknown outcome can be known

	Profile string             `codec:"profile"`
	Name    string             `codec:"name"`
	Seed    []byte             `codec:"seed"` // of the profile's Ed25519 key
	User    catalogue.UserID   `codec:"user"`
	Units   []catalogue.UnitID `codec:"units"`
	Acting  catalogue.UnitID   `codec:"acting"` // the unit acted for; empty, or none of Units any more: the first
	County  *County            `codec:"county"`

	Logs    []ownLog                    `codec:"logs"` // the last one is written to
	Epoch   casework.Epoch              `codec:"epoch"`
	Ends    []Mark                      `codec:"ends"` // earlier epochs, with what the county holds of them
	Backed  Mark                        `codec:"backed"`
	Cursors map[catalogue.UnitID]cursor `codec:"cursors"`
	Whole   bool                        `codec:"whole"`   // own entries must come with their bytes
	Parting bool                        `codec:"parting"` // some cases have a Leave
	Leaving []uint64                    `codec:"leaving"` // withdrawn cases whose own words are still kept

	Cases   uint64            `codec:"cases"`   // case numbers given out
	Numbers map[string]uint64 `codec:"numbers"` // counters of 案号 by unit and year

	Fold      uint32 `codec:"fold"`      // derivedVersion that folds and rows were made with
	Catalogue uint64 `codec:"catalogue"` // catalogue version that rows were made with
	Rows      uint64 `codec:"rows"`      // Serial of the last change of a row
	// Decoded is the derivedVersion of the program that decoded the catalogue. An older
	// one dropped the tables and columns that it did not know.
	Decoded uint32 `codec:"decoded"`

	CountyTime time.Time     `codec:"county_time"` // the last that the county told
	CountyBoot string        `codec:"county_boot"` // the run of the machine in which it was told
	CountyMono time.Duration `codec:"county_mono"` // and the time since that run began
	LastOK     time.Time     `codec:"last_ok"`     // when an exchange last succeeded, by the wall clock

	Looks  uint64    `codec:"looks"`  // how often masked words were revealed
	Handed *Handover `codec:"handed"` // the laptop was handed to somebody; nil: not

	Witnessed  bool   `codec:"witnessed"`   // a witness was written
	BackupSlot []byte `codec:"backup_slot"` // the passphrase's slot without a pepper, for backups
}

// ownLog is a log that this profile wrote or writes.
type ownLog struct {
	ID    casework.LogID `codec:"id"`
	Head  uint64         `codec:"head"` // seq of the last entry here
	Hash  casework.Hash  `codec:"hash"` // of the last entry here
	Upto  uint64         `codec:"upto"` // last entry that is to be sent; of the present log: Head
	Acked uint64         `codec:"acked"`
}

// cursor is how far a feed was taken.
type cursor struct {
	Epoch casework.Epoch `codec:"e"`
	N     uint64         `codec:"n"`
	// Gone is the number of the last line that withdrew a case, or of the last
	// there was when lines of withdrawn cases were left out. A county that was
	// restored to before it does not know that the case is gone here, so the feed
	// is read from its start.
	Gone uint64 `codec:"g"`
	// Doubt is set when the county was restored to line From, before where the
	// feed had been read to: what later lines of earlier epochs showed may not be
	// shown again. It is cleared when both sides have what the other had.
	Doubt bool   `codec:"d"`
	From  uint64 `codec:"f"`
}

// doubts reports whether the county may have lost the line that began to show a
// case.
func (c cursor) doubts(s showing) bool {
	return c.Doubt && s.Epoch != c.Epoch && s.Line > c.From
}

func (s *state) clone() *state {
	c := *s
	c.Units = slices.Clone(s.Units)
	c.Logs = slices.Clone(s.Logs)
	c.Ends = slices.Clone(s.Ends)
	c.Cursors = maps.Clone(s.Cursors)
	c.Leaving = slices.Clone(s.Leaving)
	c.Numbers = maps.Clone(s.Numbers)
	if s.County != nil {
		county := *s.County
		c.County = &county
	}
	if s.Handed != nil {
		handed := *s.Handed
		c.Handed = &handed
	}
	return &c
}

// log returns the log that is written to, and its number.
func (s *state) log() (*ownLog, int) {
	n := len(s.Logs) - 1
	return &s.Logs[n], n
}

// ownLog returns the number of one of the profile's logs, -1 for another's.
func (s *state) ownLog(id casework.LogID) int {
	return slices.IndexFunc(s.Logs, func(l ownLog) bool { return l.ID == id })
}

// acting returns the unit that the person acts for.
func (s *state) acting() catalogue.UnitID {
	switch {
	case slices.Contains(s.Units, s.Acting):
		return s.Acting
	case len(s.Units) > 0:
		return s.Units[0]
	}
	return ""
}

// persons returns who the profile's person is in each of her units, first in the
// one that she acts for.
func (s *state) persons() []casework.Person {
	if s.County == nil {
		return []casework.Person{{User: s.User, Alone: true}}
	}
	out := make([]casework.Person, len(s.Units))
	for i, u := range s.Units {
		out[i] = casework.Person{User: s.User, Unit: u}
		if u == s.acting() {
			out[0], out[i] = out[i], out[0]
		}
	}
	return out
}

// holds reports whether the county, as it last described itself, holds what
// stands at m.
func (s *state) holds(m Mark) bool {
	if m.Epoch.IsZero() {
		return false
	}
	if m.Epoch == s.Epoch {
		return true
	}
	for _, e := range s.Ends {
		if e.Epoch == m.Epoch {
			return m.N <= e.N
		}
	}
	return false
}

// backed reports whether a verified backup of the county holds what stands at m.
func (s *state) backed(m Mark) bool {
	if !s.holds(m) || s.Backed.Epoch.IsZero() {
		return false
	}
	if m.Epoch == s.Backed.Epoch {
		return m.N <= s.Backed.N
	}
	return m.Epoch.Before(s.Backed.Epoch)
}
