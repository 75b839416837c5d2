package store

import (
	"math"
	"slices"

	"casedesk/store/catalogue"
	"casedesk/store/record"
)

// coded is a value that writes and reads its own encoding: those of which there
// are as many as entries and cases. Everything else is encoded by its fields'
// names.
type coded interface {
	encode(*record.Encoder) error
	decode(*record.Decoder) error
}

// marshalInto encodes v, in room where that suffices.
func marshalInto(room []byte, v any) ([]byte, error) {
	c, ok := v.(coded)
	if !ok {
		return record.MarshalInto(room, v)
	}
	e := record.Encoder{B: room[:0]}
	err := c.encode(&e)
	return e.B, err
}

func unmarshal(b []byte, v any) error {
	c, ok := v.(coded)
	if !ok {
		return record.UnmarshalLenient(b, v)
	}
	d := record.NewDecoder(b)
	if err := c.decode(d); err != nil {
		return err
	}
	return d.End()
}

// None of these has more elements than a page could bring in years.
const manyElements = 1 << 24

// A mark is two elements of the array around it.
func (m *Mark) encode(e *record.Encoder) {
	e.Bytes(m.Epoch.UUID[:])
	e.Uint(m.N)
}

func (m *Mark) decode(d *record.Decoder) {
	d.Fixed(m.Epoch.UUID[:])
	m.N = d.Uint(math.MaxUint64)
}

func (k *kept) encode(e *record.Encoder) error {
	e.B = slices.Grow(e.B, len(k.Raw)+len(k.Stamp)+128)
	e.Array(7)
	e.Bytes(k.Raw)
	e.Bytes(k.Stamp)
	k.At.encode(e)
	e.Bytes(k.Hash[:])
	e.Bytes(k.Case.UUID[:])
	e.Bool(k.Purged)
	return nil
}

func (k *kept) decode(d *record.Decoder) error {
	d.Array(7)
	k.Raw, k.Stamp = d.Bytes(), d.Bytes()
	k.At.decode(d)
	d.Fixed(k.Hash[:])
	d.Fixed(k.Case.UUID[:])
	k.Purged = d.Bool()
	return d.Err()
}

func (c *caseFile) encode(e *record.Encoder) error {
	e.B = slices.Grow(e.B, 256+128*len(c.Entries)+len(c.code))
	if c.code == nil {
		var err error
		if c.code, err = record.Marshal(&c.Fold); err != nil {
			return err
		}
	}
	e.Array(9)
	e.Bytes(c.ID.UUID[:])
	e.Array(len(c.Feeds))
	for _, s := range c.Feeds {
		e.Array(3)
		e.Text(string(s.Feed))
		e.Bytes(s.Epoch.UUID[:])
		e.Uint(s.Line)
	}
	e.Array(len(c.Entries))
	for i := range c.Entries {
		c.Entries[i].encode(e)
	}
	e.Array(len(c.Earlier))
	for _, i := range c.Earlier {
		e.Array(2)
		e.Uint(uint64(i.Own))
		e.Uint(i.Seq)
	}
	e.Uint(c.Next)
	c.Gone.encode(e)
	c.Leave.encode(e)
	e.Array(len(c.Aliases))
	for _, a := range c.Aliases {
		e.Text(a)
	}
	e.Bytes(c.code)
	return nil
}

// decode leaves the fold as it is encoded: who folds anew does not need it, and
// who does calls unfold.
func (c *caseFile) decode(d *record.Decoder) error {
	d.Array(9)
	d.Fixed(c.ID.UUID[:])
	c.Feeds = list[showing](d)
	for i := range c.Feeds {
		s := &c.Feeds[i]
		d.Array(3)
		s.Feed = catalogue.UnitID(d.Text())
		d.Fixed(s.Epoch.UUID[:])
		s.Line = d.Uint(math.MaxUint64)
	}
	c.Entries = list[ref](d)
	for i := range c.Entries {
		c.Entries[i].decode(d)
	}
	c.Earlier = list[issue](d)
	for i := range c.Earlier {
		d.Array(2)
		c.Earlier[i] = issue{Own: int(d.Uint(math.MaxInt32)), Seq: d.Uint(math.MaxUint64)}
	}
	c.Next = d.Uint(math.MaxUint64)
	c.Gone, c.Leave = decodeGone(d), decodeGone(d)
	c.Aliases = list[string](d)
	for i := range c.Aliases {
		c.Aliases[i] = d.Text()
	}
	c.code = d.Bytes()
	return d.Err()
}

// unfold decodes the fold of a case that was read, unless that is done.
func (c *caseFile) unfold() error {
	if c.code == nil || !c.Fold.ID.IsZero() {
		return nil
	}
	return record.UnmarshalLenient(c.code, &c.Fold)
}

// list reads the head of a list; nil when it is empty.
func list[T any](d *record.Decoder) []T {
	if n := d.List(manyElements); n > 0 {
		return make([]T, n)
	}
	return nil
}

func (r *ref) encode(e *record.Encoder) {
	e.Array(8)
	e.Bytes(r.UID.UUID[:])
	e.Bytes(r.Log.UUID[:])
	e.Uint(r.Seq)
	e.Bytes(r.Hash[:])
	e.Uint(uint64(r.Own))
	e.Uint(r.Arrival)
	r.At.encode(e)
}

func (r *ref) decode(d *record.Decoder) {
	d.Array(8)
	d.Fixed(r.UID.UUID[:])
	d.Fixed(r.Log.UUID[:])
	r.Seq = d.Uint(math.MaxUint64)
	d.Fixed(r.Hash[:])
	r.Own = int(d.Uint(math.MaxInt32))
	r.Arrival = d.Uint(math.MaxUint64)
	r.At.decode(d)
}

// encode writes a Gone as a list of none or two.
func (g *Gone) encode(e *record.Encoder) {
	if g == nil {
		e.Array(0)
		return
	}
	e.Array(2)
	e.Text(string(g.To))
	e.Text(g.Number)
}

func decodeGone(d *record.Decoder) *Gone {
	if d.List(2) != 2 {
		return nil
	}
	return &Gone{To: catalogue.UnitID(d.Text()), Number: d.Text()}
}
