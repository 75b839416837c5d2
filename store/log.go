package store

import (
	"crypto/ed25519"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/record"
	"casedesk/store/seal"
)

// kept is an entry as it lies in the file: the bytes that were signed, what the
// county added, and where the county holds it.
type kept struct {
	Raw    []byte
	Stamp  []byte
	At     Mark
	Hash   casework.Hash   // of the entry, so that it need not be decoded to be told
	Case   casework.CaseID // likewise
	Purged bool            // its words were destroyed
}

func keep(raw []byte, rec *record.Record) *kept {
	return &kept{Raw: raw, Hash: rec.Hash, Case: rec.Entry.Case, Purged: rec.Purged}
}

// entry decodes a kept entry with its stamp and checks it as if it came from
// outside.
func (k *kept) entry() (*record.Record, error) {
	rec, err := record.Open(k.Raw)
	if err == nil {
		err = k.addStamp(&rec.Entry)
	}
	return rec, err
}

// read decodes a kept entry with its stamp. What is sealed here passed Open before
// it was, and the seal says that it is the same.
func (k *kept) read() (*casework.Entry, error) {
	e, err := record.Read(k.Raw)
	if err == nil {
		err = k.addStamp(e)
	}
	return e, err
}

func (k *kept) addStamp(e *casework.Entry) (err error) {
	if len(k.Stamp) > 0 {
		e.Stamp, err = record.OpenStamp(k.Stamp)
	}
	return err
}

func (s *state) privateKey() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(s.Seed) }

// write appends an entry to the present log. body is the entry's encoded body
// where it is issued again; otherwise its events are encoded. The record
// returned is what anybody who reads the bytes sees.
func (t *txn) write(e *casework.Entry, salt, body []byte) (*record.Record, error) {
	log, number := t.st.log()
	e.Log, e.Seq = log.ID, log.Head+1
	var raw []byte
	var err error
	if salt == nil {
		if salt, err = t.s.randomBytes(record.SaltSize); err != nil {
			return nil, err
		}
	}
	if body != nil {
		raw, err = record.SealBody(e, body, log.Hash, salt, t.st.privateKey())
	} else {
		raw, err = record.Seal(e, log.Hash, salt, t.st.privateKey())
	}
	if err != nil {
		return nil, fmt.Errorf("write entry: %w", err)
	}
	rec, err := record.Open(raw)
	if err != nil {
		return nil, fmt.Errorf("write entry: %w", err)
	}
	if err := t.put(bucketOwn, ownKey(number, e.Seq), keep(raw, rec)); err != nil {
		return nil, err
	}
	log.Head, log.Hash, log.Upto = e.Seq, rec.Hash, e.Seq
	return rec, nil
}

// openLog opens a new log with its first entry, which names the one before it.
func (t *txn) openLog(reason casework.LogReason) error {
	id, err := t.s.newID()
	if err != nil {
		return err
	}
	uid, err := t.s.newID()
	if err != nil {
		return err
	}
	public := t.st.privateKey().Public().(ed25519.PublicKey)
	opened := &casework.LogOpened{Profile: t.st.Profile, Name: t.st.Name, Reason: reason, Key: public}
	if len(t.st.Logs) > 0 {
		last, _ := t.st.log()
		opened.Previous, opened.LastSeq, opened.LastHash = last.ID, last.Head, last.Hash[:]
	}
	t.st.Logs = append(t.st.Logs, ownLog{ID: casework.LogID{UUID: id}})
	e := t.newEntry()
	e.UID, e.Events = casework.EntryID{UUID: uid}, []casework.Event{opened}
	_, err = t.write(&e, nil, nil)
	return err
}

// newEntry returns an entry of now, by the profile's person.
func (t *txn) newEntry() casework.Entry {
	e := casework.Entry{Actor: t.st.User, Wall: t.s.opt.Clock.Now(), Clock: t.st.clockFacts(t.s.opt.Clock),
		Schema: casework.Schema}
	if t.cat != nil {
		e.Catalogue = t.cat.Version()
	}
	if len(t.st.Units) > 0 {
		e.Unit = t.st.Units[0]
	}
	return e
}

// clockFacts is what lets the county work out when something was really done.
func (s *state) clockFacts(c Clock) casework.ClockFacts {
	boot, mono := c.Mono()
	f := casework.ClockFacts{Boot: boot, Mono: mono, County: s.CountyTime, Age: casework.AgeUnknown, Offset: c.Offset()}
	if !s.CountyTime.IsZero() && s.CountyBoot == boot {
		f.Age = mono - s.CountyMono
	}
	return f
}

// own reads an own entry, false if it is not here.
func (r reader) own(log int, seq uint64) (*kept, bool, error) {
	var k kept
	found, err := r.get(bucketOwn, ownKey(log, seq), &k)
	return &k, found, err
}

// own reads an own entry, false if it is beyond the log's end. One that is not
// here although the log goes on is damage.
func (t *txn) own(log int, seq uint64) (*kept, bool, error) {
	if seq <= t.st.Logs[log].Head {
		k, err := t.mustOwn(log, seq)
		return k, err == nil, err
	}
	return t.reader.own(log, seq)
}

// eachOwn calls fn with the entries of an own log up to seq, in order.
func (r reader) eachOwn(log int, upto uint64, fn func(seq uint64, k *kept) error) error {
	for seq := uint64(1); seq <= upto; seq++ {
		k, err := r.mustOwn(log, seq)
		if err != nil {
			return err
		}
		if err := fn(seq, k); err != nil {
			return err
		}
	}
	return nil
}

// mustOwn reads an own entry that has to be here.
func (r reader) mustOwn(log int, seq uint64) (*kept, error) {
	k, found, err := r.own(log, seq)
	if err == nil && !found {
		err = fmt.Errorf("own entry %d of log %d is gone: %w", seq, log, seal.ErrDamaged)
	}
	return k, err
}
