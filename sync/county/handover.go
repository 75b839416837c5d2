package county

import (
	"bytes"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// judgeLog judges an entry about a log: a laptop is handed to somebody who
// serves, and taken over by her to whom it was handed.
func (u *update) judgeLog(e *casework.Entry) (casework.Why, error) {
	for _, ev := range e.Events {
		switch ev := ev.(type) {
		case *casework.HandedOver:
			if ev.To == "" {
				continue // taken back
			}
			if why := present(u.w, ev.To); why != "" {
				return why, nil
			}
		case *casework.TakenOver:
			if _, fits, err := u.handed(ev); err != nil || !fits {
				return casework.WhyNoHandover, err
			}
		}
	}
	return "", nil
}

// handed returns the key of the laptop that was handed to the writer, whose last
// word the event names; false where it was not.
func (u *update) handed(ev *casework.TakenOver) (key []byte, fits bool, err error) {
	last, there, err := ledger.At(u.tx, ev.Log, ev.Seq)
	if err != nil || !there || !bytes.Equal(last.Hash[:], ev.Hash) {
		return nil, false, err
	}
	word, err := decode(last)
	if err != nil {
		return nil, false, err
	}
	head, err := u.tx.Head(ev.Log)
	if err != nil {
		return nil, false, err
	}
	var row logRow
	var dev device
	if _, err = get(u.tx, logKey(ev.Log), &row); err != nil {
		return nil, false, err
	}
	if _, err = get(u.tx, deviceKey(row.Key), &dev); err != nil {
		return nil, false, err
	}
	stamp := word.rec.Entry.Stamp
	fits = head.Seq == ev.Seq && !row.Frozen && !bytes.Equal(row.Key, u.key) && len(dev.To) == 0 &&
		stamp != nil && stamp.Verdict == casework.Admitted && len(word.rec.Entry.Events) == 1
	if fits {
		to, is := word.rec.Entry.Events[0].(*casework.HandedOver)
		fits = is && to.To == u.dev.User
	}
	return row.Key, fits, nil
}

// takeOver revokes the laptop that the entry takes over, if it does: its worker
// has handed it on, and nothing that it might still send is hers.
func (u *update) takeOver(e *casework.Entry) error {
	for _, ev := range e.Events {
		over, ok := ev.(*casework.TakenOver)
		if !ok {
			continue
		}
		key, fits, err := u.handed(over)
		if err != nil || !fits {
			return err
		}
		var dev device
		if _, err := get(u.tx, deviceKey(key), &dev); err != nil {
			return err
		}
		was := dev.Revoked
		if dev.To = u.key; was == 0 {
			dev.Revoked = u.now.UnixMilli()
		}
		if err := put(u.tx, deviceKey(key), &dev); err != nil {
			return err
		}
		if was == 0 {
			if err := u.c.note(u.tx, &u.st, noteRevoked, &revoked{Key: key}); err != nil {
				return err
			}
		}
	}
	return nil
}
