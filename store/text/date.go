package text

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ErrDate says that a text is no date, or one that does not exist.
var ErrDate = errors.New("not a date")

// namedDays are the days that have a name, counted from today.
var namedDays = map[string]int{
	"今天": 0, "今日": 0, "today": 0,
	"昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "大前天": -3,
	"明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3,
}

// partsOfDay are days told with a part of them in one word: 昨晚 is 昨天晚上.
var partsOfDay = strings.NewReplacer("昨晚", "昨天晚上", "昨夜", "昨天晚上", "前晚", "前天晚上",
	"今早", "今天早上", "今晨", "今天早上", "今晚", "今天晚上", "明早", "明天早上", "明晚", "明天晚上")

// weekdays are the days of the week as they are written after 周 or 星期.
var weekdays = map[string]time.Weekday{
	"一": time.Monday, "二": time.Tuesday, "三": time.Wednesday, "四": time.Thursday, "五": time.Friday,
	"六": time.Saturday, "日": time.Sunday, "天": time.Sunday,
	"1": time.Monday, "2": time.Tuesday, "3": time.Wednesday, "4": time.Thursday, "5": time.Friday, "6": time.Saturday,
}

// dayParts are the parts of a day that stand before an hour.
const dayParts = `上午|下午|早上|早晨|清晨|清早|中午|傍晚|晚上|夜里|半夜|深夜|凌晨`

var (
	timeOfDay = regexp.MustCompile(`(` + dayParts + `)?(\d{1,2}:\d{2}(:\d{2})?|\d{1,2}(点|时)(半|钟|[13]刻|\d{1,2}分?)?)$`)
	daysAway  = regexp.MustCompile(`^(\d{1,3})(天|日|周|个?星期|个?礼拜|个月)(之?前|以前|之?后|以后)$`)
	halfMonth = regexp.MustCompile(`^半个?月(之?前|以前|之?后|以后)$`)
	ofYear    = regexp.MustCompile(`^(今年|去年|前年|明年)(.+)$`)
	partOnly  = regexp.MustCompile(`(` + dayParts + `)$`)
	ofWeek    = regexp.MustCompile(`^(?:(上|这|本|下)个?)?(?:周|星期|礼拜)(.)$`)
	ofMonth   = regexp.MustCompile(`^(上月|上个月|本月|这个月|下月|下个月)?(\d{1,2})(号|日)$`)
	monthEnd  = regexp.MustCompile(`^(?:(上|这|本|下)个?月|(\d{1,2})月|月)底$`)
	shortYear = regexp.MustCompile(`^(\d{2})年(\d{1,2}月\d{1,2})(?:日|号)?$`)
)

// Date reads a date as people type it: 20260105, 2026-1-5, 2026/1/5, 2026.1.5,
// 2026年1月5日, 今天, 昨天, 前天, 明天, 3天前, 两周前, 半个月前, -3 and +3 (days from today); 3号 and
// 周三 and 月底, which are the latest such days that are not after today, 上月3号, 上个星期三, 下周三, 10月底; 25年3月5日;
// and without a year 1-5, 1/5, 1.5, 0105 or 1月5日, which is the latest such day, too, or that of 去年.
// A time of day behind it, or a part of the day (昨晚), is passed over. Full-width characters count as
// their twins, Chinese numerals as digits (三月五日). The answer is midnight in today's location. Errors are ErrDate.
func Date(s string, today time.Time) (time.Time, error) { return date(s, today, false) }

// DateAhead reads a date as Date does, but where that takes the latest such day it
// takes the next: today or a day to come.
func DateAhead(s string, today time.Time) (time.Time, error) { return date(s, today, true) }

func date(s string, today time.Time, ahead bool) (time.Time, error) {
	s = arabic(partsOfDay.Replace(strings.TrimSpace(Fold(s))))
	if i := timeOfDay.FindStringIndex(s); i != nil && i[0] > 0 {
		s = strings.TrimRight(s[:i[0]], " t")
	}
	if i := partOnly.FindStringIndex(s); i != nil && i[0] > 0 {
		s = s[:i[0]]
	}
	s = shortYear.ReplaceAllString(strings.ReplaceAll(s, " ", ""), "20${1}年${2}")
	year, month, day := today.Date()
	at := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, today.Location()) }
	today = at(year, month, day) // whatever hour it is, today is not over

	if n, ok := namedDays[s]; ok {
		return at(year, month, day+n), nil
	}
	if f := ofYear.FindStringSubmatch(s); f != nil {
		years := map[string]int{"今年": 0, "去年": -1, "前年": -2, "明年": 1}[f[1]]
		if md, ok := dateNumbers(strings.Map(dateSign, f[2])); ok && len(md) == 2 {
			return existing(year+years, md[0], md[1], today.Location())
		}
		return time.Time{}, ErrDate
	}
	if t, ok, err := told(s, today, ahead); ok {
		return t, err
	}
	s = strings.Map(dateSign, s)
	if n, ok := shift(s); ok {
		return at(year, month, day+n), nil
	}
	numbers, ok := dateNumbers(s)
	switch {
	case !ok:
		return time.Time{}, ErrDate
	case len(numbers) == 3:
		return existing(numbers[0], numbers[1], numbers[2], today.Location())
	}
	other := year - 1
	if ahead {
		other = year + 1
	}
	for _, y := range []int{year, other} {
		t, err := existing(y, numbers[0], numbers[1], today.Location())
		if err == nil && onSide(t, today, ahead) {
			return t, nil
		}
	}
	return time.Time{}, ErrDate
}

// onSide reports whether a day lies where it is looked for: up to today, or from
// today on.
func onSide(t, today time.Time, ahead bool) bool {
	if ahead {
		return !t.Before(today)
	}
	return !t.After(today)
}

// told reads days that are told by their distance from today, by the day of the
// week or of the month; ok is false for any other text.
func told(s string, today time.Time, ahead bool) (t time.Time, ok bool, err error) {
	y, m, d := today.Date()
	at := func(months, day int) time.Time {
		return time.Date(y, m+time.Month(months), day, 0, 0, 0, 0, today.Location())
	}
	if f := daysAway.FindStringSubmatch(s); f != nil {
		n, _ := strconv.Atoi(f[1]) // digits by the pattern
		if strings.HasSuffix(f[3], "前") {
			n = -n
		}
		switch f[2] {
		case "天", "日":
			return at(0, d+n), true, nil
		case "个月":
			day := at(n, 1)
			return day.AddDate(0, 0, min(d, day.AddDate(0, 1, -1).Day())-1), true, nil
		}
		return at(0, d+7*n), true, nil
	}
	if f := halfMonth.FindStringSubmatch(s); f != nil {
		if strings.HasSuffix(f[1], "前") {
			return at(0, d-15), true, nil
		}
		return at(0, d+15), true, nil
	}
	if f := ofWeek.FindStringSubmatch(s); f != nil {
		day, known := weekdays[f[2]]
		if !known {
			return t, true, ErrDate
		}
		// Weeks begin on Monday.
		t = at(0, d-(int(today.Weekday())+6)%7+(int(day)+6)%7)
		switch {
		case f[1] == "上", f[1] == "" && !ahead && !onSide(t, today, ahead):
			t = t.AddDate(0, 0, -7)
		case f[1] == "下", f[1] == "" && ahead && !onSide(t, today, ahead):
			t = t.AddDate(0, 0, 7)
		}
		return t, true, nil
	}
	if f := ofMonth.FindStringSubmatch(s); f != nil {
		n, _ := strconv.Atoi(f[2])
		first, step := 0, -1
		if ahead {
			step = 1
		}
		if strings.HasPrefix(f[1], "上") {
			first = -1
		} else if strings.HasPrefix(f[1], "下") {
			first = 1
		}
		for i := range 3 {
			month := first + i*step
			t = at(month, n)
			if last := at(month+1, 0).Day(); n >= 1 && n <= last && (f[1] != "" || onSide(t, today, ahead)) {
				return t, true, nil
			}
			if f[1] != "" {
				break
			}
		}
		return time.Time{}, true, ErrDate
	}
	if f := monthEnd.FindStringSubmatch(s); f != nil {
		months := map[string]int{"上": -1, "下": 1}[f[1]]
		if f[2] != "" {
			n, _ := strconv.Atoi(f[2])
			if n < 1 || n > 12 {
				return t, true, ErrDate
			}
			months = n - int(m)
		}
		t = at(months+1, 0)
		switch {
		case f[1] != "" || onSide(t, today, ahead):
		case f[2] == "" && !ahead:
			t = at(0, 0) // the last end of a month that was
		case f[2] != "" && ahead:
			t = at(months+13, 0)
		case f[2] != "":
			t = at(months-11, 0)
		}
		return t, true, nil
	}
	return t, false, nil
}

// dateSign turns the signs that an input method puts between numbers into "-".
func dateSign(r rune) rune {
	switch r {
	case '/', '.', '。', '、', '年', '月', '−', '–', '—':
		return '-'
	case '日', '号':
		return -1
	default:
		return r
	}
}

// shift reads "-3" and "+3", up to three digits.
func shift(s string) (int, bool) {
	if len(s) < 2 || len(s) > 4 || s[0] != '-' && s[0] != '+' || !digits(s[1:]) {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// dateNumbers splits s into year, month and day, or month and day.
func dateNumbers(s string) ([]int, bool) {
	if len(s) == 8 && digits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	if len(s) == 4 && digits(s) {
		s = s[:2] + "-" + s[2:]
	}
	parts := strings.Split(s, "-")
	if len(parts) < 2 || len(parts) > 3 || len(parts) == 3 && len(parts[0]) != 4 {
		return nil, false
	}
	var numbers []int
	for i, p := range parts {
		short := len(p) <= 2 || len(parts) == 3 && i == 0
		n, err := strconv.Atoi(p)
		if err != nil || !short || !digits(p) {
			return nil, false
		}
		numbers = append(numbers, n)
	}
	return numbers, true
}

// existing returns the day if the calendar has it and it lies in the years that
// a case can speak of.
func existing(y, m, d int, in *time.Location) (time.Time, error) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, in)
	if y < 1850 || y > 2200 || t.Month() != time.Month(m) || t.Day() != d {
		return time.Time{}, ErrDate
	}
	return t, nil
}

// digits reports whether s is ASCII digits and nothing else.
func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
