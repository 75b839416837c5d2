package wire_test

import (
	"bytes"
	"testing"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

func sampleReply() *wire.Reply {
	end := wire.End{Epoch: casework.Epoch{UUID: uuid.UUID{3}}, N: 5}
	log := casework.LogID{UUID: uuid.UUID{1}}
	return &wire.Reply{Version: 1, Epoch: casework.Epoch{UUID: uuid.UUID{2}}, Ends: []wire.End{end}, Now: 1637899200000,
		Heads: []wire.Head{{Log: log, Seq: 3}}, Stamps: []wire.Stamped{{Log: log, Seq: 2, Stamp: []byte("stamp"), At: &end, Hash: []byte("hash")}},
		Forks: []wire.Fork{{Log: log, Seq: 1}}, Backed: end, Units: []catalogue.UnitID{"441621102"}, Catalogue: []byte("k"),
		Keys: []wire.LogKey{{Log: log, Key: []byte("key"), User: "grid1"}},
		Feeds: []wire.FeedPage{{Feed: "441621102", From: 3, To: 9, Head: 9, Lines: []wire.Line{
			{Raw: []byte("entry"), Stamp: []byte("stamp")}, {Log: log, Seq: 2, Stamp: []byte("s"), At: &end, Skip: 2}, {Withdrawn: casework.CaseID{UUID: uuid.UUID{9}}, To: "441621"}}}}}
}

// Ensure that no frame makes a reader fail but with an error.
func FuzzDecode(f *testing.F) {
	for _, v := range []any{sampleRequest(), sampleReply()} {
		b, err := wire.Encode(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(_ *testing.T, b []byte) { _ = wire.Decode(b, new(wire.Reply)) })
}

var packer, _ = zstd.NewWriter(nil)

// fuzzMessage fuzzes what lies in the frame: what is read is written in one way,
// and read from that with the same meaning.
func fuzzMessage[T any](f *testing.F, samples ...*T) {
	for _, v := range samples {
		b, err := record.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, plain []byte) {
		v := new(T)
		if wire.Decode(packer.EncodeAll(plain, nil), v) != nil {
			return
		}
		if r, ok := any(v).(*wire.Request); ok {
			_ = r.Check()
		}
		once, err := record.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		again := new(T)
		if err := record.Unmarshal(once, again); err != nil {
			t.Fatalf("%x, written as %x: %v", plain, once, err)
		}
		if twice, err := record.Marshal(again); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("written in two ways: %x, %x, %v", once, twice, err)
		}
	})
}

func FuzzRequest(f *testing.F) { fuzzMessage(f, sampleRequest()) }

func FuzzReply(f *testing.F) { fuzzMessage(f, sampleReply()) }

func FuzzEnrolRequest(f *testing.F) {
	fuzzMessage(f, &wire.EnrolRequest{Version: 1, Program: "casedesk", Code: []byte("0123456789"), Name: "陈示一"})
}

func FuzzEnrolReply(f *testing.F) {
	fuzzMessage(f, &wire.EnrolReply{Version: 1, County: "示例县", User: "grid1", Units: []catalogue.UnitID{"441621102901"}, Now: 1, Recovery: []byte("r"), Grant: []byte("g"), Catalogue: []byte("k")})
}

func FuzzFailure(f *testing.F) {
	fuzzMessage(f, &wire.Failure{Code: casework.CodeBusy, Why: casework.WhyRole, After: 5})
}

// Ensure that a slip that is read is written so that it reads the same.
func FuzzParseSlip(f *testing.F) {
	f.Add(sampleSlip.String())
	f.Add("CDS1-")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := wire.ParseSlip(text)
		if err != nil {
			return
		}
		if again, err := wire.ParseSlip(s.String()); err != nil || again != s {
			t.Fatalf("%q reads as %+v, and again as %+v, %v", text, s, again, err)
		}
	})
}
