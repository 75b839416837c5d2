package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Light tells at a glance how a limit stands (亮灯管理).
type Light string

// The lights.
const (
	Green  Light = "green"
	Yellow Light = "yellow"
	Red    Light = "red"
	Grey   Light = "grey" // paused
	None   Light = "none" // no limit runs
)

// Running is a limit as it stands at a moment.
type Running struct {
	Limit       catalogue.LimitCode
	Start       time.Time
	Due         time.Time
	OriginalDue time.Time // before pauses and extensions; they never erase it
	Yellow      time.Time // from when on its light is yellow
	Paused      time.Time // since when it stands still; zero: it does not
	Light       Light
	DaysLeft    int // whole days left, negative when overdue
	Stopped     bool
	Extended    int       // how often it was made longer
	By          EntryID   // what started it
	NotBefore   time.Time // 0:00 of the first day on which it should be done; zero: any
	Doubtful    bool      // when it started is a guess, and so is when it is due
	Urged       []Urging  // what the county said about it
}

// Limits returns every limit that the case started, in order, with its light at
// now. Lengths come from the catalogue version of the entry that started it,
// the calendar from the newest.
func Limits(c *Case, ix Lookup, now time.Time) []Running {
	var out []Running
	for _, k := range c.Clocks {
		if r, ok := runningOf(k, c.Value(FieldCategory), ix, now); ok {
			if k.Due == "" {
				line, _ := c.Line(k.By)
				r.Doubtful = line.Doubt
			}
			out = append(out, r)
		}
	}
	return out
}

func runningOf(k Clock, category string, ix Lookup, now time.Time) (Running, bool) {
	limit, known := ix.LimitAt(k.Limit, category, k.Catalogue)
	cal := ix.Calendar()
	if at, ok := ParseMoment(k.Since, cal); ok && at.Before(k.Start) {
		k.Start = at
	}
	r := Running{Limit: k.Limit, Start: k.Start, Stopped: !k.Stop.IsZero(), Extended: len(k.Extended), By: k.By,
		NotBefore: notBefore(k, category, ix), Urged: k.Urged}
	unit := limit.Span.Unit
	switch {
	case k.Due != "":
		day, err := time.ParseInLocation(time.DateOnly, k.Due, cal.Location())
		if err != nil {
			return r, false
		}
		r.Due, unit = day.AddDate(0, 0, 1), catalogue.Days
	case known && limit.Span.Known():
		r.Due = cal.Add(k.Start, limit.Span)
	default:
		return r, false // a limit without a length that is known does not run
	}
	if limit.Roll && unit != catalogue.Hours {
		r.Due = cal.Roll(r.Due)
	}
	r.OriginalDue = r.Due
	var since time.Time // pauses before it are in the extension
	for _, e := range k.Extended {
		if day, err := time.ParseInLocation(time.DateOnly, e.Until, cal.Location()); err == nil {
			r.Due, unit, since = day.AddDate(0, 0, 1), catalogue.Days, e.At
			if limit.Roll {
				r.Due = cal.Roll(r.Due)
			}
		}
	}
	at := now
	if r.Stopped {
		at = k.Stop
	}
	for _, p := range k.Pauses {
		if p.To.IsZero() {
			r.Paused, at = p.From, p.From
		} else if p.To.After(since) {
			r.Due = cal.Defer(r.Due, p.From, p.To, unit)
		}
	}
	r.DaysLeft = cal.DaysLeft(at, r.Due)
	// Of a limit that was paused the same share is yellow as of one that was not.
	r.Yellow = limit.YellowFrom(r.Due.Add(k.Start.Sub(r.OriginalDue)), r.Due, cal)
	if r.Light = LightAt(at, r.Yellow, r.Due); !r.Paused.IsZero() {
		r.Light = Grey
	}
	return r, true
}

// LightAt returns the light of a running limit that turns yellow at one moment
// and is due at another: due is the first instant that is too late.
func LightAt(now, yellow, due time.Time) Light {
	switch {
	case !now.Before(due):
		return Red
	case !now.Before(yellow):
		return Yellow
	}
	return Green
}

// rights are limits within which a party may do something and nobody must: that one
// has run out is no fault of whoever handles the case.
var rights = limits{LimitConfirm, LimitPetitionAskReview, LimitPetitionAskRecheck, LimitCivilNotice}

// Overall returns the running limit that is due first, which is the one that a
// list shows: one that stands still only where no other runs. ok is false where
// none runs. The limits of rights are not among them.
func Overall(c *Case, ix Lookup, now time.Time) (Running, bool) {
	all := slices.DeleteFunc(Limits(c, ix, now), func(r Running) bool { return r.Stopped || slices.Contains(rights, r.Limit) })
	if going := slices.DeleteFunc(slices.Clone(all), func(r Running) bool { return !r.Paused.IsZero() }); len(going) > 0 {
		all = going
	}
	if len(all) == 0 {
		return Running{Light: None}, false
	}
	return slices.MinFunc(all, func(a, b Running) int { return a.Due.Compare(b.Due) }), true
}
