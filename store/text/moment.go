package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var clockTime = regexp.MustCompile(`(` + dayParts + `)? *(?:(\d{1,2}):(\d{2})(?::\d{2})?|(\d{1,2})(?:点|时)(?:(半|钟|[13]刻)|(\d{1,2})分?)?|(?:^| )(\d{2})(\d{2}))$`)

// Moment reads a day and a time of day as people type them: the day as Date reads
// it, today where there is none, then 15:30, 1530, 9点, 9点半, 9点一刻, 9点20分, 下午三点.
// A day without a time is no moment: nobody knows when to come. Errors are ErrDate.
func Moment(s string, today time.Time) (time.Time, error) { return moment(s, today, Date) }

// MomentAhead is Moment with the day as DateAhead reads it.
func MomentAhead(s string, today time.Time) (time.Time, error) { return moment(s, today, DateAhead) }

func moment(s string, today time.Time, date func(string, time.Time) (time.Time, error)) (time.Time, error) {
	s = arabic(partsOfDay.Replace(strings.ReplaceAll(strings.TrimSpace(Fold(s)), ";", ":")))
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err == nil {
		return t.In(today.Location()), nil
	}
	at := clockTime.FindStringSubmatchIndex(s)
	if at == nil {
		return time.Time{}, ErrDate
	}
	part := func(i int) string {
		if at[2*i] < 0 {
			return ""
		}
		return s[at[2*i]:at[2*i+1]]
	}
	hour, _ := strconv.Atoi(part(2) + part(4) + part(7)) // digits by the pattern, one of them
	minute, _ := strconv.Atoi(part(3) + part(6) + part(8))
	switch part(5) {
	case "半":
		minute = 30
	case "1刻":
		minute = 15
	case "3刻":
		minute = 45
	}
	late := false // midnight by its other name: 晚上12点 ends the day
	switch part(1) {
	case "下午", "傍晚", "晚上":
		if part(1) == "晚上" && hour < 5 { // is it this night's or the next one's?
			return time.Time{}, ErrDate
		}
		late = hour == 12 && part(1) == "晚上"
		if hour < 12 {
			hour += 12
		}
	case "夜里", "半夜", "深夜":
		late = hour == 12
		if hour >= 6 && hour < 12 {
			hour += 12
		}
	case "中午":
		if hour < 3 {
			hour += 12
		}
	case "凌晨":
		hour %= 12
	}
	day := today
	if before := strings.TrimSpace(s[:at[0]]); before != "" {
		var err error
		if day, err = date(before, today); err != nil {
			return time.Time{}, err
		}
	}
	if hour > 23 || minute > 59 {
		return time.Time{}, ErrDate
	}
	y, m, d := day.Date()
	if late {
		hour = 24
	}
	return time.Date(y, m, d, hour, minute, 0, 0, today.Location()), nil
}

var (
	moneyForm = regexp.MustCompile(`^(\d{1,12})(?:\.(\d{1,4}))?(万)?$`)
	moneySign = strings.NewReplacer(",", "", " ", "", "¥", "", "￥", "", "元", "", "人民币", "")
)

// Money reads an amount in yuan as people type it, 12000, 12,000.50元, 1.2万, and
// returns it in digits with at most two decimals.
func Money(s string) (string, bool) {
	f := moneyForm.FindStringSubmatch(moneySign.Replace(Fold(s)))
	if f == nil {
		return "", false
	}
	whole, cents := f[1], f[2]
	if f[3] != "" {
		whole, cents = whole+(cents + "0000")[:4], ""
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	cents = strings.TrimRight(cents, "0")
	switch {
	case len(whole) > 12 || len(cents) > 2:
		return "", false
	case cents != "":
		whole += "." + cents
	}
	return whole, true
}

// Grouped is an amount with its thousands parted.
func Grouped(s string) string {
	whole, cents, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if cents != "" {
		whole += "." + cents
	}
	return whole
}
