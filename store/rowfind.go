package store

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strings"
	"sync"

	"casedesk/store/casework"
	"casedesk/store/seal"
	"casedesk/store/search"
	"casedesk/store/text"
)

// sieve is what a search lets through, at a moment.
type sieve struct {
	ctx    context.Context
	asked  []search.Query // all must fit
	at     moment
	look   looking
	opened map[casework.CaseID]int64 // the changes that the person has seen
}

// newSieve makes a sieve of what was asked.
func (s *Store) newSieve(ctx context.Context, asked ...search.Query) *sieve {
	now := s.opt.Clock.Now()
	v := &sieve{ctx: ctx, at: momentOf(now, s.Catalogue().Calendar()), look: s.looking(now)}
	for _, q := range asked {
		if !q.IsEmpty() {
			v.asked = append(v.asked, q)
		}
	}
	if len(v.asked) > 0 {
		s.opened.mu.Lock()
		s.opened.read(s)
		v.opened = maps.Clone(s.opened.news)
		s.opened.mu.Unlock()
	}
	return v
}

// needsWords reports whether the words to search in are to be loaded.
func (v *sieve) needsWords() bool {
	for i := range v.asked {
		if v.asked[i].NeedsWords() {
			return true
		}
	}
	return false
}

// find looks through the rows, on all processors where there are many, for the
// first ones of a query's tab that the sieve lets through, and counts each tab. Once the
// sieve's context is done it stops, and what it returns is of no use.
func (t *rowTable) find(q Query, v *sieve) (*top, counts) {
	pages := t.snapshot()
	workers := min(runtime.GOMAXPROCS(0), len(pages)/8+1)
	tops, tabs := make([]top, workers), make([]counts, workers)
	key := v.typed()
	lacks := t.lacking(key, pages)
	var group sync.WaitGroup
	for n := range workers {
		tops[n].q = q
		group.Go(func() {
			// Every n-th page: cases of one time are alike.
			for p := n; p < len(pages) && v.ctx.Err() == nil; p += workers {
				if pages[p] != nil {
					pages[p].find(&tops[n], &tabs[n], v, &lacks[p])
				}
			}
		})
	}
	group.Wait()
	t.learn(key, pages, lacks)
	for n := 1; n < workers; n++ {
		tops[0].merge(&tops[n])
		for i := range tabs[n] {
			tabs[0][i] += tabs[n][i]
		}
	}
	return &tops[0], tabs[0]
}

// find looks through a page. lacks are the rows that lack the words as far as that is
// known; what is found out is added.
func (p *rowPage) find(top *top, tabs *counts, v *sieve, lacks *text.Set) {
	may, must := p.texts(v)
	named := p.names(v)
	var w row
	for i := range p.rows {
		e := &p.rows[i]
		if e.kept == "" {
			continue
		}
		tabs.add(e, v.at)
		if !e.in(top.q.Tab, v.at) || lacks.Has(i) {
			continue
		}
		indexed := p.index != nil && !e.is(isLoose)
		switch {
		case indexed && !may.Has(i):
			lacks.Add(i)
			continue
		case indexed && !named.Has(i), !v.fits(e, &w):
			continue
		case !(indexed && must.Has(i)) && !v.matches(e):
			lacks.Add(i)
			continue
		}
		top.offer(e)
	}
}

// texts are the rows of a page that may have the words of a search, and those that do for
// certain, as its index tells.
func (p *rowPage) texts(v *sieve) (may, must text.Set) {
	may, must = text.Everything(), text.Everything()
	if p.index == nil {
		return may, must
	}
	for i := range v.asked {
		some, sure := p.index.Find(v.asked[i].Text())
		may.And(&some)
		must.And(&sure)
	}
	return may, must
}

// names are the rows that may have the names that filters ask for.
func (p *rowPage) names(v *sieve) text.Set {
	named := text.Everything()
	for i := range v.asked {
		for _, names := range v.asked[i].People() {
			var any text.Set
			for _, q := range names {
				if p.index == nil {
					return text.Everything()
				}
				some, _ := p.index.Find(q)
				any.Or(&some)
			}
			named.And(&any)
		}
	}
	return named
}

// fits reports whether the filters let a row through; w is room to read it into.
func (v *sieve) fits(e *entry, w *row) bool {
	read := false
	for i := range v.asked {
		q := &v.asked[i]
		if len(q.Filters) == 0 {
			continue
		}
		if !read && (readRow(e.kept, w) != nil || w.Gone != nil) {
			return false // of a case that was withdrawn nothing is known
		}
		read = true
		c := search.Case{Category: w.Category, Matter: w.Matter, Division: w.Division, Holder: w.Holder, Lead: w.Lead, Stage: w.Stage, State: w.State,
			Light: w.light(v.at.time()), Receipt: string(w.receipt(v.look.st)), Due: w.Due, Arrived: w.Arrived, Words: e.words,
			Is: func(m search.Mark) bool { return v.is(w, m) }}
		if !q.Fits(&c) {
			return false
		}
	}
	return true
}

// is reports whether a case has a mark.
func (v *sieve) is(w *row, m search.Mark) bool {
	switch m {
	case search.Secret:
		return w.Secret
	case search.Contested:
		return w.Contested > 0
	case search.Unread:
		return w.News != 0 && w.News >= v.look.yesterday && v.opened[w.ID] != w.News
	case search.ToDo:
		return w.Todo
	case search.Mine:
		return w.Mine
	case search.Backlog:
		return w.Backlog
	case search.Risk:
		return w.Signs > 0
	case search.Held:
		return w.Held > 0
	case search.Extended:
		return w.Original != 0
	case search.Supervised:
		return w.Grade != "" && !w.State.Ended()
	}
	return false
}

// typed is the text that is searched for; empty where there is none, or two.
func (v *sieve) typed() string {
	if len(v.asked) != 1 {
		return ""
	}
	return strings.Join(v.asked[0].Words, " ")
}

// matches reports whether a row has the words.
func (v *sieve) matches(e *entry) bool {
	for i := range v.asked {
		if !v.asked[i].Text().Match(e.words) {
			return false
		}
	}
	return true
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
