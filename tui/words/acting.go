package words

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Persons is who the person at this desk is: in the one unit that she acts for.
func (d Desk) Persons() []casework.Person { return []casework.Person{d.Store.Person("")} }

// Offers are the actions on a case for the unit that the person acts for.
func (d Desk) Offers(c *casework.Case) []Offer {
	p := d.Store.Person("")
	var out []Offer
	for _, o := range casework.Offers(c, p, d.Index()) {
		out = append(out, Offer{Offer: o, Unit: p.Unit})
	}
	return out
}

// elsewhere finds another of the person's units that may do what is refused to the
// one that she acts for.
func (d Desk) elsewhere(c *casework.Case, o casework.Offer) (catalogue.UnitID, bool) {
	p := d.Store.Profile()
	if o.WhyNot == "" || len(p.Units) < 2 {
		return "", false
	}
	for _, u := range p.Units {
		if u != p.Acting && casework.Allowed(c, d.Store.Person(u), o.Action, d.Index()) == "" {
			return u, true
		}
	}
	return "", false
}

// ReadsOnly says why nothing can be written at this desk; "" where it can.
func (d Desk) ReadsOnly() string {
	p := d.Store.Profile()
	if p.Handed != "" {
		return d.T("desk.handed", d.Person(p.Handed))
	}
	if p.County != nil && casework.ReadsOnly(p.User, d.Index()) {
		return d.Why(casework.WhyReadsOnly)
	}
	return ""
}

// NoGlass says why the person cannot ask for a confidential case; "" where her
// role may.
func (d Desk) NoGlass() string {
	p := d.Store.Person("")
	switch {
	case d.ReadsOnly() != "":
		return d.ReadsOnly()
	case p.Alone:
		return d.T("glass.off_alone")
	}
	return d.Why(casework.MayBreakGlass(p, d.Index()))
}
