package sim_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

var update = flag.Bool("update", false, "write the files of this version where testdata lacks them")

// fixture are the files that a version wrote after some days of everything, and
// what was in them. They are never changed: the next format adds a folder.
const fixture = "testdata/v1"

// contents are the cases that each file held when it was written, with their digests
// then. A later version may find more in the same entries, so that its digests
// differ: said.json is what was read in them, which every version must read again.
type contents struct {
	Laptop map[string]string `json:"laptop"`
	County map[string]string `json:"county"`
}

// said is what a version read in a case.
type said struct {
	State, Number, Holder, Lead, Outcome string
	Co, Contested, Held, Effects         []string
	Fields                               map[string]string
	Parties, Notes, Ratings              int
	Confidential                         bool
}

func saidBy(c *casework.Case) said {
	s := said{State: string(c.State), Number: c.Number, Holder: string(c.Holder), Lead: string(c.Lead), Outcome: c.Outcome,
		Parties: len(c.Parties), Notes: len(c.Notes), Ratings: len(c.Ratings), Confidential: c.Confidential, Fields: map[string]string{}}
	for _, u := range c.Co {
		s.Co = append(s.Co, string(u))
	}
	for _, uid := range c.Contested {
		s.Contested = append(s.Contested, uid.String())
	}
	for _, uid := range c.HeldNow {
		s.Held = append(s.Held, uid.String())
	}
	for _, l := range c.Timeline {
		s.Effects = append(s.Effects, l.UID.String()+" "+string(l.Effect)+" "+string(l.Why))
	}
	for f, r := range c.Fields {
		s.Fields[string(f)] = r.Value
	}
	return s
}

// Ensure that the files that an earlier version wrote open, are whole and say
// what they said.
func TestFixture(t *testing.T) {
	if _, err := os.Stat(fixture); os.IsNotExist(err) && *update {
		writeFixture(t)
	}
	data, err := os.ReadFile(filepath.Join(fixture, "contents.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want contents
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	words := map[string]said{}
	if data, err = os.ReadFile(filepath.Join(fixture, "said.json")); err == nil {
		err = json.Unmarshal(data, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Run("laptop", func(t *testing.T) {
		dir := t.TempDir()
		unpack(t, "desk.db", filepath.Join(dir, "desk.db"))
		desk, err := store.Open(dir, passphrase, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer desk.Close()
		report, err := desk.Check(ctx)
		if err != nil || len(report.Faults) > 0 {
			t.Errorf("%v %+v", err, report.Faults)
		}
		compareContents(t, casesOf(t, desk), want.Laptop, words)
	})
	t.Run("county", func(t *testing.T) {
		w := newWorld(t, 1)
		file := filepath.Join(t.TempDir(), "county.backup")
		unpack(t, "county.backup", file)
		w.restore(backup{file: file})
		verified, err := w.county.Verify(ctx)
		if err != nil || len(verified.Faults) > 0 {
			t.Errorf("%v %+v", err, verified.Faults)
		}
		compareContents(t, w.folds(), want.County, words)
	})
}

func compareContents(t *testing.T, got map[string]casework.Case, want map[string]string, words map[string]said) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d cases, were %d", len(got), len(want))
	}
	for id := range want {
		c := got[id]
		if is := saidBy(&c); !reflect.DeepEqual(is, words[id]) {
			t.Errorf("case %s reads %+v, read %+v", id, is, words[id])
		}
	}
}

// casesOf are the cases that a laptop shows whole.
func casesOf(t *testing.T, desk *store.Store) map[string]casework.Case {
	t.Helper()
	list, err := desk.Rows(store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]casework.Case{}
	for _, row := range list.Rows {
		v, err := desk.Case(row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if row.Gone == nil {
			out[row.ID.String()] = v.Case
		}
	}
	return out
}

// folds are the county's cases, folded from its ledger.
func (w *world) folds() map[string]casework.Case {
	w.t.Helper()
	out := map[string]casework.Case{}
	for id, entries := range w.atCounty().cases {
		out[id.String()] = casework.Fold(id, entries)
	}
	return out
}

func writeFixture(t *testing.T) {
	t.Helper()
	*steps = 120
	w := office(t, 77, false)
	dir := t.TempDir()
	l := w.live()[1]
	if _, err := l.store.Backup(filepath.Join(dir, "desk.db")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.county.Backup(ctx, filepath.Join(dir, "county.backup")); err != nil {
		t.Fatal(err)
	}
	w.ok(os.MkdirAll(fixture, 0o755))
	digests := func(cases map[string]casework.Case) map[string]string {
		out := map[string]string{}
		for id, c := range cases {
			out[id] = casework.Digest(&c)
		}
		return out
	}
	words := map[string]said{}
	for id, c := range w.folds() {
		words[id] = saidBy(&c)
	}
	for name, v := range map[string]any{"said.json": words,
		"contents.json": contents{Laptop: digests(casesOf(t, l.store)), County: digests(w.folds())}} {
		data, err := json.MarshalIndent(v, "", "\t")
		w.ok(err)
		w.ok(os.WriteFile(filepath.Join(fixture, name), append(data, '\n'), 0o644))
	}
	for _, name := range []string{"desk.db", "county.backup"} {
		from, err := os.Open(filepath.Join(dir, name))
		w.ok(err)
		to, err := os.Create(filepath.Join(fixture, name+".gz"))
		w.ok(err)
		zip := gzip.NewWriter(to)
		_, err = io.Copy(zip, from)
		w.ok(err)
		w.ok(zip.Close())
		w.ok(to.Close())
		from.Close()
	}
}

func unpack(t *testing.T, name, file string) {
	t.Helper()
	from, err := os.Open(filepath.Join(fixture, name+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	zip, err := gzip.NewReader(from)
	if err != nil {
		t.Fatal(err)
	}
	to, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, zip); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
}
