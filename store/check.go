package store

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// Report is the result of a Check.
type Report struct {
	Entries int // own and others'
	Cases   int
	Faults  []CheckFault
}

// CheckFault is something that is not as it was written.
type CheckFault struct {
	Log     casework.LogID  // zero where the fault is a case's
	Seq     uint64          //
	Case    casework.CaseID // zero where the fault is a log's
	Problem string          // for a technician
}

// maxFaults bounds a report.
const maxFaults = 1000

// Check reads everything: the chain and signature of every own log, the signature
// of every other entry whose key is known, and whether each case's fold, row and
// text are what its entries give; and that drafts and searches can be read. It works in short steps beside other work; ctx
// ends it early. An error means that the file could not be read at all.
func (s *Store) Check(ctx context.Context) (Report, error) {
	c := &checker{s: s, ctx: ctx, keys: map[casework.LogID]ed25519.PublicKey{}}
	st := s.state()
	for i, l := range st.Logs {
		if err := c.log(i, l, st); err != nil {
			return c.report, refuse(err)
		}
	}
	for from := uint64(1); from <= st.Cases; from += chunk {
		err := s.view(func(r reader) error {
			for number := from; number < from+chunk && number <= st.Cases; number++ {
				c.check(r, number)
			}
			return ctx.Err()
		})
		if err != nil {
			return c.report, refuse(err)
		}
	}
	return c.report, refuse(s.view(func(r reader) error { c.beside(r); return nil }))
}

// beside reads what a profile keeps beside its cases: drafts, searches, what came in.
func (c *checker) beside(r reader) {
	read := func(what string, err error) {
		if err != nil {
			c.fault(CheckFault{Problem: what + ": " + err.Error()})
		}
	}
	read("drafts", r.eachDraft(func(*DraftWork) {}))
	var came arrivals
	_, err := r.get(bucketState, keyArrivals, &came)
	read("what came in", err)
	if r.tx.Bucket(bucketViews) == nil {
		return
	}
	var saved []SavedSearch
	_, err = r.get(bucketViews, r.viewKey(viewSaved), &saved)
	read("saved searches", err)
	var recent []string
	_, err = r.get(bucketViews, r.viewKey(viewRecent), &recent)
	read("last searches", err)
}

type checker struct {
	s      *Store
	ctx    context.Context
	report Report
	keys   map[casework.LogID]ed25519.PublicKey
}

func (c *checker) fault(f CheckFault) {
	if len(c.report.Faults) < maxFaults {
		c.report.Faults = append(c.report.Faults, f)
	}
}

// log follows the chain of an own log up to the head that it had at the start.
func (c *checker) log(number int, l ownLog, st *state) error {
	key := st.privateKey().Public().(ed25519.PublicKey)
	var prev casework.Hash
	for from := uint64(1); from <= l.Head; from += chunk {
		err := c.s.view(func(r reader) error {
			for seq := from; seq < from+chunk && seq <= l.Head; seq++ {
				k, err := r.mustOwn(number, seq)
				var rec *record.Record
				if err == nil {
					rec, err = k.entry()
				}
				c.report.Entries++
				if err != nil {
					c.fault(CheckFault{Log: l.ID, Seq: seq, Problem: err.Error()})
					prev = casework.Hash{}
					continue
				}
				if rec.Entry.Name != (casework.Name{Log: l.ID, Seq: seq}) {
					c.fault(CheckFault{Log: l.ID, Seq: seq, Problem: "another entry lies here"})
				}
				if rec.Prev != prev && !(prev.IsZero() && seq > 1) {
					c.fault(CheckFault{Log: l.ID, Seq: seq, Problem: "does not continue the entry before it"})
				}
				if err := rec.Verify(key); err != nil {
					c.fault(CheckFault{Log: l.ID, Seq: seq, Problem: err.Error()})
				}
				prev = rec.Hash
			}
			return c.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	if prev != l.Hash {
		c.fault(CheckFault{Log: l.ID, Seq: l.Head, Problem: "is not the entry that the log ends with"})
	}
	return nil
}

// check compares a case with what its entries give.
func (c *checker) check(r reader, number uint64) {
	o, err := r.readCase(number)
	if err != nil {
		c.fault(CheckFault{Problem: err.Error()})
		return
	}
	c.report.Cases++
	id := o.file.ID
	bad := func(problem string) { c.fault(CheckFault{Case: id, Problem: problem}) }
	if found, err := r.findCase(id); err != nil || found != number {
		bad(fmt.Sprintf("is not found by its id: %d, %v", found, err))
	}
	if o.file.Gone != nil {
		return
	}
	var entries []casework.Entry
	for _, f := range o.file.Entries {
		e, err := c.entry(r, number, f)
		if err != nil {
			c.fault(CheckFault{Log: f.Log, Seq: f.Seq, Case: id, Problem: err.Error()})
			continue
		}
		entries = append(entries, e)
	}
	if len(entries) < len(o.file.Entries) {
		return // a fold of what is left says nothing
	}
	if fold, err := asKept(casework.Fold(id, entries)); err != nil || !equal(fold, &o.file.Fold) {
		bad("its fold is not what its entries give")
	}
	if src := o.file.Fold.Source; src.ID != "" {
		if found, err := r.findSource(src); err != nil || found.IsZero() {
			bad(fmt.Sprintf("is not found by its source: %v", err))
		}
	}
	var w row
	var words string
	_, err1 := r.get(bucketRows, u64(number), &w)
	_, err2 := r.get(bucketTexts, u64(number), &words)
	if err1 != nil || err2 != nil {
		bad(fmt.Sprintf("row: %v, text: %v", err1, err2))
		return
	}
	if !equal(rowOf(&o.file, c.s.state(), c.s.Catalogue()), &w) {
		bad("its row is not what its fold gives")
	}
	if searchText(&o.file) != words {
		bad("its text is not what its fold gives")
	}
}

// entry reads an entry of a case and verifies it where it is another's; own ones
// are verified with their logs.
func (c *checker) entry(r reader, number uint64, f ref) (casework.Entry, error) {
	k, err := r.kept(number, f)
	if err != nil {
		return casework.Entry{}, err
	}
	rec, err := k.entry()
	if err != nil {
		return casework.Entry{}, err
	}
	if rec.Hash != f.Hash || rec.Entry.UID != f.UID || k.Hash != f.Hash || k.At != f.At {
		return casework.Entry{}, fmt.Errorf("another entry lies here")
	}
	if f.Own > 0 {
		return rec.Entry, nil
	}
	c.report.Entries++
	key, err := c.key(r, f.Log)
	if err == nil && key != nil {
		err = rec.Verify(key)
	}
	return rec.Entry, err
}

// key returns the key of another's log, nil where it is not known.
func (c *checker) key(r reader, id casework.LogID) (ed25519.PublicKey, error) {
	if key, ok := c.keys[id]; ok {
		return key, nil
	}
	var k LogKey
	_, err := r.get(bucketKeys, r.logKey(id), &k)
	c.keys[id] = k.Key
	return k.Key, err
}

// asKept returns a fold as it comes back from the file: times in UTC.
func asKept(c casework.Case) (*casework.Case, error) {
	b, err := record.Marshal(&c)
	if err != nil {
		return nil, err
	}
	kept := new(casework.Case)
	return kept, record.UnmarshalLenient(b, kept)
}

// equal compares two values by their one encoding.
func equal(a, b any) bool {
	x, err1 := record.Marshal(a)
	y, err2 := record.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}
