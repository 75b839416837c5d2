package record_test

import (
	"bytes"
	"errors"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// Ensure lists are counted wherever they stand, and nothing hides them.
func TestBound(t *testing.T) {
	list := func(n int) []byte {
		return append([]byte{0x9a, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, bytes.Repeat([]byte{0xa0}, n)...)
	}
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, test := range map[string]struct {
		b    []byte
		want error
	}{
		"as many as may be":    {list(100), nil},
		"one more":             {list(101), record.ErrTooLarge},
		"in a map":             {join([]byte{0xa1, 0x61, 'u'}, list(101)), record.ErrTooLarge},
		"behind a number":      {join([]byte{0x82, 0x1b, 1, 2, 3, 4, 5, 6, 7, 8}, list(101)), record.ErrTooLarge},
		"behind text":          {join([]byte{0x82, 0x62, 0x9f, 0x9f}, list(101)), record.ErrTooLarge},
		"together":             {join([]byte{0x83}, list(98), list(98), list(98)), record.ErrTooLarge},
		"only looks like one":  {join([]byte{0x58, 105}, list(100)), nil},
		"a list without end":   {[]byte{0x9f, 0xff}, record.ErrTooLarge},
		"text without end":     {join([]byte{0x82, 0x5f, 0x41, 0x61, 0xff}, list(101)), record.ErrTooLarge},
		"a length cut off":     {[]byte{0x9a, 1}, record.ErrTooLarge},
		"bytes that are short": {[]byte{0x58, 200, 1}, nil}, // decoding refuses it
		"tags on tags":         {join([]byte{0xa1, 0x61, 'z'}, bytes.Repeat([]byte{0xc1}, 1000), []byte{0}), record.ErrTooLarge},
		"maps in maps":         {bytes.Repeat([]byte{0xa1, 0x00}, 40), record.ErrTooLarge},
		"maps beside maps":     {join([]byte{0x98, 40}, bytes.Repeat([]byte{0xa1, 0x00, 0xc1, 0x00}, 40)), nil},
	} {
		if err := record.Bound(test.b, 100, 250); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// Ensure an event with a list that nobody writes is not built.
func TestOpen_LongList(t *testing.T) {
	e := sample()
	payload, err := record.Marshal(&casework.Registered{Matter: casework.Dispute, Number: "N"})
	if err != nil {
		t.Fatal(err)
	}
	const n = 200_000
	payload[0]++
	payload = append(append(payload, 0x67), "parties"...)
	payload = append(append(payload, 0x9a, 0, n>>16, n>>8&0xff, n&0xff), bytes.Repeat([]byte{0xa0}, n)...)
	e.Events = []casework.Event{&casework.Unknown{N: casework.NumRegistered, Payload: payload}}
	r, err := record.Open(seal(t, e))
	if err != nil {
		t.Fatal(err)
	}
	if _, kept := r.Entry.Events[0].(*casework.Unknown); !kept {
		t.Errorf("%T was built", r.Entry.Events[0])
	}
}
