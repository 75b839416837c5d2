package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// doneJSON tells what a step made of the case.
type doneJSON struct {
	ID      string         `json:"id"`
	UID     string         `json:"uid"`
	State   casework.State `json:"state"`
	Receipt store.Receipt  `json:"receipt"`
}

// offerJSON is a step as it can be done now, or why not.
type offerJSON struct {
	Action  casework.Action `json:"action"`
	Label   string          `json:"label"`
	Allowed bool            `json:"allowed"`
	WhyNot  string          `json:"why_not"`
	Fields  []fieldJSON     `json:"fields"`
	Group   casework.Group  `json:"group"`              // the heading of its menu; an addition
	Warn    []string        `json:"warnings,omitempty"` // what to look at before it is done
}

type fieldJSON struct {
	Name     string             `json:"name"`
	Type     casework.FieldType `json:"type"`
	Required bool               `json:"required"`
}

func newDo(c *config) *cobra.Command {
	var actions bool
	var set []string
	var unit string
	cmd := &cobra.Command{Use: "do CASE ACTION [--set NAME=VALUE|NAME=@FILE] | do CASE --actions", Args: c.run.Args(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case actions && (len(args) > 1 || len(set) > 0):
				return c.run.Usage("cli.either_flag", "--actions", "ACTION --set")
			case actions:
				return c.onCase(args[0], func(s *store.Store, v store.View) error { return c.offers(s, v, catalogue.UnitID(unit)) })
			case len(args) < 2:
				return c.run.Usage("cli.too_few", cmd.UseLine())
			}
			values, err := c.values(set)
			if err != nil {
				return err
			}
			return c.onCase(args[0], func(s *store.Store, v store.View) error {
				return c.do(s, v, casework.Action(args[1]), catalogue.UnitID(unit), values)
			})
		}}
	c.run.Bool(cmd.Flags(), &actions, "actions")
	c.run.Strings(cmd.Flags(), &set, "set", "NAME=VALUE")
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	return cmd
}

func (c *config) do(s *store.Store, v store.View, action casework.Action, unit catalogue.UnitID, values map[string]string) error {
	if err := known(&v.Case); err != nil {
		return err
	}
	ev, ok := v.Case.NewEvent(action)
	if !ok {
		return c.noAction(&v.Case, action)
	}
	switch action {
	case casework.ActReceipt:
		return c.run.Usage("cli.do.receipt", v.Number)
	case casework.ActUrge:
		return c.run.Usage("cli.do.apart")
	}
	person, err := actor(s, unit)
	if err != nil {
		return err
	}
	why := casework.Allowed(&v.Case, person, action, s.Catalogue())
	if other, may := elsewhere(s, &v.Case, person, action); why != "" && may {
		if unit != "" {
			p := c.refused(s, &v.Case, action, why)
			p.Next = c.run.Words.T("cli.do.other_unit", other.Unit, s.Catalogue().UnitName(other.Unit))
			return p
		}
		person, why = other, "" // a script that names no unit acts for the one that may
	}
	if why != "" {
		return c.refused(s, &v.Case, action, why)
	}
	if err := nameCases(s, action, casework.FieldsOf(ev), values); err != nil {
		return err
	}
	if plan, ok := values[casework.FieldInstalments]; ok {
		values[casework.FieldInstalments] = casework.FullInstalments(plan, s.Clock().Now().In(s.Catalogue().Calendar().Location()))
	}
	if faults := fill(ev, &v.Case, values, s.Catalogue()); len(faults) > 0 {
		return &casework.Refusal{Code: casework.CodeInvalid, Faults: faults, Of: action}
	}
	saved, err := s.Append(store.Work{Case: v.ID, Parents: v.Case.Heads, Events: []casework.Event{ev}, Unit: person.Unit})
	if err != nil {
		return err
	}
	if unit != "" && !person.Alone {
		_ = s.ActFor(unit) // a convenience: it is saved, and must not be done again
	}
	if c.run.JSON {
		return c.run.Object(doneJSON{ID: saved.Case.String(), UID: saved.UID.String(), State: saved.State, Receipt: saved.Receipt})
	}
	return c.run.Print("cli.do.done", v.Number, c.stateText(saved.State))
}

// known refuses a case of which nothing can be done here: its registration has not
// come, or is of a kind that this version does not know.
func known(cs *casework.Case) error {
	_, ok := casework.TableOf(cs.Matter)
	switch {
	case ok:
		return nil
	case cs.Unknown > 0:
		return casework.Refuse(casework.CodeNewerFormat, "")
	}
	return casework.Refuse(casework.CodeNotAllowed, casework.WhyNoCase)
}

// refused says why a step cannot be done now, and where to look for one that can.
func (c *config) refused(s *store.Store, cs *casework.Case, a casework.Action, why casework.Why) *cli.Problem {
	p := &cli.Problem{Code: casework.CodeNotAllowed, Why: why, Message: c.run.Words.Refused(cs, a, why, s.Catalogue())}
	if !c.run.Words.Has("next." + string(why)) {
		p.Next = c.run.Words.T("cli.do.next", cs.Number)
	}
	return p
}

func (c *config) noAction(cs *casework.Case, action casework.Action) error {
	var names []string
	t, _ := casework.TableOf(cs.Matter)
	for _, a := range t.Actions() {
		names = append(names, string(a))
	}
	p := c.run.Usage("cli.do.no_action", string(action), strings.Join(names, " "))
	p.Field = "action"
	return p
}

// actor returns who the profile's person is: for the unit named, or as she chose
// last.
func actor(s *store.Store, unit catalogue.UnitID) (casework.Person, error) {
	if unit != "" && !slices.Contains(s.Profile().Units, unit) {
		return casework.Person{}, &casework.Refusal{Code: casework.CodeNotAllowed, Why: casework.WhyNotInUnit, Field: "unit"}
	}
	return s.Person(unit), nil
}

// elsewhere finds another of the person's units for which she may do an action.
func elsewhere(s *store.Store, cs *casework.Case, p casework.Person, a casework.Action) (casework.Person, bool) {
	for _, u := range s.Profile().Units {
		if other := s.Person(u); u != p.Unit && casework.Allowed(cs, other, a, s.Catalogue()) == "" {
			return other, true
		}
	}
	return p, false
}

// fill sets an event's fields from text, made safe on the way in, and finds
// every fault. Of an amendment it keeps what differs from the case.
func fill(ev casework.Event, cs *casework.Case, values map[string]string, ix casework.Lookup) []casework.Fault {
	specs := casework.FieldsOf(ev)
	amended, amends := ev.(*casework.Amended)
	if amends {
		specs = casework.FieldsOfMatter(cs.Matter)
	}
	for name, v := range values {
		i := slices.IndexFunc(specs, func(s casework.FieldSpec) bool { return s.Name == name })
		if i >= 0 && specs[i].Type == casework.TypeLong {
			values[name] = strings.TrimSpace(text.Clean(v).String())
		} else {
			values[name] = strings.TrimSpace(text.Line(v).String())
		}
	}
	if amends {
		amended.Fields = casework.Fields{}
		for name, v := range values {
			f := casework.Field(name)
			if _, known := casework.CaseField(f); !known || cs.Value(f) != v {
				amended.Fields[f] = v
			}
		}
		return amended.Check(ix)
	}
	if faults := casework.Fill(ev, values); len(faults) > 0 {
		return faults
	}
	return ev.Check(ix)
}

func (c *config) offers(s *store.Store, v store.View, unit catalogue.UnitID) error {
	if err := known(&v.Case); err != nil {
		return err
	}
	person, err := actor(s, unit)
	if err != nil {
		return err
	}
	ix := s.Catalogue()
	var list []offerJSON
	var table [][]text.Text
	for _, o := range casework.Offers(&v.Case, person, ix) {
		why := o.WhyNot
		if _, may := elsewhere(s, &v.Case, person, o.Action); may && unit == "" {
			why = ""
		}
		j := offerJSON{Action: o.Action, Label: c.run.Words.T("action." + string(o.Action)), Allowed: why == "", Fields: []fieldJSON{}, Group: o.Group}
		now := c.run.Words.T("cli.do.allowed")
		if why != "" {
			j.WhyNot = c.run.Words.Refused(&v.Case, o.Action, why, ix)
			now = c.run.Words.RefusedBriefly(&v.Case, o.Action, why)
		}
		if o.Allowed {
			for _, warning := range casework.Warnings(&v.Case, o.Action, ix, c.now()) {
				j.Warn = append(j.Warn, c.run.Words.T("warning."+string(warning)))
			}
		}
		var names []string
		for _, f := range o.Fields {
			j.Fields = append(j.Fields, fieldJSON{f.Name, f.Type, f.Required})
			names = append(names, fieldText(f))
		}
		list = append(list, j)
		table = append(table, cli.Cells(string(o.Action), j.Label, now, strings.Join(names, " ")))
		for _, said := range j.Warn {
			table = append(table, cli.Cells("", "!", said))
		}
	}
	if c.run.JSON {
		return cli.Objects(c.run, list)
	}
	return c.run.Table(table)
}

// fieldText tells people how to fill in a field: required ones bare, others in
// brackets.
func fieldText(f casework.FieldSpec) string {
	out := f.Name
	if len(f.Choices) > 0 {
		out += "=" + strings.Join(f.Choices, "|")
	}
	if !f.Required {
		out = "[" + out + "]"
	}
	return out
}
