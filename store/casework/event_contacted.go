package casework

// Contacted records the first contact with the parties; a later one changes nothing of
// the time that counts (seed: “第一时间与该信访群众取得联系”).
type Contacted struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumContacted.
func (*Contacted) Num() Number { return NumContacted }

// Kind returns "contact".
func (*Contacted) Kind() string { return string(ActContact) }

// Check finds the form's faults.
func (v *Contacted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Contacted) apply(f *fold) Why {
	if _, why := f.rule(ActContact); why != "" {
		return why
	}
	if f.c.Contacted.IsZero() {
		f.c.Contacted = f.at()
	}
	return ""
}
