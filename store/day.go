package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// AheadDays is how many days after today the day list is about.
const AheadDays = 3

// maxMeets is how many appointments of a case a row keeps, the last ones: more than
// a year of weekly visits, so that those of today are among them.
const maxMeets = 64

// momentOf is a moment of lists with the days of the day list.
func momentOf(now time.Time, cal catalogue.Calendar) moment {
	today := cal.Midnight(now)
	return moment{now.UnixMilli(), today.UnixMilli(), today.AddDate(0, 0, AheadDays+1).UnixMilli()}
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
	if err := s.rows.wait(); err != nil {
		return nil, refuse(err)
	}
	now, st, ix := s.opt.Clock.Now(), s.state(), s.Catalogue()
	from := ix.Calendar().Midnight(day)
	until := from.AddDate(0, 0, 1)
	on := func(t time.Time) bool { return !t.Before(from) && t.Before(until) }
	var rows []Row
	s.rows.each(func(_ uint64, w *row) bool {
		if due := time.UnixMilli(w.Due).Add(-time.Second); w.Todo && w.Due != 0 && on(due) ||
			slices.ContainsFunc(w.Meets, func(t int64) bool { return on(time.UnixMilli(t)) }) {
			rows = append(rows, w.show(st, ix, now))
		}
		return true
	})
	var out []Doing
	for _, w := range rows {
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
		meets, err := s.meets(w, on)
		if err != nil {
			return nil, err
		}
		out = append(out, meets...)
	}
	slices.SortStableFunc(out, func(a, b Doing) int { return a.At.Compare(b.At) })
	return out, nil
}

// meets returns the appointments of a case at the moments that are asked for.
func (s *Store) meets(w Row, on func(time.Time) bool) ([]Doing, error) {
	v, err := s.Case(w.ID)
	if err != nil {
		return nil, err
	}
	cal := s.Catalogue().Calendar()
	var out []Doing
	for _, a := range v.Case.Appointments() {
		if t, ok := a.At(cal); ok && on(t) {
			made, _ := v.Case.Line(a.By)
			out = append(out, Doing{At: t.In(cal.Location()), Place: a.Place, What: a.Purpose, Unit: made.Unit, Row: w})
		}
	}
	return out, nil
}

// Next returns for each row of the day list what it stands there for: its next
// appointment or, where there is none, the limit that is due.
func (s *Store) Next(rows []Row) ([]Doing, error) {
	out := make([]Doing, len(rows))
	for i, w := range rows {
		out[i] = Doing{At: w.Due, Limit: w.Limit, Row: w}
		if w.Next.IsZero() {
			continue
		}
		meets, err := s.meets(w, w.Next.Equal)
		if err != nil {
			return nil, err
		}
		if len(meets) > 0 { // it may have been called off a moment ago
			out[i] = meets[0]
		}
	}
	return out, nil
}
