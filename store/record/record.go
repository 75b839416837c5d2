package record

import (
	"bytes"
	"cmp"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Errors of opening and verifying an entry.
var (
	ErrNewerFormat = errors.New("record: format of a newer version")
	ErrTooLarge    = errors.New("record: entry too large")
	ErrCommitment  = errors.New("record: body does not match its header")
	ErrSignature   = errors.New("record: signature does not match")
)

// Format is the version of the outer form; Suite names the algorithms:
// SHA-256 and Ed25519. Numbers are append-only; suites for SM2/SM3 come later.
const (
	Format = 1
	Suite  = 1
)

// SaltSize is the size of an entry's salt in bytes. It keeps a short body from
// being guessed from its hash after a purge.
const SaltSize = 16

const (
	signatureDomain = "casedesk entry signature v1\x00"
	hashDomain      = "casedesk entry hash v1\x00"
	commitDomain    = "casedesk entry body v1\x00"
)

// outer is the encoded form: an array.
type outer struct {
	Header []byte // signed
	Sig    []byte // Ed25519 over the header
	Salt   []byte // empty after a purge
	Body   []byte // empty after a purge
}

func (o *outer) encode() []byte {
	e := Encoder{make([]byte, 0, len(o.Header)+len(o.Sig)+len(o.Salt)+len(o.Body)+16)}
	e.Array(5)
	e.Uint(Format)
	for _, part := range [][]byte{o.Header, o.Sig, o.Salt, o.Body} {
		e.Bytes(part)
	}
	return e.B
}

func (o *outer) decode(raw []byte) error {
	d := NewDecoder(raw)
	d.Array(5)
	if format := d.Uint(math.MaxUint16); d.Err() == nil && format != Format {
		return ErrNewerFormat
	}
	for _, part := range []*[]byte{&o.Header, &o.Sig, &o.Salt, &o.Body} {
		*part = d.Bytes()
	}
	return d.End()
}

// header is an array; a field more is a new format.
type header struct {
	Suite     uint8
	Log       casework.LogID
	Seq       uint64
	Prev      casework.Hash
	UID       casework.EntryID
	Case      casework.CaseID
	Parents   []casework.EntryID
	Actor     catalogue.UserID
	Unit      catalogue.UnitID
	Wall      int64 // Unix milliseconds
	Zone      int   // minutes east of UTC
	Boot      string
	Mono      int64 // milliseconds
	County    int64 // Unix milliseconds; 0 if none
	Age       int64 // milliseconds; negative if not known
	Offset    int64 // milliseconds
	Schema    uint16
	Catalogue uint64
	Commit    casework.Hash
}

// headerFields is the number of a header's elements.
const headerFields = 19

func (h *header) encode() []byte {
	e := Encoder{make([]byte, 0, 256)}
	e.Array(headerFields)
	e.Uint(uint64(h.Suite))
	e.Bytes(h.Log.UUID[:])
	e.Uint(h.Seq)
	e.Bytes(h.Prev[:])
	e.Bytes(h.UID.UUID[:])
	e.Bytes(h.Case.UUID[:])
	e.Array(len(h.Parents))
	for _, p := range h.Parents {
		e.Bytes(p.UUID[:])
	}
	e.Text(string(h.Actor))
	e.Text(string(h.Unit))
	e.Int(h.Wall)
	e.Int(int64(h.Zone))
	e.Text(h.Boot)
	for _, n := range []int64{h.Mono, h.County, h.Age, h.Offset} {
		e.Int(n)
	}
	e.Uint(uint64(h.Schema))
	e.Uint(h.Catalogue)
	e.Bytes(h.Commit[:])
	return e.B
}

func (h *header) decode(b []byte) error {
	d := NewDecoder(b)
	d.Array(headerFields)
	if h.Suite = uint8(d.Uint(math.MaxUint8)); d.Err() == nil && h.Suite != Suite {
		return ErrNewerFormat
	}
	d.Fixed(h.Log.UUID[:])
	h.Seq = d.Uint(math.MaxUint64)
	d.Fixed(h.Prev[:])
	d.Fixed(h.UID.UUID[:])
	d.Fixed(h.Case.UUID[:])
	if n := d.List(casework.MaxParents); n > 0 {
		h.Parents = make([]casework.EntryID, n)
	}
	for i := range h.Parents {
		d.Fixed(h.Parents[i].UUID[:])
	}
	h.Actor, h.Unit = catalogue.UserID(d.Text()), catalogue.UnitID(d.Text())
	h.Wall = d.Int()
	h.Zone = int(d.Int())
	h.Boot = d.Text()
	for _, n := range []*int64{&h.Mono, &h.County, &h.Age, &h.Offset} {
		*n = d.Int()
	}
	h.Schema, h.Catalogue = uint16(d.Uint(math.MaxUint16)), d.Uint(math.MaxUint64)
	d.Fixed(h.Commit[:])
	return d.End()
}

// event is one event of a body.
type event struct {
	Num     casework.Number
	Payload []byte
}

// Record is a decoded entry together with what binds it into its log.
type Record struct {
	Entry  casework.Entry // without a stamp
	Prev   casework.Hash  // hash of the log's previous entry; zero at seq 1
	Hash   casework.Hash  // hash of this entry's header
	Commit casework.Hash  // of salt and body; the same when an entry is issued again
	Purged bool           // salt and body were destroyed
	Salt   []byte
	Body   []byte

	header, sig []byte
}

// Seal encodes and signs an entry. prev is the hash of the log's previous
// entry, salt is fresh randomness, or the first issue's salt when an entry is
// issued again.
func Seal(e *casework.Entry, prev casework.Hash, salt []byte, key ed25519.PrivateKey) ([]byte, error) {
	if len(e.Events) == 0 || len(e.Events) > casework.MaxEvents || len(e.Parents) > casework.MaxParents {
		return nil, ErrTooLarge
	}
	body, err := marshalBody(e.Events)
	if err != nil {
		return nil, err
	}
	return SealBody(e, body, prev, salt, key)
}

// SealBody is Seal for a body that is encoded already: an entry that is issued
// again keeps its body to the byte.
func SealBody(e *casework.Entry, body []byte, prev casework.Hash, salt []byte, key ed25519.PrivateKey) ([]byte, error) {
	_, zone := e.Wall.Zone()
	h := (&header{
		Suite: Suite, Log: e.Log, Seq: e.Seq, Prev: prev, UID: e.UID, Case: e.Case, Parents: e.Parents,
		Actor: e.Actor, Unit: e.Unit, Wall: e.Wall.UnixMilli(), Zone: zone / 60,
		Boot: e.Clock.Boot, Mono: e.Clock.Mono.Milliseconds(), County: unixMilli(e.Clock.County),
		Age: age(e.Clock.Age), Offset: e.Clock.Offset.Milliseconds(),
		Schema: e.Schema, Catalogue: e.Catalogue, Commit: commitment(salt, body),
	}).encode()
	raw := (&outer{Header: h, Salt: salt, Body: body, Sig: ed25519.Sign(key, append([]byte(signatureDomain), h...))}).encode()
	if len(raw) > casework.MaxEntryBytes {
		return nil, ErrTooLarge
	}
	return raw, nil
}

func marshalBody(events []casework.Event) ([]byte, error) {
	var e Encoder
	e.Array(len(events))
	for _, ev := range events {
		l := event{Num: ev.Num()}
		if u, ok := ev.(*casework.Unknown); ok {
			l.Payload = u.Payload
		} else {
			var err error
			if l.Payload, err = Marshal(ev); err != nil {
				return nil, err
			}
		}
		e.Array(2)
		e.Uint(uint64(l.Num))
		e.Bytes(l.Payload)
	}
	return e.B, nil
}

func commitment(salt, body []byte) casework.Hash {
	h := sha256.New()
	h.Write([]byte(commitDomain))
	h.Write(salt)
	h.Write(body)
	return casework.Hash(h.Sum(nil))
}

// Open decodes an entry and checks everything that needs no key: sizes, the one
// encoding of the header, the commitment. Errors wrap ErrEncoding,
// ErrNewerFormat, ErrTooLarge or ErrCommitment. raw is not kept.
func Open(raw []byte) (*Record, error) {
	if len(raw) > casework.MaxEntryBytes {
		return nil, ErrTooLarge
	}
	raw = bytes.Clone(raw)
	var o outer
	if err := o.decode(raw); err != nil {
		return nil, fmt.Errorf("entry: %w", err)
	}
	var h header
	if err := h.decode(o.Header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	r := &Record{Entry: h.entry(), Prev: h.Prev, Commit: h.Commit, Salt: o.Salt, Body: o.Body,
		header: o.Header, sig: o.Sig, Purged: len(o.Salt) == 0 && len(o.Body) == 0,
		Hash: sha256.Sum256(append([]byte(hashDomain), o.Header...))}
	if h.Seq == 0 {
		return nil, fmt.Errorf("header: %w", ErrEncoding)
	}
	if r.Purged {
		return r, nil
	}
	if commitment(o.Salt, o.Body) != h.Commit {
		return nil, ErrCommitment
	}
	var err error
	r.Entry.Events, err = openBody(o.Body)
	return r, err
}

// Read decodes an entry that Open took before, from where nobody could change it
// since. It looks for no fault but one that keeps it from being decoded. raw must
// not change as long as the entry is used.
func Read(raw []byte) (*casework.Entry, error) {
	var o outer
	if err := o.decode(raw); err != nil {
		return nil, fmt.Errorf("entry: %w", err)
	}
	var h header
	if err := h.decode(o.Header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	e := h.entry()
	var err error
	if len(o.Salt) > 0 || len(o.Body) > 0 { // or it was purged
		e.Events, err = openBody(o.Body)
	}
	return &e, err
}

func (h *header) entry() casework.Entry {
	return casework.Entry{
		Name: casework.Name{Log: h.Log, Seq: h.Seq}, UID: h.UID, Case: h.Case, Parents: h.Parents,
		Actor: h.Actor, Unit: h.Unit, Schema: h.Schema, Catalogue: h.Catalogue,
		Wall: time.UnixMilli(h.Wall).In(time.FixedZone("", h.Zone*60)),
		Clock: casework.ClockFacts{Boot: h.Boot, Mono: ms(h.Mono), County: milliTime(h.County),
			Age: ms(h.Age), Offset: ms(h.Offset)},
	}
}

// age keeps what is not known apart from 0 milliseconds.
func age(d time.Duration) int64 {
	if d < 0 {
		return casework.AgeUnknown.Milliseconds()
	}
	return d.Milliseconds()
}

// maxList bounds the lists of one event: people write a few dozen.
const maxList = 4096

// openBody decodes events. What this version does not know is kept as it is.
func openBody(body []byte) ([]casework.Event, error) {
	d := NewDecoder(body)
	events := make([]casework.Event, d.List(casework.MaxEvents))
	for i := range events {
		d.Array(2)
		l := event{Num: casework.Number(d.Uint(math.MaxUint16))}
		if l.Payload = d.Bytes(); d.Err() == nil {
			events[i] = openEvent(l)
		}
	}
	if err := d.End(); err != nil || len(events) == 0 {
		return nil, fmt.Errorf("body: %w", cmp.Or(err, ErrEncoding))
	}
	return events, nil
}

func openEvent(l event) casework.Event {
	ev, known := casework.NewEvent(l.Num)
	if !known || Bound(l.Payload, maxList, maxList) != nil || Unmarshal(l.Payload, ev) != nil {
		return &casework.Unknown{N: l.Num, Payload: l.Payload}
	}
	return ev
}

// Purge returns the entry's encoding without salt and body. The chain and the
// signature of what is left still verify.
func (r *Record) Purge() ([]byte, error) {
	return (&outer{Header: r.header, Sig: r.sig}).encode(), nil
}

func ms(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func milliTime(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
