package county

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// A feed's line in the ledger: a byte that says what it is, then the position
// of an entry or the id of a case.
const (
	lineShows    byte = 1    // the entry at the position
	lineWithdraw byte = 2    // the case is no longer shown
	lineIntro    byte = 0x80 // set: the feed shows this entry's log for the first time
)

const lineSize = 1 + 16

// deliver fits the feeds to a case after fresh entries: who sees it gets them,
// who begins to see it gets the whole case, who stops gets a line that says so. It
// notes when the case is to be urged next.
func (u *update) deliver(k *openCase, fresh []position) error {
	units := casework.Recipients(k.fold, u.w.ix)
	for _, unit := range units {
		lines := fresh
		if !slices.Contains(k.row.Units, unit) {
			all, err := positionsOf(u.tx, k.id)
			if err != nil {
				return err
			}
			lines = all
		}
		for _, p := range lines {
			if err := u.show(unit, p); err != nil {
				return err
			}
		}
	}
	for _, unit := range k.row.Units {
		if slices.Contains(units, unit) {
			continue
		}
		if _, err := u.extend(unit, append([]byte{lineWithdraw}, k.id.UUID[:]...)); err != nil {
			return err
		}
		if err := u.forgetIntros(unit, k.id); err != nil {
			return err
		}
	}
	k.fitted, k.row.Units = true, units
	k.row.At = ""
	if !k.fold.Confidential {
		k.row.At = k.fold.InHand()
	}
	next, _ := casework.NextUrging(k.fold, u.w.ix)
	return u.awaits(k, next)
}

// show appends the entry at p to a feed.
func (u *update) show(unit catalogue.UnitID, p position) error {
	row, placed := u.placed[p]
	if !placed {
		row = new(orderRow)
		there, err := get(u.tx, orderKey(p), row)
		if err != nil || !there {
			return fmt.Errorf("%w: no entry at %x: %w", ledger.ErrDamaged, p, err)
		}
	}
	intro := introKey(unit, row.Log)
	known, err := u.tx.Get(intro)
	if err != nil {
		return err
	}
	kind := lineShows
	if known == nil {
		kind |= lineIntro
	}
	n, err := u.extend(unit, append([]byte{kind}, p[:]...))
	if err != nil || known != nil {
		return err
	}
	return u.tx.Put(intro, binary.BigEndian.AppendUint64(row.Case.UUID[:], n))
}

// forgetIntros makes a feed introduce logs again of which it withdraws the line
// that did: who reads that late is not told whose they are.
func (u *update) forgetIntros(unit catalogue.UnitID, id casework.CaseID) error {
	all, err := positionsOf(u.tx, id)
	if err != nil {
		return err
	}
	for _, p := range all {
		var row orderRow
		if _, err := get(u.tx, orderKey(p), &row); err != nil {
			return err
		}
		intro := introKey(unit, row.Log)
		known, err := u.tx.Get(intro)
		if err == nil && bytes.HasPrefix(known, id.UUID[:]) {
			err = u.tx.Put(intro, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// introduced reports whether a log was introduced by a line of the feed before n
// that is still shown.
func introduced(r ledger.Reader, unit catalogue.UnitID, log casework.LogID, n uint64, shown func(casework.CaseID) (bool, error)) (bool, error) {
	known, err := r.Get(introKey(unit, log))
	if err != nil || len(known) != 16+8 || binary.BigEndian.Uint64(known[16:]) >= n {
		return false, err
	}
	var id casework.CaseID
	copy(id.UUID[:], known)
	return shown(id)
}

// extend appends a line, and notes a feed's first one: an epoch that begins
// keeps where every feed stands.
func (u *update) extend(unit catalogue.UnitID, line []byte) (uint64, error) {
	n, err := u.tx.Extend(unit, line)
	if err == nil && n == 1 {
		err = u.tx.Put(feedKey(unit), []byte{})
	}
	u.lines++
	return n, err
}
