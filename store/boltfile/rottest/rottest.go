// Package rottest flips bits of bbolt files, one at a time, for tests of what their
// readers then say.
package rottest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Flips of the short version, and how many a child process makes: one that dies
// costs no more than itself.
const (
	shortFlips = 2100
	flipsEach  = 300
	flipLimit  = 20 * time.Second // an answer that comes later is a hang
)

// What a judge may say; everything else is a failure, of the kind before its colon.
const (
	Same    = "same"    // it answers as it did
	Noticed = "noticed" // it says that the file is damaged
)

// Rot is a file whose bits are flipped.
type Rot struct {
	Name string // for the table of a soak
	File string // in the folder that Make fills
	Make func(t *testing.T, dir string)
	// Judge is given the folder of the sound file, and judges folders that hold
	// nothing but the file with one bit flipped.
	Judge func(t *testing.T, sound string) func(dir string) string
}

// flipped is what became of one flip.
type flipped struct {
	N    int    `json:"n"`
	Bit  int64  `json:"bit"`
	What string `json:"what"`
}

// Run makes flips in child processes of the test that calls it, for as long as
// CASEDESK_SOAK says.
func (r Rot) Run(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: -short")
	}
	if dir := os.Getenv("CASEDESK_FLIPS"); dir != "" {
		r.child(t, dir)
		return
	}
	dir := t.TempDir()
	r.Make(t, dir)
	soak, _ := time.ParseDuration(os.Getenv("CASEDESK_SOAK"))
	began, seed := time.Now(), rand.Uint64()
	first, counts, total, failures := seed, map[string]int{}, 0, 0
	for ; total < shortFlips || time.Since(began) < soak; seed++ {
		for _, f := range inChild(t, dir, seed) {
			kind, _, _ := strings.Cut(f.What, ":")
			total++
			if counts[kind]++; kind != Same && kind != Noticed {
				failures++
				t.Errorf("seed %d, flip %d, bit %d of byte %d (page %d): %s", seed, f.N, f.Bit%8, f.Bit/8, f.Bit/8/pageSize, f.What)
			}
		}
	}
	if counts[Noticed] == 0 {
		t.Errorf("the flips hit nothing: %v", counts)
	}
	fmt.Printf("SOAK|bit flips, %s|%d flips, %d noticed|%d|%d-%d\n", r.Name, total, counts[Noticed], failures, first, seed-1)
}

// inChild makes flips in a child process, which begins again behind a flip that
// ended it.
func inChild(t *testing.T, dir string, seed uint64) (out []flipped) {
	t.Helper()
	for from := 0; from < flipsEach; {
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
		cmd.Env = append(os.Environ(), "CASEDESK_FLIPS="+dir, fmt.Sprintf("CASEDESK_FLIPS_SEED=%d", seed), fmt.Sprintf("CASEDESK_FLIPS_FROM=%d", from))
		var told bytes.Buffer
		cmd.Stderr = &told
		pipe, err := cmd.StdoutPipe()
		ok(t, err)
		ok(t, cmd.Start())
		last, begun := flipped{N: from - 1}, flipped{N: -1}
		var said strings.Builder
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			var f flipped
			if json.Unmarshal(lines.Bytes(), &f) != nil {
				fmt.Fprintln(&said, lines.Text())
				continue
			}
			if begun = f; f.What != "" {
				out, last = append(out, f), f
			}
		}
		err = cmd.Wait()
		if err == nil {
			break
		}
		if begun.N <= last.N {
			t.Fatalf("the child ended: %v\n%s%s", err, said.String(), told.String())
		}
		text := told.String()
		begun.What = "crash: " + text[:min(len(text), 1500)]
		out, from = append(out, begun), begun.N+1
	}
	return out
}

func (r Rot) child(t *testing.T, sound string) {
	seed, _ := strconv.ParseUint(os.Getenv("CASEDESK_FLIPS_SEED"), 10, 64)
	from, _ := strconv.Atoi(os.Getenv("CASEDESK_FLIPS_FROM"))
	base := t.TempDir()
	if dir, err := os.MkdirTemp("/dev/shm", "casedesk-flips-"); err == nil { // no disk is in question here
		base = dir
		defer os.RemoveAll(dir)
	}
	file, err := os.ReadFile(filepath.Join(sound, r.File))
	ok(t, err)
	file = file[:end(file)*pageSize] // what is behind is not in use
	judge, used, tell := r.Judge(t, sound), usedPages(file), json.NewEncoder(os.Stdout)
	for n := from; n < flipsEach; n++ {
		f := flipped{N: n, Bit: pickBit(rand.New(rand.NewPCG(seed, uint64(n))), file, used)}
		tell.Encode(f)
		bad := bytes.Clone(file)
		bad[f.Bit/8] ^= 1 << (f.Bit % 8)
		dir, err := os.MkdirTemp(base, "")
		ok(t, err)
		ok(t, os.WriteFile(filepath.Join(dir, r.File), bad, 0o600))
		late := time.AfterFunc(flipLimit, func() { panic("it comes to no end") })
		f.What = judge(dir)
		late.Stop()
		ok(t, os.RemoveAll(dir))
		tell.Encode(f)
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const pageSize = 4096

// pickBit picks a bit of a page that is in use; one flip in three is in the first
// bytes of its page, where bbolt's own structure is.
func pickBit(r *rand.Rand, file []byte, used []int64) int64 {
	page := used[r.IntN(len(used))] * pageSize
	if r.IntN(3) == 0 {
		return page*8 + r.Int64N(160*8)
	}
	return page*8 + r.Int64N(pageSize*8)
}

func word(file []byte, at int64) int64 { return int64(binary.NativeEndian.Uint64(file[at:])) }

// end returns how many pages of the file count.
func end(file []byte) int64 { return max(word(file, 16+40), word(file, pageSize+16+40)) }

// usedPages returns the pages that are not free, as bbolt's free list tells.
func usedPages(file []byte) (used []int64) {
	meta := int64(16)
	if word(file, pageSize+16+48) > word(file, 16+48) {
		meta += pageSize
	}
	list, end := word(file, meta+32), word(file, meta+40)
	free := map[int64]bool{}
	for i := range int64(binary.NativeEndian.Uint16(file[list*pageSize+10:])) {
		free[word(file, list*pageSize+16+i*8)] = true
	}
	for id := range end {
		if !free[id] {
			used = append(used, id)
		}
	}
	return used
}
