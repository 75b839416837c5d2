package search

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Period is from a moment up to another one, which lies outside; zero: open.
type Period struct{ From, Until time.Time }

func (p Period) has(ms int64) bool {
	return (p.From.IsZero() || ms >= p.From.UnixMilli()) && (p.Until.IsZero() || ms < p.Until.UnixMilli())
}

var (
	yearOnly  = regexp.MustCompile(`^(\d{4})年?$`)
	monthOf   = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})月?$`)
	monthLone = regexp.MustCompile(`^(\d{1,2})月份?$`)
	wholeDay  = regexp.MustCompile(`^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$`)
	lastDays  = regexp.MustCompile(`^(?:近|最近|last)(\d{1,3})(?:天|日|days?)$`)
)

// spell are names of periods: how many units from the present one.
var spells = map[string]struct {
	unit byte // d, w, m, q, y
	n    int
}{
	"今天": {'d', 0}, "昨天": {'d', -1}, "前天": {'d', -2}, "明天": {'d', 1}, "today": {'d', 0}, "yesterday": {'d', -1}, "tomorrow": {'d', 1},
	"本周": {'w', 0}, "这周": {'w', 0}, "上周": {'w', -1}, "下周": {'w', 1}, "thisweek": {'w', 0}, "lastweek": {'w', -1}, "nextweek": {'w', 1},
	"本月": {'m', 0}, "这个月": {'m', 0}, "上月": {'m', -1}, "上个月": {'m', -1}, "下月": {'m', 1}, "下个月": {'m', 1},
	"thismonth": {'m', 0}, "lastmonth": {'m', -1}, "nextmonth": {'m', 1},
	"本季": {'q', 0}, "本季度": {'q', 0}, "上季": {'q', -1}, "上季度": {'q', -1},
	"今年": {'y', 0}, "本年": {'y', 0}, "去年": {'y', -1}, "明年": {'y', 1}, "thisyear": {'y', 0}, "lastyear": {'y', -1}, "nextyear": {'y', 1},
}

// bareDate reads a period that stands without a key. Only what is hardly ever text is one:
// a whole date or month, a month's number with 月, the named periods in Chinese, and ranges
// of those.
func bareDate(s string, now time.Time, cal catalogue.Calendar) (Period, bool) {
	s = plainDate(s)
	for _, end := range strings.Split(s, "..") {
		_, named := spells[end]
		named = named && end[0] >= 0x80
		switch {
		case end == "" && s != "..", named, wholeDay.MatchString(end), monthOf.MatchString(end), monthLone.MatchString(end):
		default:
			return Period{}, false
		}
	}
	return period(s, now, cal, false)
}

func plainDate(s string) string {
	s = strings.ReplaceAll(text.Fold(strings.TrimSpace(s)), " ", "")
	for _, twin := range []string{"。。", "……", "…", "~", "～"} {
		s = strings.ReplaceAll(s, twin, "..")
	}
	return s
}

// period reads a day, a week, a month, a quarter, a year, or a range of those with one end
// open perhaps. What has no year is the latest such that has begun or, where days ahead are
// meant, the next that is not over. now is in the county's zone.
func period(s string, now time.Time, cal catalogue.Calendar, ahead bool) (Period, bool) {
	s = plainDate(s)
	from, until, ranged := strings.Cut(s, "..")
	if !ranged {
		return onePeriod(s, now, cal, ahead)
	}
	var p Period
	if from == "" && until == "" || strings.Contains(until, "..") {
		return p, false
	}
	if from != "" {
		one, ok := onePeriod(from, now, cal, ahead)
		if !ok {
			return p, false
		}
		p.From = one.From
	}
	if until != "" {
		one, ok := onePeriod(until, now, cal, ahead)
		if !ok {
			return p, false
		}
		p.Until = one.Until
	}
	if !p.From.IsZero() && !p.Until.IsZero() && !p.From.Before(p.Until) {
		return Period{}, false
	}
	return p, true
}

func onePeriod(s string, now time.Time, cal catalogue.Calendar, ahead bool) (Period, bool) {
	y, m, d := now.Date()
	at := func(y int, m time.Month, d int) time.Time {
		return cal.Midnight(time.Date(y, m, d, 12, 0, 0, 0, now.Location()))
	}
	month := func(y int, m time.Month, n int) Period { return Period{at(y, m, 1), at(y, m+time.Month(n), 1)} }
	if f := yearOnly.FindStringSubmatch(s); f != nil {
		n, _ := strconv.Atoi(f[1]) // digits by the pattern
		return Period{at(n, 1, 1), at(n+1, 1, 1)}, n >= 1900 && n < 2200
	}
	if f := monthOf.FindStringSubmatch(s); f != nil {
		n, _ := strconv.Atoi(f[1])
		mo, _ := strconv.Atoi(f[2])
		return month(n, time.Month(mo), 1), n >= 1900 && n < 2200 && mo >= 1 && mo <= 12
	}
	if f := monthLone.FindStringSubmatch(s); f != nil {
		mo, _ := strconv.Atoi(f[1])
		switch {
		case ahead && mo < int(m):
			y++
		case !ahead && mo > int(m):
			y--
		}
		return month(y, time.Month(mo), 1), mo >= 1 && mo <= 12
	}
	if f := lastDays.FindStringSubmatch(s); f != nil {
		n, _ := strconv.Atoi(f[1])
		return Period{at(y, m, d-n+1), at(y, m, d+1)}, n > 0
	}
	if spell, ok := spells[strings.ReplaceAll(s, "-", "")]; ok {
		n := spell.n
		switch spell.unit {
		case 'd':
			return Period{at(y, m, d+n), at(y, m, d+n+1)}, true
		case 'w':
			monday := d - (int(now.Weekday())+6)%7 + 7*n
			return Period{at(y, m, monday), at(y, m, monday+7)}, true
		case 'm':
			return month(y, m+time.Month(n), 1), true
		case 'q':
			return month(y, (m-1)/3*3+1+time.Month(3*n), 3), true
		default:
			return Period{at(y+n, 1, 1), at(y+n+1, 1, 1)}, true
		}
	}
	read := text.Date
	if ahead {
		read = text.DateAhead
	}
	day, err := read(s, now)
	if err != nil {
		return Period{}, false
	}
	dy, dm, dd := day.Date()
	return Period{at(dy, dm, dd), at(dy, dm, dd+1)}, true
}
