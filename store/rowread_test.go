package store

import (
	"encoding/binary"
	"math/rand/v2"
	"reflect"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
)

// Ensure that rows are read as the codec reads them, whatever they hold, and that
// bytes which are no row are an error and nothing worse.
func TestReadRow(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	text := func() string {
		s := []rune("")
		for range r.IntN(30) {
			s = append(s, rune(0x4E00+r.IntN(3000)))
		}
		return string(s)
	}
	number := func() int64 { return int64(r.Uint64()) >> r.IntN(64) }
	for range 5000 {
		w := row{Number: text(), Matter: casework.Dispute, Stage: casework.Stage(text()), State: casework.State(text()),
			Category: text(), Title: text(), Division: catalogue.DivisionCode(text()), Holder: catalogue.UnitID(text()),
			Lead: catalogue.UnitID(text()), Limit: catalogue.LimitCode(text()), Due: number(), YellowAt: number(), Paused: number(),
			Contested: int(number()), Held: r.IntN(3), Unknown: r.IntN(300), HeldOwn: r.IntN(2) == 0, Todo: r.IntN(2) == 0,
			Mine: r.IntN(2) == 0, Updated: number(), Unsent: r.IntN(2) == 0, News: number(), Arrived: number(), Passed: number(), Turned: number(),
			Asks: asks(r.IntN(16)), Called: number(), Grade: casework.Grade(text()), Urger: catalogue.UnitID(text()), Answer: number(), Replied: number(), Owed: number(), Given: number()}
		binary.BigEndian.PutUint64(w.ID.UUID[4:], r.Uint64())
		for range r.IntN(3) {
			w.Aliases = append(w.Aliases, text())
			m := Mark{N: r.Uint64() >> r.IntN(64)}
			m.Epoch.UUID[3] = byte(r.Uint32())
			w.Marks = append(w.Marks, m)
			w.Others = append(w.Others, casework.CaseID{UUID: m.Epoch.UUID})
		}
		for range r.IntN(4) {
			w.Meets = append(w.Meets, number())
		}
		if r.IntN(4) == 0 {
			w.Original = number()
		}
		if r.IntN(10) == 0 {
			w.Gone = &Gone{Number: text(), To: catalogue.UnitID(text())}
		}
		b, err := record.Marshal(&w)
		if err != nil {
			t.Fatal(err)
		}
		var got, want row
		if err := readRow(string(b), &got); err != nil {
			t.Fatal(err)
		}
		if err := record.UnmarshalLenient(b, &want); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%x\n%+v\n%+v", b, got, want)
		}
		if c := (cbor{s: string(b)}); w.Gone == nil {
			if c.row(&got); c.bad || c.at != len(b) {
				t.Fatalf("a common row goes through the codec: %x", b)
			}
		}
		b = b[:r.IntN(len(b))]
		if readRow(string(b), &got) == nil {
			t.Fatalf("half a row was read: %x", b)
		}
	}
}
