package catalogue

import "time"

// LimitAt returns the limit as it stands in the given catalogue version for a
// case of the category: of the rows for the category, or else the nearest above
// it, or else those for any, the one with the greatest Since that is not beyond
// the version. It returns false where the limit does not exist or came later.
func (x *Index) LimitAt(code LimitCode, category string, version uint64) (Limit, bool) {
	rows := x.limits[code]
	for at := category; ; at = x.codes[TableCategories].up[at] {
		for i := len(rows) - 1; i >= 0; i-- {
			if rows[i].Since <= version && rows[i].Category == at {
				return rows[i], true
			}
		}
		if at == "" {
			return Limit{}, false
		}
	}
}

// YellowFrom returns the instant from which on the light of a clock that runs
// from start to due is yellow: when YellowPercent of the time between them is
// left, or Yellow before due, whichever comes first, but never before start.
// It is due itself where neither rule is on or there is no time in between.
func (l Limit) YellowFrom(start, due time.Time, cal Calendar) time.Time {
	if !start.Before(due) {
		return due
	}
	from := due
	if percent := min(l.YellowPercent, 100); percent > 0 {
		from = due.Add(-due.Sub(start) / 100 * time.Duration(percent))
	}
	if l.Yellow.N > 0 {
		if t := cal.back(due, l.Yellow); t.Before(from) {
			from = t
		}
	}
	if from.Before(start) {
		return start
	}
	return from
}
