package casework

import "slices"

// PartyRemoved takes a party off the case; the history keeps it.
type PartyRemoved struct {
	Element ElementID `codec:"element" ask:"element,required"`
	Reason  string    `codec:"reason,omitempty" ask:"text"`
}

// Num returns NumPartyRemoved.
func (*PartyRemoved) Num() Number { return NumPartyRemoved }

// Kind returns "remove_party".
func (*PartyRemoved) Kind() string { return string(ActRemoveParty) }

// Check finds a missing element.
func (p *PartyRemoved) Check(ix Lookup) []Fault { return checkForm(p, "", ix) }

// apply is content when somebody else removed the party already.
func (p *PartyRemoved) apply(f *fold) Why {
	if _, why := f.rule(ActRemoveParty); why != "" {
		return why
	}
	if i := f.c.party(p.Element); i >= 0 {
		f.c.Parties = slices.Delete(f.c.Parties, i, i+1)
	}
	return ""
}

// party returns the index of a party, or -1.
func (c *Case) party(id ElementID) int {
	return slices.IndexFunc(c.Parties, func(p Party) bool { return p.Element == id })
}
