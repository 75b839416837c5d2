package casework

// Visited records that the petitioners came, wrote or called once more: another 批次,
// of so many 人次. A crowd that comes in person sends at most five to speak for it
// (信访工作条例 art. 20).
type Visited struct {
	HappenedOn      string `codec:"happened_on" ask:"date,required,past"`
	PetitionForm    string `codec:"petition_form" ask:"choice=letter|visit|call|online,required"`
	People          int    `codec:"people" ask:"number,required,max=9999"`
	Representatives int    `codec:"representatives,omitempty" ask:"number"`
	Note            string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumVisited.
func (*Visited) Num() Number { return NumVisited }

// Kind returns "visit".
func (*Visited) Kind() string { return string(ActVisit) }

// Check finds the form's faults.
func (v *Visited) Check(ix Lookup) []Fault {
	return append(checkForm(v, "", ix), representatives(v.PetitionForm, v.People, v.Representatives)...)
}

func (v *Visited) apply(f *fold) Why {
	_, why := f.rule(ActVisit)
	return why
}
