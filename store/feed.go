package store

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
)

// place returns where the county holds an entry. One that it took again after a
// restore keeps a stamp of an epoch that was cut off; unless it says where it
// holds it now, all that is known is that the present epoch has it.
func (t *txn) place(s *casework.Stamp, at Mark) Mark {
	if at.Epoch.IsZero() {
		at = Mark{Epoch: s.Epoch, N: s.N}
	}
	if t.st.holds(at) {
		return at
	}
	return Mark{Epoch: t.st.Epoch, N: math.MaxUint64}
}

// stamp takes the county's answer to an entry that was offered.
func (a *absorption) stamp(t *txn, s *Stamped) error {
	stamp, err := record.OpenStamp(s.Stamp)
	if err != nil {
		return fmt.Errorf("stamp of %s/%d: %w", s.Log, s.Seq, err)
	}
	log := t.st.ownLog(s.Log)
	if log < 0 {
		return a.refilled(t, s, stamp)
	}
	k, found, err := t.own(log, s.Seq)
	if err == nil && !s.Hash.IsZero() && (!found || k.Hash != s.Hash) {
		return a.refilled(t, s, stamp) // it went another way in a log of ours
	}
	if err != nil || !found {
		return err
	}
	a.taken.Stamped++
	if stamp.Verdict == casework.Held {
		a.taken.Held++
	}
	_, err = t.stampOwn(log, s.Seq, k, s.Stamp, t.place(stamp, s.At))
	if l := &t.st.Logs[log]; err == nil && s.Seq == l.Acked+1 && s.Seq <= a.known(t, log) && t.stands(k) {
		l.Acked++ // ackOwn would read the entry again to come to this
		t.save()
	}
	return err
}

// stampOwn keeps the stamp of an own entry, and returns its case; nil for an
// entry about the log itself.
func (t *txn) stampOwn(log int, seq uint64, k *kept, stamp []byte, at Mark) (*openCase, error) {
	news := !bytes.Equal(k.Stamp, stamp) || k.At != at
	if news {
		k.Stamp, k.At = stamp, at
		if err := t.put(bucketOwn, ownKey(log, seq), k); err != nil {
			return nil, err
		}
	}
	if k.Case.IsZero() {
		return nil, nil
	}
	c, err := t.openCase(k.Case)
	if err != nil {
		return nil, err
	}
	i := c.file.byHash(k.Hash)
	if i < 0 {
		// Its work was issued again in a later log, but the county took this one.
		rec, err := record.Open(k.Raw)
		if err != nil {
			return nil, err
		}
		c.file.Entries = append(c.file.Entries, ref{UID: rec.Entry.UID, Log: rec.Entry.Log, Seq: seq, Hash: rec.Hash, Own: log + 1})
		i, news = len(c.file.Entries)-1, true
	}
	if news {
		c.file.Entries[i].At = at
		err = c.restamp(k)
	}
	return c, err
}

// refilled notes that the county has another's entry again.
func (a *absorption) refilled(t *txn, s *Stamped, stamp *casework.Stamp) error {
	number := t.s.offeredCase(s.Hash)
	if number == 0 {
		return nil
	}
	c, err := t.openNumber(number)
	if err != nil {
		return err
	}
	for i := range c.file.Entries {
		r := &c.file.Entries[i]
		if r.Own > 0 || r.Hash != s.Hash {
			continue
		}
		k, err := t.kept(number, *r)
		if err != nil {
			return err
		}
		if r.At = t.place(stamp, s.At); k.At != r.At {
			a.taken.Refilled++
		}
		k.Stamp, k.At = s.Stamp, r.At
		if err := t.put(bucketOthers, othersKey(number, r.Arrival), k); err != nil {
			return err
		}
		c.forget(r.Hash)
	}
	return nil
}

// openFeed brings the cursor of a feed to the page's epoch. A county that was
// restored begins at the lower of its feed's head and the cursor.
func (a *absorption) openFeed(t *txn, f *FeedPage) error {
	cur, epoch := t.st.Cursors[f.Feed], f.Epoch
	if cur.Epoch != epoch {
		if cur.Gone > f.From || cur.Doubt {
			// The county has forgotten that it withdrew a case, or was restored
			// twice at once: read all again.
			cur = cursor{Epoch: epoch, Doubt: true}
		} else if cur.N >= f.From {
			cur = cursor{Epoch: epoch, N: f.From, Gone: cur.Gone, Doubt: cur.N > f.From, From: f.From}
		}
		if cur.Epoch == epoch {
			if t.st.Cursors == nil {
				t.st.Cursors = map[catalogue.UnitID]cursor{}
			}
			t.st.Cursors[f.Feed] = cur
			t.save()
		}
	}
	a.open[f] = cur.Epoch == epoch && cur.N == f.From
	switch {
	case !a.open[f]:
		a.taken.Skipped++
	case len(f.Lines) == 0 && f.To > f.From: // all of it is left out
		cur.N, cur.Gone = f.To, max(cur.Gone, f.Head)
		t.st.Cursors[f.Feed] = cur
		t.save()
	}
	return nil
}

// numbers returns the number of each line.
func (f *FeedPage) numbers() ([]uint64, error) {
	out, n := make([]uint64, len(f.Lines)), f.From
	for i, l := range f.Lines {
		if l.Skip < 0 || n >= f.To || uint64(l.Skip) >= f.To-n {
			return nil, fmt.Errorf("feed %s: %d lines from %d to %d: %w", f.Feed, len(f.Lines), f.From, f.To, record.ErrEncoding)
		}
		n += uint64(l.Skip) + 1
		out[i] = n
	}
	return out, nil
}

// line applies one line if its page came to the cursor and the cursor stands right
// before it.
func (a *absorption) line(t *txn, f *FeedPage, i int, numbers []uint64, rec *record.Record) error {
	l, n, before := &f.Lines[i], numbers[i], f.From
	if i > 0 {
		before = numbers[i-1]
	}
	cur := t.st.Cursors[f.Feed]
	if !a.open[f] || cur.Epoch != f.Epoch || cur.N != before {
		return nil
	}
	var err error
	if !l.Withdrawn.IsZero() {
		cur.Gone = n
		err = a.withdraw(t, f.Feed, l)
	} else {
		err = a.entry(t, showing{Feed: f.Feed, Epoch: f.Epoch, Line: n}, l, rec)
	}
	if err != nil {
		return fmt.Errorf("feed %s, line %d: %w", f.Feed, n, err)
	}
	if a.missing {
		t.st.Whole = true
		t.save()
		return nil // the cursor stays, so that the lines after it wait too
	}
	if cur.N = n; i == len(f.Lines)-1 {
		cur.N = f.To // what is left out at the end
	}
	if l.Skip > 0 || cur.N > n {
		cur.Gone = max(cur.Gone, f.Head)
	}
	t.st.Cursors[f.Feed] = cur
	t.save()
	return nil
}

func (a *absorption) withdraw(t *txn, feed catalogue.UnitID, l *FeedLine) error {
	number, err := t.s.locate(t.reader, l.Withdrawn)
	if err != nil || number == 0 {
		return err
	}
	c, err := t.openCase(l.Withdrawn)
	if err != nil || c.file.Gone != nil {
		return err // a feed tells it for every line of a case that it no longer shows
	}
	if err := t.hide(c, feed, l.To); err != nil {
		return err
	}
	if c.file.Gone != nil {
		a.taken.Withdrawn++
	}
	return nil
}

// hide takes a feed from those that show a case and lets the case go with the
// last one.
func (t *txn) hide(c *openCase, feed, to catalogue.UnitID) error {
	last, err := c.unshow(feed)
	if err != nil || !last {
		return err
	}
	if !t.isSafe(c) {
		t.leave(c, to)
		return nil
	}
	return t.letGo(c, to)
}

// unshow takes a feed from those that show a case; it reports whether it was the
// last one.
func (c *openCase) unshow(feed catalogue.UnitID) (last bool, err error) {
	i := c.file.showingOf(feed)
	if i < 0 {
		return false, nil
	}
	if err := c.file.unfold(); err != nil {
		return false, err
	}
	c.file.Feeds = slices.Delete(c.file.Feeds, i, i+1)
	c.moved = true
	return len(c.file.Feeds) == 0, nil
}

// leave lets a case go when the exchange has come to its end, unless a feed shows
// it again before.
func (t *txn) leave(c *openCase, to catalogue.UnitID) {
	c.file.Leave, t.st.Parting = &Gone{To: to, Number: c.file.Fold.Number}, true
}

// isSafe reports whether the county holds what others wrote in a case. If it was
// restored and lacks some, this laptop may be the last to have it.
func (t *txn) isSafe(c *openCase) bool {
	return !slices.ContainsFunc(c.file.Entries, func(r ref) bool { return r.Own == 0 && !t.st.holds(r.At) })
}

// letGo drops what others wrote in a case; own words stay until a verified
// backup of the county has them, and a stub says where the case went. A draft
// goes too: the form that it is of was filled with others' words. So do the first
// pages, which are not shown any more but still have its title.
func (t *txn) letGo(c *openCase, to catalogue.UnitID) error {
	if err := c.file.unfold(); err != nil {
		return err
	}
	var own []ref
	for _, r := range c.file.Entries {
		if r.Own > 0 {
			own = append(own, r)
			continue
		}
		if err := t.delete(bucketOthers, othersKey(c.number, r.Arrival)); err != nil {
			return err
		}
	}
	if err := errors.Join(t.dropDraftsOf(c.file.ID), t.dropPages()); err != nil {
		return err
	}
	t.arrived(c.file.ID, CameWithdrawn)
	c.file.Gone, c.file.Leave = &Gone{To: to, Number: c.file.Fold.Number}, nil
	c.file.Entries, c.file.Aliases, c.loaded, c.dirty = own, nil, nil, true
	c.last, c.fresh = nil, nil
	if len(own) > 0 && !slices.Contains(t.st.Leaving, c.number) {
		t.st.Leaving = append(t.st.Leaving, c.number)
	}
	return nil
}

// entry takes an entry that a feed shows.
func (a *absorption) entry(t *txn, by showing, l *FeedLine, rec *record.Record) error {
	stamp, err := record.OpenStamp(l.Stamp)
	if err != nil {
		return err
	}
	at := t.place(stamp, l.At)
	name := l.Name
	if rec != nil {
		name = rec.Entry.Name
	}
	var c *openCase
	if log := t.st.ownLog(name.Log); log >= 0 {
		if c, err = a.ownEntry(t, log, name.Seq, l, rec, at); err != nil || c == nil && rec == nil {
			return err
		}
	} else if rec == nil {
		a.missing = true // another's entry without its bytes: only the whole helps
		return nil
	}
	if c == nil {
		if c, err = a.othersEntry(t, l, rec, stamp, at); err != nil || c == nil {
			return err
		}
	}
	c.shownBy(by, t.st.Cursors[by.Feed])
	if c.file.Gone != nil {
		c.file.Gone, c.dirty = nil, true // it is shown again
	}
	return nil
}

// ownEntry finds an entry of an own log here and keeps its stamp. It returns nil
// when the file lacks the entry: it was restored, or the log was continued
// elsewhere.
func (a *absorption) ownEntry(t *txn, log int, seq uint64, l *FeedLine, rec *record.Record, at Mark) (*openCase, error) {
	k, found, err := t.own(log, seq)
	if err != nil {
		return nil, err
	}
	if !found {
		a.missing = rec == nil
		return nil, nil
	}
	if rec != nil && k.Hash != rec.Hash {
		return nil, nil // another branch of the log, which is kept beside this one
	}
	// A name alone does not tell two branches of a log apart; and words that were
	// destroyed when their case had gone must come again.
	if rec == nil && (k.Purged || seq > a.sure[log] && !bytes.Equal(k.Stamp, l.Stamp)) {
		a.missing = true
		return nil, nil
	}
	if k.Purged && !rec.Purged {
		k.Raw, k.Stamp, k.Purged = l.Raw, nil, false
		if c, err := t.openCase(k.Case); err == nil && !k.Case.IsZero() {
			c.forget(k.Hash)
		}
	}
	return t.stampOwn(log, seq, k, l.Stamp, at)
}

// othersEntry keeps an entry of another's log; nil for one that is about no
// case.
func (a *absorption) othersEntry(t *txn, l *FeedLine, rec *record.Record, stamp *casework.Stamp, at Mark) (*openCase, error) {
	if rec.Entry.Case.IsZero() {
		return nil, nil
	}
	c, err := t.openCase(rec.Entry.Case)
	if err != nil {
		return nil, err
	}
	k := keep(l.Raw, rec)
	k.Stamp, k.At = l.Stamp, at
	e := rec.Entry
	e.Stamp = stamp
	if i := c.file.byHash(rec.Hash); i >= 0 {
		return c, t.again(c, &c.file.Entries[i], k)
	}
	what := CameChanged
	if len(c.file.Entries) == 0 || c.file.Gone != nil {
		what = CameNew
	}
	t.arrived(c.file.ID, what)
	c.file.Next++
	r := ref{UID: e.UID, Log: e.Log, Seq: e.Seq, Hash: rec.Hash, Arrival: c.file.Next, At: at}
	c.add(r, &e)
	a.taken.Entries++
	return c, t.put(bucketOthers, othersKey(c.number, r.Arrival), k)
}

// again takes another's entry that is here. Words that were destroyed elsewhere
// stay, and those that were missing here are taken.
func (t *txn) again(c *openCase, r *ref, k *kept) error {
	have, err := t.kept(c.number, *r)
	if err != nil {
		return err
	}
	fuller := have.Purged && !k.Purged
	if r.At == k.At && !fuller {
		return nil
	}
	if !fuller {
		k.Raw, k.Purged = have.Raw, have.Purged
	}
	r.At = k.At
	c.forget(r.Hash)
	return t.put(bucketOthers, othersKey(c.number, r.Arrival), k)
}
