package casework

import "casedesk/store/catalogue"

// Urged is the county's own word that a limit turns yellow, is over, or was ignored
// (黄灯提醒、红灯督办、提级督办). It changes nothing but the history; a limit is urged once a
// grade and last day, so the second of two says nothing. It fits every state: what lands
// before it after a restore may have ended the case, and nobody is to decide about that.
type Urged struct {
	Grade Grade               `codec:"grade" ask:"choice=yellow|red|up"`
	Limit catalogue.LimitCode `codec:"limit" ask:"limit"`
	Start EntryID             `codec:"start"`          // what started the limit
	To    catalogue.UnitID    `codec:"to" ask:"unit"`  // who is told
	Due   string              `codec:"due" ask:"date"` // the limit's last day as it stood, "2006-01-02"
}

// Num returns NumUrged.
func (*Urged) Num() Number { return NumUrged }

// Kind returns "urge".
func (*Urged) Kind() string { return string(ActUrge) }

// Check finds no faults: nobody writes it by hand.
func (*Urged) Check(Lookup) []Fault { return nil }

func (v *Urged) apply(f *fold) Why {
	if k := v.clock(f.c); k != nil {
		k.Urged = append(k.Urged, Urging{v.Grade, v.To, v.Due, f.when, f.e.UID})
	}
	return ""
}

// clock finds the limit that is urged, unless that was said of it. An entry may have
// started several of one kind: the one that runs is meant, and asks the unit that is told.
func (v *Urged) clock(c *Case) (found *Clock) {
	best := -1
	for i := range c.Clocks {
		k := &c.Clocks[i]
		if k.Limit != v.Limit || k.By != v.Start || k.urged(v.Grade, v.Due) {
			continue
		}
		fits := 0
		if k.Stop.IsZero() {
			fits += 2
		}
		if k.Asked == v.To {
			fits++
		}
		if fits > best {
			found, best = k, fits
		}
	}
	return found
}
