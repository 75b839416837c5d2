package words

import (
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// Guide is what brings a case on, for the person at this desk.
func (d Desk) Guide(c *casework.Case) casework.Guide {
	return casework.NextStep(c, d.Store.Person(""), d.Index(), d.Now())
}

// Step says the next step: hers with its key, or for whom it waits.
func (d Desk) Step(c *casework.Case, g casework.Guide) string {
	switch {
	case g.Action == casework.ActSettle && g.Mine:
		return d.T("sum.decide")
	case g.Action == casework.ActRelease && g.Mine:
		return d.T("sum.release")
	case g.Mine:
		return d.T("sum.mine", d.Action(string(g.Action)))
	case c.Ended():
		return d.T("sum.over")
	case len(g.Units) == 0:
		return d.T("sum.nothing")
	case g.Action == "":
		return d.T("sum.waits_none", d.UnitNames(g.Units))
	}
	return d.T("sum.waits", d.UnitNames(g.Units), d.Action(string(g.Action)))
}

// Onward says the next step of a case where no key does it: in a list's preview.
func (d Desk) Onward(c *casework.Case) string {
	g := d.Guide(c)
	if g.Mine {
		return d.T("sum.onward", d.Action(string(g.Action)))
	}
	return d.T("sum.onward", d.Step(c, g))
}

// By says until when a limit runs, with its light, and from when on it should be done where
// that is ahead.
func (d Desk) By(l casework.Running) string {
	if l.Due.IsZero() {
		return ""
	}
	said := d.Light(l.Light) + " " + d.Limit(l.Limit, d.Index()) + " " + d.T("sum.by", d.Left(l.Light, l.DaysLeft, l.Due), i18n.Due(l.Due, d.Index().Calendar()))
	if l.NotBefore.After(d.Now()) {
		said += "  " + d.T("sum.from", d.Day(casework.Day(l.NotBefore, d.Index())))
	}
	return said
}

// UnitNames are units by their names, in one line.
func (d Desk) UnitNames(units []catalogue.UnitID) string {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = d.Unit(u)
	}
	return strings.Join(names, d.T("kit.comma"))
}
