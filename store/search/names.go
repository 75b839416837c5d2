package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
)

// choice is a value that a filter may have.
type choice struct {
	code  string
	names []string // Chinese first, then English where there is one; others by which it is found
	path  string   // the names above it
	level catalogue.Level
}

// name is the name in a language.
func (c *choice) name(english bool) string {
	if english && len(c.names) > 1 {
		return c.names[1]
	}
	return c.names[0]
}

// said are the sentences of both languages.
var said = sync.OnceValue(func() [2]*i18n.Words { return [2]*i18n.Words{i18n.New(i18n.ZH), i18n.New(i18n.EN)} })

func saidOf(code, key string) choice {
	both := said()
	return choice{code: code, names: []string{both[0].T(key), both[1].T(key)}}
}

// choices are the values that filters of a kind may have; nil for people, whose names no
// table has.
func choices(k Kind, ix *catalogue.Index) []choice {
	var out []choice
	for _, w := range words[k] {
		out = append(out, choice{code: w.code, names: w.names})
	}
	switch k {
	case Category:
		for _, c := range ix.Catalogue().Codes(catalogue.TableCategories) {
			out = append(out, choice{code: c.Code, names: []string{c.Name}, path: ix.CodeName(catalogue.TableCategories, c.Parent)})
		}
		for _, m := range choices(Matter, ix) {
			m.code = kindCode + m.code
			out = append(out, m)
		}
	case Matter:
		for _, m := range casework.Matters {
			out = append(out, saidOf(string(m), "matter."+string(m)))
		}
	case Place:
		for _, d := range ix.Catalogue().Divisions {
			out = append(out, choice{code: string(d.Code), names: []string{d.Name}, path: strings.TrimSuffix(ix.DivisionPath(d.Code), d.Name), level: d.Level})
		}
	case Unit:
		for _, u := range ix.Catalogue().Units {
			c := choice{code: string(u.ID), names: []string{u.Name}}
			if up := ix.Parent(u.ID); up != "" {
				c.path = ix.UnitName(up)
			}
			out = append(out, c)
		}
	case State:
		out = append(out, stands()...)
	}
	return out
}

// stands are all states and stages.
var stands = sync.OnceValue(func() []choice {
	var out []choice
	add := func(code, key string) {
		if !slices.ContainsFunc(out, func(c choice) bool { return c.code == code }) {
			out = append(out, saidOf(code, key))
		}
	}
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, s := range table.States {
			add(stateCode+string(s.State), "state."+string(s.State))
		}
	}
	for _, s := range casework.Stages {
		add(stageCode+string(s), "stage."+string(s))
	}
	return out
})

// fit says how well a name fits what was typed; less is better.
type fit uint8

const (
	isIt fit = iota + 1 // it is the code or the whole name
	begins
	has
	short // the name's characters in their order, others between them
	not
)

func (c *choice) fits(q text.Query, typed string) fit {
	best := not
	if text.Fold(c.code) == typed {
		return isIt
	}
	for _, n := range c.names {
		folded := text.Fold(n)
		switch {
		case folded == typed:
			return isIt
		case best > has && q.Match(folded):
			best = has
		}
		if best == not && text.Shortens(typed, n) {
			best = short
		}
		if best == has && q.Begins(n) {
			best = begins
		}
	}
	return best
}

// find returns the choices that fit what was typed best, and no others: who types a whole
// name does not mean those that have it within theirs. Of places those of the level that
// the key names come before all others.
func find(all []choice, typed string, level catalogue.Level) []choice {
	folded, q := text.Fold(typed), text.NewQuery(typed)
	if q.IsEmpty() {
		return nil
	}
	best, near := not, false
	var out []choice
	for i := range all {
		c := &all[i]
		f := c.fits(q, folded)
		if f == not {
			continue
		}
		at := level != "" && c.level == level
		switch {
		case near && !at, near == at && f > best:
			continue
		case !near && at, f < best:
			out, best, near = nil, f, at
		}
		out = append(out, *c)
	}
	return out
}

// maxNear is how many names are offered for one that nothing has.
const maxNear = 3

// nearest returns the names that come nearest to one that nothing has: those that fit the
// longest part of it, from its beginning or to its end.
func nearest(all []choice, typed string, english bool) []string {
	runes := []rune(typed)
	for n := len(runes) - 1; n >= 1; n-- {
		for _, part := range []string{string(runes[:n]), string(runes[len(runes)-n:])} {
			found := find(all, part, "")
			if len(found) == 0 || len(found) > 8*maxNear && n > 1 {
				continue
			}
			slices.SortStableFunc(found, func(a, b choice) int { return cmp.Compare(len(a.names[0]), len(b.names[0])) })
			var names []string
			for i := range found {
				if name := found[i].name(english); !slices.Contains(names, name) && len(names) < maxNear {
					names = append(names, name)
				}
			}
			return names
		}
	}
	return nil
}
