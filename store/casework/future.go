package casework

import (
	"reflect"
	"time"

	"casedesk/store/catalogue"
)

// Future finds the dates and moments of an event that should lie in the past and
// lie after now, and the days to come that are over already. Now is the latest that the
// writer's laptop has reason to believe: one whose clock is behind must not refuse today's
// date.
func Future(ev Event, now func() time.Time, cal catalogue.Calendar) []Fault {
	var faults []Fault
	look := func(s FieldSpec, value string) {
		if !s.Past && !s.Ahead || value == "" {
			return
		}
		latest := now()
		t, moment := ParseMoment(value, cal)
		_, err := time.Parse(time.DateOnly, value) // what is no date has its own fault
		today := latest.In(cal.Location()).Format(time.DateOnly)
		switch {
		case s.Past && (s.Type == TypeDate && err == nil && value > today || s.Type == TypeTime && moment && t.After(latest.Add(slack))):
			faults = append(faults, Fault{Field: s.Name, Problem: InFuture})
		case s.Ahead && err == nil && value < today:
			faults = append(faults, Fault{Field: s.Name, Problem: IsOver})
		}
	}
	var fields Fields
	switch ev := ev.(type) {
	case *Registered:
		fields = ev.Fields
	case *Amended:
		fields = ev.Fields
	}
	for _, s := range AllFields {
		look(s, fields[Field(s.Name)])
	}
	rv := reflect.ValueOf(ev).Elem()
	for _, s := range specsOf(ev) {
		if rv.Field(s.index).Kind() == reflect.String {
			look(s.FieldSpec, rv.Field(s.index).String())
		}
	}
	return faults
}

// slack is by how much watches differ.
const slack = 10 * time.Minute

// foretells reports whether an event tells of something that was done only after the
// entry itself was written. The fold knows no zone: a day more or less is none.
// Facts of a registration and of an amendment are no acts and may be mistaken.
func (e *Entry) foretells(ev Event) bool {
	rv := reflect.ValueOf(ev).Elem()
	for _, s := range specsOf(ev) {
		if !s.Past || rv.Field(s.index).Kind() != reflect.String {
			continue
		}
		value := rv.Field(s.index).String()
		for _, form := range []string{time.DateOnly, "2006-01-02 15:04", time.RFC3339} {
			if t, err := time.Parse(form, value); err == nil && t.After(e.latest().Add(24*time.Hour)) {
				return true
			}
		}
	}
	return false
}

// latest is the latest at which the entry can have been written, as far as it or its
// stamp tells.
func (e *Entry) latest() time.Time {
	switch {
	case e.Stamp == nil:
		return later(later(e.Wall, e.Wall.Add(-e.Clock.Offset)), e.Clock.County)
	case e.Stamp.Doubtful:
		return later(e.Stamp.Effective, e.Stamp.Received)
	}
	return e.Stamp.Effective
}
