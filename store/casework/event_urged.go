package casework

import "casedesk/store/catalogue"

// Urged is the county's own word that a limit turns yellow, is over, or was ignored
// (黄灯提醒、红灯督办、提级督办). It changes nothing but the history; a limit is urged once a
// grade, so the second of two says nothing.
type Urged struct {
	Grade Grade               `codec:"grade"`
	Limit catalogue.LimitCode `codec:"limit"`
	Start EntryID             `codec:"start"` // what started the limit
	To    catalogue.UnitID    `codec:"to"`    // who is told
	Due   string              `codec:"due"`   // the limit's last day as it stood, "2006-01-02"
}

// Num returns NumUrged.
func (*Urged) Num() Number { return NumUrged }

// Kind returns "urge".
func (*Urged) Kind() string { return string(ActUrge) }

// Check finds no faults: nobody writes it by hand.
func (*Urged) Check(Lookup) []Fault { return nil }

func (v *Urged) apply(f *fold) Why {
	if _, why := f.rule(ActUrge); why != "" {
		return why
	}
	for i := range f.c.Clocks {
		if k := &f.c.Clocks[i]; k.Limit == v.Limit && k.By == v.Start && !k.urged(v.Grade) {
			k.Urged = append(k.Urged, Urging{v.Grade, v.To, f.when, f.e.UID})
			return ""
		}
	}
	return ""
}

// urged reports whether the limit was urged so.
func (k *Clock) urged(g Grade) bool {
	for _, u := range k.Urged {
		if u.Grade == g {
			return true
		}
	}
	return false
}
