package casework

import "slices"

// SourceAdded keeps, at the case that goes on, where one that was merged into it
// came from.
type SourceAdded struct {
	Case    CaseID `codec:"case" ask:"case,required"`
	Number  string `codec:"number,omitempty"` // what follows is filled in from the case
	Source  Source `codec:"source,omitempty"`
	Channel string `codec:"channel,omitempty"`
}

// Num returns NumSourceAdded.
func (*SourceAdded) Num() Number { return NumSourceAdded }

// Kind returns "add_source".
func (*SourceAdded) Kind() string { return string(ActAddSource) }

// Check finds the form's faults.
func (v *SourceAdded) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply is content when somebody else wrote the source down already.
func (v *SourceAdded) apply(f *fold) Why {
	c := f.c
	if v.Case == c.ID {
		return WhySameCase
	}
	if _, why := f.rule(ActAddSource); why != "" {
		return why
	}
	if !c.HasSource(v.Case) {
		c.Sources = append(slices.Clip(c.Sources), Taken{By: f.e.UID, Case: v.Case, Number: v.Number, Source: v.Source, Channel: v.Channel})
	}
	return ""
}
