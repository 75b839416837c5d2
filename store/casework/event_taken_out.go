package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// TakenOut takes a unit out of the case again that was named by mistake: the wrong
// court, a co-handler of another town. What was asked of it ends with that, and a court's
// request may be written down anew. Once it has written a word it stays; the entry that
// named it stays in the history in any case.
type TakenOut struct {
	Unit   catalogue.UnitID `codec:"unit" ask:"unit,required"`
	Reason string           `codec:"reason" ask:"longtext,required"`
}

// Num returns NumTakenOut.
func (*TakenOut) Num() Number { return NumTakenOut }

// Kind returns "take_out".
func (*TakenOut) Kind() string { return string(ActTakeOut) }

// Check finds the form's faults; that the unit takes part and has not acted is the
// case's to say.
func (v *TakenOut) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *TakenOut) apply(f *fold) Why {
	c := f.c
	if c.takenOut(v.Unit) {
		return "" // somebody else did so
	}
	if why := c.stays(v.Unit); why != "" {
		return why
	}
	if why := f.move(ActTakeOut, ""); why != "" {
		return why
	}
	is := func(u catalogue.UnitID) bool { return u == v.Unit }
	c.Co, c.Joined = slices.DeleteFunc(slices.Clone(c.Co), is), slices.DeleteFunc(slices.Clone(c.Joined), is)
	f.stopWhere(func(k *Clock) bool { return k.Limit == LimitCallOut && k.Asked == v.Unit })
	if c.Entrustment.Open() && c.Entrustment.Court == v.Unit {
		c.Entrustment = Entrustment{}
		f.stop(LimitEntrusted, LimitEntrustAccept)
	}
	return ""
}

// named reports whether a unit takes part only because somebody named it: it helps, or
// was called in.
func (c *Case) named(u catalogue.UnitID) bool {
	return u != c.Holder && u != c.Lead && u != c.Registrar && (slices.Contains(c.Co, u) || slices.Contains(c.Joined, u))
}

// takenOut reports whether a unit was taken out and not named again.
func (c *Case) takenOut(u catalogue.UnitID) bool {
	return !c.TakesPart(u) && slices.ContainsFunc(c.ActsOf(ActTakeOut), func(a Act) bool { return a.Words["unit"] == string(u) })
}

// stays says why a unit cannot be taken out of the case; "" where it can. What is held
// counts as nothing written.
func (c *Case) stays(u catalogue.UnitID) Why {
	wrote := func(l Line) bool { return l.Unit == u && l.Effect != HeldBack }
	addressed := func(k Clock) bool {
		return k.Stop.IsZero() && slices.Contains(papers, k.Limit) && (k.Asked == u || c.addressee(k.By) == u)
	}
	answered := func(a Act) bool { // somebody wrote down what it replied
		by, err := ParseEntryID(a.Words["act"])
		if a.Action != ActReplyTask && a.Action != ActAnswerCall || err != nil {
			return false
		}
		return slices.ContainsFunc(c.Acts, func(asked Act) bool { return asked.By == by && asked.Words["unit"] == string(u) })
	}
	asked := c.Agreement.Confirmation
	switch {
	case !c.named(u):
		return WhyNotNamed
	case slices.ContainsFunc(c.Timeline, wrote), slices.ContainsFunc(c.Acts, answered),
		slices.ContainsFunc(c.Clocks, addressed), asked.Court == u && c.ruled():
		return WhyActed
	case asked.Court == u && asked.Result == "":
		return WhyCourtAsked
	}
	return ""
}

// papers are the limits of formal papers, which are answered and not taken back, and of
// orders, which only their giver takes back.
var papers = limits{LimitOrder, LimitReply, LimitReplyUrgent, LimitRectify, LimitConsult}

// noneNamed reports whether nobody can be taken out.
func (c *Case) noneNamed() bool {
	can := func(u catalogue.UnitID) bool { return c.stays(u) == "" }
	return !slices.ContainsFunc(c.Co, can) && !slices.ContainsFunc(c.Joined, can)
}
