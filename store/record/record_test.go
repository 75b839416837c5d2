package record_test

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"reflect"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/record"

	"github.com/google/uuid"
)

var key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))

func sample() *casework.Entry {
	id := func(s string) uuid.UUID { return uuid.MustParse("01920000-0000-7000-8000-00000000000" + s) }
	return &casework.Entry{
		Name: casework.Name{Log: casework.LogID{UUID: id("1")}, Seq: 2}, UID: casework.EntryID{UUID: id("2")},
		Case: casework.CaseID{UUID: id("3")}, Parents: []casework.EntryID{{UUID: id("4")}},
		Actor: "grid1", Unit: "441621102201", Wall: time.Date(2026, 10, 12, 9, 30, 0, 5e6, time.FixedZone("", 8*3600)),
		Clock:  casework.ClockFacts{Boot: "b", Mono: time.Minute, County: time.Date(2026, 10, 12, 1, 0, 0, 0, time.UTC), Age: time.Second},
		Schema: casework.Schema, Catalogue: 3,
		Events: []casework.Event{
			&casework.Noted{Note: "㛃𬭚"},
			&casework.PartyAdded{Element: casework.ElementID{UUID: id("5")}, Role: "applicant", Name: "张三"},
			&casework.Unknown{N: 900, Payload: []byte{0xa1, 0x61, 0x78, 0x01}},
		},
	}
}

func seal(t testing.TB, e *casework.Entry) []byte {
	raw, err := record.Seal(e, casework.Hash{9}, bytes.Repeat([]byte{1}, record.SaltSize), key)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Ensure that an entry written after the machine started anew does not come back
// as written at the moment when the county last told its time.
func TestOpen_AgeUnknown(t *testing.T) {
	for _, age := range []time.Duration{casework.AgeUnknown, -1, -time.Hour} {
		e := sample()
		e.Clock.Age = age
		r, err := record.Open(seal(t, e))
		if err != nil {
			t.Fatal(err)
		}
		if r.Entry.Clock.Age != casework.AgeUnknown {
			t.Errorf("%s was written, %s read", age, r.Entry.Clock.Age)
		}
	}
}

// Ensure that an entry comes back as it was written, unknown events included.
func TestOpen_RoundTrip(t *testing.T) {
	e := sample()
	raw := seal(t, e)
	r, err := record.Open(raw)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(key.Public().(ed25519.PublicKey)); err != nil {
		t.Error(err)
	}
	if !r.Entry.Wall.Equal(e.Wall) || r.Entry.Wall.Format(time.RFC3339) != e.Wall.Format(time.RFC3339) {
		t.Errorf("wall %v, want %v", r.Entry.Wall, e.Wall)
	}
	r.Entry.Wall = e.Wall
	if !reflect.DeepEqual(&r.Entry, e) {
		t.Errorf("got  %+v\nwant %+v", r.Entry, *e)
	}
	if again := seal(t, &r.Entry); !bytes.Equal(raw, again) {
		t.Error("the same entry has two encodings")
	}
	if r.Prev != (casework.Hash{9}) || r.Hash.IsZero() || r.Purged {
		t.Errorf("prev %s, hash %s, purged %v", r.Prev, r.Hash, r.Purged)
	}
}

// Ensure that any changed bit is noticed.
func TestOpen_Tampered(t *testing.T) {
	raw := seal(t, sample())
	public := key.Public().(ed25519.PublicKey)
	for i := range raw {
		for bit := range 8 {
			bad := bytes.Clone(raw)
			bad[i] ^= 1 << bit
			if r, err := record.Open(bad); err == nil && r.Verify(public) == nil {
				t.Fatalf("byte %d bit %d: accepted", i, bit)
			}
		}
	}
	for i := range raw {
		if _, err := record.Open(raw[:i]); err == nil {
			t.Fatalf("cut at %d: accepted", i)
		}
	}
}

// Ensure that a purged entry still verifies and says nothing.
func TestRecord_Purge(t *testing.T) {
	r, err := record.Open(seal(t, sample()))
	if err != nil {
		t.Fatal(err)
	}
	bare, err := r.Purge()
	if err != nil {
		t.Fatal(err)
	}
	p, err := record.Open(bare)
	if err != nil {
		t.Fatal(err)
	}
	if !p.Purged || len(p.Entry.Events) != 0 || p.Hash != r.Hash || p.Verify(key.Public().(ed25519.PublicKey)) != nil {
		t.Errorf("purged %v, %d events, hash %s want %s", p.Purged, len(p.Entry.Events), p.Hash, r.Hash)
	}
	if bytes.Contains(bare, []byte("张三")) {
		t.Error("a name is left after the purge")
	}
}

// Ensure that limits hold and that a later format is told apart from damage.
func TestSeal_Limits(t *testing.T) {
	e := sample()
	e.Events = []casework.Event{&casework.Noted{Note: string(bytes.Repeat([]byte{'a'}, casework.MaxEntryBytes))}}
	if _, err := record.Seal(e, casework.Hash{}, nil, key); !errors.Is(err, record.ErrTooLarge) {
		t.Errorf("large body: %v", err)
	}
	raw := seal(t, sample())
	raw[1] = record.Format + 1
	if _, err := record.Open(raw); !errors.Is(err, record.ErrNewerFormat) {
		t.Errorf("later format: %v", err)
	}
}

// Ensure that a stamp is known again by who made it, for that entry alone.
func TestStamp(t *testing.T) {
	s := &casework.Stamp{Epoch: casework.Epoch{UUID: uuid.MustParse("01920000-0000-7000-8000-0000000000ee")}, N: 7,
		Received: time.UnixMilli(1e12).UTC(), Effective: time.UnixMilli(9e11).UTC(), Doubtful: true, Verdict: casework.Held, Why: casework.WhyRole}
	record.SignStamp([]byte("k"), casework.Hash{1}, s)
	b := record.MarshalStamp(s)
	got, err := record.OpenStamp(b)
	if err != nil || !reflect.DeepEqual(got, s) {
		t.Fatalf("got %+v, %v; want %+v", got, err, s)
	}
	if !record.CheckStamp([]byte("k"), casework.Hash{1}, got) {
		t.Error("own stamp not known")
	}
	got.N++
	if record.CheckStamp([]byte("k"), casework.Hash{1}, got) || record.CheckStamp([]byte("x"), casework.Hash{1}, s) || record.CheckStamp([]byte("k"), casework.Hash{2}, s) {
		t.Error("another's stamp taken for one's own")
	}
}

func BenchmarkOpen(b *testing.B) {
	raw := seal(b, sample())
	for b.Loop() {
		if _, err := record.Open(raw); err != nil {
			b.Fatal(err)
		}
	}
}
