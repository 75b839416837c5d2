package casework

import "casedesk/store/catalogue"

// Consulted is a consultation with the department that answers (磋商). What was agreed has a
// last day, from which it is rectified.
type Consulted struct {
	Unit       catalogue.UnitID `codec:"unit" ask:"unit,required"`
	HappenedOn string           `codec:"happened_on" ask:"date,past,required"`
	Present    string           `codec:"present,omitempty" ask:"text"`
	Minutes    string           `codec:"minutes" ask:"longtext,required"`
	Outcome    string           `codec:"outcome" ask:"choice=agreed|continued|failed,required"`
	Due        string           `codec:"due,omitempty" ask:"date"`
}

// Num returns NumConsulted.
func (*Consulted) Num() Number { return NumConsulted }

// Kind returns "consult".
func (*Consulted) Kind() string { return string(ActConsult) }

// Check finds the form's faults.
func (v *Consulted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Consulted) apply(f *fold) Why {
	agreed := v.Outcome == "agreed"
	to := StateConsulting
	if agreed {
		to = StateRectifying
	}
	if f.c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	if why := f.move(ActConsult, to); why != "" {
		return why
	}
	if agreed || v.Outcome == "failed" {
		f.stop(LimitConsult)
	}
	if agreed && v.Due != "" {
		f.startAnother(LimitRectify, v.Due)
	}
	return f.answer(v.Unit)
}
