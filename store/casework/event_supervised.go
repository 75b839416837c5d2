package casework

import "casedesk/store/catalogue"

// Supervised is a superior's order to a unit about the case: what for, why, until when
// (督办). A stronger one takes the place of weaker ones that the same unit gave it; one
// that somebody else gave runs on, for only its giver takes an order back. While it runs,
// nobody gives a weaker one.
type Supervised struct {
	To     catalogue.UnitID `codec:"to" ask:"unit,required"`
	Grade  Grade            `codec:"grade" ask:"choice=ordinary|yellow|red,required"`
	Reason string           `codec:"reason" ask:"longtext,required,max=2000"`
	Due    string           `codec:"due" ask:"date,required,ahead"`
}

// Num returns NumSupervised.
func (*Supervised) Num() Number { return NumSupervised }

// Kind returns "supervise".
func (*Supervised) Kind() string { return string(ActSupervise) }

// Check finds the form's faults.
func (v *Supervised) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Supervised) apply(f *fold) Why {
	if f.c.mustNotSee(v.To) {
		return WhyConfidential
	}
	var weaker []EntryID
	for _, o := range f.c.Orders() {
		switch {
		case o.To != v.To:
		case o.Grade.Stronger(v.Grade):
			return WhyStrongerOrder
		case o.From == f.e.Unit && v.Grade.Stronger(o.Grade):
			weaker = append(weaker, o.By)
		}
	}
	if why := f.move(ActSupervise, ""); why != "" {
		return why
	}
	for _, by := range weaker {
		f.stopOf(LimitOrder, by)
	}
	f.join(v.To) // it can answer, whatever becomes of its part in the case
	f.startAnother(LimitOrder, v.Due).Asked = v.To
	return ""
}
