package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Decline is a party's refusal of mediation.
type Decline struct {
	Element ElementID
	Reason  string
	By      EntryID
}

// declined reports whether a party refuses mediation; one that was taken off the case
// does not count.
func (c *Case) declined() bool {
	return slices.ContainsFunc(c.Declined, func(d Decline) bool { return c.party(d.Element) >= 0 })
}

func (c *Case) noneDeclined() bool { return len(c.Declined) == 0 }

// Entrustment is a court's request to mediate (委派、委托调解).
type Entrustment struct {
	By         EntryID
	Court      catalogue.UnitID
	CourtName  string // of one that has no desk here
	Number     string // the court's case number
	Stage      string // "before" it took the case on file, "filing", "trial", "enforcement"
	ReceivedOn string
	Result     string // "success" or "failure"; empty: the court waits
	Online     bool   // it is mediated on the courts' platform
}

// Open reports whether the court waits for what came of it.
func (e *Entrustment) Open() bool { return !e.By.IsZero() && e.Result == "" }

// askOtherSide lets the three working days run in which who accepted a request from before
// the filing helps the court to ask the other side whether it agrees to mediation online
// (人民法院在线调解规则 art. 15).
func (f *fold) askOtherSide() {
	if e := &f.c.Entrustment; e.Open() && e.Online && e.Stage == "before" {
		f.start(LimitOnlineContact, "")
	}
}

// countOnline lets the days of an online request count from its acceptance (人民法院在线调解规则
// art. 24), unless the court set a day.
func (f *fold) countOnline() {
	if k := f.running(LimitEntrusted); k != nil && k.Due == "" && f.c.Entrustment.Online {
		k.Start = f.when
	}
}

func (c *Case) entrusted() bool    { return c.Entrustment.Open() }
func (c *Case) notEntrusted() bool { return !c.entrusted() }

// FirstContact returns when the parties were first contacted: the earliest of the moments
// that were stated, and of the entries that state none.
func FirstContact(c *Case, ix Lookup) (time.Time, bool) {
	var first time.Time
	for _, act := range c.ActsOf(ActContact) {
		at, stated := ParseMoment(act.Words["at"], ix.Calendar())
		if !stated {
			l, _ := c.Line(act.By)
			at = l.At
		}
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first, !first.IsZero()
}
