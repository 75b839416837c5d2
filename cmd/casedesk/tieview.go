package main

import (
	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
)

// tiesJSON are the other cases that a case has to do with; what there is none of is
// left out.
type tiesJSON struct {
	Merged  *mergedJSON  `json:"merged,omitempty"`
	Sources []sourceJSON `json:"sources,omitempty"`
	Links   []linkJSON   `json:"links,omitempty"`
}

// mergedJSON is the case that another goes on in; lost says that it has not written
// the source down yet.
type mergedJSON struct {
	Into   string `json:"into"`
	Number string `json:"number,omitempty"` // empty: it is not on this laptop
	Lost   bool   `json:"lost,omitempty"`
}

// sourceJSON is where a case came from: of its own, or of one that was merged into
// it; late is how much was written on that one since.
type sourceJSON struct {
	Case    string `json:"case"`
	Number  string `json:"number"`
	System  string `json:"system,omitempty"`
	ID      string `json:"id,omitempty"`
	Channel string `json:"channel,omitempty"`
	Late    int    `json:"late,omitempty"`
	Lost    bool   `json:"lost,omitempty"`
}

// linkJSON is a link between two cases; back says that the other names this one.
type linkJSON struct {
	UID      string `json:"uid"`
	Case     string `json:"case"`
	Number   string `json:"number,omitempty"` // empty: it is not on this laptop
	Relation string `json:"relation"`
	Basis    string `json:"basis"`
	Back     bool   `json:"back,omitempty"`
}

func tiesView(c *casework.Case, ties []store.Tie) (v tiesJSON) {
	number := func(t store.Tie) string {
		if t.Row == nil {
			return ""
		}
		return safe(t.Row.Number)
	}
	source := func(s casework.Taken) sourceJSON {
		return sourceJSON{Case: s.Case.String(), Number: safe(s.Number), System: safe(s.Source.System), ID: safe(s.Source.ID), Channel: safe(s.Channel)}
	}
	for _, t := range ties {
		switch t.Kind {
		case store.TieInto:
			v.Merged = &mergedJSON{Into: t.Case.String(), Number: number(t), Lost: t.Lost}
		case store.TieSource:
			j := sourceJSON{Case: t.Case.String(), Number: number(t)}
			if t.Source != nil {
				j = source(*t.Source)
			}
			if j.Number == "" {
				j.Number = number(t)
			}
			j.Late, j.Lost = t.Late, t.Lost
			v.Sources = append(v.Sources, j)
		case store.TieLink:
			v.Links = append(v.Links, linkJSON{UID: t.Link.By.String(), Case: t.Case.String(), Number: number(t),
				Relation: safe(t.Link.Relation), Basis: safe(t.Link.Basis), Back: t.Back})
		}
	}
	if own := source(casework.Taken{Case: c.ID, Number: c.Number, Source: c.Source, Channel: c.Value(casework.FieldChannel)}); own.System != "" || len(v.Sources) > 0 {
		v.Sources = append([]sourceJSON{own}, v.Sources...)
	}
	return v
}

// tiesText are the rows of the same for people: sources, then links.
func (c *config) tiesText(v tiesJSON, ix casework.Lookup) (sources, links [][]text.Text) {
	w := c.run.Words
	if m := v.Merged; m != nil {
		sources = append(sources, cli.Cells(w.T("detail.into", called(m.Number, m.Into))))
	}
	for _, s := range v.Sources {
		late := ""
		if s.Late > 0 {
			late = w.T("detail.late", i18n.Arg("n", s.Late))
		}
		sources = append(sources, cli.Cells(called(s.Number, s.Case), ix.CodeName(catalogue.TableChannels, s.Channel), s.System, s.ID, late))
	}
	for _, l := range v.Links {
		number := called(l.Number, l.Case)
		by := ""
		if l.Back {
			by = w.T("detail.named_by")
		}
		links = append(links, cli.Cells(number, c.choiceText("relation", l.Relation), c.choiceText("basis", l.Basis), by))
	}
	return sources, links
}

// choiceText names a choice for people; one that no form offers stays as it is.
func (c *config) choiceText(field, choice string) string {
	if key := "choice." + field + "." + choice; c.run.Words.Has(key) {
		return c.run.Words.T(key)
	}
	return choice
}

// called is what a case is called: its 案号 if it is known, else its id.
func called(number, id string) string {
	if number == "" {
		return id
	}
	return number
}
