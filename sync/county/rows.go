package county

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// The values of the ledger that the county derives, by the first bytes of their
// keys. Ids are UUIDv7, so that what is new lands together.
//
//	state                       name, epoch, own log, catalogue version
//	n                           number of the last stamp in the epoch
//	address                     the county's address, for slips
//	b/                          how far a verified backup reaches
//	k/ catalogue version        an encoded catalogue
//	p/ hash of a code           a slip
//	d/ key                      a laptop
//	s/ key                      when the laptop was last seen
//	l/ log                      whose log it is
//	o/ position                 the entry that was stamped there
//	u/ uid                      position and body of the entry of that uid
//	i/ case, position           entries of a case in the order of the fold
//	c/ case                     who sees it
//	x/ case                     what figures need of it
//	t/ time, case               when one of its limits is to be urged next
//	r/ hash of a code           the case whose party was handed a slip with it
//	f/ unit                     a feed that has lines
//	g/ unit, 0, log             the case and the line with which the feed introduced the log
//	e/ epoch, unit              the feed's last line when the epoch began
//
// The queue of texts is not derived: only it knows what was sent.
//
//	m/ message                  an urging to be sent, or that was
//	mw/ unit, 0, message        it waits and is in no text
//	mt/ text                    what is sent, once, of one or more messages
//	mo/ text                    it is not decided what became of it
//	md/ day, /, unit            how many texts were written for the unit on that day
const (
	keyState   = "state"
	keyNumber  = "n"
	keyAddress = "address"
	keyBacked  = "b/"
	prefixDue  = "t/"
)

func catalogueKey(version uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte("k/"), version)
}

func slipKey(code []byte) []byte { h := sha256.Sum256(code); return append([]byte("p/"), h[:]...) }

func deviceKey(key []byte) []byte { return append([]byte("d/"), key...) }

func seenKey(key []byte) []byte { return append([]byte("s/"), key...) }

func logKey(id casework.LogID) []byte { return append([]byte("l/"), id.UUID[:]...) }

func orderKey(p position) []byte { return append([]byte("o/"), p[:]...) }

func uidKey(id casework.EntryID) []byte { return append([]byte("u/"), id.UUID[:]...) }

func caseIndexKey(id casework.CaseID, p position) []byte {
	return append(append([]byte("i/"), id.UUID[:]...), p[:]...)
}

func caseKey(id casework.CaseID) []byte { return append([]byte("c/"), id.UUID[:]...) }

func dueKey(at int64, id casework.CaseID) []byte {
	return append(binary.BigEndian.AppendUint64([]byte(prefixDue), uint64(at)), id.UUID[:]...)
}

func feedKey(unit catalogue.UnitID) []byte { return append([]byte("f/"), unit...) }

func introKey(unit catalogue.UnitID, log casework.LogID) []byte {
	return append(append(append([]byte("g/"), unit...), 0), log.UUID[:]...)
}

func epochKey(e casework.Epoch, unit catalogue.UnitID) []byte {
	return append(append([]byte("e/"), e.UUID[:]...), unit...)
}

func messageKey(id messageID) []byte { return append([]byte("m/"), id[:]...) }

func waitingKey(unit catalogue.UnitID, id messageID) []byte {
	return append(append(append([]byte("mw/"), unit...), 0), id[:]...)
}

func textKey(id messageID) []byte { return append([]byte("mt/"), id[:]...) }

func openKey(id messageID) []byte { return append([]byte("mo/"), id[:]...) }

func capKey(day string, unit catalogue.UnitID) []byte {
	return []byte("md/" + day + "/" + string(unit))
}

// position is a stamp's place in the county's order: half of the epoch's id,
// which begins with its time, and the number. Byte order is the order.
type position [16]byte

func positionOf(e casework.Epoch, n uint64) (p position) {
	copy(p[:8], e.UUID[:8])
	binary.BigEndian.PutUint64(p[8:], n)
	return p
}

// state is the county's own record of itself.
type state struct {
	Name      string         `codec:"name"`
	Epoch     casework.Epoch `codec:"epoch"`
	Log       casework.LogID `codec:"log"` // the county's own, of this epoch
	Catalogue uint64         `codec:"catalogue"`
	Ends      []mark         `codec:"ends,omitempty"` // earlier epochs, oldest first
	// Sweep is the case after which feeds and facts are still to be fitted to the
	// present catalogue; nil when that is done.
	Sweep []byte `codec:"sweep,omitempty"`
	// Derived is the version of what is derived of every case; see derived.
	Derived uint64 `codec:"derived,omitempty"`
}

// derived is the version of what this program derives of every case; it rises with every
// change of what facts tell and of how they are taken, too. A ledger of another program is
// swept when it is opened.
const derived = 3 // 1: when a case is to be urged next; 2: what figures need; 3: from whom they are kept

// mark is a place in the county's order of stamps.
type mark struct {
	Epoch casework.Epoch `codec:"epoch"`
	N     uint64         `codec:"n"`
}

// device is a laptop's profile that was enrolled.
type device struct {
	User     catalogue.UserID `codec:"user"`
	Name     string           `codec:"name"`
	Enrolled int64            `codec:"enrolled"`          // Unix milliseconds
	Revoked  int64            `codec:"revoked,omitempty"` // Unix milliseconds; 0: good
	To       []byte           `codec:"to,omitempty"`      // key of the laptop's next worker, who took it over
}

// sighting is when a device was last seen, and with which program.
type sighting struct {
	At      int64  `codec:"at"` // Unix milliseconds
	Program string `codec:"program"`
}

// slip is an enrolment code that was issued. The code itself is not kept.
type slip struct {
	User    catalogue.UserID `codec:"user"`
	Expires int64            `codec:"expires"`        // Unix milliseconds
	Used    []byte           `codec:"used,omitempty"` // key of the laptop that used it
}

// logRow is whose log it is.
type logRow struct {
	Key    []byte `codec:"key"`              // the device's
	Frozen bool   `codec:"frozen,omitempty"` // it forked; no more of it is admitted
	Last   int64  `codec:"last,omitempty"`   // effective time of the newest entry about a case, Unix milliseconds
}

// caseRow is what a case's feeds, and the index of what is due, were fitted to.
type caseRow struct {
	Count uint64             `codec:"n"`
	Sum   []byte             `codec:"s"`           // over the entries in the order of admission
	Units []catalogue.UnitID `codec:"u,omitempty"` // whose feeds show it
	At    catalogue.UnitID   `codec:"a,omitempty"` // who has it in hand, if that may be said
	Bytes uint64             `codec:"b,omitempty"` // of its entries
	Due   int64              `codec:"t,omitempty"` // when it is to be urged next, Unix milliseconds; 0: never
}

// add takes an entry into the row's sum, by which a fold kept in memory is
// known to be of the same entries.
func (r *caseRow) add(hash casework.Hash, size int) {
	r.grow(hash, size)
	r.Count++
}

// grow notes that an entry's body came back.
func (r *caseRow) grow(hash casework.Hash, size int) {
	sum := sha256.Sum256(append(append([]byte{}, r.Sum...), hash[:]...))
	r.Sum, r.Bytes = sum[:16], r.Bytes+uint64(size)
}

// orderRow names the entry of a position.
type orderRow struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	Log     casework.LogID
	Seq     uint64
	Case    casework.CaseID
	Branch  []byte // hash, when the entry is a fork's other branch
	At      *mark  // where the entry came back, when that is not here
}

// uidRow is where an entry's uid was first taken.
type uidRow struct {
	//lint:ignore U1000 the codec reads it
	_struct  bool `codec:",toarray"`
	Position []byte
	Commit   casework.Hash
	Case     casework.CaseID
}

// get reads the row at key into v and reports whether there is one.
func get(r ledger.Reader, key []byte, v any) (bool, error) {
	b, err := r.Get(key)
	if err != nil || b == nil {
		return false, err
	}
	if err := record.Unmarshal(b, v); err != nil {
		return false, fmt.Errorf("%w: row %q: %w", ledger.ErrDamaged, key, err)
	}
	return true, nil
}

func put(tx ledger.Tx, key []byte, v any) error {
	b, err := record.Marshal(v)
	if err != nil {
		return err
	}
	return tx.Put(key, b)
}

func getNumber(r ledger.Reader, key string) (uint64, error) {
	b, err := r.Get([]byte(key))
	if err != nil || b == nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, fmt.Errorf("%w: row %q", ledger.ErrDamaged, key)
	}
	return binary.BigEndian.Uint64(b), nil
}

func putNumber(tx ledger.Tx, key string, n uint64) error {
	return tx.Put([]byte(key), binary.BigEndian.AppendUint64(nil, n))
}
