package store_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Flips of the short version, and how many a child process makes: one that dies
// costs no more than itself.
const (
	shortFlips = 2100
	flipsEach  = 300
	flipLimit  = 20 * time.Second // an answer that comes later is a hang
)

// flipped is what became of one flip.
type flipped struct {
	N    int    `json:"n"`
	Bit  int64  `json:"bit"`
	What string `json:"what"` // same, noticed, or how it went wrong
}

// rotProfile makes a profile that has everything: own and others' cases, drafts,
// a source, a withdrawn case, free pages. It returns the file's bytes.
func rotProfile(t *testing.T) []byte {
	c := newCounty(t, village, town)
	a, b := c.laptop("grid1", village), c.laptop("mediator1", town)
	for i := range 12 {
		for _, s := range []*store.Store{a, b} {
			saved := register(t, s, fmt.Sprintf("第%d件", i))
			must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note(strings.Repeat("又吵了一次。", i*8+1))}))
			if i%6 == 5 {
				c.exchange(s)
			}
		}
	}
	reg := dispute("从别处来")
	reg.Source = casework.Source{System: "台账", ID: "7"}
	must[store.Saved](t)(a.Append(store.Work{Events: []casework.Event{reg}}))
	c.exchange(a)
	c.exchange(b)
	gone := must[store.List](t)(b.Rows(store.Query{})).Rows[0]
	c.withdraw(village, gone.ID, town)
	c.exchange(a)
	for i := range 3 {
		must[store.DraftWork](t)(a.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": fmt.Sprint(i)}}))
	}
	ok(t, a.Close())
	return must[[]byte](t)(os.ReadFile(filepath.Join(a.Dir(), "desk.db")))
}

// answers is everything that a store says, and what it says is wrong with it.
func answers(s *store.Store) (string, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	list, err := s.Rows(store.Query{})
	if err != nil {
		return "", err
	}
	enc.Encode(list)
	for _, r := range list.Rows {
		v, err := s.Case(r.ID)
		if err != nil {
			return "", err
		}
		entries, err := s.Entries(r.ID)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&out, r.ID, casework.Digest(&v.Case), v.Row.Receipt, v.Receipts, len(entries))
	}
	for _, q := range []store.Query{{Find: "第7件"}, {Find: "张伟华", Tab: store.TabMine}} {
		if list, err = s.Rows(q); err != nil {
			return "", err
		}
		enc.Encode(list)
	}
	drafts, err := s.Drafts()
	if err != nil {
		return "", err
	}
	enc.Encode(drafts)
	box, err := s.Outbox(store.Sent{}, 1<<20)
	if err != nil {
		return "", err
	}
	enc.Encode(box)
	enc.Encode(s.Position())
	enc.Encode(s.Catalogue().Version())
	for _, tab := range store.Tabs {
		if page, found := s.FirstPage(tab); found {
			full, err := s.Rows(store.Query{Tab: tab, Limit: len(page.Rows)})
			if err != nil {
				return "", err
			}
			page.Tabs, full.Tabs = nil, nil
			x, _ := json.Marshal(page)
			y, _ := json.Marshal(full)
			if !bytes.Equal(x, y) {
				fmt.Fprintln(&out, "another first page", tab)
			}
		}
	}
	return out.String(), nil
}

// rot opens the flipped file and says what became of it.
func rot(dir, want string) string {
	s, err := store.Open(dir, passphrase, options(newClock()))
	noticed := func(err error) string {
		if c := code(err); c != casework.CodeDamaged && c != casework.CodeNewerFormat {
			return fmt.Sprintf("refused as %s: %v", c, err)
		}
		return "noticed"
	}
	if err != nil {
		return noticed(err)
	}
	defer s.Close()
	got, err := answers(s)
	if err != nil {
		return noticed(err)
	}
	if got != want {
		return "another answer: " + difference(got, want)
	}
	report, err := s.Check(context.Background())
	if err != nil {
		return noticed(err)
	}
	// Work goes on, and does no harm to what is there.
	list, err := s.Rows(store.Query{Tab: store.TabMine})
	if err != nil {
		return noticed(err)
	}
	before, err := s.Rows(store.Query{})
	if err != nil {
		return noticed(err)
	}
	for _, w := range []store.Work{{Events: []casework.Event{dispute("后来的")}}, {Case: list.Rows[0].ID, Events: note("后来的")}} {
		if _, err := s.Append(w); err != nil {
			return noticed(err)
		}
	}
	if err := s.Close(); err != nil {
		return noticed(err)
	}
	after, err := store.Open(dir, passphrase, options(newClock()))
	if err != nil {
		return noticed(err)
	}
	defer after.Close()
	all, err := after.Rows(store.Query{})
	if err != nil {
		return noticed(err)
	}
	for _, r := range all.Rows {
		if _, err := after.Case(r.ID); err != nil {
			return noticed(err)
		}
	}
	if len(all.Rows) != len(before.Rows)+1 {
		return fmt.Sprintf("other cases after a save: %d, were %d", len(all.Rows), len(before.Rows))
	}
	for _, r := range before.Rows {
		if !slices.ContainsFunc(all.Rows, func(o store.Row) bool { return o.ID == r.ID && o.Title == r.Title }) {
			return "a case is lost after a save: " + r.Title
		}
	}
	if len(report.Faults) > 0 {
		return "noticed"
	}
	return "same"
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %.300q, was %.300q", i, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, were %d", len(g), len(w))
}

// Ensure that a file with any one bit flipped gives the answers that it gave, or
// says that it is damaged: it neither lies nor ends the process, whether or not
// the desk before had ended in order.
func TestStore_BitFlips(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: -short")
	}
	if os.Getenv("CASEDESK_FLIPS") != "" {
		flipChild(t)
		return
	}
	file := rotProfile(t)
	shared := filepath.Join(t.TempDir(), "desk.db")
	ok(t, os.WriteFile(shared, file, 0o600))
	soak, _ := time.ParseDuration(os.Getenv("CASEDESK_SOAK"))
	began, seed := time.Now(), rand.Uint64()
	first, counts, failures := seed, map[string]int{}, 0
	for n := 0; n < shortFlips || time.Since(began) < soak; n += flipsEach {
		for _, f := range flipInChild(t, shared, seed) {
			kind, _, _ := strings.Cut(f.What, ":")
			if counts[kind]++; kind != "same" && kind != "noticed" {
				failures++
				t.Errorf("seed %d, flip %d, bit %d of byte %d (page %d): %s", seed, f.N, f.Bit%8, f.Bit/8, f.Bit/8/4096, f.What)
			}
		}
		seed++
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	if counts["noticed"] == 0 || total < shortFlips {
		t.Errorf("the flips hit nothing: %v", counts)
	}
	fmt.Printf("SOAK|bit flips, laptop|%d flips, %d noticed|%d|%d-%d\n", total, counts["noticed"], failures, first, seed-1)
}

// flipInChild makes flips in a child process, which begins again behind a flip
// that ended it.
func flipInChild(t *testing.T, file string, seed uint64) (out []flipped) {
	for from := 0; from < flipsEach; {
		cmd := exec.Command(os.Args[0], "-test.run=^TestStore_BitFlips$", "-test.count=1")
		cmd.Env = append(os.Environ(), "CASEDESK_FLIPS="+file, fmt.Sprintf("CASEDESK_FLIPS_SEED=%d", seed), fmt.Sprintf("CASEDESK_FLIPS_FROM=%d", from))
		var told bytes.Buffer
		cmd.Stderr = &told
		pipe := must[interface{ Read([]byte) (int, error) }](t)(cmd.StdoutPipe())
		ok(t, cmd.Start())
		last := flipped{N: from - 1}
		begun := flipped{N: -1}
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			var f flipped
			if json.Unmarshal(lines.Bytes(), &f) != nil {
				continue
			}
			if begun = f; f.What != "" {
				out, last = append(out, f), f
			}
		}
		err := cmd.Wait()
		if err == nil {
			break
		}
		if begun.N <= last.N {
			t.Fatalf("the child ended: %v\n%s", err, told.String())
		}
		text := told.String()
		begun.What = "crash: " + text[:min(len(text), 1500)]
		out, from = append(out, begun), begun.N+1
	}
	return out
}

func flipChild(t *testing.T) {
	file := must[[]byte](t)(os.ReadFile(os.Getenv("CASEDESK_FLIPS")))
	seed, _ := strconv.ParseUint(os.Getenv("CASEDESK_FLIPS_SEED"), 10, 64)
	from, _ := strconv.Atoi(os.Getenv("CASEDESK_FLIPS_FROM"))
	base := t.TempDir()
	if dir, err := os.MkdirTemp("/dev/shm", "casedesk-flips-"); err == nil { // no disk is in question here
		base = dir
		defer os.RemoveAll(dir)
	}
	folder := func(content []byte) string {
		dir := must[string](t)(os.MkdirTemp(base, ""))
		ok(t, os.WriteFile(filepath.Join(dir, "desk.db"), content, 0o600))
		return dir
	}
	file = file[:end(file)*pageSize] // what is behind is not in use
	s := must[*store.Store](t)(store.Open(folder(file), passphrase, options(newClock())))
	want := must[string](t)(answers(s))
	ok(t, s.Close())
	used := usedPages(file)
	enc := json.NewEncoder(os.Stdout)
	for n := from; n < flipsEach; n++ {
		r := rand.New(rand.NewPCG(seed, uint64(n)))
		f := flipped{N: n, Bit: pickBit(r, file, used)}
		enc.Encode(f)
		bad := bytes.Clone(file)
		bad[f.Bit/8] ^= 1 << (f.Bit % 8)
		dir := folder(bad)
		late := time.AfterFunc(flipLimit, func() { panic("it comes to no end") })
		f.What = rot(dir, want)
		late.Stop()
		ok(t, os.RemoveAll(dir))
		enc.Encode(f)
	}
}

// pickBit picks a bit of a page that is in use; one flip in three is in the
// first bytes of its page, where bbolt's own structure is.
func pickBit(r *rand.Rand, file []byte, used []int64) int64 {
	page := used[r.IntN(len(used))] * pageSize
	if r.IntN(3) == 0 {
		return page*8 + r.Int64N(160*8)
	}
	return page*8 + r.Int64N(pageSize*8)
}

const pageSize = 4096

// end returns how many pages of the file count.
func end(file []byte) int64 {
	word := func(at int64) int64 { return int64(binary.NativeEndian.Uint64(file[at:])) }
	return max(word(16+40), word(pageSize+16+40))
}

// usedPages returns the pages that are not free, as bbolt's free list tells.
func usedPages(file []byte) (used []int64) {
	word := func(at int64) int64 { return int64(binary.NativeEndian.Uint64(file[at:])) }
	meta := int64(16)
	if word(pageSize+16+48) > word(16+48) {
		meta += pageSize
	}
	list, end := word(meta+32), word(meta+40)
	free := map[int64]bool{}
	for i := range int64(binary.NativeEndian.Uint16(file[list*pageSize+10:])) {
		free[word(list*pageSize+16+i*8)] = true
	}
	for id := range end {
		if !free[id] {
			used = append(used, id)
		}
	}
	return used
}
