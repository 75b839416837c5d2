package casework

import (
	"fmt"
	"slices"

	"casedesk/store/catalogue"
)

// Registered brings a case into being. The flag 保密 stands here so that no
// copy of the case ever travels without it.
type Registered struct {
	Matter       Matter             `codec:"matter"`
	Number       string             `codec:"number"`
	Fields       Fields             `codec:"fields"`
	Parties      []Party            `codec:"parties,omitempty"`
	Confidential bool               `codec:"confidential,omitempty"`
	About        []catalogue.UnitID `codec:"about_units,omitempty"`
	Holder       catalogue.UnitID   `codec:"holder"` // who answers for it first: the place's unit as the writer knew it
	Source       Source             `codec:"source,omitempty"`
	Origin       Origin             `codec:"origin,omitempty"`
}

// Origin names the entry of a standalone log that an entry was issued again
// from, so that the case's first number stays an alias.
type Origin struct {
	Log LogID  `codec:"log,omitempty"`
	Seq uint64 `codec:"seq,omitempty"`
}

// Num returns NumRegistered.
func (*Registered) Num() Number { return NumRegistered }

// Kind returns "register".
func (*Registered) Kind() string { return string(ActRegister) }

// Check finds the faults of a new case.
func (r *Registered) Check(ix Lookup) []Fault {
	var faults []Fault
	t, ok := TableOf(r.Matter)
	if !ok {
		faults = append(faults, Fault{Field: "kind", Problem: BadChoice})
	}
	faults = append(faults, r.Fields.check(FieldsOfMatter(r.Matter), ix, true)...)
	if ok && t.Check != nil {
		faults = append(faults, t.Check(r)...)
	}
	for i := range r.Parties {
		faults = append(faults, checkForm(&r.Parties[i], fmt.Sprintf("parties[%d].", i), ix)...)
	}
	for _, u := range r.About {
		if _, ok := ix.Unit(u); !ok {
			faults = append(faults, Fault{Field: "about_units", Problem: UnknownCode})
		}
	}
	return faults
}

// fill writes the registration's fields and parties.
func (r *Registered) fill(c *Case, by EntryID) {
	c.Fields = make(map[Field]Register, len(r.Fields))
	for name, v := range r.Fields {
		c.Fields[name] = Register{Value: v, By: by}
	}
	c.Parties = slices.Clone(r.Parties)
}

func (r *Registered) apply(f *fold) Why {
	c := f.c
	if c.Exists() {
		return WhySecondRegister
	}
	t, ok := TableOf(r.Matter)
	if !ok {
		return WhyNoCase
	}
	c.Matter, c.Number, c.State = r.Matter, r.Number, t.Register.To
	r.fill(c, f.e.UID)
	c.Confidential, c.About = r.Confidential, r.About
	c.Source = r.Source
	c.Registrar, c.RegisteredBy, c.RegisteredAt = f.e.Unit, f.e.Actor, f.at()
	f.hand(r.Holder, "")
	for _, l := range t.Register.Starts {
		f.start(l, "")
	}
	return ""
}
