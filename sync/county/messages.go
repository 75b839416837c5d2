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
		Phone: text.MaskPhone(phone), Number: m.Number, Limit: m.Limit, Called: chinese.Limit(m.Limit, v.ix), Grade: m.Grade, Due: m.Due, Made: milliTime(m.Made).In(v.ix.Calendar().Location())}
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
