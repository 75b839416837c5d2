package casework

import "slices"

// SourceDropped takes a source off the case that it was merged into: the merger
// was undone.
type SourceDropped struct {
	Case   CaseID `codec:"case" ask:"case,required"`
	Reason string `codec:"reason,omitempty" ask:"longtext"`
}

// Num returns NumSourceDropped.
func (*SourceDropped) Num() Number { return NumSourceDropped }

// Kind returns "drop_source".
func (*SourceDropped) Kind() string { return string(ActDropSource) }

// Check finds the form's faults.
func (v *SourceDropped) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply is content when somebody else took it off already.
func (v *SourceDropped) apply(f *fold) Why {
	if !f.c.HasSource(v.Case) {
		return ""
	}
	if _, why := f.rule(ActDropSource); why != "" {
		return why
	}
	f.c.Sources = slices.DeleteFunc(slices.Clone(f.c.Sources), func(t Taken) bool { return t.Case == v.Case })
	return ""
}
