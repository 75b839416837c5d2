//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
)

// Of the save part: what lies in the file before, what is pulled, how often is
// saved.
const (
	saveBase   = 2000
	pulled     = 10_000
	pageLines  = 240 // with what else a page brings, one chunk
	idleSaves  = 300
	savedEvery = 3 * time.Millisecond
)

// save compares saves while pages are taken in with saves on a quiet file. A save
// may wait for one chunk of a page. The first half of the pages is taken in with no
// saves beside it, and tells how long a chunk takes.
func (b *bench) save() error {
	tmp, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	writer, err := enrolled(filepath.Join(tmp, "writer"), "grid1")
	if err != nil {
		return err
	}
	defer writer.Close()
	reader, err := enrolled(filepath.Join(tmp, "reader"), "grid1")
	if err != nil {
		return err
	}
	defer reader.Close()
	r := rand.New(rand.NewPCG(3, 4))
	if err := fill(writer, r, pulled); err != nil {
		return err
	}
	if err := fill(reader, r, saveBase); err != nil {
		return err
	}
	pages, err := pagesOf(writer)
	if err != nil {
		return err
	}
	saveOne := func() (time.Duration, error) {
		work := store.Work{Events: events(r, 1, time.Now())}
		return timed(func() error { _, err := reader.Append(work); return err })
	}
	var idle, busy, chunks times
	for range idleSaves {
		d, err := saveOne()
		if err != nil {
			return err
		}
		idle = append(idle, d)
	}
	half := len(pages) / 2
	for _, p := range pages[:half] {
		d, err := timed(func() error { _, err := reader.Absorb(p); return err })
		if err != nil {
			return err
		}
		chunks = append(chunks, d)
	}
	ended := make(chan error, 1)
	go func() {
		for _, p := range pages[half:] {
			if _, err := reader.Absorb(p); err != nil {
				ended <- err
				return
			}
		}
		ended <- nil
	}()
	for done := false; !done; {
		select {
		case err := <-ended:
			if done = true; err != nil {
				return err
			}
		case <-time.After(savedEvery):
			d, err := saveOne()
			if err != nil {
				return err
			}
			busy = append(busy, d)
		}
	}
	list, err := reader.Rows(store.Query{Limit: 1})
	if err != nil {
		return err
	}
	if want := saveBase + pulled + len(idle) + len(busy); list.Total != want {
		return fmt.Errorf("%d cases at the end, not %d", list.Total, want)
	}
	bound := idle.at(.99) + chunks.at(1)
	fmt.Printf("save    idle p50 %s p99 %s (%d saves); while %d cases are pulled: p50 %s p99 %s worst %s (%d saves); a chunk %s, longest %s\n",
		ms(idle.median()), ms(idle.at(.99)), len(idle), pulled/2, ms(busy.median()), ms(busy.at(.99)), ms(busy.at(1)), len(busy),
		ms(chunks.median()), ms(chunks.at(1)))
	fmt.Printf("save    p99 while pulling to idle p99 and one chunk: ratio %.2f\n", ratio(busy.at(.99), bound))
	return nil
}

const saveUnit catalogue.UnitID = "441621102901"

var saveEpoch = casework.Epoch{UUID: uuid.MustParse("01920001-0000-7000-8000-000000000000")}

func enrolled(dir string, user catalogue.UserID) (*store.Store, error) {
	s, _, err := store.Create(dir, passphrase, options())
	if err != nil {
		return nil, err
	}
	return s, s.Enrol(store.Enrolment{User: user, Units: []catalogue.UnitID{saveUnit}, Epoch: saveEpoch, Catalogue: sample.Catalogue(),
		County: store.County{Name: "紫金县", Fingerprint: "f", Address: "https://127.0.0.1:1"}})
}

func fill(s *store.Store, r *rand.Rand, n int) error {
	for i := 0; i < n; {
		var works []store.Work
		for ; i < n && len(works) < 500; i++ {
			works = append(works, store.Work{Events: events(r, i, time.Now())})
		}
		if _, err := s.Import(works, nil); err != nil {
			return err
		}
	}
	return nil
}

// pagesOf returns what a county that admitted all of a profile's work sends to
// another laptop of its unit.
func pagesOf(s *store.Store) ([]*store.Page, error) {
	var lines []store.FeedLine
	var keys []store.LogKey
	for sent, n := (store.Sent{}), uint64(0); ; {
		batch, err := s.Outbox(sent, 1<<20)
		if err != nil {
			return nil, err
		}
		if len(batch.Items) == 0 {
			break
		}
		sent = batch.Next
		for _, it := range batch.Items {
			rec, err := record.Open(it.Raw)
			if err != nil {
				return nil, err
			}
			if opened, ok := rec.Entry.Events[0].(*casework.LogOpened); ok {
				keys = append(keys, store.LogKey{Log: it.Log, Key: opened.Key, User: rec.Entry.Actor})
				continue
			}
			n++
			stamp := record.MarshalStamp(&casework.Stamp{Epoch: saveEpoch, N: n, Received: rec.Entry.Wall, Effective: rec.Entry.Wall, Verdict: casework.Admitted})
			lines = append(lines, store.FeedLine{Raw: it.Raw, Stamp: stamp})
		}
	}
	var pages []*store.Page
	for from := 0; from < len(lines); from += pageLines {
		to := min(from+pageLines, len(lines))
		pages = append(pages, &store.Page{Epoch: saveEpoch, Now: time.Now(), Keys: keys, Feeds: []store.FeedPage{{Feed: saveUnit, Epoch: saveEpoch,
			From: uint64(from), To: uint64(to), Head: uint64(len(lines)), Lines: lines[from:to]}}})
	}
	return pages, nil
}
