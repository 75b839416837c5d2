package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Word is what a folder says, without a key, of a profile that was handed over:
// which entry says so, when, and how much there was. It names nobody.
type Word struct {
	Log      casework.LogID `json:"log"`
	Seq      uint64         `json:"seq"`
	Hash     casework.Hash  `json:"hash"`
	Profile  string         `json:"profile"`
	County   string         `json:"county"` // fingerprint
	BackedUp bool           `json:"backed_up"`
	At       int64          `json:"at,omitempty"` // Unix milliseconds; 0: an older version wrote it, and did not count
	Cases    int            `json:"cases,omitempty"`
	Open     int            `json:"open,omitempty"`
	Todo     int            `json:"todo,omitempty"`
	By       string         `json:"by,omitempty"` // see handedBy
}

// handedBy stands for the worker before so that only who is of the county can tell
// who it is: it is keyed by the id of the county's epoch, which is random and which
// only laptops that joined are told, and compared with the people of the catalogue.
func handedBy(e casework.Epoch, log casework.LogID, user catalogue.UserID) string {
	mac := hmac.New(sha256.New, e.UUID[:])
	mac.Write(log.UUID[:])
	mac.Write([]byte(user))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// LeaveWord lets the next worker take over: everything of the profile is at the
// county. It refuses with not_allowed while something is not.
func (s *Store) LeaveWord() error {
	left := false
	// Within a transaction: nobody takes the hand-over back meanwhile.
	err := s.update(true, func(t *txn) (err error) {
		if t.st.Handed == nil {
			return casework.Refuse(casework.CodeNotAllowed, WhyNotHanded)
		}
		receipt, why, err := t.handed(t.st)
		switch {
		case err != nil:
			return err
		case why != "":
			return casework.Refuse(casework.CodeHeld, why)
		case receipt == SavedHere, t.st.unsent() > 0:
			return casework.Refuse(casework.CodeNotAllowed, WhyUnsent)
		}
		h := t.st.Handed
		left, err = leaveWord(s.dir, Word{Log: h.Log, Seq: h.Seq, Hash: h.Hash, Profile: t.st.Profile,
			County: t.st.County.Fingerprint, BackedUp: receipt == BackedUp,
			At: h.At.UnixMilli(), Cases: h.Cases, Open: h.Open, Todo: h.Todo, By: handedBy(t.st.Epoch, h.Log, t.st.User)})
		return err
	})
	if left {
		s.tell(Change{Link: true})
	}
	return err
}

// leaveWord writes the word, and reports whether it was not there.
func leaveWord(dir string, w Word) (bool, error) {
	if have, there := WordIn(dir); there && have == w {
		return false, nil
	}
	word, err := json.Marshal(w)
	if err != nil {
		return false, err
	}
	path := filepath.Join(dir, handoverName)
	if err := os.WriteFile(path+".tmp", append(word, '\n'), 0o600); err != nil {
		return false, err
	}
	return true, os.Rename(path+".tmp", path)
}

// WordIn returns the word that was left in a folder; false: none that can be read.
func WordIn(dir string) (w Word, there bool) {
	data, err := os.ReadFile(filepath.Join(dir, handoverName))
	return w, err == nil && json.Unmarshal(data, &w) == nil && !w.Log.IsZero()
}

// Beside is the folder in which the next worker's profile is made while the one
// before is still there.
func Beside(dir string) string { return filepath.Join(dir, "next") }

// TakeOver writes that this profile takes the laptop over that the word tells of.
// Written before, it is not written again. It refuses with wrong_county where the
// two are of different counties.
func (s *Store) TakeOver(w Word) error {
	uid, err := s.NewEntry()
	if err != nil {
		return refuse(err)
	}
	return s.update(true, func(t *txn) error {
		if t.st.County == nil || t.st.County.Fingerprint != w.County {
			return casework.Refuse(casework.CodeWrongCounty, "")
		}
		if seq, _, err := t.takenOver(t.st, w); err != nil || seq > 0 {
			return err
		}
		e := t.newEntry()
		e.UID, e.Events = uid, []casework.Event{&casework.TakenOver{Log: w.Log, Seq: w.Seq, Hash: w.Hash[:]}}
		_, err := t.write(&e, nil, nil)
		return err
	})
}

// TookOver reports whether the county admitted that this profile took over. It
// refuses with held where the county holds it, and with not_allowed as long as it
// has not answered.
func (s *Store) TookOver(w Word) error {
	st := s.state()
	return refuse(s.view(func(r reader) error {
		seq, stamp, err := r.takenOver(st, w)
		switch {
		case err != nil:
			return err
		case seq == 0 || stamp == nil:
			return casework.Refuse(casework.CodeNotAllowed, WhyNotAnswered)
		case stamp.Verdict == casework.Held:
			return casework.Refuse(casework.CodeHeld, stamp.Why)
		}
		return nil
	}))
}

// takenOver finds the entry of the present log that takes over what the word tells
// of.
func (r reader) takenOver(st *state, w Word) (found uint64, stamp *casework.Stamp, err error) {
	log, number := st.log()
	err = r.eachOwn(number, min(log.Head, maxOpening), func(seq uint64, k *kept) error {
		e, err := k.read()
		if err != nil {
			return err
		}
		for _, ev := range e.Events {
			if v, ok := ev.(*casework.TakenOver); ok && v.Log == w.Log && v.Seq == w.Seq && slices.Equal(v.Hash, w.Hash[:]) {
				found, stamp = seq, e.Stamp
			}
		}
		return nil
	})
	return found, stamp, err
}

// maxOpening is within how many entries a log's word of taking over is: it is
// written before any work.
const maxOpening = 16

// goneName is what the file before is called while its bytes are written over: a
// file that is half destroyed does not stand under the name of a profile.
const goneName = "gone.db"

// ForgetHanded destroys the profile of the worker before, whose work is at the
// county: the slots go first, then the keyring's part of the key, then the name,
// then the bytes, and the word last, so that it can be done again wherever it was
// stopped. It needs no passphrase, and refuses with not_allowed without her word,
// and with busy while a desk has the file open. A file that cannot be read any
// more goes too.
func ForgetHanded(dir string, o Options) error {
	o = o.withDefaults()
	w, there := WordIn(dir)
	if !there {
		return casework.Refuse(casework.CodeNotAllowed, WhyNotHanded)
	}
	s := newStore(dir, o)
	if _, err := os.Stat(s.path()); errors.Is(err, fs.ErrNotExist) {
		return refuse(s.forgetRest(w)) // the file went in an earlier try
	}
	var ring error
	if err := s.dropKeys(w); err == nil {
		ring = s.opt.Keyring.Delete(s.pepperName())
	} else if code, _ := codeOf(err); code != casework.CodeDamaged {
		return refuse(err)
	}
	if err := errors.Join(os.Rename(s.path(), filepath.Join(dir, goneName)), boltfile.SyncDir(dir)); err != nil {
		return refuse(err)
	}
	return refuse(errors.Join(s.forgetRest(w), ring))
}

// dropKeys takes the slots out of the file of a profile that the word is of.
func (s *Store) dropKeys(w Word) error {
	db, err := openBolt(s.path(), s.opt)
	if now, there := WordIn(s.dir); !there || now != w { // taken back until just now
		if err == nil {
			_ = db.Close()
		}
		return casework.Refuse(casework.CodeNotAllowed, WhyNotHanded)
	}
	if err != nil {
		return err
	}
	s.file, err = readFormat(db)
	if err == nil {
		err = boltfile.Guard(func() error { return db.Update(dropSlots) })
	}
	return errors.Join(err, db.Close())
}

func dropSlots(tx *bolt.Tx) error {
	err := tx.DeleteBucket(bucketSlots)
	if err == nil {
		_, err = tx.CreateBucket(bucketSlots)
	}
	return err
}

// DropBeside destroys a profile that was made to take over and may not: there is
// nothing in it but that.
func DropBeside(dir string) error {
	next := Beside(dir)
	return refuse(errors.Join(destroy(next), os.RemoveAll(next)))
}

// forgetRest destroys what is left once no profile has the name any more; the
// word goes last, for it says that all this may go.
func (s *Store) forgetRest(w Word) (err error) {
	if err = overwrite(filepath.Join(s.dir, goneName)); errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	snapshots, _ := os.ReadDir(s.snapshotDir())
	for _, e := range snapshots {
		err = errors.Join(err, overwrite(filepath.Join(s.snapshotDir(), e.Name())))
	}
	os.Remove(s.snapshotDir())
	s.unmark()
	s.dropBallast()
	os.Remove(filepath.Join(s.dir, revokedName)) // the county revokes who is taken over from
	if s.opt.Witness != "" {
		os.Remove(filepath.Join(s.opt.Witness, filepath.Base(w.Profile)+".json"))
	}
	if err == nil {
		err = errors.Join(os.Remove(filepath.Join(s.dir, handoverName)), boltfile.SyncDir(s.dir))
	}
	return err
}

// FinishTaking does what is left of a take-over when the profile before has gone:
// it removes what was beside it, and moves the next one in; moved reports whether
// it did. Where there is a profile it does nothing. It needs no key.
func FinishTaking(dir string, o Options) (moved bool, err error) {
	if _, err := os.Stat(filepath.Join(dir, fileName)); !errors.Is(err, fs.ErrNotExist) {
		return false, refuse(err)
	}
	if _, there := WordIn(dir); there {
		if err := ForgetHanded(dir, o); err != nil {
			return false, err
		}
	}
	if _, err := os.Stat(filepath.Join(Beside(dir), fileName)); err != nil {
		return false, nil
	}
	return true, MoveIn(dir)
}

// MoveIn puts the next worker's profile in its place, once the one before is
// gone, and her word with it: a word beside the next profile would say that it may
// go. The profile must be closed.
func MoveIn(dir string) error {
	next := Beside(dir)
	if _, err := os.Stat(filepath.Join(dir, fileName)); err == nil {
		return casework.Refuse(casework.CodeNotAllowed, WhyExists)
	}
	if _, there := WordIn(dir); there {
		return casework.Refuse(casework.CodeNotAllowed, WhyHandedOver)
	}
	os.Remove(filepath.Join(next, goneName)) // of a try that was given up
	entries, err := os.ReadDir(next)
	if err != nil {
		return refuse(err)
	}
	// The file goes last: where it is, the profile is.
	slices.SortStableFunc(entries, func(a, b os.DirEntry) int {
		switch {
		case a.Name() == fileName:
			return 1
		case b.Name() == fileName:
			return -1
		}
		return 0
	})
	for _, e := range entries {
		if err := os.Rename(filepath.Join(next, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			return refuse(err)
		}
	}
	return refuse(errors.Join(os.Remove(next), boltfile.SyncDir(dir)))
}

// Before is what a profile that takes a laptop over can tell of the work on it.
type Before struct {
	User  catalogue.UserID // whose log the word is of; empty: neither the word nor a case here tells
	Cases []Row            // not ended, with an entry of hers, in the order of the list
}

// WorkBefore tells of the work of the worker before, whose log the word names.
func (s *Store) WorkBefore(w Word) (Before, error) {
	var b Before
	for _, p := range s.Catalogue().Catalogue().People {
		if w.By == handedBy(s.state().Epoch, w.Log, p.User) {
			b.User = p.User
		}
	}
	hers := map[casework.CaseID]bool{}
	err := s.view(func(r reader) error {
		return r.tx.Bucket(bucketCases).ForEach(func(k, _ []byte) error {
			c, err := r.readCase(be64(k))
			if err != nil {
				return err
			}
			for _, l := range c.file.Fold.Timeline {
				if l.Name.Log == w.Log { // signed with the log's key
					hers[c.file.ID], b.User = true, l.Actor
				}
			}
			return nil
		})
	})
	if err != nil || len(hers) == 0 {
		return b, refuse(err)
	}
	list, err := s.Rows(Query{})
	for _, row := range list.Rows {
		if hers[row.ID] && row.State != "" && !row.State.Ended() {
			b.Cases = append(b.Cases, row)
		}
	}
	return b, err
}
