package i18n

import (
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Left says how long a limit has left, or how long it is over: in days, or in hours
// where it is counted in hours and no more than a day away. Only whole days and hours are
// told. It is "" where none runs.
func (w *Words) Left(l casework.Light, days int, due, now time.Time, cal catalogue.Calendar) string {
	const day = 24 * time.Hour
	switch left := due.Sub(now); {
	case l == casework.None || l == "":
		return ""
	case l != casework.Grey && ByTheHour(due, cal) && left <= 0: // what is paused is not due
		over := -left
		switch hours := int(over / time.Hour); {
		case over >= day:
			return w.T("days.over", Arg("n", int(over/day)))
		case hours == 0:
			return w.T("hours.just_over")
		default:
			return w.T("hours.over", Arg("n", hours))
		}
	case l != casework.Grey && ByTheHour(due, cal) && left <= day:
		if left < time.Hour {
			return w.T("hours.under")
		}
		return w.T("hours.left", Arg("n", int(left/time.Hour)))
	case days < 0:
		return w.T("days.over", Arg("n", -days))
	case days == 0 && l != casework.Grey:
		return w.T("days.today")
	}
	return w.T("days.left", Arg("n", days))
}

// Due is when a limit is due as people write it: the last day, or the moment where
// it is counted in hours.
func Due(due time.Time, cal catalogue.Calendar) string {
	if ByTheHour(due, cal) {
		return due.In(cal.Location()).Format("2006-01-02 15:04")
	}
	return cal.LastDay(due).Format(time.DateOnly)
}

// ByTheHour reports whether a limit ends within a day, as only those do that are
// counted in hours.
func ByTheHour(due time.Time, cal catalogue.Calendar) bool {
	return !due.IsZero() && !due.Equal(cal.Midnight(due))
}
