package county

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/store/text"
	"casedesk/sync/notify"
)

// The queue of texts. An urging puts a message into it. When its unit may be sent
// something, all its messages that wait become one text, whose words and name are
// written down before it is tried for the first time and never change: whatever is
// tried again, after a stop of the server too, is the same text under the same name.
// So a message is sent at least once, and at most once by who honours the name.

// MessageState is where a message stands.
type MessageState string

// The states; append-only, because rows keep them.
const (
	MessageWaiting MessageState = "waiting"
	MessageSent    MessageState = "sent"
	MessageFailed  MessageState = "failed"  // it was refused for ever
	MessageDropped MessageState = "dropped" // it lost its reason before it was sent
	// MessageNobody is how a message is told that waits because its unit has no
	// telephone. No row holds it: with the telephone the message goes.
	MessageNobody MessageState = "nobody"
)

// MessageStates are the states that a list can be asked for.
var MessageStates = []MessageState{MessageWaiting, MessageNobody, MessageSent, MessageFailed, MessageDropped}

// MessageWhy says why a message waits, failed or was dropped; append-only likewise. The
// causes of package notify are among them.
type MessageWhy string

// message is one urging to be sent.
type message struct {
	Case   casework.CaseID     `codec:"case"`
	Number string              `codec:"number"`
	Unit   catalogue.UnitID    `codec:"unit"`
	Limit  catalogue.LimitCode `codec:"limit"`
	Start  casework.EntryID    `codec:"start"`
	Grade  casework.Grade      `codec:"grade"`
	Due    string              `codec:"due"`
	Made   int64               `codec:"made"` // Unix milliseconds
	State  MessageState        `codec:"state"`
	Why    MessageWhy          `codec:"why,omitempty"`    // of one that failed or was dropped
	Status int                 `codec:"status,omitempty"` // likewise, the gateway's
	Round  uint64              `codec:"round,omitempty"`  // how often it was let go again after it had failed
	Text   []byte              `codec:"text,omitempty"`   // the text that it went, or goes, into
	Done   int64               `codec:"done,omitempty"`   // when it was decided, Unix milliseconds
}

// postText is one text to one telephone. Its row is written before it is tried.
type postText struct {
	Unit     catalogue.UnitID `codec:"unit"`
	Phone    string           `codec:"phone"`
	Words    string           `codec:"words"`
	At       int64            `codec:"at"` // when it was written, Unix milliseconds
	Messages []messageID      `codec:"messages"`
	State    MessageState     `codec:"state"`
	Handed   bool             `codec:"handed,omitempty"` // it was taken, and may still fail
	Receipt  string           `codec:"receipt,omitempty"`
	Tries    int              `codec:"tries,omitempty"`
	Next     int64            `codec:"next,omitempty"`  // not tried before, Unix milliseconds
	Lease    int64            `codec:"lease,omitempty"` // until when somebody is at it; likewise
	Why      MessageWhy       `codec:"why,omitempty"`
	Status   int              `codec:"status,omitempty"`
}

// messageID names a message or a text.
type messageID [16]byte

func (id messageID) String() string { return hex.EncodeToString(id[:]) }

// textID names the text of messages: the same ones have the same text, unless one of
// them was let go again.
func textID(all []told) (id messageID) {
	h := sha256.New()
	for _, m := range all {
		h.Write(m.id[:])
		h.Write(binary.BigEndian.AppendUint64(nil, m.Round))
	}
	copy(id[:], h.Sum(nil))
	return id
}

const (
	// lease is how long nobody else takes up a text that somebody is sending. A text
	// whose sender died waits so long.
	lease = 5 * time.Minute
	// firstWait and longestWait bound the time between two tries.
	firstWait   = time.Minute
	longestWait = time.Hour
	// maxDigest is how many messages one text tells of.
	maxDigest = 500
	// failures in a row end a pass: the way out is at fault, not a telephone.
	failures = 3
	// every is how long the sender sleeps when nothing wakes it, gather how long it
	// waits for more of what was urged with what woke it.
	every  = time.Minute
	gather = 2 * time.Second
	// tidyEvery is how often messages that could not go anyway are looked at for
	// whether they still have a reason.
	tidyEvery = time.Hour
	// farthest is beyond any time that a text is told to wait: a later one is of a
	// clock that was wrong.
	farthest = 25 * time.Hour
)

// post is what a County knows of its sending.
type post struct {
	mu     sync.Mutex   // one pass at a time
	tidied time.Time    // when all that waits was last looked at
	until  atomic.Int64 // the way out asked to be left alone, Unix milliseconds
	wake   chan struct{}
}

// rests reports whether the way out is to be left alone.
func (p *post) rests(now time.Time) bool { return now.UnixMilli() < p.until.Load() }

// woken tells the sender that there is something to do.
func (p *post) woken() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// KeepSending sends messages until ctx ends.
func (c *County) KeepSending(ctx context.Context, out notify.Out) {
	for {
		if err := c.SendMessages(ctx, out); err != nil && ctx.Err() == nil {
			c.conf.Log.Error("sending messages failed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		case <-c.post.wake:
			select {
			case <-ctx.Done():
				return
			case <-time.After(gather):
			}
		}
	}
}

// SendMessages sends what waits and may be sent now: outside of quiet hours, so many
// texts a unit and day, one text for all that waits for a unit. What one telephone
// does to its text keeps no other from being sent. An error is the county's own.
func (c *County) SendMessages(ctx context.Context, out notify.Out) error {
	c.post.mu.Lock()
	defer c.post.mu.Unlock()
	if c.post.rests(c.now()) {
		return nil
	}
	handed, due, units, err := c.toSend(ctx)
	for _, id := range handed {
		if err == nil {
			err = c.askFate(ctx, out, id)
		}
	}
	failed := 0
	try := func(t *postText, id messageID) error {
		well, err := c.send(ctx, out, t, id)
		if failed++; well {
			failed = 0
		}
		return err
	}
	enough := func() bool { return failed == failures || ctx.Err() != nil || c.post.rests(c.now()) }
	for _, unit := range units {
		if err != nil || enough() {
			break
		}
		var t *postText
		var id messageID
		if t, id, err = c.compose(ctx, unit); t != nil && err == nil {
			err = try(t, id)
		}
	}
	for _, id := range due {
		if err != nil || enough() {
			break
		}
		var t *postText
		if t, err = c.claim(ctx, id); t != nil && err == nil {
			err = try(t, id)
		}
	}
	if err != nil {
		return fmt.Errorf("send messages: %w", err)
	}
	return nil
}

// toSend returns the texts whose fate is open, those to be tried now, oldest first, and
// the units for which messages wait.
func (c *County) toSend(ctx context.Context) (handed, due []messageID, units []catalogue.UnitID, err error) {
	type waiting struct {
		id   messageID
		next int64
	}
	now := c.now()
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		silent := quiet(w.ix, now)
		ids, err := openTexts(r)
		if err != nil {
			return err
		}
		var later []waiting
		busy := map[catalogue.UnitID]bool{}
		for _, id := range ids {
			var t postText
			if there, err := get(r, textKey(id), &t); err != nil || !there {
				return errors.Join(err, fmt.Errorf("%w: text %s", ledger.ErrDamaged, id))
			}
			if t.Handed {
				handed = append(handed, id)
				continue
			}
			busy[t.Unit] = true
			if !silent && t.ripe(now) {
				later = append(later, waiting{id, t.Next})
			}
		}
		slices.SortFunc(later, func(a, b waiting) int { return cmp.Compare(a.next, b.next) })
		for _, t := range later {
			due = append(due, t.id)
		}
		if silent {
			return nil
		}
		all, err := unitsWaiting(r)
		if err != nil {
			return err
		}
		tidy := now.Sub(c.post.tidied).Abs() >= tidyEvery
		for _, unit := range all {
			able, err := canBeSent(r, w.ix, unit, now)
			if err != nil {
				return err
			}
			if !busy[unit] && (able || tidy) {
				units = append(units, unit)
			}
		}
		if tidy {
			c.post.tidied = now
		}
		return nil
	})
	return handed, due, units, err
}

// ripe reports whether the text may be tried now.
func (t *postText) ripe(now time.Time) bool {
	at := max(t.Next, t.Lease)
	return at <= now.UnixMilli() || at > now.Add(farthest).UnixMilli()
}

// canBeSent reports whether a unit has a telephone, and was not sent enough today.
func canBeSent(r ledger.Reader, ix *catalogue.Index, unit catalogue.UnitID, now time.Time) (bool, error) {
	row, _ := ix.Unit(unit)
	if _, ok := notify.Phone(row.Phone); !ok {
		return false, nil
	}
	sent, err := getNumber(r, string(capKey(dayOf(ix, now), unit)))
	return sent < uint64(ix.Number(catalogue.DailyCap)), err
}

// dayOf returns the county's day.
func dayOf(ix *catalogue.Index, now time.Time) string {
	return now.In(ix.Calendar().Location()).Format(time.DateOnly)
}

// openTexts returns the texts that are not decided.
func openTexts(r ledger.Reader) (ids []messageID, err error) {
	prefix := openKey(messageID{})[:len("mo/")]
	err = r.Scan(prefix, nil, func(key, _ []byte) bool {
		var id messageID
		copy(id[:], key[len(prefix):])
		ids = append(ids, id)
		return true
	})
	return ids, err
}

// unitsWaiting returns the units for which messages wait that are in no text.
func unitsWaiting(r ledger.Reader) (units []catalogue.UnitID, err error) {
	prefix := []byte("mw/")
	err = r.Scan(prefix, nil, func(key, _ []byte) bool {
		if rest := key[len(prefix):]; len(rest) > len(messageID{}) {
			unit := catalogue.UnitID(rest[:len(rest)-len(messageID{})-1])
			if n := len(units); n == 0 || units[n-1] != unit {
				units = append(units, unit)
			}
		}
		return true
	})
	return units, err
}

// quiet reports whether no texts are sent at this time of the county's day.
func quiet(ix *catalogue.Index, now time.Time) bool {
	from, to := ix.Setting(catalogue.QuietFrom), ix.Setting(catalogue.QuietTo)
	at := now.In(ix.Calendar().Location()).Format("15:04")
	if from <= to {
		return from <= at && at < to
	}
	return at >= from || at < to
}

// reads returns an update that only looks at cases and writes rows of messages.
func (c *County) reads(tx ledger.Tx) (u *update, err error) {
	u = &update{c: c, tx: tx, now: c.now(), cases: map[casework.CaseID]*openCase{}, placed: map[position]*orderRow{}, logs: map[casework.LogID]*openLog{}}
	u.w, err = c.world(tx)
	return u, err
}

// caseOf returns a case as it stands.
func (u *update) caseOf(id casework.CaseID) (*casework.Case, error) {
	k, err := u.open(id)
	if err == nil {
		err = u.current(k)
	}
	return k.fold, err
}

// compose writes the text of a unit's messages that wait, and takes it up; nil when
// there is none to be sent now.
func (c *County) compose(ctx context.Context, unit catalogue.UnitID) (t *postText, id messageID, err error) {
	var u *update
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
		t = nil
		if u, err = c.reads(tx); err != nil {
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

// take takes a text up: nobody else does before the lease ends.
func (u *update) take(t *postText, id messageID) error {
	t.Tries++
	t.Lease = u.now.Add(lease).UnixMilli()
	return put(u.tx, textKey(id), t)
}

// claim takes up a text that is to be tried again; nil when somebody else did, or when
// nothing in it has a reason any more.
func (c *County) claim(ctx context.Context, id messageID) (t *postText, err error) {
	var u *update
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		t = nil
		var err error
		if u, err = c.reads(tx); err != nil {
			return err
		}
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil {
			return err
		}
		if row.State != MessageWaiting || row.Handed || !row.ripe(u.now) {
			return nil
		}
		why := lostStopped
		for _, one := range row.Messages {
			m, k, err := u.messageOf(one)
			if errors.Is(err, ledger.ErrDamaged) {
				why = "" // nobody can tell, and it was tried already
			} else if err != nil {
				return err
			} else {
				why = u.lost(k, m)
			}
			if why == "" {
				break
			}
		}
		if why != "" {
			row.Why, row.Status = why, 0
			return decide(tx, id, row, MessageDropped, u.now)
		}
		t = row
		return u.take(row, id)
	})
	if err != nil {
		return nil, err
	}
	u.keep()
	return t, nil
}

// decide writes what became of a text and of the messages in it.
func decide(tx ledger.Tx, id messageID, t *postText, state MessageState, now time.Time) error {
	t.State, t.Handed, t.Next, t.Lease = state, false, 0, 0
	for _, one := range t.Messages {
		m, err := messageAt(tx, one)
		if err != nil {
			return err
		}
		m.State, m.Why, m.Status, m.Done = state, t.Why, t.Status, now.UnixMilli()
		if err := put(tx, messageKey(one), m); err != nil {
			return err
		}
	}
	return errors.Join(put(tx, textKey(id), t), tx.Put(openKey(id), nil))
}

// send tries a text that was taken up, and writes down what came of it. It reports
// whether the way out is in order. What was tried is written down although ctx ended.
func (c *County) send(ctx context.Context, out notify.Out, t *postText, id messageID) (well bool, err error) {
	receipt, failed := out.Send(ctx, notify.Message{ID: id.String(), To: t.Phone, Text: t.Words, At: milliTime(t.At)})
	problem := problemOf(failed)
	if problem != nil {
		c.conf.Log.Warn("a message was not taken", "unit", string(t.Unit), "cause", string(problem.Cause), "status", problem.Status, "tries", t.Tries)
		if problem.After > 0 {
			c.post.until.Store(c.now().Add(problem.After).UnixMilli())
		}
	}
	err = c.conf.Ledger.Update(context.WithoutCancel(ctx), func(tx ledger.Tx) error {
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil || row.State != MessageWaiting {
			return err
		}
		now := c.now()
		row.Why, row.Status, row.Lease = "", 0, 0
		if problem != nil {
			row.Why, row.Status = MessageWhy(problem.Cause), problem.Status
		}
		switch {
		case problem == nil && !receipt.Pending:
			row.Receipt = receipt.ID
			return decide(tx, id, row, MessageSent, now)
		case problem == nil:
			row.Receipt, row.Handed, row.Next = receipt.ID, true, 0
		case problem.Final:
			return decide(tx, id, row, MessageFailed, now)
		default:
			row.Next = now.Add(max(pause(row.Tries), problem.After)).UnixMilli()
		}
		return put(tx, textKey(id), row)
	})
	if err != nil {
		return false, err
	}
	switch {
	case problem == nil:
		c.counts.textsTaken.Add(1)
	case problem.Final:
		c.counts.textsRefused.Add(1)
	}
	return problem == nil || problem.Final, nil
}

// problemOf returns what is known of a failure.
func problemOf(err error) *notify.Error {
	var e *notify.Error
	if err == nil || errors.As(err, &e) {
		return e
	}
	return &notify.Error{Cause: notify.CauseUnreachable, Err: err}
}

// pause is how long a text waits after so many tries.
func pause(tries int) time.Duration {
	return min(firstWait<<min(max(tries-1, 0), 10), longestWait)
}

// askFate writes down what became of a text that was taken, once that is known.
func (c *County) askFate(ctx context.Context, out notify.Out, id messageID) error {
	var t postText
	if err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		_, err := get(r, textKey(id), &t)
		return err
	}); err != nil {
		return err
	}
	fate, err := out.Fate(ctx, notify.Message{ID: id.String(), To: t.Phone, Text: t.Words, At: milliTime(t.At)})
	var why MessageWhy
	if problem := problemOf(err); problem != nil {
		fate, why = notify.Pending, MessageWhy(problem.Cause)
	}
	if fate == notify.Pending && why == t.Why {
		return nil
	}
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		row := new(postText)
		if _, err := get(tx, textKey(id), row); err != nil || !row.Handed {
			return err
		}
		switch row.Why = why; fate {
		case notify.Sent:
			return decide(tx, id, row, MessageSent, c.now())
		case notify.Failed:
			row.Why = MessageWhy(notify.CauseModem)
			return decide(tx, id, row, MessageFailed, c.now())
		}
		return put(tx, textKey(id), row)
	})
}

// maxListed is how many messages a list has, the newest.
const maxListed = 2000

// Message is a message as the county's people are told of it.
type Message struct {
	ID      string              `json:"id"`
	State   MessageState        `json:"state"`
	Why     MessageWhy          `json:"why,omitempty"`
	Status  int                 `json:"status,omitempty"`
	Unit    catalogue.UnitID    `json:"unit"`
	Name    string              `json:"unit_name"`
	Phone   string              `json:"phone"` // masked
	Number  string              `json:"number"`
	Limit   catalogue.LimitCode `json:"limit"`
	Called  string              `json:"limit_name"`
	Grade   casework.Grade      `json:"grade"`
	Due     string              `json:"due"`
	Made    time.Time           `json:"made"`
	Text    string              `json:"text,omitempty"`    // once it is written
	Texted  string              `json:"text_id,omitempty"` // which text; several messages may share it
	Tries   int                 `json:"tries"`
	Next    *time.Time          `json:"next,omitempty"` // when it is tried again at the earliest
	Receipt string              `json:"receipt,omitempty"`
	Done    *time.Time          `json:"done,omitempty"` // when it was sent, failed or dropped
}

// Why a message waits that no way out has refused.
const (
	waitsQuiet  MessageWhy = "quiet"    // for the end of the quiet hours
	waitsCap    MessageWhy = "cap"      // for tomorrow: its unit was sent enough today
	waitsPhone  MessageWhy = "no_phone" // for a telephone of its unit in the catalogue
	waitsTurn   MessageWhy = "turn"     // for the text before it to its unit
	waitsHanded MessageWhy = "handed"   // for the modem, which has it
)

// Messages returns the messages in a state (empty: in any), the newest last.
func (c *County) Messages(ctx context.Context, state MessageState) ([]Message, error) {
	out := []Message{}
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		out = out[:0]
		w, err := c.world(r)
		if err != nil {
			return err
		}
		rows, err := allMessages(r)
		if err != nil {
			return err
		}
		v := &viewer{r: r, ix: w.ix, now: c.now(), full: map[catalogue.UnitID]bool{}, busy: map[catalogue.UnitID]bool{}}
		if err := v.look(); err != nil {
			return err
		}
		for _, m := range rows {
			one, err := v.view(m.id, m.message)
			if err != nil {
				return err
			}
			if state == "" || one.State == state {
				out = append(out, one)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list messages: %w", err)
	}
	return out[max(0, len(out)-maxListed):], nil
}

// allMessages returns every message in the order in which they were made.
func allMessages(r ledger.Reader) ([]told, error) {
	var all []told
	var failed error
	prefix := []byte("m/")
	err := r.Scan(prefix, nil, func(key, value []byte) bool {
		m := told{message: new(message)}
		copy(m.id[:], key[len(prefix):])
		if failed = record.Unmarshal(value, m.message); failed != nil {
			failed = fmt.Errorf("%w: message %s: %w", ledger.ErrDamaged, m.id, failed)
		}
		all = append(all, m)
		return failed == nil
	})
	slices.SortFunc(all, func(a, b told) int {
		return cmp.Or(cmp.Compare(a.Made, b.Made), strings.Compare(a.Number, b.Number), bytes.Compare(a.id[:], b.id[:]))
	})
	return all, errors.Join(err, failed)
}

// viewer tells messages as they stand at a moment.
type viewer struct {
	r          ledger.Reader
	ix         *catalogue.Index
	now        time.Time
	full, busy map[catalogue.UnitID]bool // units that were sent enough today; that a text waits for
}

func (v *viewer) look() error {
	ids, err := openTexts(v.r)
	if err != nil {
		return err
	}
	for _, id := range ids {
		var t postText
		if _, err := get(v.r, textKey(id), &t); err != nil {
			return err
		}
		v.busy[t.Unit] = v.busy[t.Unit] || !t.Handed
	}
	prefix := capKey(dayOf(v.ix, v.now), "")
	return v.r.Scan(prefix, nil, func(key, value []byte) bool {
		if len(value) == 8 {
			v.full[catalogue.UnitID(key[len(prefix):])] = binary.BigEndian.Uint64(value) >= uint64(v.ix.Number(catalogue.DailyCap))
		}
		return true
	})
}

func (v *viewer) view(id messageID, m *message) (Message, error) {
	unit, _ := v.ix.Unit(m.Unit)
	phone, ok := notify.Phone(unit.Phone)
	out := Message{ID: id.String(), State: m.State, Why: m.Why, Status: m.Status, Unit: m.Unit, Name: v.ix.UnitName(m.Unit),
		Phone: text.MaskPhone(phone), Number: m.Number, Limit: m.Limit, Called: chinese.Limit(m.Limit, v.ix), Grade: m.Grade, Due: m.Due, Made: milliTime(m.Made)}
	if m.Done != 0 {
		at := milliTime(m.Done)
		out.Done = &at
	}
	if len(m.Text) > 0 {
		var t postText
		if _, err := get(v.r, textKey(messageID(m.Text)), &t); err != nil {
			return out, err
		}
		out.Phone, out.Text, out.Texted, out.Tries, out.Receipt = text.MaskPhone(t.Phone), t.Words, messageID(m.Text).String(), t.Tries, t.Receipt
		if m.State != MessageWaiting {
			return out, nil
		}
		switch out.Why, out.Status = t.Why, t.Status; {
		case t.Handed && t.Why == "":
			out.Why = waitsHanded
		case t.Next != 0:
			next := milliTime(t.Next)
			out.Next = &next
		}
		return out, nil
	}
	if m.State != MessageWaiting {
		return out, nil
	}
	switch {
	case !ok:
		out.State, out.Why = MessageNobody, waitsPhone
	case quiet(v.ix, v.now):
		out.Why = waitsQuiet
	case v.busy[m.Unit]:
		out.Why = waitsTurn
	case v.full[m.Unit]:
		out.Why = waitsCap
	}
	return out, nil
}

// RetryMessages lets messages go again: the one whose id begins so, or every one that
// failed where id is empty. One that waits for its next try is tried now. It returns
// how many.
func (c *County) RetryMessages(ctx context.Context, id string) (n int, err error) {
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		n = 0
		rows, err := allMessages(tx)
		if err != nil {
			return err
		}
		if id != "" {
			if rows, err = messageNamed(rows, id); err != nil {
				return err
			}
		}
		for _, m := range rows {
			switch {
			case m.State == MessageFailed:
				m.State, m.Why, m.Status, m.Done, m.Text = MessageWaiting, "", 0, 0, nil
				m.Round++
				err = errors.Join(put(tx, messageKey(m.id), m.message), tx.Put(waitingKey(m.Unit, m.id), []byte{}))
				n++
			case id == "":
			case m.State == MessageWaiting:
				err = tryNow(tx, m.message)
				n++
			default:
				err = &casework.Refusal{Code: casework.CodeNotAllowed, Why: WhyMessageDone, Field: "id"}
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("retry messages: %w", err)
	}
	c.post.until.Store(0) // a person who asks may
	c.post.woken()
	return n, nil
}

// WhyMessageDone refuses to send a message again that was sent or dropped.
const WhyMessageDone casework.Why = "message_done"

// messageNamed returns the one message whose id begins so.
func messageNamed(all []told, id string) (found []told, err error) {
	for _, m := range all {
		if strings.HasPrefix(m.id.String(), strings.ToLower(id)) {
			found = append(found, m)
		}
	}
	switch len(found) {
	case 0:
		return nil, &casework.Refusal{Code: casework.CodeNotFound, Field: "id"}
	case 1:
		return found, nil
	}
	return nil, &casework.Refusal{Code: casework.CodeAmbiguous, Field: "id"}
}

// tryNow lets the text of a message not wait for its time.
func tryNow(tx ledger.Tx, m *message) error {
	if len(m.Text) == 0 {
		return nil
	}
	var t postText
	if _, err := get(tx, textKey(messageID(m.Text)), &t); err != nil || t.Next == 0 {
		return err
	}
	t.Next = 0
	return put(tx, textKey(messageID(m.Text)), &t)
}
