package store

import (
	"fmt"
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/store/search"
)

// derivedVersion names how folds, rows and texts are made; it rises with every
// change of the fold or the row, and everything is then made again. It rises with every
// table and column of the catalogue, too: the county is then asked for it again.
const derivedVersion = 11

// caseFile is a case as it lies in the file.
type caseFile struct {
	ID      casework.CaseID
	Feeds   []showing // the feeds that show it, sorted
	Entries []ref     // in order of arrival
	Earlier []issue   // where own entries lie that were issued again since
	Next    uint64    // arrival number of the next entry of others
	Gone    *Gone     // it was withdrawn: no fold, no bodies of others
	Leave   *Gone     // it goes when an exchange comes to its end: see Store.CaughtUp
	Aliases []string  // numbers that it had before
	Fold    casework.Case

	code []byte // Fold's encoding; nil: not made yet
}

// showing is a feed that shows a case, and the line that began to.
type showing struct {
	Feed  catalogue.UnitID
	Epoch casework.Epoch
	Line  uint64
}

// showingOf returns the index of a feed among those that show the case, -1 if it
// does not.
func (c *caseFile) showingOf(feed catalogue.UnitID) int {
	return slices.IndexFunc(c.Feeds, func(s showing) bool { return s.Feed == feed })
}

// shownBy notes that a line of a feed shows the case. What an earlier line began
// stays as it is, unless the county may have lost that line.
func (c *openCase) shownBy(s showing, cur cursor) {
	if c.file.Leave != nil {
		c.file.Leave, c.moved = nil, true
	}
	i := c.file.showingOf(s.Feed)
	switch {
	case i < 0:
		c.file.Feeds = append(c.file.Feeds, s)
		slices.SortFunc(c.file.Feeds, func(a, b showing) int { return strings.Compare(string(a.Feed), string(b.Feed)) })
	case cur.doubts(c.file.Feeds[i]):
		c.file.Feeds[i] = s
	default:
		return
	}
	c.moved = true
}

// Gone says that a case was withdrawn, and what may be known of it.
type Gone struct {
	To     catalogue.UnitID `codec:"to"`     // where it went, if that may be said
	Number string           `codec:"number"` // its 案号
}

// ref names an entry of a case and where it lies.
type ref struct {
	UID     casework.EntryID
	Log     casework.LogID
	Seq     uint64
	Hash    casework.Hash
	Own     int    // number of the own log + 1; 0: another's
	Arrival uint64 // key of another's entry
	At      Mark   // where the county holds it; zero: not that we know
}

// issue is where an own entry lies.
type issue struct {
	Own int // number of the own log + 1
	Seq uint64
}

// openCase is a case in a transaction. One that has been written stays hot for
// the next (hot.go).
type openCase struct {
	number uint64
	file   caseFile
	dirty  bool // its entries changed: it is folded again
	moved  bool // what is kept beside the fold changed
	folded bool // the fold changed since the case was written

	loaded map[casework.Hash]*casework.Entry
	// last is the last of the entries in the order of the fold, where that is
	// known; fresh are entries after it that the fold has not taken in yet.
	last  *casework.Entry
	fresh []*casework.Entry
	words *string // its searchable text as it is written; nil: not known
}

// findCase returns a case's number, 0 for one that is not here.
func (r reader) findCase(id casework.CaseID) (uint64, error) {
	var number uint64
	_, err := r.get(bucketIndex, r.caseKey(id), &number)
	return number, err
}

// readCase reads the case of a number.
func (r reader) readCase(number uint64) (*openCase, error) {
	c, err := r.readRefs(number)
	if err == nil {
		err = c.file.unfold()
	}
	return c, err
}

// readRefs is readCase but for the fold.
func (r reader) readRefs(number uint64) (*openCase, error) {
	c := &openCase{number: number}
	found, err := r.get(bucketCases, u64(number), &c.file)
	if err == nil && !found {
		err = fmt.Errorf("case %d is gone: %w", number, seal.ErrDamaged)
	}
	return c, err
}

// openCase returns a case for change; a new one where there is none yet. Its fold
// may still be to unfold.
func (t *txn) openCase(id casework.CaseID) (*openCase, error) {
	if c, ok := t.cases[id]; ok {
		return c, nil
	}
	if c := t.s.hot.take(id); c != nil {
		t.keep(c)
		return c, nil
	}
	number, err := t.s.locate(t.reader, id)
	if err != nil {
		return nil, err
	}
	if number == 0 {
		t.st.Cases++
		c := &openCase{number: t.st.Cases, file: caseFile{ID: id}}
		if err := t.put(bucketIndex, t.caseKey(id), c.number); err != nil {
			return nil, err
		}
		t.keep(c)
		return c, nil
	}
	c, err := t.readRefs(number)
	if err != nil {
		return nil, err
	}
	t.keep(c)
	return c, nil
}

// openNumber returns the case of a number for change.
func (t *txn) openNumber(number uint64) (*openCase, error) {
	c, err := t.readRefs(number)
	if err != nil {
		return nil, err
	}
	return t.openCase(c.file.ID)
}

func (t *txn) keep(c *openCase) {
	t.cases[c.file.ID] = c
	t.touched = append(t.touched, c)
}

// add puts an entry into the case's list; rec is its decoded form.
func (c *openCase) add(r ref, e *casework.Entry) {
	c.load(r.Hash, e)
	// An own entry that is issued again takes the place of its first issue.
	if r.Own > 0 {
		i := slices.IndexFunc(c.file.Entries, func(o ref) bool { return o.Own > 0 && o.UID == r.UID })
		if i >= 0 {
			o := c.file.Entries[i]
			c.file.Earlier = append(c.file.Earlier, issue{Own: o.Own, Seq: o.Seq})
			c.file.Entries[i] = r
			c.dirty = true
			return
		}
	}
	c.file.Entries = append(c.file.Entries, r)
	if len(c.file.Entries) > 1 && (c.last == nil || !c.last.Before(e)) {
		c.dirty = true
		return
	}
	c.last, c.fresh = e, append(c.fresh, e)
}

func (c *openCase) load(h casework.Hash, e *casework.Entry) {
	if c.loaded == nil {
		c.loaded = map[casework.Hash]*casework.Entry{}
	}
	c.loaded[h] = e
}

// byHash returns the index of the entry with that hash, -1 if it is not here.
func (c *caseFile) byHash(h casework.Hash) int {
	return slices.IndexFunc(c.Entries, func(r ref) bool { return r.Hash == h })
}

// forget drops what is loaded of an entry, so that it is read again.
func (c *openCase) forget(h casework.Hash) {
	c.dirty = true
	delete(c.loaded, h)
}

// restamp notes that an entry got another stamp, and nothing else. The entry is
// at hand here: the fold need not read it again.
func (c *openCase) restamp(k *kept) error {
	c.dirty = true
	have, ok := c.loaded[k.Hash]
	if !ok && c.file.Gone != nil {
		return nil // it has no fold, and its words may be destroyed in the file
	}
	if !ok {
		e, err := k.read()
		if err != nil {
			return fmt.Errorf("case %d, entry %s: %w", c.number, k.Hash, err)
		}
		c.load(k.Hash, e)
		return nil
	}
	stamp, err := record.OpenStamp(k.Stamp)
	if err != nil {
		return err
	}
	e := *have // others may still look at the one with the old stamp
	e.Stamp = stamp
	c.load(k.Hash, &e)
	return nil
}

// entries returns the case's entries, in order of arrival.
func (r reader) entries(c *openCase) ([]casework.Entry, error) {
	out := make([]casework.Entry, 0, len(c.file.Entries))
	for _, f := range c.file.Entries {
		e, ok := c.loaded[f.Hash]
		if !ok {
			k, err := r.kept(c.number, f)
			if err != nil {
				return nil, err
			}
			if e, err = k.read(); err != nil {
				return nil, fmt.Errorf("case %d, entry %s: %w", c.number, f.UID, err)
			}
			c.load(f.Hash, e)
		}
		out = append(out, *e)
	}
	return out, nil
}

// kept reads the entry that a ref names.
func (r reader) kept(number uint64, f ref) (*kept, error) {
	if f.Own > 0 {
		return r.mustOwn(f.Own-1, f.Seq)
	}
	var k kept
	found, err := r.get(bucketOthers, othersKey(number, f.Arrival), &k)
	if err == nil && !found {
		err = fmt.Errorf("case %d, entry %d is gone: %w", number, f.Arrival, seal.ErrDamaged)
	}
	return &k, err
}

// fold brings a case's fold up to its entries.
func (t *txn) fold(c *openCase) error {
	if !c.dirty && len(c.fresh) == 0 {
		return nil
	}
	fresh := c.fresh
	if !c.dirty {
		if err := c.file.unfold(); err != nil {
			return err
		}
	}
	c.fresh, c.folded, c.file.code = nil, true, nil
	if !c.dirty && applyAll(&c.file.Fold, c.file.ID, fresh) {
		return t.noteSource(c)
	}
	c.dirty, c.last = false, nil
	c.file.Fold = casework.Case{ID: c.file.ID}
	if c.file.Gone != nil {
		return nil
	}
	entries, err := t.entries(c)
	if err != nil {
		return err
	}
	c.file.Fold = casework.Fold(c.file.ID, entries)
	for i := range entries {
		if e := &entries[i]; c.last == nil || c.last.Before(e) {
			c.last = e
		}
	}
	return t.noteSource(c)
}

// applyAll lets entries have their effect that come after all that is folded. It
// returns false where one of them needs an earlier one again, as a settlement
// does: the fold is then of no use and is made from the start.
func applyAll(fold *casework.Case, id casework.CaseID, fresh []*casework.Entry) bool {
	whole := true
	fold.ID = id
	for _, e := range fresh {
		fold.Apply(e, func(casework.EntryID) *casework.Entry { whole = false; return nil })
	}
	return whole
}

// settleCase writes a case that changed, with its row and text.
func (t *txn) settleCase(c *openCase) error {
	if err := t.fold(c); err != nil {
		return err
	}
	if !c.folded && !c.moved {
		return nil
	}
	folded := c.folded
	c.folded, c.moved = false, false
	if err := t.put(bucketCases, u64(c.number), &c.file); err != nil || !folded {
		return err
	}
	t.changed = append(t.changed, c.file.ID)
	return t.putRow(c)
}

// putRow writes what lists and searches read of a case.
func (t *txn) putRow(c *openCase) error {
	if err := c.file.unfold(); err != nil {
		return err
	}
	w := rowOf(&c.file, t.st, t.cat)
	t.rows[c.number] = w
	if err := t.put(bucketRows, u64(c.number), w); err != nil {
		return err
	}
	words := searchText(&c.file)
	if c.words == nil {
		var have string
		if found, err := t.get(bucketTexts, u64(c.number), &have); err == nil && found {
			c.words = &have
		}
	}
	if c.words != nil && *c.words == words {
		return nil // most changes are of stamps
	}
	c.words, t.texts[c.number] = &words, words
	return t.put(bucketTexts, u64(c.number), words)
}

// noteSource lets the record of another system that the case came from be found,
// so that it is not taken twice.
func (t *txn) noteSource(c *openCase) error {
	src := c.file.Fold.Source
	if src.ID == "" || t.has(bucketSources, t.sourceKey(src)) {
		return nil
	}
	return t.put(bucketSources, t.sourceKey(src), c.file.ID.UUID[:])
}

// searchText is what a search looks through: numbers, title, names, phones,
// sources, place, facts, notes, each marked as what it is.
func searchText(f *caseFile) string {
	if f.Gone != nil {
		return search.Join([]search.Line{{Part: search.PartNumber, Text: f.Gone.Number}})
	}
	c := &f.Fold
	var lines []search.Line
	add := func(p search.Part, text string) { lines = append(lines, search.Line{Part: p, Text: text}) }
	add(search.PartNumber, c.Number)
	add(search.PartTitle, c.Value(casework.FieldTitle))
	add(search.PartDetail, c.Value(casework.FieldDetail))
	for _, number := range f.Aliases {
		add(search.PartNumber, number)
	}
	for _, p := range c.Parties {
		add(search.PartName, p.Name)
		add(search.PartPhone, p.Phone)
	}
	for _, s := range c.Sources { // who looks for what was merged finds where it went
		add(search.PartNumber, s.Number)
		add(search.PartSource, s.Source.ID)
	}
	add(search.PartFacts, c.Value(casework.FieldFacts))
	for _, n := range c.Notes {
		add(search.PartNote, n.Text)
	}
	return search.Join(lines)
}
