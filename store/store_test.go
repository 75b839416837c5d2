package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"syscall"
	"testing"

	bolt "go.etcd.io/bbolt"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/seal"
)

func isCode(err error, c casework.Code) bool { return errors.Is(err, &casework.Refusal{Code: c}) }

// ring is a keyring in memory.
type ring map[string][]byte

func (r ring) Get(name string) ([]byte, error) {
	if b, found := r[name]; found {
		return b, nil
	}
	return nil, seal.ErrNoSecret
}
func (r ring) Set(name string, b []byte) error { r[name] = bytes.Clone(b); return nil }
func (r ring) Delete(name string) error        { delete(r, name); return nil }

// Ensure that a profile can be closed and opened again with all that it holds.
func TestStore_Reopen(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	s := create(t, dir, o)
	saved := register(t, s, "排水沟纠纷")
	if s.Unclean() {
		t.Error("a new profile calls its last end unclean")
	}
	want := digests(t, s)
	ok(t, s.Close())
	ok(t, s.Close())
	if _, err := s.Append(store.Work{Case: saved.Case, Events: note("晚")}); code(err) != casework.CodeLocked {
		t.Errorf("append after close: %v", err)
	}
	s = open(t, dir, o)
	if s.Unclean() {
		t.Error("an orderly end is called unclean")
	}
	if got := digests(t, s); len(got) != 1 || got[saved.Case] != want[saved.Case] {
		t.Errorf("digests %v, want %v", got, want)
	}
	if p := s.Profile(); p.Name != "陈示一" || p.County != nil || p.Log.IsZero() {
		t.Errorf("profile %+v", p)
	}
	checkClean(t, s)
}

// Ensure that what keeps a file from being opened is named for what it is.
func TestOpen_Refusals(t *testing.T) {
	o := options(newClock())
	fresh := func() string {
		dir := t.TempDir()
		s, _, err := store.Create(dir, passphrase, o)
		ok(t, err)
		ok(t, s.Close())
		return dir
	}
	overwrite := func(dir string, b []byte) { ok(t, os.WriteFile(filepath.Join(dir, "desk.db"), b, 0o600)) }

	dir := fresh()
	if _, err := store.Open(dir, "another", o); code(err) != casework.CodeWrongPassphrase {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, _, err := store.Create(dir, passphrase, o); code(err) != casework.CodeNotAllowed {
		t.Errorf("profile over a profile: %v", err)
	}
	if _, err := store.Open(t.TempDir(), passphrase, o); code(err) != casework.CodeNotFound {
		t.Errorf("empty folder: %v", err)
	}
	overwrite(dir, bytes.Repeat([]byte("x"), 1<<15))
	if _, err := store.Open(dir, passphrase, o); code(err) != casework.CodeDamaged {
		t.Errorf("no database: %v", err)
	}

	dir = fresh()
	edit(t, dir, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("m")).Put([]byte("v"), binary.BigEndian.AppendUint16(nil, 2))
	})
	if _, err := store.Open(dir, passphrase, o); code(err) != casework.CodeNewerFormat {
		t.Errorf("newer file: %v", err)
	}
	if err := store.CheckFile(dir); code(err) != casework.CodeNewerFormat {
		t.Errorf("check of a newer file: %v", err)
	}

	dir = fresh()
	s := open(t, dir, o)
	if _, err := store.Open(dir, passphrase, o); code(err) != casework.CodeBusy {
		t.Errorf("second window: %v", err)
	}
	ok(t, s.Close())
	ok(t, store.CheckFile(dir))
	info := must[os.FileInfo](t)(os.Stat(filepath.Join(dir, "desk.db")))
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode())
	}
}

// edit changes a closed profile's file behind its back.
func edit(t *testing.T, dir string, fn func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "desk.db"), 0o600, nil)
	ok(t, err)
	ok(t, db.Update(fn))
	ok(t, db.Close())
}

// Ensure that an interrupted set-up leaves nothing in the way of the next.
func TestCreate_AfterInterruption(t *testing.T) {
	dir := t.TempDir()
	ok(t, os.WriteFile(filepath.Join(dir, "desk.db.tmp"), []byte("half"), 0o600))
	s := create(t, dir, options(newClock()))
	register(t, s, "排水沟纠纷")
}

// Ensure that the recovery code opens the file and gives it a new passphrase, with
// or without the keyring that the old one needed.
func TestOpenWithRecovery(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	keys := ring{}
	o.Keyring = keys
	s, paper, err := store.Create(dir, passphrase, o)
	ok(t, err)
	register(t, s, "排水沟纠纷")
	ok(t, s.Close())
	if len(keys) != 1 {
		t.Fatalf("keyring holds %d secrets", len(keys))
	}
	o.Keyring = nil
	if _, err := store.Open(dir, passphrase, o); code(err) != casework.CodeWrongPassphrase || !errors.Is(err, seal.ErrNoPepper) {
		t.Errorf("without the keyring: %v", err)
	}
	if _, err := store.OpenWithRecovery(dir, seal.NewRecoveryCode(), "新", o); code(err) != casework.CodeWrongPassphrase {
		t.Errorf("another code: %v", err)
	}
	s = must[*store.Store](t)(store.OpenWithRecovery(dir, paper, "新的口令", o))
	ok(t, s.ChangePassphrase("新的口令", passphrase))
	if err := s.ChangePassphrase("新的口令", "x"); code(err) != casework.CodeWrongPassphrase {
		t.Errorf("old passphrase: %v", err)
	}
	ok(t, s.Close())
	if got := digests(t, open(t, dir, o)); len(got) != 1 {
		t.Errorf("%d cases", len(got))
	}
}

// Ensure that no name, phone, word or number lies readable in the folder.
func TestStore_NoPlaintext(t *testing.T) {
	dir := t.TempDir()
	s := create(t, dir, options(newClock()))
	saved := register(t, s, "排水沟纠纷")
	_, err := s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "草稿里的话"}})
	ok(t, err)
	ok(t, s.Close())
	b := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "desk.db")))
	for _, words := range []string{"排水沟", "张伟华", "13800138000", "两家", "草稿", "陈示一", "龙窝", saved.Number, "0201"} {
		if bytes.Contains(b, []byte(words)) {
			t.Errorf("%q lies readable in the file", words)
		}
	}
}

// Ensure that Check finds a value that was damaged, exchanged or taken away.
func TestStore_Check(t *testing.T) {
	for _, tt := range []struct {
		name   string
		bucket string
		do     func(b *bolt.Bucket, keys [][]byte) error
	}{
		{"flipped entry", "l", func(b *bolt.Bucket, keys [][]byte) error { return flip(b, keys[1]) }},
		{"lost entry", "l", func(b *bolt.Bucket, keys [][]byte) error { return b.Delete(keys[1]) }},
		{"lost tail", "l", func(b *bolt.Bucket, keys [][]byte) error { return b.Delete(keys[2]) }},
		{"flipped fold", "c", func(b *bolt.Bucket, keys [][]byte) error { return flip(b, keys[0]) }},
		{"exchanged folds", "c", func(b *bolt.Bucket, keys [][]byte) error {
			return b.Put(keys[0], bytes.Clone(b.Get(keys[1])))
		}},
		{"lost row", "r", func(b *bolt.Bucket, keys [][]byte) error { return b.Delete(keys[0]) }},
		{"lost text", "x", func(b *bolt.Bucket, keys [][]byte) error { return flip(b, keys[0]) }},
		{"lost index", "i", func(b *bolt.Bucket, keys [][]byte) error { return b.Delete(keys[0]) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, o := t.TempDir(), options(newClock())
			s := create(t, dir, o)
			register(t, s, "排水沟纠纷")
			register(t, s, "宅基地纠纷")
			if r := checkClean(t, s); r.Entries != 3 || r.Cases != 2 {
				t.Errorf("report %+v", r)
			}
			ok(t, s.Close())
			edit(t, dir, func(tx *bolt.Tx) error {
				b := tx.Bucket([]byte(tt.bucket))
				var keys [][]byte
				ok(t, b.ForEach(func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil }))
				return tt.do(b, keys)
			})
			s = open(t, dir, o)
			if r := must[store.Report](t)(s.Check(t.Context())); len(r.Faults) == 0 {
				t.Error("nothing noticed")
			}
		})
	}
}

func flip(b *bolt.Bucket, key []byte) error {
	v := bytes.Clone(b.Get(key))
	v[len(v)/2] ^= 1
	return b.Put(key, v)
}

// Ensure that a backup taken in use opens elsewhere with the passphrase alone, and
// goes on in a new log with nothing lost or doubled.
func TestStore_Backup(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	o.Keyring, o.Witness = ring{}, filepath.Join(t.TempDir(), "witness")
	s := create(t, dir, o)
	register(t, s, "排水沟纠纷")
	other := t.TempDir()
	size := must[int64](t)(s.Backup(filepath.Join(other, "desk.db")))
	if info := must[os.FileInfo](t)(os.Stat(filepath.Join(other, "desk.db"))); info.Size() != size || size == 0 {
		t.Errorf("size %d, file %d", size, info.Size())
	}
	late := register(t, s, "备份之后")
	log := s.Profile().Log
	ok(t, s.Close())

	o.Keyring = nil
	s = open(t, other, o)
	if got := s.Profile(); got.Log == log {
		t.Error("the log of a restored file is continued")
	}
	list := must[store.List](t)(s.Rows(store.Query{}))
	if list.Total != 1 || list.Rows[0].ID == late.Case {
		t.Errorf("rows %+v", list.Rows)
	}
	register(t, s, "恢复之后")
	checkClean(t, s)

	log = s.Profile().Log
	ok(t, s.Close())
	if s = open(t, other, o); s.Profile().Log != log {
		t.Error("an ordinary start opens a new log")
	}
}

// Ensure that a file that turns up on another machine goes on in a new log, but
// only once.
func TestStore_Moved(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	o.Witness = t.TempDir()
	s := create(t, dir, o)
	register(t, s, "排水沟纠纷")
	first := s.Profile().Log
	ok(t, s.Close())
	o.Witness = t.TempDir()
	s = open(t, dir, o)
	second := s.Profile().Log
	if second == first {
		t.Error("the log is continued")
	}
	register(t, s, "宅基地纠纷")
	ok(t, s.Close())
	if s = open(t, dir, o); s.Profile().Log != second {
		t.Error("another log at the second start")
	}
	checkClean(t, s)
}

// Ensure that a folder keeps the newest three snapshots.
func TestStore_Snapshot(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	dir := filepath.Join(t.TempDir(), "usb")
	var last string
	for range 5 {
		last = must[string](t)(s.Snapshot(dir))
	}
	names := must[[]os.DirEntry](t)(os.ReadDir(dir))
	if len(names) != 3 || !slices.ContainsFunc(names, func(e os.DirEntry) bool { return e.Name() == filepath.Base(last) }) {
		t.Errorf("snapshots %v, last %s", names, last)
	}
}

// Ensure that a forgotten profile leaves nothing behind.
func TestStore_Forget(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	keys := ring{}
	o.Keyring, o.Witness, o.Ballast = keys, t.TempDir(), 1<<16
	s := create(t, dir, o)
	register(t, s, "排水沟纠纷")
	must[string](t)(s.Snapshot(""))
	if _, gone := store.Revoked(dir); gone {
		t.Error("revoked before its time")
	}
	watch := s.Watch()
	s.SetLink(store.Link{State: store.LinkFailed, Problem: casework.Refuse(casework.CodeRevoked, store.WhyForgotten)})
	ok(t, s.Forget())
	if _, open := <-watch.C; !open {
		t.Error("the last that the agent told is lost")
	}
	if c, _ := watch.Take(); !c.Link || s.Link().Problem == nil {
		t.Error("a forgotten profile does not say why")
	}
	for d, want := range map[string]string{dir: "revoked", o.Witness: ""} {
		names := ""
		for _, e := range must[[]os.DirEntry](t)(os.ReadDir(d)) {
			names += e.Name()
		}
		if names != want {
			t.Errorf("left in %s: %s", d, names)
		}
	}
	if r, gone := store.Revoked(dir); !gone || r.At.IsZero() {
		t.Errorf("the folder does not say what became of it: %+v", r)
	}
	if _, err := store.Open(dir, passphrase, o); !isCode(err, casework.CodeRevoked) {
		t.Errorf("opened: %v", err)
	}
	if _, _, err := store.Create(dir, passphrase, o); !isCode(err, casework.CodeRevoked) {
		t.Errorf("made anew: %v", err)
	}
	if len(keys) > 0 {
		t.Error("the keyring still holds the pepper")
	}
}

// Ensure that a profile is not forgotten while there is work that the county has
// not got.
func TestStore_Forget_Unsent(t *testing.T) {
	c := newCounty(t, village)
	grid := c.laptop("grid1", village)
	saved := register(t, grid, "排水沟纠纷")
	if err := grid.Forget(); !isCode(err, casework.CodeRevoked) {
		t.Fatalf("forgotten: %v", err)
	}
	if _, gone := store.Revoked(grid.Dir()); gone {
		t.Error("the folder says that it was forgotten")
	}
	view(t, grid, saved.Case)
	c.exchange(grid)
	ok(t, grid.Forget())
	if r, gone := store.Revoked(grid.Dir()); !gone || r.County == "" {
		t.Errorf("%+v, %v", r, gone)
	}
}

// Ensure that a folder that may not be written in is told from a program that is
// broken.
func TestStore_NoPermission(t *testing.T) {
	for _, cause := range []error{syscall.EACCES, syscall.EPERM, syscall.EROFS} {
		dir, o := t.TempDir(), options(newClock())
		ok(t, create(t, dir, o).Close())
		o.OpenFile = func(name string, _ int, _ os.FileMode) (*os.File, error) {
			return nil, &os.PathError{Op: "open", Path: name, Err: cause}
		}
		_, err := store.Open(dir, passphrase, o)
		if !errors.Is(err, &casework.Refusal{Code: casework.CodeNotAllowed, Why: store.WhyNoPermission}) {
			t.Errorf("%v: %v", cause, err)
		}
	}
}

// Ensure that on a full disk nothing saved is lost, the ballast is given up for
// the last work, and the refusal says what is wrong.
func TestStore_DiskFull(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	o.Ballast = 1 << 16
	s := create(t, dir, o)
	ok(t, s.Close())
	o.MaxSize = 4 << 20
	s = open(t, dir, o)
	saved := map[casework.CaseID]bool{}
	var err error
	for range 100_000 {
		var done store.Saved
		if done, err = s.Append(store.Work{Events: []casework.Event{dispute("排水沟纠纷")}}); err != nil {
			break
		}
		saved[done.Case] = true
	}
	if code(err) != casework.CodeDiskFull {
		t.Fatalf("after %d saves: %v", len(saved), err)
	}
	if !s.Low() {
		t.Error("the ballast was kept")
	}
	if _, err := os.Stat(filepath.Join(dir, "ballast")); err == nil {
		t.Error("the ballast lies there still")
	}
	got := digests(t, s)
	if len(got) != len(saved) {
		t.Errorf("%d cases, %d were saved", len(got), len(saved))
	}
	checkClean(t, s)
	s.Close()
	o.MaxSize, o.Ballast = 0, 0
	s = open(t, dir, o)
	register(t, s, "又有地方了")
	if got := digests(t, s); len(got) != len(saved)+1 {
		t.Errorf("%d cases after reopening, want %d", len(got), len(saved)+1)
	}
	checkClean(t, s)
}

// hookWrites lets a test see every write to an open store's file, and make it
// fail, with the hook that bbolt has for its own tests.
func hookWrites(s *store.Store, hook func(write func([]byte, int64) (int, error), b []byte, at int64) (int, error)) {
	db := reflect.ValueOf(s).Elem().FieldByName("db").Elem()
	field := db.FieldByName("ops").FieldByName("writeAt")
	writeAt := (*func([]byte, int64) (int, error))(field.Addr().UnsafePointer())
	write := *writeAt
	*writeAt = func(b []byte, at int64) (int, error) { return hook(write, b, at) }
}

// Ensure that work is called saved when its commit failed but the file holds it,
// and that it is there once even if it is tried again.
func TestStore_CommitUnknown(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	first := register(t, s, "一")
	failed := 0
	hookWrites(s, func(write func([]byte, int64) (int, error), b []byte, at int64) (int, error) {
		n, err := write(b, at)
		if meta := at < 2*int64(os.Getpagesize()); meta && err == nil {
			failed++
			return n, syscall.EIO // the disk took it and did not say so
		}
		return n, err
	})
	work := store.Work{Events: []casework.Event{dispute("二")}, UID: must[casework.EntryID](t)(s.NewEntry())}
	second := must[store.Saved](t)(s.Append(work))
	if failed != 1 {
		t.Fatalf("%d failures", failed)
	}
	work.Case = second.Case
	again := must[store.Saved](t)(s.Append(work))
	if again.Case != second.Case || again.UID != second.UID {
		t.Errorf("again %+v, first %+v", again, second)
	}
	if got := digests(t, s); len(got) != 2 || got[first.Case] == "" || got[second.Case] == "" {
		t.Errorf("cases %v", got)
	}
	if v := view(t, s, second.Case); len(v.Case.Timeline) != 1 {
		t.Errorf("timeline of %d", len(v.Case.Timeline))
	}
	checkClean(t, s)
}

// Ensure that after a failed commit the file is read again before anything is
// said, that what was not saved is called so, and that work goes on.
func TestStore_CommitFails(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	var file *os.File
	broken := false
	o.OpenFile = func(name string, flag int, perm os.FileMode) (*os.File, error) {
		if broken {
			return nil, os.ErrPermission
		}
		var err error
		file, err = os.OpenFile(name, flag, perm)
		return file, err
	}
	s := create(t, dir, o)
	first := register(t, s, "一")
	file.Close() // every write from here on fails
	_, err := s.Append(store.Work{Events: []casework.Event{dispute("二")}})
	var refusal *casework.Refusal
	if !errors.As(err, &refusal) || refusal.Unsafe {
		t.Fatalf("failed commit: %v", err)
	}
	third := register(t, s, "三")
	if got := digests(t, s); len(got) != 2 || got[first.Case] == "" || got[third.Case] == "" {
		t.Errorf("cases %v", got)
	}
	checkClean(t, s)

	// Now the file cannot be opened again either: nobody is told that it is saved,
	// nor that it is not.
	file.Close()
	broken = true
	_, err = s.Append(store.Work{Events: []casework.Event{dispute("四")}})
	if !errors.As(err, &refusal) || !refusal.Unsafe || !errors.Is(err, store.ErrUnknownOutcome) {
		t.Fatalf("unknown outcome: %v", err)
	}
	if _, err := s.Case(first.Case); !errors.Is(err, store.ErrUnknownOutcome) {
		t.Errorf("the store goes on: %v", err)
	}
	ok(t, s.Close())
	broken = false
	if got := digests(t, open(t, dir, o)); len(got) != 2 {
		t.Errorf("cases %v", got)
	}
}
