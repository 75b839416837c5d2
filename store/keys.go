package store

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/seal"
)

func readSlots(db *bolt.DB) ([]seal.Slot, error) {
	var slots []seal.Slot
	var first error
	err := boltfile.View(db, func(tx *bolt.Tx) error {
		return tx.Bucket(bucketSlots).ForEach(func(_, v []byte) error {
			slot, err := seal.DecodeSlot(v)
			if err == nil {
				slots = append(slots, slot)
			} else if first == nil {
				first = err
			}
			return nil
		})
	})
	if err == nil && len(slots) == 0 {
		// One readable slot is enough; without any, say why.
		if err = first; err == nil {
			err = fmt.Errorf("no key slot: %w", seal.ErrDamaged)
		}
	}
	return slots, err
}

// tryPassphrase opens the passphrase's slot. A slot that needs a pepper which is
// not there is reported only if no other one opens.
func (s *Store) tryPassphrase(slots []seal.Slot, passphrase string) (*seal.DataKey, error) {
	failed := fmt.Errorf("no passphrase slot: %w", seal.ErrDamaged)
	for _, slot := range slots {
		if slot.Kind != seal.Passphrase {
			continue
		}
		var pepper []byte
		if slot.Pepper {
			pepper, _ = s.opt.Keyring.Get(s.pepperName())
		}
		key, err := slot.OpenPassphrase(passphrase, pepper)
		if err == nil {
			return key, nil
		}
		failed = err
	}
	return nil, failed
}

func tryRecovery(slots []seal.Slot, code seal.RecoveryCode) (*seal.DataKey, error) {
	failed := fmt.Errorf("no recovery slot: %w", seal.ErrDamaged)
	for _, slot := range slots {
		if slot.Kind != seal.Recovery {
			continue
		}
		key, err := slot.OpenRecovery(code)
		if err == nil {
			return key, nil
		}
		failed = err
	}
	return nil, failed
}

func (s *Store) pepperName() string { return "pepper-" + hex.EncodeToString(s.file) }

// newSlots makes the slots of a passphrase, and of a recovery code if one is
// given. backup is the passphrase's slot as backups carry it, without a pepper;
// it is kept sealed, so that the file alone does not hold it.
func (s *Store) newSlots(passphrase string, code *seal.RecoveryCode) (slots []seal.Slot, backup []byte, err error) {
	now := s.opt.Clock.Now()
	plain, err := seal.NewPassphraseSlot(s.key, passphrase, nil, s.opt.Params, now)
	if err != nil {
		return nil, nil, err
	}
	main := plain
	if pepper := s.pepper(); pepper != nil {
		if main, err = seal.NewPassphraseSlot(s.key, passphrase, pepper, s.opt.Params, now); err != nil {
			return nil, nil, err
		}
	}
	slots = append(slots, main)
	if code != nil {
		slots = append(slots, seal.NewRecoverySlot(s.key, *code, now))
	}
	return slots, plain.Encode(), nil
}

// pepper returns the keyring's part of the key, made at first use; nil where
// there is no keyring that gives back what it was given.
func (s *Store) pepper() []byte {
	if got, err := s.opt.Keyring.Get(s.pepperName()); err == nil && len(got) == seal.PepperSize {
		return got
	}
	pepper := make([]byte, seal.PepperSize)
	rand.Read(pepper)
	if err := s.opt.Keyring.Set(s.pepperName(), pepper); err != nil {
		return nil
	}
	if got, err := s.opt.Keyring.Get(s.pepperName()); err != nil || !bytes.Equal(got, pepper) {
		return nil
	}
	return pepper
}

// ChangePassphrase gives the file a new passphrase; the data key stays, so that
// it takes a moment only.
func (s *Store) ChangePassphrase(old, passphrase string) error {
	if passphrase == "" {
		return &casework.Refusal{Code: casework.CodeInvalid, Why: WhyShort, Field: "passphrase"}
	}
	slots, err := s.Slots()
	if err != nil {
		return err
	}
	key, err := s.tryPassphrase(slots, old)
	if err != nil {
		return refuse(err)
	}
	key.Zero()
	return refuse(s.setPassphrase(passphrase))
}

func (s *Store) setPassphrase(passphrase string) error {
	slots, backup, err := s.newSlots(passphrase, nil)
	if err != nil {
		return err
	}
	return s.update(true, func(t *txn) error {
		t.st.BackupSlot = backup
		return t.replaceSlots(seal.Passphrase, slots)
	})
}

// NewRecoveryCode replaces the recovery code; the old paper opens nothing more,
// and the new one is Unproved.
func (s *Store) NewRecoveryCode() (seal.RecoveryCode, error) {
	code := seal.NewRecoveryCode()
	slot := seal.NewRecoverySlot(s.key, code, s.opt.Clock.Now())
	err := s.update(true, func(t *txn) error {
		if err := t.put(bucketState, keyPaper, paper{Unproved: true}); err != nil {
			return err
		}
		return t.replaceSlots(seal.Recovery, []seal.Slot{slot})
	})
	return code, err
}

// keyPaper holds a paper.
var keyPaper = []byte("paper")

// paper is what is known of the paper that the recovery code was put on.
type paper struct {
	Unproved bool `codec:"unproved"`
}

// Prove keeps whether somebody has shown that the recovery code was put on paper.
func (s *Store) Prove(proved bool) error {
	return s.update(true, func(t *txn) error {
		return t.put(bucketState, keyPaper, paper{Unproved: !proved})
	})
}

// Unproved reports whether the recovery code was shown without anybody showing
// that it is on paper: then a new one should be made. A profile that nobody was
// asked about counts as proved.
func (s *Store) Unproved() (bool, error) {
	var p paper
	err := s.view(func(r reader) error {
		_, err := r.get(bucketState, keyPaper, &p)
		return err
	})
	return p.Unproved, refuse(err)
}

// replaceSlots puts new slots in the place of those of a kind.
func (t *txn) replaceSlots(kind seal.Kind, slots []seal.Slot) error {
	b := t.tx.Bucket(bucketSlots)
	var old [][]byte
	err := b.ForEach(func(k, v []byte) error {
		if slot, err := seal.DecodeSlot(v); err == nil && slot.Kind == kind {
			old = append(old, bytes.Clone(k))
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.save()
	for _, k := range old {
		err = errors.Join(err, b.Delete(k))
	}
	for _, slot := range slots {
		err = errors.Join(err, b.Put([]byte(slot.ID), slot.Encode()))
	}
	return err
}

// Slots returns the ways of opening the file. They hold no secret.
func (s *Store) Slots() ([]seal.Slot, error) {
	s.handle.RLock()
	defer s.handle.RUnlock()
	if s.db == nil {
		return nil, refuse(s.gone())
	}
	slots, err := readSlots(s.db)
	return slots, refuse(err)
}
