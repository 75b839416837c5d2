package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// pauses reports whether a limit stands still while the case is suspended.
func (c *Case) pauses(l catalogue.LimitCode) bool {
	t, ok := TableOf(c.Matter)
	return ok && slices.Contains(t.Pauses, l)
}

// each does something, now, to every limit that runs.
func (f *fold) each(do func(*Clock, time.Time)) {
	for i := range f.c.Clocks {
		if k := &f.c.Clocks[i]; k.Stop.IsZero() {
			do(k, f.when)
		}
	}
}

// pause begins a pause. Entries may land in another order than they were written
// in: a pause begins neither before its limit nor within an earlier one.
func (k *Clock) pause(at time.Time) {
	from := later(at, k.Start)
	if n := len(k.Pauses); n > 0 {
		if k.Pauses[n-1].To.IsZero() {
			return // it stands still already
		}
		from = later(from, k.Pauses[n-1].To)
	}
	k.Pauses = append(k.Pauses, Pause{From: from})
}

// resume ends the pause that lasts, if one does; it is empty where it would end
// before it began.
func (k *Clock) resume(at time.Time) {
	if n := len(k.Pauses); n > 0 && k.Pauses[n-1].To.IsZero() {
		k.Pauses[n-1].To = later(at, k.Pauses[n-1].From)
	}
}

// end stops the clock. What was done before a pause may land after it: of a pause
// only what lies before the end counts.
func (k *Clock) end(at time.Time) {
	k.Stop = at
	k.Pauses = slices.DeleteFunc(k.Pauses, func(p Pause) bool { return !p.From.Before(at) })
	if n := len(k.Pauses); n > 0 && k.Pauses[n-1].To.After(at) {
		k.Pauses[n-1].To = at
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// start starts a limit unless it is running.
func (f *fold) start(l catalogue.LimitCode, due string) {
	if f.running(l) != nil {
		return
	}
	f.startAnother(l, due)
}

// startAnother starts a limit of which several may run, each of the entry that
// started it: tasks, duties.
func (f *fold) startAnother(l catalogue.LimitCode, due string) *Clock {
	k := Clock{Limit: l, Start: f.when, Catalogue: f.e.Catalogue, Due: due, By: f.e.UID}
	if f.c.State == StateSuspended && f.c.pauses(l) {
		k.pause(f.when)
	}
	f.c.Clocks = append(f.c.Clocks, k)
	return &f.c.Clocks[len(f.c.Clocks)-1]
}

// startOn starts a limit, unless it is running, and lets it count from a day; see since.
func (f *fold) startOn(l catalogue.LimitCode, day string) {
	f.start(l, "")
	f.since(f.running(l), day)
}

// startAt starts a limit, unless it is running, and lets it count from a moment that
// the event states, if one is; the fold knows no county's clock, so it is read where
// the limit's light is.
func (f *fold) startAt(l catalogue.LimitCode, at string) {
	if f.running(l) == nil {
		f.startAnother(l, "").Since = at
	}
}

// since lets a limit that runs count from the day on which something reached somebody,
// which an event states and which is not after it. Noon of UTC lies on that day
// wherever a county is.
func (f *fold) since(k *Clock, day string) {
	if at := noon(day, f.when); k != nil && at.Before(f.when) {
		k.Start = at
	}
}

// noon is the middle of a day; without a day that can be read, the moment given.
func noon(day string, or time.Time) time.Time {
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return or
	}
	return on.Add(12 * time.Hour)
}

// usedOn lets a limit that this entry stopped end when what it waited for was done, if
// that was before.
func (f *fold) usedOn(l catalogue.LimitCode, at time.Time) {
	for i := range f.c.Clocks {
		if k := &f.c.Clocks[i]; k.Limit == l && k.Stop.Equal(f.when) && at.Before(k.Stop) {
			k.end(later(at, k.Start))
		}
	}
}

// goOn lets the limit that was stopped last go on as if it had not been.
func (f *fold) goOn(l catalogue.LimitCode) {
	for i := range slices.Backward(f.c.Clocks) {
		if k := &f.c.Clocks[i]; k.Limit == l {
			k.Stop = time.Time{}
			return
		}
	}
}

// stopOf stops the limit that an entry started.
func (f *fold) stopOf(l catalogue.LimitCode, by EntryID) {
	f.stopWhere(func(k *Clock) bool { return k.Limit == l && k.By == by })
}

// extend gives a limit that runs a later last day; ok is false where it does not
// run, or where the day would not be later than one given before.
func (f *fold) extend(l catalogue.LimitCode, until string) bool {
	k := f.running(l)
	if k == nil {
		return false
	}
	if n := len(k.Extended); n > 0 && k.Extended[n-1].Until >= until {
		return false
	}
	k.Extended = append(k.Extended, Extension{Until: until, At: f.when, By: f.e.UID})
	return true
}

// due gives a limit a fixed day, starting it if it does not run. Earlier pauses do
// not move a day that was agreed after them.
func (f *fold) due(l catalogue.LimitCode, day string) {
	f.start(l, day)
	k := f.running(l)
	k.Due, k.Pauses = day, nil
}

// stop stops limits, of those of which several run all.
func (f *fold) stop(ls ...catalogue.LimitCode) {
	f.stopWhere(func(k *Clock) bool { return slices.Contains(ls, k.Limit) })
}

// unstart takes back limits that this entry began by its rule although what it led to
// does not start them: one that was stopped would be told as kept.
func (f *fold) unstart(ls ...catalogue.LimitCode) {
	f.c.Clocks = slices.DeleteFunc(f.c.Clocks, func(k Clock) bool {
		return slices.Contains(ls, k.Limit) && k.Stop.IsZero() && k.Start.Equal(f.when)
	})
}

// stopWhere stops those of the running limits that are meant.
func (f *fold) stopWhere(meant func(*Clock) bool) {
	f.each(func(k *Clock, at time.Time) {
		if meant(k) {
			k.resume(at)
			k.end(at)
		}
	})
}

func (f *fold) running(l catalogue.LimitCode) *Clock {
	for i := range f.c.Clocks {
		if k := &f.c.Clocks[i]; k.Limit == l && k.Stop.IsZero() {
			return k
		}
	}
	return nil
}
