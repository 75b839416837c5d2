package casework

import (
	"cmp"
	"slices"

	"casedesk/store/catalogue"
)

// Person is who acts, for which unit. Alone is a laptop without a county: its
// one person may do everything that the state allows.
type Person struct {
	User  catalogue.UserID
	Unit  catalogue.UnitID
	Alone bool
}

// relations returns how a unit stands to a case that is held and led as given. Who
// stands in for a unit that cannot act has its part.
func relations(c *Case, holder, lead, unit catalogue.UnitID, ix Lookup) Relation {
	var r Relation
	if unit == c.Registrar {
		r |= Registrar
	}
	if unit == holder {
		r |= Holder
	}
	if ix.Above(unit, holder) {
		r |= Superior
	}
	if unit == lead {
		r |= Lead
	}
	if slices.Contains(c.Co, unit) {
		r |= CoHandler
	}
	if slices.Contains(c.Joined, unit) {
		r |= Guest
	}
	if unit != "" && unit == standIn(c, holder, holder, ix) {
		r |= Holder
	}
	if unit != "" && unit == standIn(c, holder, lead, ix) {
		r |= Lead
	}
	if oversees(c, holder, unit, ix) {
		r |= Overseer
	}
	return r
}

// May judges authority: whether a person may do an action to a case. Where the
// action fits the case's state, by the rule for that state; where it does not,
// by any rule of the action, since the fold will contest it. Screens ask before
// writing, the county when an entry arrives; there the hand is the one that the
// writer saw.
func May(c *Case, hand Hand, p Person, a Action, ix Lookup) Why {
	return may(c, c.State, hand, p, a, ix)
}

func may(c *Case, s State, hand Hand, p Person, a Action, ix Lookup) Why {
	t, ok := TableOf(c.Matter)
	if !ok {
		return WhyNoRule
	}
	if p.Alone {
		return ""
	}
	if why := Serves(p, ix); why != "" {
		return why
	}
	if c.hides(p.Unit, ix) && !(p.User == c.RegisteredBy && a == ActNote) {
		return WhyConfidential // the author keeps her own words, and may add to them
	}
	if ReadsOnly(p.User, ix) {
		return WhyReadsOnly
	}
	who := relations(c, hand.Unit, hand.Lead, p.Unit, ix)
	person, _ := ix.Person(p.User)
	why := WhyNoRule
	for _, r := range t.candidates(a, s) {
		switch open := r.open(person.Roles); {
		case open == 0, open&who == 0 && r.Who&who != 0:
			why = WhyRole
		case open&who == 0 && !(open == Anyone && sees(c, p.Unit, ix)):
			why = WhyNotYourUnit
			if r.Who == Lead && who&Anyone != 0 {
				why = WhyNotLead
			}
		case r.Secret != 0 && open&who&r.who(c) == 0:
			why = WhyHoldersOnly
		case r.Unseen && sees(c, p.Unit, ix):
			why = WhySeen
		case r.Unseen && !c.Confidential:
			why = WhyNotSecret
		case r.Unseen && slices.ContainsFunc(c.About, func(a catalogue.UnitID) bool { return answersTo(p.Unit, a, ix) }):
			why = WhyConfidential // nobody looks in who answers to the accused
		default:
			return ""
		}
	}
	return why
}

// candidates returns the rule of an action in a state, or else all its rules.
func (t *Table) candidates(a Action, s State) (rules []*Rule) {
	if r, ok := t.Rule(a, s); ok {
		return append(rules, r)
	}
	for i := range t.Rules {
		if t.Rules[i].Action == a {
			rules = append(rules, &t.Rules[i])
		}
	}
	return rules
}

// sees reports whether the case is delivered to the unit.
func sees(c *Case, u catalogue.UnitID, ix Lookup) bool {
	return slices.Contains(Recipients(c, ix), u)
}

// Serves judges whether the county knows the person as serving the unit.
func Serves(p Person, ix Lookup) Why {
	person, ok := ix.Person(p.User)
	switch {
	case !ok:
		return WhyNoSuchUser
	case person.Left:
		return WhyLeft
	case !slices.Contains(person.Units, p.Unit):
		return WhyNotInUnit
	}
	return ""
}

// Judge is the county's judgement of an entry that arrives: whether its writer
// had the authority, as the case stood when she wrote it. What has passed to
// other hands since she last saw the case is not held against her: the fold
// contests what no longer fits.
func Judge(c *Case, e *Entry, ix Lookup) Why {
	p := Person{User: e.Actor, Unit: e.Unit}
	if why := Serves(p, ix); why != "" {
		return why
	}
	for _, parent := range e.Parents {
		if slices.Contains(c.HeldNow, parent) {
			return WhyParentHeld
		}
	}
	hands, day := c.handsFrom(e.Parents), Day(e.At(), ix)
	state := *c
	for _, ev := range e.Events {
		reg, registers := ev.(*Registered)
		if !registers || state.Exists() {
			if why := judgeEvent(&state, hands, p, ev, day, ix); why != "" {
				return why
			}
			continue
		}
		if why := judgeNew(reg, p, ix); why != "" {
			return why
		}
		t, _ := TableOf(reg.Matter)
		state.Matter, state.Registrar, state.RegisteredBy, state.State = reg.Matter, e.Unit, e.Actor, t.Register.To
		state.Confidential, state.About, state.Holder = reg.Confidential, reg.About, reg.Holder
		state.Fields = map[Field]Register{FieldItem: {Value: reg.Fields[FieldItem]}}
		hands = []Hand{{Unit: reg.Holder}}
	}
	return ""
}

// MayRegister judges whether a person may register a matter of the kind.
func MayRegister(m Matter, p Person, ix Lookup) Why {
	t, ok := TableOf(m)
	switch person, _ := ix.Person(p.User); {
	case !ok:
		return WhyNoRule
	case p.Alone:
		return ""
	case ReadsOnly(p.User, ix):
		return WhyReadsOnly
	case !slices.ContainsFunc(t.Register.Roles, func(r catalogue.Role) bool { return slices.Contains(person.Roles, r) }):
		return WhyRole
	}
	return ""
}

// MainMatter is the kind of matter that a person registers for the most part, as far as
// her role and the duties of her unit tell, or the first that she may: a form for a new
// case opens on it. It decides nothing else.
func MainMatter(p Person, ix Lookup) Matter {
	person, _ := ix.Person(p.User)
	order := append([]Matter{unitMatter(p.Unit, ix)}, Matters...)
	if slices.Contains(person.Roles, catalogue.Procurator) {
		order = append([]Matter{PublicInterest}, order...)
	}
	for _, m := range order {
		if MayRegister(m, p, ix) == "" {
			return m
		}
	}
	return Dispute
}

// unitMatter is the kind that a unit is there for. A platform that acts on items of the
// delegated catalogue, and on nothing else, has delegated matters; who answers only for
// categories that are no civil disputes has petitions: there is nothing to mediate.
func unitMatter(unit catalogue.UnitID, ix Lookup) Matter {
	var items, civil, other bool
	for _, d := range ix.DutiesOf(unit) {
		category, _ := ix.Category(d.Category)
		items = items || d.Item != ""
		civil = civil || d.Category != "" && !category.NotCivil
		other = other || d.Category != "" && category.NotCivil
	}
	switch {
	case civil:
		return Dispute
	case other:
		return Petition
	case items || ix.IsPlatform(unit):
		return Delegated
	}
	return Dispute
}

// judgeNew judges a registration: the unit that is to answer for the case must
// be one of its place, so that nobody registers a case past those who oversee it.
func judgeNew(reg *Registered, p Person, ix Lookup) Why {
	if why := MayRegister(reg.Matter, p, ix); why != "" {
		return why
	}
	if why := Fits(&Case{Matter: reg.Matter}, reg, "", ix); why != "" {
		return why
	}
	if why := exist(reg.About, ix); why != "" {
		return why
	}
	place := catalogue.DivisionCode(reg.Fields[FieldDivision])
	if _, known := ix.Division(place); !known {
		return WhyUnmapped
	}
	first := FirstHolder(place, reg.Confidential, reg.About, ix)
	if reg.Holder != first && (reg.Confidential || !slices.Contains(ix.PlaceUnits(place), reg.Holder)) {
		return WhyNoTarget
	}
	return ""
}

// judgeEvent judges an event on a case that is there, or whose registration is
// held or of a kind that this version cannot read.
func judgeEvent(c *Case, hands []Hand, p Person, ev Event, day string, ix Lookup) Why {
	if _, asks := ev.(*BrokeGlass); asks && c.Matter == "" {
		return WhyNoCase // nobody asks for what the county does not know
	}
	if _, unknown := ev.(*Unknown); unknown || c.Matter == "" {
		return judgeUnread(c, p, ix)
	}
	if why := mayFromAny(c, hands, p, Action(ev.Kind()), ix); why != "" {
		return why
	}
	if why := Fits(c, ev, day, ix); why != "" {
		return why
	}
	if why := Targets(c, hands, ev, ix); why != "" {
		return why
	}
	if why := Orders(ev, p.Unit, ix); why != "" {
		return why
	}
	return InWhoseName(c, hands, ev, day, ix)
}

// judgeUnread judges what cannot be read by who wrote it: it must be somebody
// who has to do with the case. What was held back gives nobody a part in it, or
// a stranger's first refused word would open the door to the next.
func judgeUnread(c *Case, p Person, ix Lookup) Why {
	took := len(c.Timeline) == 0 || slices.ContainsFunc(c.Timeline, func(l Line) bool { return l.Unit == p.Unit && l.Effect != HeldBack })
	switch {
	case c.hides(p.Unit, ix):
		return WhyConfidential
	case ReadsOnly(p.User, ix):
		return WhyReadsOnly
	case !took && !sees(c, p.Unit, ix):
		return WhyNotYourUnit
	}
	return ""
}

// Fits judges what an event, written on a day, says against the case and the catalogue
// as the case's table does: a term that is over, a form that the law asks for; and how
// far a limit may be extended, whatever the table.
func Fits(c *Case, ev Event, day string, ix Lookup) Why {
	if why := cmp.Or(extends(c, ev, ix), saidWell(c, ev)); why != "" {
		return why
	}
	if t, ok := TableOf(c.Matter); ok && t.Fits != nil {
		return t.Fits(c, ev, day, ix)
	}
	return ""
}

func mayFromAny(c *Case, hands []Hand, p Person, a Action, ix Lookup) Why {
	why := WhyNotYourUnit
	for i, h := range hands {
		s := c.State
		if i < len(hands)-1 {
			s = "" // in earlier hands it may have stood anywhere: any rule of the action
		}
		if why = may(c, s, h, p, a, ix); why == "" {
			return ""
		}
	}
	return why
}

// handsFrom returns the hands that somebody who saw the given heads could take
// the case to be in: the last she saw, and those it passed to since. Who names
// no heads claims to have seen all.
func (c *Case) handsFrom(heads []EntryID) []Hand {
	if len(c.Hands) == 0 || len(heads) == 0 {
		return []Hand{c.Hand()}
	}
	seen := c.SeenFrom(heads)
	last := 0
	for i, h := range c.Hands {
		if seen[h.By] {
			last = i
		}
	}
	return c.Hands[last:]
}

// Hand returns in whose hands the case is now.
func (c *Case) Hand() Hand { return Hand{Unit: c.Holder, Lead: c.Lead} }
