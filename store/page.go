package store

import (
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Page is what one answer of the county brings, decoded but not judged. Every
// part may be empty.
type Page struct {
	Epoch casework.Epoch // the county's present epoch
	Ends  []Mark         // earlier epochs, with what the county holds of each
	Now   time.Time      // the county's clock
	Heads []Head         // how far the county holds this profile's logs
	// Stamps are the county's answers to entries that were offered, in the order
	// of their logs.
	Stamps []Stamped
	Forks  []casework.Name    // places of own logs at which the county holds another entry
	Backed Mark               // a verified backup of the county holds everything up to here
	Units  []catalogue.UnitID // the units that the person serves now; nil: not told, empty: none
	// Catalogue is a newer one; it holds before the rest of the page.
	Catalogue *catalogue.Catalogue
	Keys      []LogKey
	Feeds     []FeedPage
}

// Head is how far a log is held.
type Head struct {
	Log  casework.LogID
	Seq  uint64
	Hash casework.Hash
}

// Stamped is the county's stamp on an entry that was offered.
type Stamped struct {
	casework.Name
	Stamp []byte // as record.MarshalStamp wrote it
	// At is where the county holds the entry, if that is another place than the
	// stamp's: an entry that is offered again keeps its stamp. Zero: not told.
	At Mark
	// Hash names an entry that was offered with a stamp: of a log that forked, two
	// entries have one name. Zero where it was offered without.
	Hash casework.Hash
}

// LogKey tells whose log it is and which Ed25519 key signs it.
type LogKey struct {
	Log  casework.LogID   `codec:"log"`
	Key  []byte           `codec:"key"`
	User catalogue.UserID `codec:"user"`
}

// FeedPage holds the lines From+1 to To of a unit's feed, without those of cases
// that the unit no longer sees. It is applied at the cursor (Epoch, From) and
// nowhere else.
type FeedPage struct {
	Feed     catalogue.UnitID
	Epoch    casework.Epoch
	From, To uint64
	Head     uint64 // the feed's last line
	Lines    []FeedLine
}

// FeedLine names one entry that the unit gets to see, or a case that it no
// longer sees.
type FeedLine struct {
	Raw   []byte        // the entry; empty for one of this profile's that it holds
	Name  casework.Name // of that one
	Stamp []byte
	At    Mark // as in Stamped

	Withdrawn casework.CaseID  // set: the unit stops seeing this case
	To        catalogue.UnitID // where it went, if that may be said

	Skip int // lines left out right before this one
}

// Taken tells what a page did.
type Taken struct {
	Stamped   int // own entries that got a stamp
	Held      int // of these, how many the county holds back
	Refilled  int // others' entries that a restored county holds again
	Entries   int // entries that are new here
	Withdrawn int // cases that are no longer shown
	Skipped   int // feed pages for another cursor
}

// Position is where this store stands, as it is told to the county.
type Position struct {
	Logs      []Head   // own logs since enrolment, the last one is written to
	Acked     []uint64 // of each, up to where nothing is to be sent: the county is known to hold it, or the log was left
	Epoch     casework.Epoch
	Cursors   []Cursor
	Catalogue uint64
	// Whole asks the county to send own entries with their bytes: the file may
	// lack some.
	Whole bool
}

// Cursor is how far a feed was taken.
type Cursor struct {
	Feed  catalogue.UnitID
	Epoch casework.Epoch
	N     uint64
}
