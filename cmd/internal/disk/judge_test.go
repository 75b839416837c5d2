//go:build linux && (amd64 || arm64)

package disk_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/cmd/internal/disk"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
)

// order tells a judge which images to look at.
type order struct {
	Scene  string
	Root   string // where the scene played
	Calls  []disk.Call
	Seeds  []uint64
	Ignore string // which syncs are taken for nothing: "", "all" or "data"
	From   int    // the power does not go before this call
}

// verdict is what a judge said.
type verdict struct {
	images int
	bad    []string // "seed N: why"
}

// send has a child process judge the images. A seed at which the child died is a
// bad one; the rest goes to another child.
func (o order) send(t *testing.T) verdict {
	t.Helper()
	var v verdict
	o.Seeds = slices.Clone(o.Seeds)
	slices.SortStableFunc(o.Seeds, func(a, b uint64) int { // one walk over the calls serves all images
		x, _ := o.at(a)
		y, _ := o.at(b)
		return x - y
	})
	for len(o.Seeds) > 0 {
		file := filepath.Join(t.TempDir(), "order")
		f, err := os.Create(file)
		if err == nil {
			err = errors.Join(gob.NewEncoder(f).Encode(o), f.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "judge", file)
		cmd.Env = append(os.Environ(), "TMPDIR="+memory(t))
		var said, loud strings.Builder
		cmd.Stdout, cmd.Stderr = &said, &loud
		err = cmd.Run()
		began := 0
		lines := bufio.NewScanner(strings.NewReader(said.String()))
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), "begin ") {
				began++
			} else {
				v.bad = append(v.bad, lines.Text())
			}
		}
		if err != nil {
			if began == 0 {
				t.Fatalf("the judge: %v\n%s", err, loud.String())
			}
			first, _, _ := strings.Cut(loud.String(), "\n")
			v.bad = append(v.bad, fmt.Sprintf("seed %d: the process died: %v, %s", o.Seeds[began-1], err, first))
		}
		v.images += began
		o.Seeds = o.Seeds[began:]
	}
	return v
}

// memory returns a folder for images, in memory where the machine has such.
func memory(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "casedesk-image-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// at returns where a seed cuts, and its chance.
func (o order) at(seed uint64) (cut int, chance *rand.Rand) {
	chance = rand.New(rand.NewPCG(seed, 1))
	cut = o.From + chance.IntN(len(o.Calls)-o.From+1)
	for o.Ignore == "data" && cut > 0 && cut < len(o.Calls) && !meta(o.Calls[cut-1]) {
		cut++ // to where the meta page is written and not yet synced
	}
	return cut, chance
}

func (o order) failing() bool {
	return slices.ContainsFunc(o.Calls, func(c disk.Call) bool { return c.Op == disk.Sync && c.Failed })
}

// judge looks at the images and writes which are bad.
func (o order) judge(w io.Writer) error {
	dir, err := os.MkdirTemp("", "image-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	failing := o.failing()
	d, done, acked := o.disk(0), 0, []string(nil)
	for _, seed := range o.Seeds {
		cut, chance := o.at(seed)
		if failing {
			d, done, acked = o.disk(seed), 0, nil
		}
		for ; done < cut; done++ {
			c := o.Calls[done]
			if d.Apply(c); c.Op == disk.Write && filepath.Base(c.Path) == "acks" {
				acked = append(acked, strings.Fields(strings.ReplaceAll(string(c.Data), "backup ", "backup:"))...)
			}
		}
		fmt.Fprintf(w, "begin %d\n", seed)
		stuck := watch()
		err := o.look(d, dir, chance, acked)
		close(stuck)
		if err != nil {
			fmt.Fprintf(w, "seed %d: %s\n", seed, strings.ReplaceAll(err.Error(), "\n", "; "))
		}
	}
	return nil
}

// metaPages is how many bytes bbolt's two meta pages take at a file's beginning.
var metaPages = 2 * int64(os.Getpagesize())

// meta reports whether a call writes a meta page, which makes a commit valid.
func meta(c disk.Call) bool {
	return c.Op == disk.Write && strings.HasSuffix(c.Path, ".db") && c.Off < metaPages
}

// watch ends the process when an image takes too long or too much memory: bbolt
// walks in circles on some damaged files. The caller closes the channel in time.
func watch() chan struct{} {
	done := make(chan struct{})
	go func() {
		for range 100 {
			select {
			case <-done:
				return
			case <-time.After(100 * time.Millisecond):
			}
			var m runtime.MemStats
			if runtime.ReadMemStats(&m); m.HeapAlloc > 1<<29 {
				break
			}
		}
		fmt.Fprintln(os.Stderr, "stuck on the image")
		os.Exit(3)
	}()
	return done
}

func (o order) disk(seed uint64) *disk.Disk {
	d := disk.NewDisk(rand.New(rand.NewPCG(seed, 2)))
	last := map[string]int64{} // where the file was last written to
	d.Ignore = func(c disk.Call) bool {
		data := last[c.Path] >= metaPages
		if c.Op == disk.Write {
			last[c.Path] = c.Off
			return false
		}
		return strings.HasSuffix(c.Path, ".db") && (o.Ignore == "all" || o.Ignore == "data" && data)
	}
	return d
}

// look writes an image and asks the real code about it.
func (o order) look(d *disk.Disk, dir string, chance *rand.Rand, acked []string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for path, content := range d.Image(chance) {
		rel, err := filepath.Rel(o.Root, path)
		if err != nil {
			return err
		}
		if rel == "acks" || rel == "desk/ballast" || strings.HasSuffix(rel, ".tmp") {
			continue // nothing reads them
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := sparse(to, content); err != nil {
			return err
		}
	}
	if o.Scene == "county" {
		return lookCounty(dir, acked)
	}
	return lookDesk(dir, acked)
}

// sparse writes a file without the blocks that are all zero.
func sparse(path string, content []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	const block = 4096
	for at := 0; at < len(content); at += block {
		b := content[at:min(at+block, len(content))]
		if bytes.Count(b, []byte{0}) == len(b) {
			continue
		}
		if _, err := f.WriteAt(b, int64(at)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(f.Truncate(int64(len(content))), f.Close())
}

func lookDesk(dir string, acked []string) error {
	if len(acked) == 0 {
		if _, err := os.Stat(filepath.Join(dir, "desk", "desk.db")); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if err := openDesk(filepath.Join(dir, "desk"), dir, acked, true); err != nil {
		return err
	}
	for i := len(acked) - 1; i >= 0; i-- { // the newest backup holds what was saved before it
		name, is := strings.CutPrefix(acked[i], "backup:")
		if !is {
			continue
		}
		put := filepath.Join(dir, "put")
		if err := os.Mkdir(put, 0o700); err != nil {
			return err
		}
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(put, "desk.db")); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		if err := openDesk(put, dir, acked[:i], false); err != nil {
			return fmt.Errorf("backup: %w", err)
		}
		break
	}
	return nil
}

// openDesk opens a profile, checks it, and looks for everything acknowledged; work
// has it take one more piece.
func openDesk(dir, root string, acked []string, work bool) error {
	s, err := store.Open(dir, passphrase, cheap(root))
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := s.Check(context.Background())
	if err != nil {
		return err
	}
	if len(r.Faults) > 0 {
		return fmt.Errorf("%d faults: %+v", len(r.Faults), r.Faults[0])
	}
	held, err := entries(s)
	if err != nil {
		return err
	}
	for _, uid := range acked {
		if uid != "created" && !strings.HasPrefix(uid, "backup:") && held[uid] != 1 {
			return fmt.Errorf("%s was acknowledged and is there %d times", uid, held[uid])
		}
	}
	if work {
		_, err = s.Append(store.Work{Events: []casework.Event{dispute("之后")}})
	}
	return err
}

// entries counts the entries of every case by uid.
func entries(s *store.Store) (map[string]int, error) {
	list, err := s.Rows(store.Query{})
	if err != nil {
		return nil, err
	}
	held := map[string]int{}
	for _, row := range list.Rows {
		v, err := s.Case(row.ID)
		if err != nil {
			return nil, err
		}
		for _, line := range v.Case.Timeline {
			held[line.UID.String()]++
		}
	}
	return held, nil
}

func lookCounty(dir string, acked []string) error {
	path := filepath.Join(dir, "ledger.db")
	if len(acked) == 0 {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	if _, err := boltledger.Verify(path); err != nil {
		return err
	}
	l, err := boltledger.Open(path, boltledger.Options{MustExist: true, Timeout: time.Second})
	if err != nil {
		return err
	}
	defer l.Close()
	ctx := context.Background()
	err = l.View(ctx, func(r ledger.Reader) error {
		for _, ack := range acked {
			var log byte
			var seq uint64
			if ack == "created" {
				continue
			}
			if _, err := fmt.Sscanf(ack, "%d/%d", &log, &seq); err != nil {
				return err
			}
			want := entryOf(log, seq)
			got, found, err := ledger.At(r, want.Log, seq)
			if err != nil || !found || got.Hash != want.Hash || string(got.Raw) != string(want.Raw) {
				return fmt.Errorf("%s was acknowledged: there %v, %v", ack, found, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return l.Update(ctx, func(tx ledger.Tx) error { return tx.Append(entryOf(9, 1)) })
}
