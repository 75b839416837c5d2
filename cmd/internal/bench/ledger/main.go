// Command ledger measures what admitting an entry costs the county as its ledger
// grows, in processor time, beside the floor that verifies and appends the same
// entries:
//
//	go run ./cmd/internal/bench/ledger -entries 1000000
package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/google/uuid"

	"casedesk/cmd/internal/bench/floor"
	"casedesk/cmd/internal/bench/work"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

var (
	entries = flag.Int("entries", 1_000_000, "entries in the end")
	ctx     = context.Background()
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// page is how many entries come at once.
const page = 500

func run() error {
	dir, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	l, err := newLaptop(dir)
	if err != nil {
		return err
	}
	log, err := floor.Open(filepath.Join(dir, "floor.db"))
	if err != nil {
		return err
	}
	var mine, theirs time.Duration // of the present window
	next := 10_000
	fmt.Println("entries in the ledger   county, CPU an entry   floor, CPU an entry   county bytes an entry   raw bytes an entry")
	window, raw := 0, 0
	for done := 0; done < *entries; {
		batch, err := l.write(page)
		if err != nil {
			return err
		}
		began := spent()
		if err := l.send(batch); err != nil {
			return err
		}
		middle := spent()
		if err := floor.Verify(batch, l.key.Public().(ed25519.PublicKey)); err != nil {
			return err
		}
		if err := log.Append(batch); err != nil {
			return err
		}
		mine, theirs, window = mine+middle-began, theirs+spent()-middle, window+len(batch)
		for _, b := range batch {
			raw += len(b)
		}
		done += len(batch)
		if done == next/10*9 {
			mine, theirs, window = 0, 0, 0 // the last tenth counts
		}
		if done >= next {
			info, err := os.Stat(filepath.Join(dir, "ledger.db"))
			if err != nil {
				return err
			}
			fmt.Printf("%21d   %17.1f us   %16.1f us   %21d   %18d\n", done, each(mine, window), each(theirs, window), int(info.Size())/done, raw/done)
			mine, theirs, window = 0, 0, 0
			next *= 10
		}
	}
	return log.Close()
}

func each(d time.Duration, n int) float64 { return float64(d.Microseconds()) / float64(n) }

// spent is the processor time of this process.
func spent() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// laptop writes entries without a store and hands them to a county without a
// line.
type laptop struct {
	county *county.County
	key    ed25519.PrivateKey
	log    casework.LogID
	seq    uint64
	prev   casework.Hash
	seed   uint64
	works  []store.Work
	heads  map[casework.CaseID]casework.EntryID
}

func newLaptop(dir string) (*laptop, error) {
	secret, err := seal.NewCountySecret()
	if err != nil {
		return nil, err
	}
	key, err := county.NewKey(rand.Reader, secret.Public())
	if err != nil {
		return nil, err
	}
	ledger, err := boltledger.Open(filepath.Join(dir, "ledger.db"), boltledger.Options{})
	if err != nil {
		return nil, err
	}
	c, err := county.Found(ctx, county.Config{Ledger: ledger, Key: key, Clock: time.Now, Random: rand.Reader}, "示例县", work.Catalogue())
	if err != nil {
		return nil, err
	}
	if err := c.SetAddress(ctx, "https://127.0.0.1:1"); err != nil {
		return nil, err
	}
	issued, err := c.Slip(ctx, work.Writer, time.Hour)
	if err != nil {
		return nil, err
	}
	slip, err := wire.ParseSlip(issued.Slip)
	if err != nil {
		return nil, err
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	if _, err := c.Enrol(ctx, public, &wire.EnrolRequest{Version: wire.Version, Code: slip.Code[:], Name: "bench"}); err != nil {
		return nil, err
	}
	return &laptop{county: c, key: private, log: casework.LogID{UUID: uuid.Must(uuid.NewV7())}, heads: map[casework.CaseID]casework.EntryID{}}, nil
}

// write signs the next n entries.
func (l *laptop) write(n int) (batch [][]byte, err error) {
	for len(batch) < n {
		var events []casework.Event
		var id casework.CaseID
		if l.seq == 0 {
			events = []casework.Event{&casework.LogOpened{Profile: "bench", Name: "bench", Reason: casework.LogCreated, Key: l.key.Public().(ed25519.PublicKey)}}
		} else {
			if len(l.works) == 0 {
				l.seed++
				l.works = work.Cases(200, l.seed, work.Plain)
			}
			id, events = l.works[0].Case, l.works[0].Events
			l.works = l.works[1:]
		}
		raw, err := l.sign(id, events)
		if err != nil {
			return nil, err
		}
		batch = append(batch, raw)
	}
	return batch, nil
}

func (l *laptop) sign(id casework.CaseID, events []casework.Event) ([]byte, error) {
	unit := catalogue.UnitID(work.Town)
	uid := casework.EntryID{UUID: uuid.Must(uuid.NewV7())}
	var parents []casework.EntryID
	if reg, ok := events[0].(*casework.Registered); ok {
		reg.Number, reg.Holder = fmt.Sprintf("%s-2026-%07d-4K7M", unit, l.seq), unit
	} else if !id.IsZero() {
		parents = []casework.EntryID{l.heads[id]}
	}
	l.heads[id] = uid
	e := &casework.Entry{Name: casework.Name{Log: l.log, Seq: l.seq + 1}, UID: uid, Case: id, Parents: parents, Actor: work.Writer, Unit: unit,
		Wall: time.Now(), Schema: casework.Schema, Catalogue: 1, Events: events}
	salt := make([]byte, record.SaltSize)
	rand.Read(salt)
	raw, err := record.Seal(e, l.prev, salt, l.key)
	if err != nil {
		return nil, err
	}
	rec, err := record.Open(raw)
	if err != nil {
		return nil, err
	}
	l.seq, l.prev = l.seq+1, rec.Hash
	return raw, nil
}

func (l *laptop) send(batch [][]byte) error {
	req := &wire.Request{Version: wire.Version, Clock: wire.Clock{Wall: time.Now().UnixMilli()}}
	for _, raw := range batch {
		req.Up = append(req.Up, wire.Item{Raw: raw})
	}
	reply, err := l.county.Exchange(ctx, l.key.Public().(ed25519.PublicKey), req)
	if err != nil {
		return err
	}
	if len(reply.Stamps) != len(batch) {
		return fmt.Errorf("%d stamps for %d entries", len(reply.Stamps), len(batch))
	}
	return nil
}
