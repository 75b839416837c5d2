package casework

// OfficeRated is the petitioner's say on the 信访部门. The unit that was responsible is
// rated by Rated: 国信发〔2022〕11号 has both rated, each for itself.
type OfficeRated struct {
	Office string `codec:"office" ask:"choice=satisfied|basic|unsatisfied,required"`
	Note   string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumOfficeRated.
func (*OfficeRated) Num() Number { return NumOfficeRated }

// Kind returns "rate_office".
func (*OfficeRated) Kind() string { return string(ActRateOffice) }

// Check finds the form's faults.
func (v *OfficeRated) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *OfficeRated) apply(f *fold) Why {
	_, why := f.rule(ActRateOffice)
	return why
}
