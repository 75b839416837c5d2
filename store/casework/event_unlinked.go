package casework

import "slices"

// Unlinked takes a link back.
type Unlinked struct {
	Act    EntryID `codec:"act" ask:"act=link,required"`
	Reason string  `codec:"reason,omitempty" ask:"text"`
}

// Num returns NumUnlinked.
func (*Unlinked) Num() Number { return NumUnlinked }

// Kind returns "unlink".
func (*Unlinked) Kind() string { return string(ActUnlink) }

// Check finds the form's faults.
func (v *Unlinked) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply is content when somebody else took the link back already. Who wrote the
// same link a second time wrote the same.
func (v *Unlinked) apply(f *fold) Why {
	act, ok := f.c.Act(v.Act, ActLink)
	if !ok {
		return ""
	}
	if _, why := f.rule(ActUnlink); why != "" {
		return why
	}
	f.c.Acts = slices.DeleteFunc(slices.Clone(f.c.Acts), func(a Act) bool {
		return a.Action == ActLink && a.Words["case"] == act.Words["case"] && a.Words["relation"] == act.Words["relation"]
	})
	return ""
}
