package words

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

// limits are the limits of a case that may be extended, each with the last day.
func (d Desk) limits(c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	latest := casework.Extensible(c, d.Index())
	var options []kit.Option
	for _, k := range c.Clocks {
		day, ok := latest[k.Limit]
		if again := slices.ContainsFunc(options, func(o kit.Option) bool { return o.Code == string(k.Limit) }); ok && !again {
			options = append(options, kit.NewOption(string(k.Limit), text.Line(d.Limit(k.Limit, d.Index())), text.Line(d.T("limit.latest", day))))
		}
	}
	return options
}

// First is when a limit was due before it was extended; "" where it was not.
func (d Desk) First(r casework.Running) string {
	if r.Extended == 0 {
		return ""
	}
	return d.FirstDay(r.OriginalDue)
}

// FirstDay says when a limit was due at first; "" for no time.
func (d Desk) FirstDay(due time.Time) string {
	if due.IsZero() {
		return ""
	}
	return d.T("limit.original", d.Index().Calendar().LastDay(due).Format(time.DateOnly))
}
