package casework

// EvidenceListed adds a piece of evidence to the list, with who keeps it.
type EvidenceListed struct {
	What        string `codec:"what" ask:"longtext,required"`
	Evidence    string `codec:"evidence" ask:"choice=photo|document|testimony|test|site|other,required"`
	CollectedOn string `codec:"collected_on,omitempty" ask:"date,past"`
	Place       string `codec:"place,omitempty" ask:"text"`
	Keeper      string `codec:"keeper,omitempty" ask:"text"`
}

// Num returns NumEvidenceListed.
func (*EvidenceListed) Num() Number { return NumEvidenceListed }

// Kind returns "evidence".
func (*EvidenceListed) Kind() string { return string(ActEvidence) }

// Check finds the form's faults.
func (v *EvidenceListed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *EvidenceListed) apply(f *fold) Why {
	_, why := f.rule(ActEvidence)
	return why
}
