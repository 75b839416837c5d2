package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// aheadDays is how many days after today the day list is about.
const aheadDays = 3

// maxMeets is how many appointments of a case a row keeps, the last ones: more than
// a year of weekly visits, so that those of today are among them.
const maxMeets = 64

// momentOf is a moment of lists with the days of the day list.
func momentOf(now time.Time, cal catalogue.Calendar) moment {
	today := cal.Midnight(now)
	return moment{now.UnixMilli(), today.UnixMilli(), today.AddDate(0, 0, aheadDays+1).UnixMilli()}
}

// meetsOf returns when the appointments of a case are, in order of time, where one
// of the person's units takes part.
func meetsOf(c *casework.Case, st *state, ix *catalogue.Index) []int64 {
	if len(c.Acts) == 0 || !slices.ContainsFunc(st.persons(), func(p casework.Person) bool { return p.Alone || c.TakesPart(p.Unit) }) {
		return nil
	}
	var out []int64
	for _, a := range c.Appointments() {
		if t, ok := a.At(ix.Calendar()); ok {
			out = append(out, t.UnixMilli())
		}
	}
	slices.Sort(out)
	return out[max(0, len(out)-maxMeets):]
}

// next is the first appointment from the beginning of today on.
func (w *row) next(now time.Time, cal catalogue.Calendar) time.Time {
	today := cal.Midnight(now).UnixMilli()
	if i := slices.IndexFunc(w.Meets, func(t int64) bool { return t >= today }); i >= 0 {
		return time.UnixMilli(w.Meets[i]).In(cal.Location())
	}
	return time.Time{}
}

// inTime sorts rows of the day list: what comes first stands first.
func inTime(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int { return a.first().Compare(b.first()) })
}

// first is the next appointment or, where that comes before it and the case waits
// for the person, the day on which it is due.
func (r Row) first() time.Time {
	if r.Next.IsZero() || r.Todo && !r.Due.IsZero() && r.Due.Before(r.Next) {
		return r.Due
	}
	return r.Next
}

// Doing is something that is to be done at a time on a case.
type Doing struct {
	At    time.Time
	Place string              // of an appointment
	What  string              // its purpose, in the words of who made it
	Unit  catalogue.UnitID    // whom the parties may call about it
	Limit catalogue.LimitCode // or the limit that is due
	Row   Row
}

// Day returns what is to be done on the local day of a moment, in order of time: the
// appointments of cases in which the person's units take part, and of the cases that
// wait for her those that are due. What is due at a day's end has its last second.
func (s *Store) Day(day time.Time) ([]Doing, error) {
	list, err := s.Rows(Query{})
	if err != nil {
		return nil, err
	}
	cal := s.Catalogue().Calendar()
	from := cal.Midnight(day)
	until := from.AddDate(0, 0, 1)
	on := func(t time.Time) bool { return !t.Before(from) && t.Before(until) }
	var out []Doing
	for _, w := range list.Rows {
		if last := w.Due.Add(-time.Second); w.Todo && !w.Due.IsZero() && w.Light != casework.Grey && on(last) {
			at := w.Due
			if at.Equal(until) {
				at = last
			}
			out = append(out, Doing{At: at, Limit: w.Limit, Row: w})
		}
		if !slices.ContainsFunc(w.Meets, on) {
			continue
		}
		v, err := s.Case(w.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range v.Case.Appointments() {
			if t, ok := a.At(cal); ok && on(t) {
				made, _ := v.Case.Line(a.By)
				out = append(out, Doing{At: t.In(cal.Location()), Place: a.Place, What: a.Purpose, Unit: made.Unit, Row: w})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Doing) int { return a.At.Compare(b.At) })
	return out, nil
}
