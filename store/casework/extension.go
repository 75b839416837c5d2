package casework

import (
	"time"

	"casedesk/store/catalogue"
)

// mustTell are the limits of whose extension the petitioner must be told the reason
// (信访工作条例 art. 34).
var mustTell = map[catalogue.LimitCode]bool{LimitPetitionHandle: true}

// Extensible are the limits that run and that the law or the county lets be made
// longer, each with the last day that is possible, "2006-01-02".
func Extensible(c *Case, ix Lookup) map[catalogue.LimitCode]string {
	out := map[catalogue.LimitCode]string{}
	for _, k := range c.Clocks {
		if _, twice := out[k.Limit]; twice || !k.Stop.IsZero() {
			continue
		}
		if _, latest, ok := stretch(c, k, ix); ok {
			out[k.Limit] = latest
		}
	}
	return out
}

// stretch returns the last day of a running limit as it is and the last that all
// extensions together may give it: the one that it would have had without any, and
// the extension of the catalogue after that. Pauses are no extensions.
func stretch(c *Case, k Clock, ix Lookup) (last, latest string, ok bool) {
	category, cal := c.Value(FieldCategory), ix.Calendar()
	limit, known := ix.LimitAt(k.Limit, category, k.Catalogue)
	now, runs := runningOf(k, category, ix, k.Start)
	plain := k
	plain.Extended = nil
	without, _ := runningOf(plain, category, ix, k.Start)
	if !known || !runs || limit.Extension.N <= 0 {
		return "", "", false
	}
	until := cal.Add(cal.LastDay(without.Due), limit.Extension)
	if limit.Extension.Unit == catalogue.Hours {
		until = cal.Add(without.Due, limit.Extension)
	}
	return cal.LastDay(now.Due).Format(time.DateOnly), cal.LastDay(until).Format(time.DateOnly), true
}

// mayExtend judges the day that a limit is to be extended to. What no longer runs is
// the fold's to contest.
func mayExtend(c *Case, l catalogue.LimitCode, until string, ix Lookup) Why {
	for _, k := range c.Clocks {
		if k.Limit != l || !k.Stop.IsZero() {
			continue
		}
		last, latest, ok := stretch(c, k, ix)
		switch {
		case !ok:
			return WhyNoExtension
		case until > latest:
			return WhyTooLong
		case until <= last:
			return WhyNotLater
		}
		return ""
	}
	return ""
}

// extends judges an extension by the catalogue, whoever writes it: what the law or
// the county's own rules do not allow on the case as it is.
func extends(c *Case, ev Event, ix Lookup) Why {
	switch ev := ev.(type) {
	case *ExtensionAsked:
		return mayExtend(c, ev.Limit, ev.Until, ix)
	case *Extended:
		if mustTell[ev.Limit] && ev.Told != "yes" {
			return WhyTell
		}
		return mayExtend(c, ev.Limit, ev.Until, ix)
	}
	return ""
}

// Basis returns the article or the order by which Fits judged an event, for people
// to read; empty where there is none.
func Basis(c *Case, ev Event, ix Lookup) string {
	var code catalogue.LimitCode
	switch ev := ev.(type) {
	case *ExtensionAsked:
		code = ev.Limit
	case *Extended:
		code = ev.Limit
	}
	for _, k := range c.Clocks {
		if limit, ok := ix.LimitAt(k.Limit, c.Value(FieldCategory), k.Catalogue); ok && k.Limit == code && k.Stop.IsZero() {
			return limit.Source
		}
	}
	return ""
}
