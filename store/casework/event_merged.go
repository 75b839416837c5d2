package casework

import "slices"

// Merged says that the case is one that is told in another case too, and goes on
// there. What it says lives on; its limits stop.
type Merged struct {
	Into   CaseID `codec:"into" ask:"case,required"`
	Reason string `codec:"reason" ask:"longtext,required"`
}

// Num returns NumMerged.
func (*Merged) Num() Number { return NumMerged }

// Kind returns "merge".
func (*Merged) Kind() string { return string(ActMerge) }

// Check finds the form's faults.
func (v *Merged) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply is content when somebody else merged the case into the same one. A decision
// may send a case that was merged to another.
func (v *Merged) apply(f *fold) Why {
	c := f.c
	if v.Into == c.ID {
		return WhySameCase
	}
	m := Merger{Into: v.Into, By: f.e.UID, From: *c.standing()}
	if c.Merged != nil {
		if c.Merged.Into == v.Into {
			return ""
		}
		m.From, m.Stopped = c.Merged.From, c.Merged.Stopped
	}
	if why := f.move(ActMerge, ""); why != "" {
		return why
	}
	m.Stopped = append(slices.Clip(m.Stopped), f.stopRunning()...)
	c.Merged = &m
	return ""
}
