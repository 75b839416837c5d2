package search

import (
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Case is what filters read of a case. Times are Unix milliseconds, 0 for none.
type Case struct {
	Category string
	Matter   casework.Matter
	Division catalogue.DivisionCode
	Holder   catalogue.UnitID
	Lead     catalogue.UnitID
	Stage    casework.Stage
	State    casework.State
	Light    casework.Light
	Receipt  string
	Due      int64 // when its first limit is due; 0: none runs
	Arrived  int64
	Is       func(Mark) bool
	Words    string // as Join wrote it
}

// Fits reports whether all filters let the case through. Words are left aside.
func (q *Query) Fits(c *Case) bool {
	for i := range q.Filters {
		if f := &q.Filters[i]; f.fits(c) == f.Not {
			return false
		}
	}
	return true
}

func (f *Filter) fits(c *Case) bool {
	switch f.Kind {
	case Category:
		return f.codes[c.Category] || f.others[string(c.Matter)]
	case Matter:
		return f.codes[string(c.Matter)]
	case Place:
		return f.codes[string(c.Division)]
	case Light:
		return f.codes[string(c.Light)]
	case Unit:
		return f.codes[string(c.Holder)] || c.Lead != "" && f.codes[string(c.Lead)]
	case State:
		ended := c.State.Ended()
		return f.codes[string(c.State)] || f.others[string(c.Stage)] || f.codes[isOpen] && !ended || f.codes[isEnded] && ended
	case Receipt:
		return f.codes[c.Receipt]
	case Due:
		return f.due(c)
	case Arrived:
		return c.Arrived != 0 && f.within(c.Arrived)
	case Person:
		for _, q := range f.people {
			if hasName(c.Words, q) {
				return true
			}
		}
	case Is:
		for m := range f.codes {
			if c.Is(Mark(m)) {
				return true
			}
		}
	}
	return false
}

func (f *Filter) due(c *Case) bool {
	switch {
	case f.codes[isOver] && c.Light == casework.Red && !c.State.Ended():
		return true
	case f.codes[isPaused] && c.Light == casework.Grey, f.codes[isNone] && c.Due == 0:
		return true
	}
	return c.Due != 0 && c.Light != casework.Grey && f.within(c.Due-1) // due at a day's end is due on that day
}

func (f *Filter) within(ms int64) bool {
	for _, p := range f.spans {
		if p.has(ms) {
			return true
		}
	}
	return false
}

// Part says what a line of a case's text is.
type Part byte

// The parts. They stand before their lines in the text, as signs that no text has and
// that no search sees. New ones go at the end.
const (
	PartNumber Part = iota + 0x11 // 案号, earlier ones too
	PartTitle
	PartDetail // where it was
	PartName   // of a party
	PartPhone
	PartSource // where the case came from
	PartFacts
	PartNote
)

// Line is a piece of a case's text.
type Line struct {
	Part Part
	Text string
}

// Join writes the text of a case to search in. Empty lines are left out.
func Join(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		if strings.TrimSpace(l.Text) == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteByte(byte(l.Part))
		b.WriteString(text.Keys(l.Text))
	}
	return b.String()
}

// split yields the lines of a text, as they are searched in.
func split(words string, fn func(Line) bool) {
	for words != "" {
		line, rest, _ := strings.Cut(words, "\n")
		if words = rest; line == "" {
			continue
		}
		l := Line{Text: line} // of an earlier program: it is not said what it is
		if line[0] < ' ' {
			l = Line{Part(line[0]), line[1:]}
		}
		if !fn(l) {
			return
		}
	}
}

// hasName reports whether a party's name matches.
func hasName(words string, q text.Query) bool {
	found := false
	split(words, func(l Line) bool {
		found = l.Part == PartName && q.Match(l.Text)
		return !found
	})
	return found
}

// People returns the queries of names that a case must have, one of each: what is found by
// the first of them may be, all else cannot.
func (q *Query) People() [][]text.Query {
	var out [][]text.Query
	for _, f := range q.Filters {
		if f.Kind == Person && !f.Not {
			out = append(out, f.people)
		}
	}
	return out
}

// Hits returns the lines beside the title in which words of the search were found that the
// title has not, and the names that a filter asked for: one line a word.
func (q *Query) Hits(words string) []Line {
	var out []Line
	add := func(l Line) {
		for _, have := range out {
			if have == l {
				return
			}
		}
		out = append(out, l)
	}
	look := func(w text.Query, only Part) {
		var found Line
		split(words, func(l Line) bool {
			if only != 0 && l.Part != only || !w.Match(l.Text) {
				return true
			}
			if found.Part == 0 || l.Part == PartTitle {
				found = l
			}
			return found.Part != PartTitle
		})
		if found.Part != 0 && found.Part != PartTitle {
			add(found)
		}
	}
	for _, w := range q.singles {
		look(w, 0)
	}
	for _, f := range q.Filters {
		if f.Kind == Person && !f.Not {
			for _, w := range f.people {
				look(w, PartName)
			}
		}
	}
	return out
}

// Spans are the places of the search's words in a text as people wrote it; of names too
// where the text is one.
func (q *Query) Spans(s string, name bool) []text.Span {
	spans := q.text.Spans(s)
	if !name || len(spans) > 0 {
		return spans
	}
	for _, f := range q.Filters {
		for _, w := range f.people {
			if spans = w.Spans(s); len(spans) > 0 {
				return spans
			}
		}
	}
	return spans
}
