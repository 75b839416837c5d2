package county_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/gob"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/store/boltfile/rottest"
	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// asked is what laptops ask of a county: a new one for everything, others with
// what they have written.
type asked struct {
	Now  time.Time
	Keys []ed25519.PublicKey
	Reqs [][]byte
}

const askedFile = "asked"

// rotLedger makes a county that has everything: cases of several units, a held
// entry, a case that was withdrawn, a fork, a revoked laptop, an epoch, a second
// catalogue.
func rotLedger(t *testing.T, dir string) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	var moved casework.CaseID
	for i := range 30 {
		id := grid.register(village)
		if i == 3 {
			moved = id
		}
	}
	grid.sync()
	mediator.sync()
	mediator.add(moved, &casework.Accepted{})
	mediator.register(string(mediator.unit))
	mediator.sync()
	grid.add(moved, &casework.Noted{Note: strings.Repeat("又吵了一次。", 900)})
	twin := *grid
	twin.mine = twin.mine[:len(twin.mine):len(twin.mine)]
	grid.sync()
	twin.mine = twin.mine[:len(twin.mine)-1]
	twin.register(village)
	if _, err := twin.exchange(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Revoke(ctx, wire.FingerprintOf(w.laptop("grid4").public()).String()); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	w = w.restored(backup)

	office, writer := w.laptop("county1"), w.laptop("grid2")
	writer.register(string(writer.unit))
	said := asked{Now: w.now}
	for _, l := range []*laptop{office, writer} {
		req := l.request()
		req.Room = 1 << 20
		b, err := wire.Encode(req)
		if err != nil {
			t.Fatal(err)
		}
		said.Keys, said.Reqs = append(said.Keys, l.public()), append(said.Reqs, b)
	}
	w.mustVerify()
	// A flip in the newest header takes back the last commit, as a power cut in it
	// would; so the last two change nothing.
	for range 2 {
		if err := w.conf.Ledger.Update(ctx, func(ledger.Tx) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.conf.Ledger.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(said)
	if err = errors.Join(err, os.CopyFS(dir, os.DirFS(w.dir)), os.WriteFile(filepath.Join(dir, askedFile), out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// answer opens the county of a folder and returns everything that it says to what
// is asked, and how many faults it finds in itself.
func answer(dir string, key *county.Key, said asked) (string, int, error) {
	l, err := files.Open(filepath.Join(dir, county.LedgerFile))
	if err != nil {
		return "", 0, err
	}
	defer l.Close()
	c, err := county.New(ctx, county.Config{Ledger: l, Key: key, Backups: files,
		Clock: func() time.Time { return said.Now }, Random: rand.NewChaCha8([32]byte{8})})
	if err != nil {
		return "", 0, err
	}
	var out bytes.Buffer
	for i, b := range said.Reqs {
		var req wire.Request
		if err := wire.Decode(b, &req); err != nil {
			return "", 0, err
		}
		reply, err := c.Exchange(ctx, said.Keys[i], &req)
		if err != nil {
			return "", 0, err
		}
		if b, err = wire.Encode(reply); err != nil {
			return "", 0, err
		}
		fmt.Fprintf(&out, "%x\n", b)
	}
	people, err := c.People(ctx)
	if err != nil {
		return "", 0, err
	}
	devices, err := c.Devices(ctx)
	if err != nil {
		return "", 0, err
	}
	fmt.Fprintf(&out, "%+v\n%+v\n", people, devices)
	v, err := c.Verify(ctx)
	return out.String(), len(v.Faults), err
}

// Ensure that a county whose file has any one bit flipped gives the answers that
// it gave and takes what it took, or says that the file is damaged: it neither
// lies nor ends the process.
func TestCounty_BitFlips(t *testing.T) {
	rottest.Rot{
		Name: "county", File: county.LedgerFile, Make: rotLedger,
		Judge: func(t *testing.T, sound string) func(string) string {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(sound)); err != nil {
				t.Fatal(err)
			}
			key, err := county.ReadKey(dir)
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join(dir, askedFile))
			var said asked
			if err := errors.Join(err, gob.NewDecoder(bytes.NewReader(b)).Decode(&said)); err != nil {
				t.Fatal(err)
			}
			want, faults, err := answer(dir, key, said)
			if err != nil || faults > 0 {
				t.Fatalf("%d faults before any flip, %v", faults, err)
			}
			return func(dir string) string {
				got, faults, err := answer(dir, key, said)
				switch {
				case errors.Is(err, ledger.ErrDamaged), errors.Is(err, ledger.ErrNewerFormat):
					return rottest.Noticed
				case err != nil:
					return "refused otherwise: " + err.Error()
				case got != want:
					return fmt.Sprintf("another answer: of %d bytes, not %d", len(got), len(want))
				case faults > 0:
					return rottest.Noticed
				}
				return rottest.Same
			}
		},
	}.Run(t)
}
