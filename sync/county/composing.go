package county

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/sync/notify"
)

// caseOf returns a case as it stands.
func (u *update) caseOf(id casework.CaseID) (*casework.Case, error) {
	k, err := u.open(id)
	if err != nil {
		return nil, err
	}
	err = u.current(k)
	return k.fold, err
}

// compose writes the text of a unit's messages that wait, and takes it up; nil when
// there is none to be sent now.
func (c *County) compose(ctx context.Context, unit catalogue.UnitID) (t *postText, id messageID, err error) {
	var u *update
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
		t = nil
		if u, err = c.ownUpdate(tx, c.now()); err != nil {
			return err
		}
		t, id, err = u.compose(unit)
		return err
	})
	if err != nil {
		return nil, id, err
	}
	u.keep()
	return t, id, nil
}

func (u *update) compose(unit catalogue.UnitID) (*postText, messageID, error) {
	var none messageID
	all, err := u.told(unit)
	if err != nil || len(all) == 0 {
		return nil, none, err
	}
	if able, err := canBeSent(u.tx, u.w.ix, unit, u.now); err != nil || !able {
		return nil, none, err
	}
	if err := u.countText(unit); err != nil {
		return nil, none, err
	}
	row, _ := u.w.ix.Unit(unit)
	phone, _ := notify.Phone(row.Phone)
	t := &postText{Unit: unit, Phone: phone, Words: wording(all, unit, u.w.ix, u.now), At: u.now.UnixMilli(), State: MessageWaiting}
	id := textID(all)
	for _, m := range all {
		t.Messages = append(t.Messages, m.id)
		m.Text = id[:]
		if err := errors.Join(put(u.tx, messageKey(m.id), m.message), u.tx.Put(waitingKey(unit, m.id), nil)); err != nil {
			return nil, none, err
		}
	}
	if err := u.tx.Put(openKey(id), []byte{}); err != nil {
		return nil, none, err
	}
	return t, id, u.take(t, id)
}

// told returns the messages that wait for a unit and still have their reason; the
// others are dropped.
func (u *update) told(unit catalogue.UnitID) (all []told, err error) {
	var ids []messageID
	prefix := waitingKey(unit, messageID{})
	prefix = prefix[:len(prefix)-len(messageID{})]
	err = u.tx.Scan(prefix, nil, func(key, _ []byte) bool {
		if len(key) == len(prefix)+len(messageID{}) {
			ids = append(ids, messageID(key[len(prefix):]))
		}
		return len(ids) < maxDigest
	})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		m, c, err := u.messageOf(id)
		if errors.Is(err, ledger.ErrDamaged) {
			u.c.conf.Log.Error("a message cannot be judged", "message", id.String(), "err", err)
			continue // it stays, and keeps no other waiting
		}
		if err != nil {
			return nil, err
		}
		why := u.lost(c, m)
		if why == "" {
			all = append(all, told{id, m, c})
			continue
		}
		m.State, m.Why, m.Done = MessageDropped, why, u.now.UnixMilli()
		if err := errors.Join(put(u.tx, messageKey(id), m), u.tx.Put(waitingKey(unit, id), nil)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// messageOf returns a message and its case as it stands.
func (u *update) messageOf(id messageID) (*message, *casework.Case, error) {
	m, err := messageAt(u.tx, id)
	if err != nil {
		return nil, nil, err
	}
	c, err := u.caseOf(m.Case)
	return m, c, err
}

func messageAt(r ledger.Reader, id messageID) (*message, error) {
	m := new(message)
	there, err := get(r, messageKey(id), m)
	if err == nil && !there {
		err = fmt.Errorf("%w: message %s is missing", ledger.ErrDamaged, id)
	}
	return m, err
}

// countText counts a text of today's, and forgets the counts of earlier days.
func (u *update) countText(unit catalogue.UnitID) error {
	today := dayOf(u.w.ix, u.now)
	key := string(capKey(today, unit))
	sent, err := getNumber(u.tx, key)
	if err != nil {
		return err
	}
	if err := putNumber(u.tx, key, sent+1); err != nil {
		return err
	}
	var old [][]byte
	prefix := []byte("md/")
	err = u.tx.Scan(prefix, nil, func(key, _ []byte) bool {
		if string(key[len(prefix):]) >= today {
			return false
		}
		old = append(old, slices.Clone(key))
		return true
	})
	for _, key := range old {
		err = errors.Join(err, u.tx.Put(key, nil))
	}
	return err
}
