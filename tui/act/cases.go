package act

import (
	"slices"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// newest is how many cases are offered where an action asks for one. Older ones are
// named on the command line.
const newest = 1000

func asksForCase(specs []casework.FieldSpec) bool {
	return slices.ContainsFunc(specs, func(s casework.FieldSpec) bool { return s.Type == casework.TypeCase })
}

// caseOptions are the cases that may be named beside a case: those that may tell the
// same first, then those that it is tied to, then the newest.
func caseOptions(d words.Desk, c *casework.Case) ([]kit.Option, error) {
	likely, err := d.Store.LikelyTo(c)
	if err != nil {
		return nil, err
	}
	ties, err := d.Store.Ties(c)
	if err != nil {
		return nil, err
	}
	list, err := d.Store.Rows(store.Query{Limit: newest})
	if err != nil {
		return nil, err
	}
	var options []kit.Option
	offered := map[casework.CaseID]bool{c.ID: true}
	add := func(w store.Row, said string) {
		if !offered[w.ID] && w.Gone == nil {
			offered[w.ID] = true
			options = append(options, kit.NewOption(w.ID.String(), text.Line(words.Tail(w.Number)+" "+w.Title), text.Line(said)))
		}
	}
	for _, m := range likely {
		add(m.Row, d.Reasons(m.Likeness))
	}
	for _, t := range ties {
		if t.Row != nil {
			add(*t.Row, d.State(t.Row.State))
		}
	}
	for _, w := range list.Rows {
		add(w, d.State(w.State))
	}
	return options, nil
}

// withCases lets a case be chosen where the action asks for one.
func withCases(specs []casework.FieldSpec, fields []kit.FieldSpec, cases []kit.Option) []kit.FieldSpec {
	for i, s := range specs {
		if s.Type == casework.TypeCase {
			fields[i].Type, fields[i].Options = kit.Select, cases
		}
	}
	return fields
}
