package casework

import "casedesk/store/catalogue"

// Met is the record of a meeting of units about the case (会商). It names the one
// unit that is to lead; assigning the case to it is a step of its own.
type Met struct {
	When      string             `codec:"when" ask:"time,required,past"`
	Place     string             `codec:"place" ask:"text,required"`
	Units     []catalogue.UnitID `codec:"units" ask:"units,required"`
	Minutes   string             `codec:"minutes" ask:"longtext,required"`
	Decisions string             `codec:"decisions" ask:"longtext,required"`
	Lead      catalogue.UnitID   `codec:"lead" ask:"unit,required"`
}

// Num returns NumMet.
func (*Met) Num() Number { return NumMet }

// Kind returns "meet".
func (*Met) Kind() string { return string(ActMeet) }

// Check finds the form's faults.
func (v *Met) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Met) apply(f *fold) Why {
	_, why := f.rule(ActMeet)
	return why
}
