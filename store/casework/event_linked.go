package casework

// Linked names another case that this one has to do with: an earlier one, the same
// dispute broken out again, a related one, one that is under way already
// (信访工作条例 art. 19: what was accepted elsewhere is not accepted again). It is
// written only where a party consents or the same dispute recurs.
type Linked struct {
	Case     CaseID `codec:"case" ask:"case,required"`
	Relation string `codec:"relation" ask:"choice=earlier|same_dispute|related|under_way,required"`
	Basis    string `codec:"basis" ask:"choice=consent|recurs,required"`
}

// Num returns NumLinked.
func (*Linked) Num() Number { return NumLinked }

// Kind returns "link".
func (*Linked) Kind() string { return string(ActLink) }

// Check finds the form's faults.
func (v *Linked) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Linked) apply(f *fold) Why {
	if v.Case == f.c.ID {
		return WhySameCase
	}
	_, why := f.rule(ActLink)
	return why
}
