// Package notify hands short texts (SMS) over to what sends them: an HTTP gateway,
// or the outbox folder of gammu-smsd with a GSM modem.
//
// What is sent, to whom and when is not decided here: sync/county keeps the queue,
// tries again later and knows of quiet hours. A message holds nothing but what goes
// out, so nothing else can. docs/messages.md describes both ways for who runs them.
package notify

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
)

// Message is one text to one telephone.
type Message struct {
	ID   string    // names it for ever: what is tried again is the same message (Idempotency-Key)
	To   string    // as Phone returns it
	Text string    // one line
	At   time.Time // when it was made; the same at every try
}

// Out is a way out. It is safe for use by many goroutines.
type Out interface {
	// Send hands the message over, once. Any error but one that is Final may be of a
	// message that was taken all the same: it is tried again as it was, under its ID.
	Send(ctx context.Context, m Message) (Receipt, error)
	// Fate tells what became of a message of which Send returned a Pending receipt.
	Fate(ctx context.Context, m Message) (Fate, error)
}

// Receipt is what a way out says of a message that it took.
type Receipt struct {
	ID      string
	Pending bool // it may still fail: Fate tells
}

// Fate is what became of a message.
type Fate int

// The fates.
const (
	Pending Fate = iota // it waits to be sent
	Sent                // it was sent
	Failed              // it was tried, and failed
)

// Cause says why a message was not taken.
type Cause string

// The causes; append-only, because the county's ledger keeps them.
const (
	CauseUnreachable Cause = "unreachable" // no connection, no valid certificate, cut off
	CauseTimeout     Cause = "timeout"     // no answer in time
	CauseStatus      Cause = "status"      // the gateway is at fault or asks to wait
	CauseRefused     Cause = "refused"     // the gateway will not send this one, ever
	CauseRedirect    Cause = "redirect"    // it sends us elsewhere, where we don't go
	CauseAnswer      Cause = "answer"      // its answer is no receipt: a web page, other JSON, too long
	CauseFull        Cause = "full"        // no room in the folder
	CauseReadOnly    Cause = "read_only"   // the folder must not be written
	CauseMissing     Cause = "missing"     // there is no such folder
	CauseFolder      Cause = "folder"      // the folder fails otherwise
	CauseModem       Cause = "modem"       // the modem could not send it
)

// Error is a message that was not taken, as far as is known.
type Error struct {
	Cause  Cause
	Status int           // the gateway's, where it answered
	Final  bool          // trying again is of no use
	After  time.Duration // the way out asks to be left alone for so long; 0: it says nothing
	Err    error         // nothing of an answer stands in it: it might repeat the message
}

func (e *Error) Error() string {
	s := "hand over a message: " + string(e.Cause)
	if e.Status != 0 {
		s += fmt.Sprintf(" %d", e.Status)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Phone returns a telephone number as it is dialled: digits, after a + where there is
// one. It reports whether s is a number at all.
func Phone(s string) (string, bool) {
	s = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "（", "", "）", "").Replace(s)
	digits := strings.TrimPrefix(s, "+")
	if len(digits) < 3 || len(digits) > 20 || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	return s, true
}

// What fits into a text in the alphabet that Chinese needs, in UTF-16 units: alone,
// and as a part of several, where the head that joins them takes room (3GPP TS 23.040).
const (
	one  = 70
	part = 67
)

// MaxText is the length of two parts; nothing longer is written.
const MaxText = 2 * part

// Length is the length of a text in the units of MaxText.
func Length(text string) int { return len(utf16.Encode([]rune(text))) }

// Parts returns how many parts a text is sent in.
func Parts(text string) int {
	if n := Length(text); n > one {
		return (n + part - 1) / part
	}
	return 1
}
