package store

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
)

// chunk is how many stamps and lines go into one transaction: enough to share
// the sync, few enough that a save never waits long.
const chunk = 800

// step is a part of a page that is applied whole. It may run twice.
type step func(*txn) error

// Absorb takes in a page. It commits in chunks, each with the cursors that it
// covers, and lets saves go first; what is taken twice is taken once. It returns
// ErrMissing when the page names an own entry that the file lacks: the next
// Position asks for everything.
func (s *Store) Absorb(p *Page) (Taken, error) {
	if p.Epoch.IsZero() || p.Epoch.Before(s.state().Epoch) {
		return Taken{}, &casework.Refusal{Code: casework.CodeVerifyFailed, Why: WhyCountyOlder,
			Err: fmt.Errorf("epoch %s after %s: %w", p.Epoch, s.state().Epoch, ErrCursor)}
	}
	s.noteCountyTime(p.Now)
	a := &absorption{s: s, p: p, open: map[*FeedPage]bool{}, sure: map[int]uint64{}}
	steps, err := a.steps()
	if err != nil {
		return Taken{}, refuse(err)
	}
	for len(steps) > 0 {
		n := min(chunk, len(steps))
		before := a.taken
		err := s.update(false, func(t *txn) error {
			a.taken, a.missing = before, false
			for _, step := range steps[:n] {
				if err := step(t); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return before, err
		}
		if a.missing {
			break
		}
		steps = steps[n:]
	}
	if a.forked {
		if err := s.Rotate(casework.LogForked); err != nil {
			return a.taken, err
		}
	}
	if a.missing {
		return a.taken, refuse(ErrMissing)
	}
	return a.taken, refuse(a.after())
}

// absorption is one page on its way in.
type absorption struct {
	s       *Store
	p       *Page
	taken   Taken
	missing bool               // an own entry is not here
	forked  bool               // the county knows another continuation of the present log
	open    map[*FeedPage]bool // which pages came to the cursor of their feed
	// sure is, by number of an own log, up to where the county's log and the one
	// here are known to be the same: there an entry's name alone says which it is.
	sure map[int]uint64
}

func (a *absorption) steps() ([]step, error) {
	steps := []step{a.greet}
	for i := range a.p.Stamps {
		steps = append(steps, func(t *txn) error { return a.stamp(t, &a.p.Stamps[i]) })
	}
	steps = append(steps, a.ackOwn)
	for i := range a.p.Feeds {
		f := &a.p.Feeds[i]
		numbers, err := f.numbers()
		if err != nil {
			return nil, err
		}
		opened, err := openLines(f.Lines)
		if err != nil {
			return nil, fmt.Errorf("feed %s: %w", f.Feed, err)
		}
		steps = append(steps, func(t *txn) error { return a.openFeed(t, f) })
		for j := range f.Lines {
			steps = append(steps, func(t *txn) error { return a.line(t, f, j, numbers, opened[j]) })
		}
	}
	return steps, nil
}

// openLines decodes the entries of lines on all processors.
func openLines(lines []FeedLine) ([]*record.Record, error) {
	out := make([]*record.Record, len(lines))
	workers := min(runtime.GOMAXPROCS(0), len(lines)/32+1)
	var group errgroup.Group
	for w := range workers {
		group.Go(func() error {
			for i := w; i < len(lines); i += workers {
				if len(lines[i].Raw) == 0 {
					continue
				}
				var err error
				if out[i], err = record.Open(lines[i].Raw); err != nil {
					return fmt.Errorf("line %d: %w", i, err)
				}
			}
			return nil
		})
	}
	return out, group.Wait()
}

// greet takes in what the county says about itself and about this profile. It
// writes only what is new, so that an exchange without news writes nothing.
func (a *absorption) greet(t *txn) error {
	st, p := t.st, a.p
	if p.Epoch != st.Epoch {
		// A restored county tells again how far it holds each log.
		st.Epoch = p.Epoch
		for i := range st.Logs {
			st.Logs[i].Acked = 0
		}
		t.save()
	}
	if !slices.Equal(st.Ends, p.Ends) {
		st.Ends = slices.Clone(p.Ends)
		t.save()
	}
	if p.Backed != (Mark{}) && p.Backed != st.Backed {
		st.Backed = p.Backed
		t.save()
	}
	if p.Units != nil && !slices.Equal(p.Units, st.Units) {
		st.Units, st.Catalogue = slices.Clone(p.Units), 0 // rows depend on the units
		t.save()
	}
	if err := t.takeCatalogue(p.Catalogue); err != nil {
		return err
	}
	if st.Whole && len(p.Stamps) == 0 && !slices.ContainsFunc(p.Feeds, func(f FeedPage) bool { return f.To > f.From }) {
		st.Whole = false // all that the county has is here
		t.save()
	}
	for i := range p.Keys {
		if err := t.noteKey(&p.Keys[i]); err != nil {
			return err
		}
	}
	return a.heads(t)
}

// takeCatalogue takes a catalogue (nil: none was told) that is newer than the one here, or
// the same where another program decoded that one.
func (t *txn) takeCatalogue(cat *catalogue.Catalogue) error {
	if cat == nil {
		return nil
	}
	again := t.st.Decoded != derivedVersion
	if again { // an older one, too, answers what was asked
		t.st.Decoded = derivedVersion
		t.save()
	}
	switch version := t.cat.Version(); {
	case cat.Version == version && again:
		t.st.Catalogue = 0 // rows depend on what it says
	case cat.Version <= version:
		return nil
	}
	t.cat = catalogue.NewIndex(cat.Clone())
	return t.put(bucketState, keyCatalogue, cat)
}

func (t *txn) noteKey(k *LogKey) error {
	key := t.logKey(k.Log)
	if t.has(bucketKeys, key) {
		return nil
	}
	return t.put(bucketKeys, key, k)
}

// heads takes in how far the county holds the own logs, and notices when it
// knows another continuation of the present one.
func (a *absorption) heads(t *txn) error {
	_, present := t.st.log()
	for _, f := range a.p.Forks {
		a.forked = a.forked || t.st.ownLog(f.Log) == present
	}
	for _, h := range a.p.Heads {
		i := t.st.ownLog(h.Log)
		if i < 0 {
			continue
		}
		l := &t.st.Logs[i]
		same, err := t.sameHead(i, l, h)
		if err != nil {
			return err
		}
		if i == present && !same {
			a.forked = true
		}
		if !same {
			continue
		}
		a.sure[i] = h.Seq
		if h.Seq < l.Acked {
			l.Acked = h.Seq
			t.save()
		}
	}
	return nil
}

// ackOwn notes how far the county holds the own logs: as far as their entries
// have a stamp that stands. One whose stamp got lost on its way, or was given
// where the county was cut off since, is offered again, though the county's head
// may be beyond it: only an answer tells what became of it.
func (a *absorption) ackOwn(t *txn) error {
	for i := range t.st.Logs {
		l := &t.st.Logs[i]
		for known := a.known(t, i); l.Acked < known; l.Acked++ {
			k, err := t.mustOwn(i, l.Acked+1)
			if err != nil {
				return err
			}
			if !t.stands(k) {
				break
			}
			t.save()
		}
	}
	return nil
}

// known is up to where the county and this file may hold the same of an own log.
func (a *absorption) known(t *txn, log int) uint64 {
	upto := t.st.Logs[log].Upto
	if head, told := a.sure[log]; told {
		upto = min(upto, head)
	}
	return upto
}

// stands reports whether an own entry has a stamp that the county is known to hold.
func (t *txn) stands(k *kept) bool { return len(k.Stamp) > 0 && t.st.holds(k.At) }

// sameHead reports whether the county's head lies on the log as it is here.
func (t *txn) sameHead(log int, l *ownLog, h Head) (bool, error) {
	switch {
	case h.Seq > l.Head:
		return false, nil
	case h.Seq == 0 || h.Hash.IsZero():
		return true, nil
	case h.Seq == l.Head:
		return h.Hash == l.Hash, nil
	}
	k, err := t.mustOwn(log, h.Seq)
	return err == nil && k.Hash == h.Hash, err
}

// after does what a page makes necessary beside itself.
func (a *absorption) after() error {
	s := a.s
	if err := a.dropFeeds(); err != nil {
		return err
	}
	if err := s.derive(); err != nil {
		return err
	}
	return s.sweepLeaving()
}

// derive makes folds and rows again where the version of the fold or the
// catalogue is no longer the one that they were made with.
func (s *Store) derive() error {
	st, version := s.state(), s.Catalogue().Version()
	if st.Fold == derivedVersion && st.Catalogue == version {
		return nil
	}
	refold := st.Fold != derivedVersion
	err := s.eachChunk(func(t *txn, c *openCase) error {
		if refold {
			c.dirty = true
			return nil
		}
		return t.putRow(c)
	})
	if err != nil {
		return err
	}
	return s.update(false, func(t *txn) error {
		t.st.Fold, t.st.Catalogue = derivedVersion, version
		t.save()
		return nil
	})
}

// eachChunk runs fn on every case, a chunk of cases in a transaction.
func (s *Store) eachChunk(fn func(*txn, *openCase) error) error {
	total := s.state().Cases
	for from := uint64(1); from <= total; from += chunk {
		err := s.update(false, func(t *txn) error {
			for number := from; number < from+chunk && number <= total; number++ {
				c, err := t.openNumber(number)
				if err != nil {
					return err
				}
				if err := fn(t, c); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dropFeeds drops the feeds that the person no longer reads. What only they showed
// goes, unless a feed that she reads from now on may yet show it in this exchange:
// then it stays, with its drafts, until that has come to its end.
func (a *absorption) dropFeeds() error {
	s, st := a.s, a.s.state()
	var dropped []catalogue.UnitID
	for feed := range st.Cursors {
		if st.County != nil && !slices.Contains(st.Units, feed) {
			dropped = append(dropped, feed)
		}
	}
	if len(dropped) == 0 {
		return nil
	}
	unread := slices.ContainsFunc(st.Units, func(unit catalogue.UnitID) bool {
		cur, begun := st.Cursors[unit]
		return !begun || slices.ContainsFunc(a.p.Feeds, func(f FeedPage) bool { return f.Feed == unit && cur.N < f.Head })
	})
	err := s.eachChunk(func(t *txn, c *openCase) error {
		for _, feed := range dropped {
			if !unread {
				if err := t.hide(c, feed, ""); err != nil {
					return err
				}
				continue
			}
			if last, err := c.unshow(feed); err != nil {
				return err
			} else if last {
				t.leave(c, "")
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.update(false, func(t *txn) error {
		for _, feed := range dropped {
			delete(t.st.Cursors, feed)
		}
		t.save()
		return nil
	})
}

// sweepLeaving destroys the own words of withdrawn cases once a verified backup
// of the county has them. Headers stay, so that the chain still verifies.
func (s *Store) sweepLeaving() error {
	st := s.state()
	if len(st.Leaving) == 0 || st.Backed.Epoch.IsZero() {
		return nil
	}
	return s.update(false, func(t *txn) error {
		var stay []uint64
		for _, number := range t.st.Leaving {
			left, err := t.destroyOwn(number)
			if err != nil {
				return err
			}
			if !left {
				stay = append(stay, number)
			}
		}
		if len(stay) < len(t.st.Leaving) {
			t.st.Leaving = stay
			t.save()
		}
		return nil
	})
}

// destroyOwn destroys the own words of a withdrawn case, in every log that they
// were issued in, if all of them are backed up; it reports whether the case is
// done with.
func (t *txn) destroyOwn(number uint64) (bool, error) {
	c, err := t.readCase(number)
	if err != nil {
		return false, err
	}
	if c.file.Gone == nil {
		return true, nil
	}
	if slices.ContainsFunc(c.file.Entries, func(r ref) bool { return !t.st.backed(r.At) }) {
		return false, nil
	}
	for _, r := range c.file.Entries {
		if err := t.purgeOwn(r.Own-1, r.Seq); err != nil {
			return false, err
		}
	}
	for _, first := range c.file.Earlier {
		if err := t.purgeOwn(first.Own-1, first.Seq); err != nil {
			return false, err
		}
	}
	return true, nil
}

// purgeOwn destroys the words of an own entry.
func (t *txn) purgeOwn(log int, seq uint64) error {
	k, err := t.mustOwn(log, seq)
	if err != nil || k.Purged {
		return err
	}
	rec, err := record.Open(k.Raw)
	if err != nil {
		return err
	}
	if k.Raw, err = rec.Purge(); err != nil {
		return err
	}
	k.Purged = true
	return t.put(bucketOwn, ownKey(log, seq), k)
}

// late is by how much an answer may be slower than those before it and still tell
// the time.
const late = time.Minute
