//go:build linux && (amd64 || arm64)

package disk_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/seal"
)

// passphrase opens every profile here.
const passphrase = "山重水复疑无路"

// cheap are options whose passphrase costs nothing to try, here and in the real
// programs: the file says what it costs.
func cheap(root string) store.Options {
	return store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Witness: filepath.Join(root, "witness"), Ballast: 1 << 15,
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

// acks is where a scene says what it was told.
type acks struct {
	mu sync.Mutex
	f  *os.File
}

func newAcks(root string) (*acks, error) {
	f, err := os.OpenFile(filepath.Join(root, "acks"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &acks{f: f}, err
}

func (a *acks) say(format string, args ...any) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, err := fmt.Fprintf(a.f, format+"\n", args...)
	return err
}

// dispute is a registration that passes.
func dispute(title string) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家为排水沟争吵",
		casework.FieldDivision: "441621102", casework.FieldChannel: "03"},
		Parties: []casework.Party{{Role: "applicant", Name: "张伟华", Phone: "13800138000"}}}
}

// deskScene makes a profile and does count pieces of work in it, with endings and
// backups between. What fails is not acknowledged, and the next is tried.
func deskScene(root string, count int) error {
	a, err := newAcks(root)
	if err != nil {
		return err
	}
	s, _, err := store.Create(filepath.Join(root, "desk"), passphrase, cheap(root))
	if err != nil {
		return nil // nothing was promised
	}
	if err := a.say("created"); err != nil {
		return err
	}
	var last casework.CaseID
	for i := range count {
		w := store.Work{Case: last, Events: []casework.Event{&casework.Noted{Note: strings.Repeat("说", 1+i*i%900)}}}
		if i%5 == 0 || last.IsZero() {
			w = store.Work{Events: []casework.Event{dispute(fmt.Sprintf("第%d件", i))}}
		}
		if w.UID, err = s.NewEntry(); err != nil {
			return err
		}
		switch saved, err := s.Append(w); {
		case errors.Is(err, store.ErrUnknownOutcome):
			return s.Close()
		case err == nil:
			last = saved.Case
			if err := a.say("%s", saved.UID); err != nil {
				return err
			}
		}
		if i%20 == 19 {
			name := fmt.Sprintf("copy%d.db", i%3)
			if _, err := s.Backup(filepath.Join(root, name)); err == nil {
				if err := a.say("backup %s", name); err != nil {
					return err
				}
			}
		}
		if i%30 == 29 {
			_ = s.Close() // what fails here was only to make the next start faster
			if s, err = store.Open(filepath.Join(root, "desk"), passphrase, cheap(root)); err != nil {
				return nil
			}
		}
	}
	_ = s.Close()
	return nil
}

// countyScene makes a ledger and appends count entries to it, four at a time.
func countyScene(root string, count int) error {
	a, err := newAcks(root)
	if err != nil {
		return err
	}
	l, err := boltledger.Open(filepath.Join(root, "ledger.db"), boltledger.Options{})
	if err != nil {
		return nil
	}
	if err := a.say("created"); err != nil {
		return err
	}
	var all sync.WaitGroup
	for log := range 4 {
		all.Go(func() {
			for seq := 1; seq <= count/4; seq++ {
				err := l.Update(context.Background(), func(tx ledger.Tx) error {
					err := tx.Append(entryOf(byte(log), uint64(seq)))
					if errors.Is(err, ledger.ErrHave) {
						return nil
					} else if err != nil {
						return err
					}
					_, err = tx.Extend("feed", []byte{byte(log), byte(seq)})
					return err
				})
				if err != nil {
					return // what comes after it would leave a gap
				}
				if a.say("%d/%d", log, seq) != nil {
					return
				}
			}
		})
	}
	all.Wait()
	_ = l.Close()
	return nil
}

// entryOf is the entry at a place of a log.
func entryOf(log byte, seq uint64) ledger.Entry {
	e := ledger.Entry{Seq: seq, Raw: []byte(strings.Repeat(string(rune('a'+log)), 1+int(seq*seq*37%3000))), Stamp: []byte{log}}
	e.Log.UUID[0], e.Hash[0], e.Hash[1] = log+1, log+1, byte(seq)
	return e
}
