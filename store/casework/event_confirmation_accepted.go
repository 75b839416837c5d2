package casework

// ConfirmationAccepted records that the court took the application up; from then on it is
// to decide (司法确认规定 art. 4, 5).
type ConfirmationAccepted struct {
	Number string `codec:"court_number,omitempty" ask:"text"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumConfirmationAccepted.
func (*ConfirmationAccepted) Num() Number { return NumConfirmationAccepted }

// Kind returns "accept_confirmation".
func (*ConfirmationAccepted) Kind() string { return string(ActAcceptConfirmation) }

// Check finds the form's faults.
func (v *ConfirmationAccepted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *ConfirmationAccepted) apply(f *fold) Why {
	why := f.move(ActAcceptConfirmation, "")
	if why == "" {
		f.c.Agreement.Confirmation.Number = v.Number
	}
	return why
}
