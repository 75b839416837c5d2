package sim_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
)

var update = flag.Bool("update", false, "write the files of this version where testdata lacks them")

// fixture are the files that a version wrote after some days of everything, and
// what was in them. They are never changed: the next format adds a folder.
const fixture = "testdata/v1"

// contents are the digests of all cases.
type contents struct {
	Laptop map[string]string `json:"laptop"`
	County map[string]string `json:"county"`
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
		compareContents(t, digestsOf(t, desk), want.Laptop)
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
		compareContents(t, w.digests(), want.County)
	})
}

func compareContents(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(got) != len(want) || len(want) == 0 {
		t.Errorf("%d cases, were %d", len(got), len(want))
	}
	for id, digest := range want {
		if got[id] != digest {
			t.Errorf("case %s reads otherwise", id)
		}
	}
}

func digestsOf(t *testing.T, desk *store.Store) map[string]string {
	t.Helper()
	list, err := desk.Rows(store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range list.Rows {
		v, err := desk.Case(row.ID)
		if err != nil {
			t.Fatal(err)
		}
		if row.Gone == nil {
			out[row.ID.String()] = casework.Digest(&v.Case)
		}
	}
	return out
}

// digests are the county's, folded from its ledger.
func (w *world) digests() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	for id, entries := range w.atCounty().cases {
		c := casework.Fold(id, entries)
		out[id.String()] = casework.Digest(&c)
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
	data, err := json.MarshalIndent(contents{Laptop: digestsOf(t, l.store), County: w.digests()}, "", "\t")
	w.ok(err)
	w.ok(os.MkdirAll(fixture, 0o755))
	w.ok(os.WriteFile(filepath.Join(fixture, "contents.json"), append(data, '\n'), 0o644))
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
