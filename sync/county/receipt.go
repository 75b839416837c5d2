package county

import (
	"context"
	"errors"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// Reasons why a slip's code opens nothing.
const (
	WhyReceiptTypo    casework.Why = "receipt_typo"    // its letters don't fit together
	WhyReceiptUnknown casework.Why = "receipt_unknown" // no slip has it
	WhyReceiptVoid    casework.Why = "receipt_void"    // a newer slip was handed out, or this one never counted
	WhyReceiptBusy    casework.Why = "receipt_busy"    // too many wrong ones from there
)

// codeRate and codeBurst limit the codes that one caller may get wrong. A code has 55
// bits, so this is not what keeps it from being guessed; it keeps one caller from trying
// all day.
const (
	codeRate  = 1.0 / 10
	codeBurst = 20
)

// receiptRow is the case of a slip's code. It stays when a newer slip is handed out, so
// that who has the old one is told so.
type receiptRow struct {
	Case casework.CaseID `codec:"c"`
}

func receiptKey(hash string) []byte { return append([]byte("r/"), hash...) }

// noteReceipts notes the slips that an entry about a case tells of. Whoever was first
// keeps a hash: nobody can guess one that was not handed out yet.
func (u *update) noteReceipts(e *casework.Entry) error {
	for _, ev := range e.Events {
		given, ok := ev.(*casework.ReceiptGiven)
		if !ok || len(given.Check(nil)) > 0 { // a laptop may say anything
			continue
		}
		known, err := u.tx.Get(receiptKey(given.Hash))
		if err == nil && known == nil {
			err = put(u.tx, receiptKey(given.Hash), &receiptRow{Case: e.Case})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Slipped is what is said of a case to whoever holds its slip: nothing that would tell a
// stranger who found it in whose quarrel it is. Of a confidential case not even which
// unit has it, nor of what kind it is: who is accused must learn of no accusation
// (信访工作条例 art. 30).
type Slipped struct {
	Number       string            `json:"number"`
	Matter       casework.Matter   `json:"kind,omitempty"`
	RegisteredOn string            `json:"registered_on"`
	Progress     casework.Progress `json:"progress"`
	Unit         string            `json:"unit,omitempty"`
	Phone        string            `json:"phone,omitempty"`
	Due          string            `json:"due,omitempty"` // the last day of what is being done now
	MayRate      bool              `json:"may_rate"`
	WhyNot       casework.Why      `json:"why_not,omitempty"` // why it cannot be rated now
	Rated        bool              `json:"rated"`             // by this code, since it was taken up last
	Confidential bool              `json:"confidential,omitempty"`
}

// Receipt looks a case up by the code of its slip. caller is who asks, as far as wrong
// codes are counted together.
func (c *County) Receipt(ctx context.Context, code, caller string) (out Slipped, err error) {
	hash, err := c.readCode(code, caller)
	if err != nil {
		return out, err
	}
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		id, err := caseOfReceipt(r, hash)
		if err != nil {
			return err
		}
		fold, err := foldOf(r, id)
		if err != nil {
			return err
		}
		if fold.Receipt != hash {
			return voidReceipt()
		}
		out = slipped(fold, w.ix, c.now())
		return nil
	})
	return out, c.countWrong(err, caller)
}

// Say writes down what the holder of a slip says of the three items: once each time that
// the case has come to its result.
func (c *County) Say(ctx context.Context, code, caller string, said casework.Said) (out Slipped, err error) {
	hash, err := c.readCode(code, caller)
	if err != nil {
		return out, err
	}
	said.Way, said.Party = casework.WayCode, casework.ElementID{}
	if faults := said.Check(nil); len(faults) > 0 {
		return out, &casework.Refusal{Code: casework.CodeInvalid, Field: faults[0].Field, Faults: faults}
	}
	var u *update
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) (err error) {
		if u, err = c.ownUpdate(tx, c.now()); err != nil {
			return err
		}
		out, err = u.rate(hash, said)
		return err
	})
	if err != nil {
		return Slipped{}, c.countWrong(err, caller)
	}
	u.keep()
	c.counts.took(u)
	return out, nil
}

// rate writes a say into the case of a slip.
func (u *update) rate(hash string, said casework.Said) (out Slipped, err error) {
	id, err := caseOfReceipt(u.tx, hash)
	if err != nil {
		return out, err
	}
	k, err := u.open(id)
	if err == nil {
		err = u.current(k)
	}
	switch {
	case err != nil:
		return out, err
	case k.fold.Receipt != hash:
		return out, voidReceipt()
	}
	if why := k.fold.MaySay(said.Way, said.Party); why != "" {
		return out, casework.Refuse(casework.CodeNotAllowed, why)
	}
	if err := u.say(k, &said); err != nil {
		return out, err
	}
	if line := k.fold.Timeline[len(k.fold.Timeline)-1]; line.Effect != casework.Applied {
		return out, casework.Refuse(casework.CodeNotAllowed, line.Why) // nothing is written then
	}
	if err := u.deliver(k, k.fresh); err != nil {
		return out, err
	}
	k.fresh = nil
	return slipped(k.fold, u.w.ix, u.now), u.finish()
}

// readCode reads a code as somebody typed it, unless the caller got too many wrong.
func (c *County) readCode(code, caller string) (hash string, err error) {
	hash, ok := casework.ReceiptHash(code)
	if !ok { // no guess: it cannot be right
		return "", &casework.Refusal{Code: casework.CodeInvalid, Why: WhyReceiptTypo}
	}
	if c.limiter.spent("receipt "+caller, codeRate, codeBurst) {
		return "", casework.Refuse(casework.CodeBusy, WhyReceiptBusy)
	}
	return hash, nil
}

// countWrong counts a code that no slip has against the caller.
func (c *County) countWrong(err error, caller string) error {
	if errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound, Why: WhyReceiptUnknown}) {
		c.limiter.allow("receipt "+caller, codeRate, codeBurst)
	}
	return err
}

func caseOfReceipt(r ledger.Reader, hash string) (casework.CaseID, error) {
	var row receiptRow
	there, err := get(r, receiptKey(hash), &row)
	if err == nil && !there {
		err = &casework.Refusal{Code: casework.CodeNotFound, Why: WhyReceiptUnknown}
	}
	return row.Case, err
}

func voidReceipt() error {
	return &casework.Refusal{Code: casework.CodeExpired, Why: WhyReceiptVoid}
}

// slipped is what may be said of a case at a moment.
func slipped(c *casework.Case, ix *catalogue.Index, now time.Time) Slipped {
	why := c.MaySay(casework.WayCode, casework.ElementID{})
	out := Slipped{Number: c.Number, RegisteredOn: casework.Day(c.RegisteredAt, ix), Progress: casework.ProgressOf(c),
		MayRate: why == "", WhyNot: why, Rated: why == casework.WhyRated, Confidential: c.Confidential}
	if c.Confidential {
		return out
	}
	unit, _ := ix.Unit(c.InHand())
	out.Matter, out.Unit, out.Phone = c.Matter, ix.UnitName(c.InHand()), unit.Phone
	if day, ok := casework.PartyDay(c, ix, now); ok {
		out.Due = day.Format(time.DateOnly)
	}
	return out
}
