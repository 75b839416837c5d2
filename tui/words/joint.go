package words

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
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
			options = append(options, kit.NewOption(string(k.Limit), text.Line(d.T("limit."+string(k.Limit))), text.Line(d.T("limit.latest", day))))
		}
	}
	return options
}

// above are the units above the one that holds a case, the nearest first.
func (d Desk) above(c *casework.Case) []kit.Option {
	ix := d.Index()
	var options []kit.Option
	for u := ix.Parent(c.Holder); u != ""; u = ix.Parent(u) {
		options = append(options, unitOption(ix, u))
	}
	return options
}

func unitOption(ix casework.Lookup, u catalogue.UnitID) kit.Option {
	return kit.NewOption(string(u), text.Line(ix.UnitName(u)), text.Text{})
}

// First is when a limit was due before it was extended; "" where it was not.
func (d Desk) First(r casework.Running) string {
	if r.Extended == 0 {
		return ""
	}
	return d.T("limit.original", d.Index().Calendar().LastDay(r.OriginalDue).Format(time.DateOnly))
}
