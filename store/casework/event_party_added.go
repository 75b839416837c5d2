package casework

// PartyAdded adds a party. Parties merge by element id, so that two people can
// add one each without a conflict.
type PartyAdded Party

// Num returns NumPartyAdded.
func (*PartyAdded) Num() Number { return NumPartyAdded }

// Kind returns "add_party".
func (*PartyAdded) Kind() string { return string(ActAddParty) }

// Check finds the party's faults.
func (p *PartyAdded) Check(ix Lookup) []Fault { return checkForm(p, "", ix) }

func (p *PartyAdded) apply(f *fold) Why {
	if _, why := f.rule(ActAddParty); why != "" {
		return why
	}
	if i := f.c.party(p.Element); i >= 0 {
		if f.c.Parties[i] != Party(*p) {
			return WhyElementTaken
		}
		return ""
	}
	f.c.Parties = append(f.c.Parties, Party(*p))
	return ""
}
