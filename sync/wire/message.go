package wire

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Version is the protocol's version; a county answers the versions it knows and
// refuses others with code "newer_format".
const Version uint16 = 1

// Limits of one message.
const (
	MaxPage    = 1 << 20 // bytes of a message after decompression, aim
	MaxMessage = 4 << 20 // bytes of a message after decompression, refused above
	MaxPacked  = 2 << 20 // bytes of a message as it travels, refused above
	MaxText    = 256     // bytes of a short text such as Program
	MaxGrant   = 2 << 10 // bytes of a grant
	MaxItems   = 20_000  // elements of any list: entries of a request, lines of a page
	MaxFeeds   = 64      // feeds that one person reads
	MaxLogs    = 64      // logs of one device
)

// Head is how far a log is held: its last entry's seq and hash.
type Head struct {
	Log  casework.LogID `codec:"l"`
	Seq  uint64         `codec:"s"`
	Hash casework.Hash  `codec:"h"`
}

// Cursor is how far a feed was taken: everything up to line N of the epoch.
type Cursor struct {
	Feed  catalogue.UnitID `codec:"f"`
	Epoch casework.Epoch   `codec:"e"`
	N     uint64           `codec:"n"`
}

// Ask wants the stamps of the laptop's own entries of a log after one, as far as
// the county has them: a line broke, and which of what was sent had arrived is
// not known here.
type Ask struct {
	Log   casework.LogID `codec:"l"`
	After uint64         `codec:"s"`
}

// Item is one entry that goes up. Stamp is set when the county admitted it
// before and may have lost it in a restore.
type Item struct {
	Raw   []byte `codec:"r"`
	Stamp []byte `codec:"s,omitempty"`
}

// Clock is what the laptop's clocks say as it sends.
type Clock struct {
	Wall int64  `codec:"w"` // Unix milliseconds
	Boot string `codec:"b"`
	Mono int64  `codec:"m"` // milliseconds since Boot
}

// Request is one exchange upwards.
type Request struct {
	Version   uint16   `codec:"v"`
	Program   string   `codec:"p"`           // the laptop's program version, for the county's list of devices
	Logs      []Head   `codec:"l,omitempty"` // every log of this device with what is held here; the last one is written to
	Asks      []Ask    `codec:"a,omitempty"`
	Up        []Item   `codec:"u,omitempty"` // own entries in order of their logs, then others' that the county lacks, with their stamps
	Cursors   []Cursor `codec:"c,omitempty"`
	Catalogue uint64   `codec:"k"` // version held
	Clock     Clock    `codec:"t"`
	Room      int      `codec:"m"` // bytes that the laptop wants to take down now; 0: none
	// Grant is the county's own word about this device, for a county that was
	// restored. It also travels ahead of the message.
	Grant []byte `codec:"g,omitempty"`
}

// End says up to which number of an epoch the county holds everything: the
// watermark at which a restore cut the epoch off.
type End struct {
	Epoch casework.Epoch `codec:"e"`
	N     uint64         `codec:"n"`
}

// Stamped is the stamp of an entry, by its name: of one that was offered, or asked
// for. An entry that was offered and
// is not among Reply.Stamps was not taken: Heads and Forks tell why.
type Stamped struct {
	Log   casework.LogID `codec:"l"`
	Seq   uint64         `codec:"s"`
	Stamp []byte         `codec:"t"`
	// At is where the county holds the entry now, if that is another place than
	// the stamp's: an entry that came back after a restore keeps its stamp, but
	// a backup holds it only from here on.
	At *End `codec:"a,omitempty"`
	// Hash names the entry where it was offered with a stamp: of a log that
	// forked, two entries have one name.
	Hash []byte `codec:"h,omitempty"`
}

// Fork tells that the county knows another entry under a name that the laptop
// offered, or one that another entry follows on: the file was restored or
// cloned. The county keeps both branches and takes no more of the log. The
// laptop opens a new one and issues there again, under the same uids, whatever
// has no stamp.
type Fork struct {
	Log casework.LogID `codec:"l"`
	Seq uint64         `codec:"s"`
}

// LogKey tells whose log it is and which key signs it. It comes with the first
// page that shows an entry of the log.
type LogKey struct {
	Log  casework.LogID   `codec:"l"`
	Key  []byte           `codec:"k"`
	User catalogue.UserID `codec:"u"`
}

// Line is one line of a feed: an entry, or a case that the unit no longer gets.
type Line struct {
	Raw       []byte           `codec:"r,omitempty"` // empty for an entry of the laptop's own that it holds
	Log       casework.LogID   `codec:"l,omitempty"` // the entry's name, where Raw is empty
	Seq       uint64           `codec:"s,omitempty"`
	Stamp     []byte           `codec:"t,omitempty"`
	Withdrawn casework.CaseID  `codec:"w,omitempty"` // set: the unit stops seeing this case
	To        catalogue.UnitID `codec:"o,omitempty"` // where a withdrawn case went, if that may be said
	At        *End             `codec:"a,omitempty"` // as in Stamped
	Skip      int              `codec:"n,omitempty"` // lines left out right before this one
}

// FeedPage holds the lines From+1 to To of a feed, without those of cases that
// the unit no longer sees, except the line that says so. It applies at the cursor
// (Epoch, From) and nowhere else, with one exception: where the laptop's cursor
// is of another epoch, the county was restored, and From is how far the
// laptop's numbers still hold; it then sets its cursor to (Epoch, From) and
// takes the page. Such a page comes even when it has no lines.
type FeedPage struct {
	Feed  catalogue.UnitID `codec:"f"`
	Epoch casework.Epoch   `codec:"e"`
	From  uint64           `codec:"a"`
	To    uint64           `codec:"z"`
	Head  uint64           `codec:"h"` // the feed's last line, so that progress can be shown
	Lines []Line           `codec:"l,omitempty"`
}

// Reply is one exchange downwards.
type Reply struct {
	Version uint16         `codec:"v"`
	Epoch   casework.Epoch `codec:"e"` // the county's present epoch
	// Ends are the earlier epochs, with what is held of them. A laptop offers
	// again whatever it holds that was stamped above an epoch's end, or in an
	// epoch that is neither here nor Epoch.
	Ends      []End              `codec:"x,omitempty"`
	Now       int64              `codec:"n"`           // county time, Unix milliseconds
	Heads     []Head             `codec:"h,omitempty"` // how far the county holds the laptop's logs
	Stamps    []Stamped          `codec:"s,omitempty"` // of the entries offered, in their order
	Forks     []Fork             `codec:"f,omitempty"`
	Backed    End                `codec:"b"`           // a verified backup holds everything up to here
	Units     []catalogue.UnitID `codec:"q"`           // the feeds that the person reads now; empty: none; nil: not told
	Catalogue []byte             `codec:"k,omitempty"` // a newer catalogue; it holds before the page
	Keys      []LogKey           `codec:"y,omitempty"`
	Feeds     []FeedPage         `codec:"d,omitempty"`
	// Revoked tells that the laptop was revoked. What it had not sent is still
	// taken, and held; then it forgets its keys. No feeds are given.
	Revoked bool `codec:"z,omitempty"`
}

// Signed is a statement with the county's Ed25519 signature over its bytes. A
// grant is one; replies need none, because both ends of a connection are pinned.
type Signed struct {
	Body []byte `codec:"b"`
	Sig  []byte `codec:"s"`
}

// EnrolRequest presents the one-time code of a slip. The device's key is the
// client certificate's.
type EnrolRequest struct {
	Version uint16 `codec:"v"`
	Program string `codec:"p"`
	Code    []byte `codec:"c"`
	Name    string `codec:"n"` // the profile's name, for the county's list of devices
}

// EnrolReply makes the laptop a device of the county.
type EnrolReply struct {
	Version   uint16             `codec:"v"`
	County    string             `codec:"n"` // the county's name
	User      catalogue.UserID   `codec:"u"`
	Units     []catalogue.UnitID `codec:"q"`
	Epoch     casework.Epoch     `codec:"e"`
	Now       int64              `codec:"t"`
	Recovery  []byte             `codec:"r"` // public key of the county's recovery slot
	Grant     []byte             `codec:"g"`
	Catalogue []byte             `codec:"k"`
}

// Failure is the body of every answer that is not a success.
type Failure struct {
	Code  casework.Code `codec:"c"`
	Why   casework.Why  `codec:"w,omitempty"`
	After int           `codec:"a,omitempty"` // seconds to wait before the next try; 0: it is no use
}

// CodeGrant asks a laptop to repeat its request with its grant: the county was
// restored from a backup that is older than the laptop's enrolment.
const CodeGrant casework.Code = "grant"
