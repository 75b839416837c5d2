package casework

// BrokeGlass opens a confidential case to a unit that it is not shown to, with a
// reason that everybody concerned sees. It is written on the id of a case that
// the writer does not hold; the county judges it with the case.
type BrokeGlass struct {
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumBrokeGlass.
func (*BrokeGlass) Num() Number { return NumBrokeGlass }

// Kind returns "break_glass".
func (*BrokeGlass) Kind() string { return string(ActBreakGlass) }

// Check finds a missing reason.
func (v *BrokeGlass) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *BrokeGlass) apply(f *fold) Why {
	if f.c.Matter == "" {
		return "" // its writer waits for the case; the county admits none to what it does not know
	}
	if _, why := f.rule(ActBreakGlass); why != "" {
		return why
	}
	c := f.c
	if c.mustNotSee(f.e.Unit) {
		return WhyConfidential
	}
	c.Glass = append(c.Glass, Glass{Unit: f.e.Unit, By: f.e.UID})
	return ""
}
