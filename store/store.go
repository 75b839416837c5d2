package store

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/seal"
)

// Store is an open profile. It is safe for use by many goroutines; one process
// at a time has it open.
type Store struct {
	dir string
	opt Options
	box *seal.Box

	queue  saveQueue
	hot    hotCases     // who holds the queue's room has them
	handle sync.RWMutex // the database, held while a transaction runs
	db     *bolt.DB
	key    *seal.DataKey
	file   []byte // the file's id
	broken error  // why the database was dropped for good

	mu      sync.RWMutex // what follows
	st      *state       // never changed, only replaced
	cat     *catalogue.Index
	link    Link
	told    countyTold
	earlier countyTold // told after it, of a time before it
	low     bool       // the ballast was given up
	unclean bool       // the last desk did not end in order
	wrote   bool       // this one has written
	// witnessed tells that a witness was written since the store was opened.
	witnessed bool
	rows      *rowTable
	offered   map[casework.Hash]uint64 // refill entries → case number
	watches   map[*Watch]struct{}

	opened opened // guarded by itself
}

// Create makes a profile in dir and opens it. The recovery code is to be put on
// paper: it opens the file when the passphrase is forgotten or the keyring is
// gone, and it is not kept. A folder that holds a profile is refused, as is
// that of a revoked one.
func Create(dir, passphrase string, o Options) (*Store, seal.RecoveryCode, error) {
	s, code, err := create(dir, passphrase, o.withDefaults())
	if err != nil {
		return nil, seal.RecoveryCode{}, refuse(err)
	}
	return s, code, nil
}

func create(dir, passphrase string, o Options) (*Store, seal.RecoveryCode, error) {
	code := seal.NewRecoveryCode()
	if passphrase == "" {
		return nil, code, &casework.Refusal{Code: casework.CodeInvalid, Why: WhyShort, Field: "passphrase"}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, code, err
	}
	s := newStore(dir, o)
	if err := wasRevoked(dir); err != nil {
		return nil, code, err
	}
	if _, err := os.Stat(s.path()); err == nil {
		return nil, code, &casework.Refusal{Code: casework.CodeNotAllowed, Why: WhyExists}
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, code, err
	}
	if o.HandOut != nil {
		if err := o.HandOut(code); err != nil {
			return nil, code, err
		}
	}
	err := s.build(passphrase, code)
	var db *bolt.DB
	if err == nil {
		db, err = openBolt(s.path(), o)
	}
	if err != nil {
		// A profile that stays would have a recovery code that nobody was told.
		os.Remove(s.path() + ".tmp")
		os.Remove(s.path())
		return nil, code, err
	}
	s.db = db
	s.layBallast()
	s.witness()
	s.rows.startEmpty()
	return s, code, nil
}

func newStore(dir string, o Options) *Store {
	o.Rand = &lockedReader{r: o.Rand}
	s := &Store{dir: dir, opt: o, offered: map[casework.Hash]uint64{}, watches: map[*Watch]struct{}{},
		cat: catalogue.NewIndex(o.Catalogue), rows: newRowTable(), hot: newHotCases()}
	s.queue.first = s.mark
	return s
}

// build writes a new profile's file under a temporary name and settles it.
func (s *Store) build(passphrase string, code seal.RecoveryCode) error {
	tmp := s.path() + ".tmp"
	os.Remove(tmp)
	db, err := openBolt(tmp, s.opt)
	if err != nil {
		return err
	}
	defer db.Close()
	file := make([]byte, 16)
	if _, err := io.ReadFull(s.opt.Rand, file); err != nil {
		return err
	}
	s.file, s.key = file, seal.NewDataKey()
	s.box = seal.NewBox(s.key, file)
	slots, backup, err := s.newSlots(passphrase, &code)
	if err != nil {
		return err
	}
	seed, err := s.randomBytes(ed25519.SeedSize)
	if err != nil {
		return err
	}
	id, err := s.newID()
	if err != nil {
		return err
	}
	st := &state{Profile: id.String(), Name: s.opt.Name, Seed: seed, User: catalogue.UserID(s.opt.Name),
		Cursors: map[catalogue.UnitID]cursor{}, Numbers: map[string]uint64{}, BackupSlot: backup,
		Fold: derivedVersion, Catalogue: s.opt.Catalogue.Version, Decoded: derivedVersion}
	if st.User == "" {
		st.User = "me"
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if err := layOut(tx, file); err != nil {
			return err
		}
		t := &txn{reader: reader{s.box, tx}, s: s, st: st, closing: true}
		for _, slot := range slots {
			if err := tx.Bucket(bucketSlots).Put([]byte(slot.ID), slot.Encode()); err != nil {
				return err
			}
		}
		if err := t.put(bucketState, keyCatalogue, s.opt.Catalogue); err != nil {
			return err
		}
		if err := t.openLog(casework.LogCreated); err != nil {
			return err
		}
		return t.finish()
	})
	if err != nil {
		return err
	}
	s.st = st
	if err := db.Close(); err != nil {
		return err
	}
	return settleFile(tmp, s.path())
}

// Open opens the profile in dir with its passphrase. It refuses with the codes
// busy (another window has it open), wrong_passphrase, damaged, newer_format,
// not_found, and revoked where there was a profile that its county had forgotten.
func Open(dir, passphrase string, o Options) (*Store, error) {
	s, err := open(dir, o.withDefaults(), func(s *Store, slots []seal.Slot) (*seal.DataKey, error) {
		return s.tryPassphrase(slots, passphrase)
	})
	return s, refuse(err)
}

// OpenWithRecovery opens the profile with the recovery code and gives it a new
// passphrase.
func OpenWithRecovery(dir string, code seal.RecoveryCode, passphrase string, o Options) (*Store, error) {
	if passphrase == "" {
		return nil, &casework.Refusal{Code: casework.CodeInvalid, Why: WhyShort, Field: "passphrase"}
	}
	s, err := open(dir, o.withDefaults(), func(_ *Store, slots []seal.Slot) (*seal.DataKey, error) {
		return tryRecovery(slots, code)
	})
	if err != nil {
		return nil, refuse(err)
	}
	if err := s.setPassphrase(passphrase); err != nil {
		s.Close()
		return nil, refuse(err)
	}
	return s, nil
}

func open(dir string, o Options, unlock func(*Store, []seal.Slot) (*seal.DataKey, error)) (*Store, error) {
	s := newStore(dir, o)
	if _, err := os.Stat(s.path()); err != nil {
		if gone := wasRevoked(dir); gone != nil {
			return nil, gone
		}
		return nil, fmt.Errorf("profile in %s: %w", filepath.Base(dir), err)
	}
	db, err := openBolt(s.path(), o)
	if err != nil {
		return nil, err
	}
	s.db = db
	if err := s.unlock(unlock); err != nil {
		db.Close()
		return nil, err
	}
	s.layBallast()
	if err := s.begin(); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// unlock gets the data key and reads what the store works with.
func (s *Store) unlock(unlock func(*Store, []seal.Slot) (*seal.DataKey, error)) error {
	var err error
	if s.file, err = readFormat(s.db); err != nil {
		return err
	}
	slots, err := readSlots(s.db)
	if err != nil {
		return err
	}
	if s.key, err = unlock(s, slots); err != nil {
		return err
	}
	s.box = seal.NewBox(s.key, s.file)
	return s.view(func(r reader) error {
		s.st = new(state)
		if err := readState(r, s.st); err != nil {
			return err
		}
		var cat catalogue.Catalogue
		found, err := r.get(bucketState, keyCatalogue, &cat)
		if err == nil && !found {
			err = fmt.Errorf("no catalogue: %w", seal.ErrDamaged)
		}
		if err != nil {
			return err
		}
		s.cat = catalogue.NewIndex(cat)
		s.unclean = r.tx.Bucket(bucketMeta).Get(metaOpen) != nil
		s.link.LastOK = s.st.LastOK
		s.told = countyTold{s.st.CountyTime, s.st.CountyBoot, s.st.CountyMono}
		return nil
	})
}

// begin does what comes between opening and the first work: a log that may not
// be continued is left, and what an older version derived is derived again.
func (s *Store) begin() error {
	if s.restored() {
		if err := s.Rotate(casework.LogRestored); err != nil {
			return err
		}
	}
	if err := s.derive(); err != nil {
		return err
	}
	s.witness()
	s.rows.start(s)
	return nil
}

// Close keeps the lists' first pages for the next start, lets go of the file and
// wipes the keys. Locking the desk is closing its store. Closing twice is no
// error.
func (s *Store) Close() error {
	_, kept := s.FirstBoard()
	if s.hasWritten() || !kept && s.rows.loaded() { // a desk that was killed kept none
		// What cannot be kept is made again at the next start.
		_ = s.keepPages()
	}
	s.rows.stop()
	leave := s.queue.wait(true)
	defer leave()
	s.handle.Lock()
	defer s.handle.Unlock()
	if s.db == nil {
		return nil
	}
	s.unmark()
	err := s.db.Close()
	s.db = nil
	s.hot.clear()
	s.key.Zero()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st = s.st.clone()
	s.st.Seed = make([]byte, ed25519.SeedSize)
	for w := range s.watches {
		w.stop()
	}
	return refuse(err)
}

func (s *Store) state() *state {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.st
}

func (s *Store) replaceState(st *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.st = st
}

func (s *Store) hasWritten() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.wrote
}

func (s *Store) setLow() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.low = true
}

// took takes over what a committed transaction changed.
func (s *Store) took(t *txn) {
	s.mu.Lock()
	s.st, s.wrote = t.st, true
	if t.cat != nil {
		s.cat = t.cat
	}
	s.mu.Unlock()
	s.rows.take(t.rows, t.texts)
	s.witness()
	s.tell(Change{Cases: t.changed, Drafts: t.drafts})
}

// Catalogue returns the newest catalogue held.
func (s *Store) Catalogue() *catalogue.Index {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cat
}

// Unclean reports whether the last desk on this file did not end in order, so
// that a check is due.
func (s *Store) Unclean() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.unclean
}

// Low reports whether the disk was full and the ballast was given up: what is
// done now should be handed in.
func (s *Store) Low() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.low
}

// Dir returns the profile's folder.
func (s *Store) Dir() string { return s.dir }

// Clock returns the clock that the store was opened with.
func (s *Store) Clock() Clock { return s.opt.Clock }

// lockedReader lets several goroutines read one source of randomness.
type lockedReader struct {
	mu sync.Mutex
	r  io.Reader
}

func (l *lockedReader) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.r.Read(p)
}
