package catalogue

import "fmt"

// Present splits the limits of a catalogue into the rows that hold now and those
// that later ones replaced, both in published order. Rows that stand there twice
// hold.
func Present(limits []Limit) (present, past []Limit) {
	latest := latestLimits(limits)
	for _, l := range limits {
		if l.Since == latest[scopeOf(l)].Since {
			present = append(present, l)
		} else {
			past = append(past, l)
		}
	}
	return present, past
}

// Next returns what is published after prev when edited was made from prev: the
// version that follows, and the limits as an official means them who only wrote
// other numbers over those that held. A row that is not in prev, or is of other
// length, light or extension than the one that holds there, holds from the new
// version on; the one that it replaces stays, at the end. Rows of edited keep
// their places. Whether the result may be published, Validate and Supersedes say.
func Next(prev, edited Catalogue) Catalogue {
	next := edited.Clone()
	next.Version = prev.Version + 1
	held := latestLimits(prev.Limits)
	there := make(map[limitRow]bool, len(next.Limits))
	var replaced []Limit
	for i := range next.Limits {
		l := &next.Limits[i]
		was, published := held[scopeOf(*l)]
		switch {
		case l.Since == 0 && !published:
			l.Since = next.Version
		case l.Since != 0 && (!published || l.Since != was.Since): // of the past, or not to be
		case sameClock(*l, was):
			l.Since = was.Since
		default:
			l.Since = next.Version
			replaced = append(replaced, was)
		}
		there[rowOf(*l)] = true
	}
	for _, l := range replaced {
		if !there[rowOf(l)] {
			there[rowOf(l)] = true
			next.Limits = append(next.Limits, l)
		}
	}
	return next
}

// First returns what a county is founded with from tables that it was given:
// what they leave to the county is filled in.
func First(given Catalogue) Catalogue {
	c := given.Clone()
	c.Version = max(c.Version, 1)
	for i := range c.Limits {
		if c.Limits[i].Since == 0 {
			c.Limits[i].Since = c.Version
		}
	}
	return c
}

// limitScope is what a limit is for; its rows replace each other.
type limitScope struct {
	code     LimitCode
	category string
}

func scopeOf(l Limit) limitScope { return limitScope{l.Code, l.Category} }

// latestLimits returns the row of each scope that holds now.
func latestLimits(limits []Limit) map[limitScope]Limit {
	latest := make(map[limitScope]Limit, len(limits))
	for _, l := range limits {
		if held, ok := latest[scopeOf(l)]; !ok || l.Since > held.Since {
			latest[scopeOf(l)] = l
		}
	}
	return latest
}

// Length is a limit that gets another length.
type Length struct {
	Limit    LimitCode `json:"limit"`
	Category string    `json:"category,omitempty"`
	Name     string    `json:"name"`
	From     Span      `json:"from"`
	To       Span      `json:"to"`
	Basis    string    `json:"basis"` // of what held: whoever changes a length that a law sets should mean it
	Source   string    `json:"source"`
}

// Lengths returns the limits that have another length in next than in prev, in the
// order of next.
func Lengths(prev, next Catalogue) []Length {
	held, holds := latestLimits(prev.Limits), latestLimits(next.Limits)
	var out []Length
	for _, l := range next.Limits {
		was, published := held[scopeOf(l)]
		if published && l.Since == holds[scopeOf(l)].Since && l.Span != was.Span {
			out = append(out, Length{l.Code, l.Category, l.Name, was.Span, l.Span, was.Basis, was.Source})
		}
	}
	return out
}

// Changes counts the rows that are new, changed or gone, table by table.
func Changes(prev, next Catalogue) map[Table]int {
	n := make(map[Table]int)
	count := func(t Table, changed int) {
		if changed > 0 {
			n[t] = changed
		}
	}
	type head struct {
		name, remark, days string
		zone, from, to     int
	}
	headOf := func(c Catalogue) []head {
		return []head{{c.Name, c.Remark, c.Calendar.Remark, c.Calendar.Zone, c.Calendar.From, c.Calendar.To}}
	}
	count(TableCatalogue, differing(headOf(prev), headOf(next)))
	count(TableDivisions, differing(prev.Divisions, next.Divisions))
	count(TableUnits, differing(prev.Units, next.Units))
	count(TablePeople, differing(prev.People, next.People))
	for _, t := range CodeTables() {
		count(t, differing(prev.Codes(t), next.Codes(t)))
	}
	count(TableRiskDuties, differing(prev.RiskDuties, next.RiskDuties))
	count(TableDuties, differing(prev.Duties, next.Duties))
	count(TableItems, differing(prev.Items, next.Items))
	count(TableClaims, differing(prev.Claims, next.Claims))
	count(TableResolvers, differing(prev.Resolvers, next.Resolvers))
	count(TablePhrases, differing(prev.Phrases, next.Phrases))
	count(TableSettings, differing(prev.Settings, next.Settings))
	count(TableLimits, differing(prev.Limits, next.Limits))
	count(TableCalendar, differing(prev.Calendar.Off, next.Calendar.Off)+differing(prev.Calendar.On, next.Calendar.On))
	return n
}

// differing counts the rows that one of two tables has and the other has not or
// otherwise; a changed one counts once.
func differing[R any](prev, next []R) int { return max(lacking(prev, next), lacking(next, prev)) }

// lacking counts the rows of b that a does not have as they are.
func lacking[R any](a, b []R) int {
	had := make(map[string]bool, len(a))
	for _, row := range a {
		had[fmt.Sprintf("%#v", row)] = true
	}
	n := 0
	for _, row := range b {
		if !had[fmt.Sprintf("%#v", row)] {
			n++
		}
	}
	return n
}
