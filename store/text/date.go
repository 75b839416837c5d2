package text

import (
	"errors"
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

// Date reads a date as people type it: 20260105, 2026-1-5, 2026/1/5, 2026.1.5,
// 2026年1月5日, 今天, 昨天, 前天, 明天, -3 and +3 (days from today), and without a
// year 1-5, 1/5, 1.5 or 1月5日, which is the latest such day that is not after
// today. Full-width characters count as their twins. The answer is midnight in
// today's location. Errors are ErrDate.
func Date(s string, today time.Time) (time.Time, error) {
	s = strings.ReplaceAll(Fold(s), " ", "")
	year, month, day := today.Date()
	at := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, today.Location()) }

	if n, ok := namedDays[s]; ok {
		return at(year, month, day+n), nil
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
	for _, y := range []int{year, year - 1} {
		t, err := existing(y, numbers[0], numbers[1], today.Location())
		if err == nil && !t.After(today) {
			return t, nil
		}
	}
	return time.Time{}, ErrDate
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
