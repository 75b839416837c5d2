package casework

import "casedesk/store/catalogue"

// Extended gives a limit a later last day. The day on which it was due before stays
// known and is shown beside it.
type Extended struct {
	Limit  catalogue.LimitCode `codec:"limit" ask:"limit,required"`
	Until  string              `codec:"until" ask:"date,required"`
	Reason string              `codec:"reason" ask:"longtext,required"`
	Told   string              `codec:"told_petitioner,omitempty" ask:"choice=yes|no,if=petition"` // the petitioner was told why
}

// Num returns NumExtended.
func (*Extended) Num() Number { return NumExtended }

// Kind returns "extend".
func (*Extended) Kind() string { return string(ActExtend) }

// Check finds the form's faults; how long it may become is the catalogue's to say.
func (v *Extended) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Extended) apply(f *fold) Why {
	if f.running(v.Limit) == nil {
		return WhyNotRunning
	}
	if why := f.move(ActExtend, ""); why != "" {
		return why
	}
	if !f.extend(v.Limit, v.Until) {
		return WhyNotLater
	}
	return ""
}
