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
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Handing a laptop over takes both: the worker before hands over, which is her
// log's last entry and ends her writing here; the next one takes over in a
// profile of her own, made in a folder beside (Beside), with an entry that names
// the first. When the county has admitted that, the profile before is destroyed
// here (ForgetHanded) and hers takes its place (FinishTaking). Each step may be
// tried again; until the county has everything, nothing is destroyed.

// Handover says to whom a profile was handed.
type Handover struct {
	To     catalogue.UserID `codec:"to"`
	Remark string           `codec:"remark"`
	At     time.Time        `codec:"at"`
	Log    casework.LogID   `codec:"log"`
	Seq    uint64           `codec:"seq"`
	Hash   casework.Hash    `codec:"hash"`
	Cases  int              `codec:"cases"` // that were here then, those that were withdrawn left aside
	Open   int              `codec:"open"`  // of them, not ended
	Todo   int              `codec:"todo"`  // of them, waited for the worker before
}

// HandOver hands the laptop to somebody. It refuses with not_allowed, saying why,
// while anything would be lost or is open: drafts, what the county has not got,
// own records that are held. From then on nothing is written here but TakeBack.
func (s *Store) HandOver(to catalogue.UserID, remark string) error {
	if err := s.rows.wait(); err != nil {
		return refuse(err)
	}
	return s.handing(func(t *txn) (*Handover, error) {
		if why := t.mayHandOver(to); why != "" {
			return nil, casework.Refuse(casework.CodeNotAllowed, why)
		}
		h := &Handover{To: to, Remark: remark, At: s.opt.Clock.Now()}
		// Rows change with the commit that changes them, before the next transaction
		// begins: what is counted here is what the file holds.
		held := false
		s.rows.each(func(_ uint64, w *row) bool {
			if held = w.HeldOwn; held || w.Gone != nil {
				return !held
			}
			h.Cases++
			if w.State != "" && !w.State.Ended() {
				h.Open++
			}
			if w.Todo {
				h.Todo++
			}
			return true
		})
		if held {
			return nil, casework.Refuse(casework.CodeNotAllowed, WhyHeldOwn)
		}
		return h, nil
	})
}

// TakeBack takes a hand-over back that nobody has answered.
func (s *Store) TakeBack() error {
	return s.handing(func(t *txn) (*Handover, error) {
		if t.st.Handed == nil {
			return nil, casework.Refuse(casework.CodeNotAllowed, WhyNotHanded)
		}
		// The word goes first, for good: while it lies there the file may be
		// destroyed, and from here on it may hold what the county has not got.
		if err := os.Remove(filepath.Join(s.dir, handoverName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, boltfile.SyncDir(s.dir)
	})
}

// handing writes the entry about the hand-over that fn gives; nil: none any more.
func (s *Store) handing(fn func(*txn) (*Handover, error)) error {
	uid, err := s.NewEntry()
	if err != nil {
		return refuse(err)
	}
	err = s.update(true, func(t *txn) error {
		h, err := fn(t)
		if err != nil {
			return err
		}
		ev := new(casework.HandedOver)
		if h != nil {
			ev.To, ev.Remark = h.To, h.Remark
		}
		e := t.newEntry()
		e.UID, e.Events = uid, []casework.Event{ev}
		rec, err := t.write(&e, nil, nil)
		if err == nil && h != nil {
			h.Log, h.Seq, h.Hash = rec.Entry.Log, rec.Entry.Seq, rec.Hash
		}
		t.st.Handed = h
		return err
	})
	if err == nil {
		s.tell(Change{Link: true})
	}
	return err
}

func (t *txn) mayHandOver(to catalogue.UserID) casework.Why {
	person, known := t.cat.Person(to)
	drafts, _ := t.tx.Bucket(bucketDrafts).Cursor().First()
	switch {
	case t.st.Handed != nil:
		return WhyHandedOver
	case t.st.County == nil, !known:
		return casework.WhyNoSuchUser
	case person.Left:
		return casework.WhyLeft
	case to == t.st.User:
		return WhyHandedSelf
	case drafts != nil:
		return WhyDrafts
	case t.st.unsent() > 0:
		return WhyUnsent
	}
	return ""
}

// Waiting tells what stands in the way of handing the laptop over.
type Waiting struct {
	Drafts []DraftWork
	Unsent int
	Held   []Row // cases with an own record that is held
}

// Waiting lists what stands in the way of handing the laptop over.
func (s *Store) Waiting() (w Waiting, err error) {
	if w.Drafts, err = s.Drafts(); err != nil {
		return w, err
	}
	w.Unsent = s.Unsent()
	if err := s.rows.wait(); err != nil {
		return w, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	var found []*row
	s.rows.each(func(_ uint64, r *row) bool {
		if r.HeldOwn {
			found = append(found, r)
		}
		return true
	})
	for _, r := range found {
		w.Held = append(w.Held, r.show(st, ix, now))
	}
	return w, nil
}

// Handed returns to whom the profile was handed and how far the word of it has
// come; false: to nobody. Of one that the county holds why says the reason.
func (s *Store) Handed() (h Handover, receipt Receipt, why casework.Why, handed bool) {
	st := s.state()
	if st.Handed == nil {
		return Handover{}, "", "", false
	}
	receipt = SavedHere
	_ = s.view(func(r reader) (err error) {
		receipt, why, err = r.handed(st)
		return err
	})
	return *st.Handed, receipt, why, true
}

// handed returns how far the word of the hand-over has come.
func (r reader) handed(st *state) (Receipt, casework.Why, error) {
	log := st.ownLog(st.Handed.Log)
	if log < 0 {
		return SavedHere, "", nil
	}
	k, found, err := r.own(log, st.Handed.Seq)
	if err != nil || !found || !st.holds(k.At) {
		return SavedHere, "", err
	}
	e, err := k.read()
	switch {
	case err != nil:
		return SavedHere, "", err
	case e.Stamp != nil && e.Stamp.Verdict == casework.Held:
		return Withheld, e.Stamp.Why, nil
	case st.backed(k.At):
		return BackedUp, "", nil
	}
	return Delivered, "", nil
}

// handoverName is the file in which the worker before leaves word for the next.
const handoverName = "handover"

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
