package county

import (
	"context"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// Explained is what a person is sent and what she may do, as the tables say it.
type Explained struct {
	Account
	ReadsOnly bool        `json:"reads_only"` // she may do nothing
	Delivered []Delivered `json:"delivered"`
	Matters   []Rights    `json:"matters"`
}

// Delivered are the places whose cases a unit is sent for the place alone. It is
// sent the cases besides that it registered, holds, handles or takes part in, and
// of confidential ones these alone, unless they are about it.
type Delivered struct {
	Unit   catalogue.UnitID  `json:"unit"`
	Name   string            `json:"name"`
	Level  catalogue.Level   `json:"level"`
	Places []DeliveredPlaces `json:"places"`
}

// DeliveredPlaces is a place with all in it but the exceptions.
type DeliveredPlaces struct {
	Place  catalogue.DivisionCode `json:"place"`
	Name   string                 `json:"name"`
	Level  catalogue.Level        `json:"level"`
	Except []ExceptPlace          `json:"except"`
}

// ExceptPlace is a place that another unit is sent.
type ExceptPlace struct {
	Place catalogue.DivisionCode `json:"place"`
	Name  string                 `json:"name"`
}

// Rights are what a person may do to one kind of matter.
type Rights struct {
	Matter casework.Matter `json:"matter"`
	Rights []Right         `json:"rights"`
}

// Right is one action: in which states, as what of the case, by which role.
type Right struct {
	Action    casework.Action  `json:"action"`
	States    []casework.State `json:"states"` // none: it makes the case
	Relations []string         `json:"relations"`
	Roles     []catalogue.Role `json:"roles"`
	Unseen    bool             `json:"unseen,omitempty"` // of confidential cases that she is not sent
}

// Explain tells what a person is sent and what she may do.
func (c *County) Explain(ctx context.Context, user catalogue.UserID) (out Explained, err error) {
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		if why := present(w, user); why != "" {
			return &casework.Refusal{Code: casework.CodeNotFound, Why: why, Field: "user"}
		}
		person, _ := w.ix.Person(user)
		out = ExplainPerson(person, w.ix)
		return nil
	})
	return out, err
}

// ExplainPerson is Explain for a catalogue at hand.
func ExplainPerson(p catalogue.Person, ix casework.Lookup) Explained {
	out := Explained{Account: Account{User: p.User, Name: p.Name, Units: p.Units, Roles: p.Roles}, ReadsOnly: casework.ReadsOnly(p.User, ix),
		Delivered: []Delivered{}, Matters: []Rights{}}
	for _, id := range p.Units {
		u, _ := ix.Unit(id)
		d := Delivered{Unit: id, Name: ix.UnitName(id), Level: u.Level, Places: []DeliveredPlaces{}}
		for _, covered := range casework.Reach(id, ix) {
			place, _ := ix.Division(covered.Place)
			one := DeliveredPlaces{Place: place.Code, Name: ix.DivisionPath(place.Code), Level: place.Level, Except: []ExceptPlace{}}
			for _, code := range covered.Except {
				other, _ := ix.Division(code)
				one.Except = append(one.Except, ExceptPlace{code, other.Name})
			}
			d.Places = append(d.Places, one)
		}
		out.Delivered = append(out.Delivered, d)
	}
	for _, m := range casework.Matters {
		rights := Rights{Matter: m, Rights: []Right{}}
		for _, r := range casework.Rights(m, p.Roles) {
			states := []casework.State{}
			for _, s := range r.States {
				if s != "" { // a case whose registration is held
					states = append(states, s)
				}
			}
			rights.Rights = append(rights.Rights, Right{r.Action, states, r.Who.Names(), r.Roles, r.Unseen})
		}
		out.Matters = append(out.Matters, rights)
	}
	return out
}
