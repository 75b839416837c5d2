package casework

import "time"

// Contacted records a contact with the parties; the first one counts (seed: “第一时间与
// 该信访群众取得联系”). It may be written down later than it was made: then At says when.
type Contacted struct {
	Note string `codec:"note,omitempty" ask:"longtext"`
	Way  string `codec:"way,omitempty" ask:"choice=phone|visit|desk|letter|online"`
	At   string `codec:"at,omitempty" ask:"time,past"`
}

// Num returns NumContacted.
func (*Contacted) Num() Number { return NumContacted }

// Kind returns "contact".
func (*Contacted) Kind() string { return string(ActContact) }

// Check finds the form's faults.
func (v *Contacted) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Contacted) apply(f *fold) Why {
	r, why := f.rule(ActContact)
	if why != "" {
		return why
	}
	f.stop(r.Stops...)
	if day := v.At[:min(len(v.At), len(time.DateOnly))]; day != "" {
		f.usedOn(LimitOnlineContact, noon(day, f.when))
	}
	if f.c.Contacted.IsZero() {
		f.c.Contacted = f.at()
	}
	return ""
}
