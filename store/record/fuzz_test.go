package record_test

import (
	"bytes"
	"crypto/ed25519"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// Ensure that whatever comes as an entry is refused, or is the one encoding of an
// entry that can be folded, verified and purged.
func FuzzOpen(f *testing.F) {
	f.Add(seal(f, sample()))
	opened := sample()
	opened.Case, opened.Events = casework.CaseID{}, []casework.Event{&casework.LogOpened{Reason: casework.LogCreated, Key: key.Public().(ed25519.PublicKey)}}
	f.Add(seal(f, opened))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := record.Open(b)
		if err != nil {
			return
		}
		_ = r.Verify(key.Public().(ed25519.PublicKey))
		casework.Fold(r.Entry.Case, []casework.Entry{r.Entry})
		purged, err := r.Purge()
		if err != nil {
			t.Fatal(err)
		}
		if again, err := record.Open(purged); err != nil || again.Hash != r.Hash || !again.Purged {
			t.Fatalf("purged: %+v, %v", again, err)
		}
	})
}

// Ensure that whatever somebody signs as an entry's body is refused or can be
// folded and shown, and that its events are written as they were read.
func FuzzBody(f *testing.F) {
	bodies := [][]casework.Event{sample().Events,
		{&casework.Registered{Matter: casework.Dispute, Number: "N", Holder: "441621102", Confidential: true, About: nil,
			Fields: casework.Fields{casework.FieldTitle: "水沟", casework.FieldDivision: "441621102901"}, Parties: []casework.Party{{Role: "applicant", Name: "张三", Phone: "1"}}}},
		{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "3"}}, &casework.Accepted{}, &casework.Assigned{Lead: "a"}, &casework.Escalated{To: "b"}},
		{&casework.Confided{Confidential: "yes"}, &casework.Settled{Choice: "take"}, &casework.Released{}, &casework.Agreed{}, &casework.Rated{}},
	}
	for _, events := range bodies {
		e := sample()
		e.Events = events
		r, err := record.Open(seal(f, e))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(r.Body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		raw, err := record.SealBody(sample(), body, casework.Hash{9}, make([]byte, record.SaltSize), key)
		if err != nil {
			return
		}
		r, err := record.Open(raw)
		if err != nil {
			return
		}
		stamped := r.Entry
		stamped.Stamp = &casework.Stamp{Epoch: casework.Epoch{UUID: uuid.UUID{1}}, N: 2, Verdict: casework.Admitted}
		c := casework.Fold(r.Entry.Case, []casework.Entry{*sample(), stamped})
		casework.Digest(&c)
		again, err := record.Seal(&r.Entry, r.Prev, r.Salt, key)
		if err != nil {
			return // it grew beyond what an entry may be
		}
		r2, err := record.Open(again)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(r2.Entry.Events, r.Entry.Events) {
			t.Fatalf("%#v is written as %#v", r.Entry.Events, r2.Entry.Events)
		}
	})
}

// Ensure that a stamp that is read is written with the same meaning, and that
// none that the county did not make passes for one of its own.
func FuzzOpenStamp(f *testing.F) {
	stamp := &casework.Stamp{Epoch: casework.Epoch{UUID: uuid.UUID{1}}, N: 7, Received: time.UnixMilli(1772413200000).UTC(), Effective: time.UnixMilli(1772413100000).UTC(),
		Doubtful: true, Verdict: casework.Held, Why: casework.WhyRole}
	record.SignStamp([]byte("key"), casework.Hash{1}, stamp)
	f.Add(record.MarshalStamp(stamp))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := record.OpenStamp(b)
		if err != nil {
			return
		}
		if record.CheckStamp([]byte("another key"), casework.Hash{1}, s) {
			t.Fatal("a stamp that was made up passes")
		}
		code := record.MarshalStamp(s)
		again, err := record.OpenStamp(code)
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Fatalf("%+v is written as %+v, %v", s, again, err)
		}
		if twice := record.MarshalStamp(again); !bytes.Equal(twice, code) {
			t.Fatalf("written in two ways: %x, %x", code, twice)
		}
	})
}
