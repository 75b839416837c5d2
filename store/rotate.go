package store

import (
	"fmt"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// Rotate leaves the present log, which may not be continued, for a new one, and
// issues there again what the county is not known to have, under the same uids.
// What it may have taken already it takes as a copy.
func (s *Store) Rotate(reason casework.LogReason) error {
	return s.update(true, func(t *txn) error { return t.rotate(reason) })
}

func (t *txn) rotate(reason casework.LogReason) error {
	last, number := t.st.log()
	upto := last.Head
	last.Upto = last.Acked
	if err := t.openLog(reason); err != nil {
		return err
	}
	t.st.Whole = true
	if t.st.County == nil {
		return nil // nobody has been sent anything: enrolment issues it all
	}
	return t.reissue(number, upto, true, func(rec *record.Record) (*casework.Entry, []byte, []byte, error) {
		return &rec.Entry, rec.Salt, rec.Body, nil
	})
}

// reissue writes the entries of an own log up to seq once more in the present
// log; with unsent, only those that the county is not known to have. An entry
// that was issued again before is left out. again gives the entry as it is to be
// written, with its salt and body, or a nil body where its events are to be
// encoded anew.
func (t *txn) reissue(log int, upto uint64, unsent bool,
	again func(*record.Record) (e *casework.Entry, salt, body []byte, err error)) error {
	return t.eachOwn(log, upto, func(seq uint64, k *kept) error {
		if unsent && len(k.Stamp) > 0 {
			return nil
		}
		rec, err := record.Open(k.Raw)
		if err != nil {
			return err
		}
		if rec.Entry.Case.IsZero() || rec.Purged {
			return nil
		}
		c, err := t.openCase(rec.Entry.Case)
		if err != nil {
			return err
		}
		live := slices.ContainsFunc(c.file.Entries, func(r ref) bool { return r.Own == log+1 && r.Seq == seq })
		if !live {
			return nil
		}
		e, salt, body, err := again(rec)
		if err != nil {
			return err
		}
		if err := t.writeTo(c, e, salt, body); err != nil {
			return fmt.Errorf("issue entry %d again: %w", seq, err)
		}
		return nil
	})
}

// writeTo appends an entry to the log and to its case.
func (t *txn) writeTo(c *openCase, e *casework.Entry, salt, body []byte) error {
	rec, err := t.write(e, salt, body)
	if err != nil {
		return err
	}
	_, number := t.st.log()
	c.add(ref{UID: e.UID, Log: rec.Entry.Log, Seq: rec.Entry.Seq, Hash: rec.Hash, Own: number + 1}, &rec.Entry)
	return nil
}
