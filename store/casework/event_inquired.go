package casework

// Inquired records how the facts were gone into: the petitioner was heard, the matter
// looked into, a hearing held (信访工作条例 art. 31). The holder may take a petition in hand
// by it; then the holder is the lead as well.
type Inquired struct {
	Inquiry    string `codec:"inquiry" ask:"choice=statement|investigation|hearing,required"`
	HappenedOn string `codec:"happened_on,omitempty" ask:"date,past"`
	Attendees  string `codec:"attendees,omitempty" ask:"text"`
	Result     string `codec:"result" ask:"longtext,required"`
}

// Num returns NumInquired.
func (*Inquired) Num() Number { return NumInquired }

// Kind returns "inquire".
func (*Inquired) Kind() string { return string(ActInquire) }

// Check finds the form's faults.
func (v *Inquired) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Inquired) apply(f *fold) Why {
	inHand := f.c.State == StateAccepted || f.c.State == StateHandling
	why := f.move(ActInquire, "")
	if why == "" && inHand {
		f.takeInHand()
	}
	return why
}
