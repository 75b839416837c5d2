package store

import (
	"fmt"
	"runtime"
	"strings"
	"sync"

	"casedesk/store/seal"
	"casedesk/store/text"
)

// find looks through the rows, on all processors where there are many, for the
// first ones of a query's tab that have what it asks for, and counts each tab.
func (t *rowTable) find(q Query, query text.Query, at moment) (*top, counts) {
	pages := t.snapshot()
	workers := min(runtime.GOMAXPROCS(0), len(pages)/8+1)
	tops, tabs := make([]top, workers), make([]counts, workers)
	var group sync.WaitGroup
	for n := range workers {
		tops[n].q = q
		group.Go(func() {
			// Every n-th page: cases of one time are alike.
			for p := n; p < len(pages); p += workers {
				if pages[p] != nil {
					pages[p].find(&tops[n], &tabs[n], query, at)
				}
			}
		})
	}
	group.Wait()
	for n := 1; n < workers; n++ {
		tops[0].merge(&tops[n])
		for i := range tabs[n] {
			tabs[0][i] += tabs[n][i]
		}
	}
	return &tops[0], tabs[0]
}

func (p *rowPage) find(top *top, tabs *counts, query text.Query, at moment) {
	all := query.IsEmpty()
	var may, must text.Set
	if !all && p.index != nil {
		may, must = p.index.Find(query)
	}
	for i := range p.rows {
		e := &p.rows[i]
		if e.kept == "" {
			continue
		}
		tabs.add(e, at)
		if !e.in(top.q.Tab, at) {
			continue
		}
		switch indexed := p.index != nil && !e.is(isLoose); {
		case all, indexed && must.Has(i):
		case indexed && !may.Has(i), !query.Match(e.words):
			continue
		}
		top.offer(e)
	}
}

// loadWords loads the words to search in at first use; until then saves need not
// keep theirs.
func (t *rowTable) loadWords(s *Store) error {
	t.loading.Lock()
	defer t.loading.Unlock()
	if t.haveWords {
		return nil
	}
	// A save that commits from here on hands its words over itself; what was
	// committed before is read from the file.
	t.mu.Lock()
	t.wanted = true
	t.mu.Unlock()
	total := s.state().Cases
	err := t.load(s, bucketTexts, func(e *entry, value string) error {
		if e.is(hasWords) {
			return nil
		}
		c := cbor{s: value}
		if e.words = c.text(); c.bad {
			return fmt.Errorf("a text to search in: %w", seal.ErrDamaged)
		}
		e.flags |= hasWords
		return nil
	})
	if err == nil {
		err = t.whole(total, func(e *entry) bool { return e.is(hasWords) })
	}
	t.haveWords = err == nil
	return err
}

// tooLoose is how many rows of a page may be searched without its index.
const tooLoose = 32

// index makes the indexes that are missing, and those anew of which many words
// changed.
func (t *rowTable) index() error {
	t.indexing.Lock()
	defer t.indexing.Unlock()
	for at, page := range t.snapshot() {
		if page == nil || page.index != nil && page.loose < tooLoose {
			continue
		}
		err := t.replace(at, func(p *rowPage) error {
			if t.ending.Load() {
				return ErrClosed
			}
			p.reindex()
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// reindex makes the page's index, and puts its words into one piece of memory
// where many of them lie elsewhere.
func (p *rowPage) reindex() {
	if p.loose >= tooLoose {
		var b strings.Builder
		for i := range p.rows {
			b.WriteString(p.rows[i].words)
		}
		all := b.String()
		for i := range p.rows {
			n := len(p.rows[i].words)
			p.rows[i].words, all = all[:n], all[n:]
		}
	}
	p.index, p.loose = text.NewIndex(), 0
	for i := range p.rows {
		p.rows[i].flags &^= isLoose
		p.index.Add(i, p.rows[i].words)
	}
}

// PrepareSearch makes ready for searches: it loads the words and makes what finds
// them fast, anew where many words changed. A screen calls it in the background
// once it shows its list; a search does not wait for it.
func (s *Store) PrepareSearch() error {
	if err := s.rows.wait(); err != nil {
		return refuse(err)
	}
	if err := s.rows.loadWords(s); err != nil {
		return refuse(err)
	}
	return refuse(s.rows.index())
}
