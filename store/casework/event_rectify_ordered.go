package casework

import "casedesk/store/catalogue"

// RectifyOrdered orders rectification by a day (限期整改通知).
type RectifyOrdered struct {
	Unit   catalogue.UnitID `codec:"unit" ask:"unit,required"`
	Number string           `codec:"number,omitempty" ask:"text"`
	What   string           `codec:"what" ask:"longtext,required"`
	Due    string           `codec:"due" ask:"date,required"`
}

// Num returns NumRectifyOrdered.
func (*RectifyOrdered) Num() Number { return NumRectifyOrdered }

// Kind returns "rectify_notice".
func (*RectifyOrdered) Kind() string { return string(ActNotice) }

// Check finds the form's faults.
func (v *RectifyOrdered) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *RectifyOrdered) apply(f *fold) Why {
	if f.c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	if why := f.move(ActNotice, ""); why != "" {
		return why
	}
	f.startAnother(LimitRectify, v.Due)
	return f.answer(v.Unit)
}
