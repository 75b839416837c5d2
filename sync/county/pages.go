package county

import (
	"crypto/ed25519"
	"fmt"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/sync/wire"
)

// lineCost is what a line costs besides its entry, for the room of a reply.
const lineCost = 32

// maxLines bounds the lines of one reply, maxPassed those that are looked at for
// it.
const (
	maxLines  = 5000
	maxPassed = 4 * maxLines
)

// cutter cuts the pages of one reply.
type cutter struct {
	r      ledger.Reader
	w      *world
	req    *wire.Request
	reply  *wire.Reply
	room   int
	lines  int
	passed int
	own    map[casework.LogID]uint64 // how far the laptop holds its logs
	rows   map[casework.CaseID]*caseRow
	keys   map[casework.LogID]bool
	ahead  catalogue.UnitID // a feed of which the laptop has read more than there is
}

// cut adds to the reply what a laptop is to take down: the newest catalogue
// where it holds an older one, then lines of the feeds of the person's units. It
// returns a feed of which the laptop has read more than there is, if one is.
func cut(r ledger.Reader, w *world, dev device, req *wire.Request, reply *wire.Reply) (ahead catalogue.UnitID, err error) {
	reply.Units = units(w, dev.User)
	room := min(req.Room, wire.MaxPage)
	if req.Catalogue < w.Catalogue && room > 0 {
		reply.Catalogue = w.code
		room -= len(w.code)
	}
	k := &cutter{r: r, w: w, req: req, reply: reply, room: room, own: map[casework.LogID]uint64{},
		rows: map[casework.CaseID]*caseRow{}, keys: map[casework.LogID]bool{}}
	for _, head := range req.Logs {
		if !hasFork(reply.Forks, head.Log) {
			k.own[head.Log] = head.Seq
		}
	}
	for _, unit := range reply.Units {
		if err := k.feed(unit); err != nil {
			return "", err
		}
	}
	return k.ahead, nil
}

// units returns whose feeds a person reads: those that she serves now, none once
// she has left. For somebody whom this catalogue does not know it is nil, which
// says nothing: a county that was restored to before she came must not make her
// let go of what it may need back.
func units(w *world, user catalogue.UserID) []catalogue.UnitID {
	person, ok := w.ix.Person(user)
	switch {
	case !ok:
		return nil
	case person.Left:
		return []catalogue.UnitID{}
	}
	list := append([]catalogue.UnitID{}, person.Units...)
	slices.Sort(list)
	return slices.Compact(list)
}

// feed adds a page of one feed, unless the laptop has it all.
func (k *cutter) feed(unit catalogue.UnitID) error {
	head, err := k.r.FeedHead(unit)
	if err != nil {
		return err
	}
	cur := wire.Cursor{Feed: unit, Epoch: k.w.Epoch}
	first := true
	if i := slices.IndexFunc(k.req.Cursors, func(c wire.Cursor) bool { return c.Feed == unit }); i >= 0 {
		cur = k.req.Cursors[i]
		first = cur.Epoch.IsZero()
	}
	if cur.Epoch == k.w.Epoch && cur.N > head {
		k.ahead = unit
	}
	from, err := k.w.rewind(k.r, cur)
	if err != nil || k.req.Room <= 0 || from == head && cur.Epoch == k.w.Epoch {
		return err
	}
	page := wire.FeedPage{Feed: unit, Epoch: k.w.Epoch, From: from, To: from, Head: head}
	if err := k.fill(&page, first); err != nil {
		return err
	}
	k.reply.Feeds = append(k.reply.Feeds, page)
	return nil
}

// fill adds lines to a page while there is room; the first of a reply without
// a catalogue always has some. Who reads a feed for the first time holds nothing
// that could be withdrawn, and is told of no withdrawal.
func (k *cutter) fill(page *wire.FeedPage, first bool) error {
	var failed error
	skip := 0
	err := k.r.Feed(page.Feed, page.From, func(n uint64, line []byte) bool {
		if k.lines >= maxLines || k.passed >= maxPassed || k.room <= 0 {
			return false
		}
		k.passed++
		out, visible, err := k.line(page.Feed, n, line)
		if err != nil {
			failed = fmt.Errorf("feed %s line %d: %w", page.Feed, n, err)
			return false
		}
		if !visible || first && !out.Withdrawn.IsZero() {
			skip++
			page.To = n
			return true
		}
		size := lineCost + len(out.Raw) + len(out.Stamp)
		if size > k.room && k.lines > 0 {
			k.room = 0
			return false
		}
		k.room -= size
		k.lines++
		out.Skip, skip = skip, 0
		page.To, page.Lines = n, append(page.Lines, out)
		return true
	})
	if failed != nil {
		return failed
	}
	return err
}

// line turns a line of the ledger into what the unit may read today. An entry of
// a case that was withdrawn since is left out, whatever the line says: a later
// line withdraws the case from those who hold it.
func (k *cutter) line(unit catalogue.UnitID, n uint64, line []byte) (out wire.Line, visible bool, err error) {
	if len(line) != lineSize {
		return out, false, fmt.Errorf("%w: %d bytes", ledger.ErrDamaged, len(line))
	}
	if line[0] == lineWithdraw {
		copy(out.Withdrawn.UUID[:], line[1:])
		row, err := k.row(out.Withdrawn)
		if err == nil {
			out.To = row.At
		}
		return out, true, err
	}
	e, row, there, err := rawAt(k.r, position(line[1:]))
	if err != nil || !there {
		return out, false, fmt.Errorf("%w: no entry at %x: %w", ledger.ErrDamaged, line[1:], err)
	}
	shown := func(id casework.CaseID) (bool, error) {
		row, err := k.row(id)
		return err == nil && slices.Contains(row.Units, unit), err
	}
	if visible, err = shown(row.Case); err != nil || !visible {
		return out, false, err
	}
	known := false
	if line[0]&lineIntro == 0 && !k.keys[e.Log] {
		if known, err = introduced(k.r, unit, e.Log, n, shown); err != nil {
			return out, false, err
		}
	}
	if !known {
		if err := k.introduce(e); err != nil {
			return out, false, err
		}
	}
	out.Stamp = e.Stamp
	if row.At != nil {
		at := row.At.wire()
		out.At = &at
	}
	if e.Seq <= k.own[e.Log] && !e.Branch {
		out.Log, out.Seq = e.Log, e.Seq
	} else {
		out.Raw = e.Raw
	}
	return out, true, nil
}

// row returns who sees a case.
func (k *cutter) row(id casework.CaseID) (*caseRow, error) {
	if row := k.rows[id]; row != nil {
		return row, nil
	}
	row := &caseRow{}
	_, err := get(k.r, caseKey(id), row)
	k.rows[id] = row
	return row, err
}

// introduce adds the key of e's log, which the feed may show for the first time.
func (k *cutter) introduce(e ledger.Entry) error {
	if k.keys[e.Log] || k.own[e.Log] > 0 {
		return nil
	}
	k.keys[e.Log] = true
	key, err := keyOf(k.r, e.Log)
	if err != nil || key == nil {
		return err
	}
	var dev device
	known, err := get(k.r, deviceKey(key), &dev)
	if err != nil {
		return err
	}
	if !known {
		s, err := decode(e)
		if err != nil {
			return err
		}
		dev.User = s.rec.Entry.Actor
	}
	k.reply.Keys = append(k.reply.Keys, wire.LogKey{Log: e.Log, Key: key, User: dev.User})
	return nil
}

// keyOf returns the key that a log is bound to; nil while its first entry is
// missing.
func keyOf(r ledger.Reader, log casework.LogID) (ed25519.PublicKey, error) {
	var row logRow
	_, err := get(r, logKey(log), &row)
	return row.Key, err
}
