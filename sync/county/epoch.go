package county

import (
	"encoding/binary"
	"errors"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/sync/wire"
)

// restore begins the epoch of a county that was restored from a backup. It
// keeps how far the epoch before reached, so that laptops offer again what lies
// above, and where every feed stood, so that they know how far their cursors
// still hold. Slips that nobody seems to have used are void: somebody may have,
// after the backup.
func (c *County) restore(tx ledger.Tx, st *state) error {
	n, err := getNumber(tx, keyNumber)
	if err != nil {
		return err
	}
	st.Ends = append(st.Ends, mark{Epoch: st.Epoch, N: n})
	if err := c.begin(tx, st, casework.LogEpoch); err != nil {
		return err
	}
	var feeds []catalogue.UnitID
	err = tx.Scan(feedKey(""), nil, func(key, _ []byte) bool {
		feeds = append(feeds, catalogue.UnitID(key[len(feedKey("")):]))
		return true
	})
	if err != nil {
		return err
	}
	for _, feed := range feeds {
		head, err := tx.FeedHead(feed)
		if err != nil {
			return err
		}
		if err := tx.Put(epochKey(st.Epoch, feed), binary.BigEndian.AppendUint64(nil, head)); err != nil {
			return err
		}
	}
	return errors.Join(expireSlips(tx), putState(tx, *st))
}

// rewind returns how far a cursor holds in the present epoch: as far as the
// laptop got, and not beyond where the feed stood when any later epoch began.
// An epoch that the county has never heard of, because a restore lost it,
// holds nothing.
func (w *world) rewind(r ledger.Reader, cur wire.Cursor) (uint64, error) {
	head, err := r.FeedHead(cur.Feed)
	if err != nil {
		return 0, err
	}
	n := min(cur.N, head)
	if cur.Epoch == w.Epoch {
		return n, nil
	}
	known := false
	for _, end := range append(w.Ends[:len(w.Ends):len(w.Ends)], mark{Epoch: w.Epoch}) {
		if known {
			start, err := getNumber(r, string(epochKey(end.Epoch, cur.Feed)))
			if err != nil {
				return 0, err
			}
			n = min(n, start)
		}
		known = known || end.Epoch == cur.Epoch
	}
	if !known {
		return 0, nil
	}
	return n, nil
}

func (m mark) wire() wire.End { return wire.End{Epoch: m.Epoch, N: m.N} }
