package text

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// hanDigits are the numerals that people write in dates, times and counts.
var hanDigits = map[rune]int{'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}

var hanRun = regexp.MustCompile(`[〇零一二两三四五六七八九十]+`)

const (
	afterHan  = "年月日号点时分天周个刻" // what is counted by a numeral before it
	beforeHan = "月点"          // what is followed by a numeral alone: 三月五, 九点二十
	ofWeekHan = "周期拜"         // what a day of the week follows: its numeral is no number
)

// arabic writes the Chinese numerals of a date or time in digits: 三月五日 is
// 3月5日, 周三下午三点 is 周三下午3点.
func arabic(s string) string {
	var out strings.Builder
	done := 0
	for _, at := range hanRun.FindAllStringIndex(s, -1) {
		from, to := at[0], at[1]
		before, _ := utf8.DecodeLastRuneInString(s[:from])
		after, _ := utf8.DecodeRuneInString(s[to:])
		if strings.ContainsRune(ofWeekHan, before) && from > 0 {
			_, n := utf8.DecodeRuneInString(s[from:])
			if from += n; from == to {
				continue
			}
		}
		counted := to < len(s) && strings.ContainsRune(afterHan, after) || at[0] > 0 && strings.ContainsRune(beforeHan, before)
		n, ok := hanNumber(s[from:to])
		if !counted || !ok {
			continue
		}
		out.WriteString(s[done:from])
		out.WriteString(n)
		done = to
	}
	return out.String() + s[done:]
}

// hanNumber reads a numeral up to 99, or one that is told digit by digit (二〇二六).
func hanNumber(s string) (string, bool) {
	tens, ones, ten := strings.Cut(s, "十")
	if !ten {
		digits := ""
		for _, r := range s {
			digits += strconv.Itoa(hanDigits[r])
		}
		return digits, true
	}
	n := 10
	if tens != "" {
		d, one := hanDigit(tens)
		if !one {
			return "", false
		}
		n = 10 * d
	}
	if ones != "" {
		d, one := hanDigit(ones)
		if !one {
			return "", false
		}
		n += d
	}
	return strconv.Itoa(n), true
}

func hanDigit(s string) (int, bool) {
	r, n := utf8.DecodeRuneInString(s)
	d, ok := hanDigits[r]
	return d, ok && n == len(s)
}

// counters are the words that people put behind a count.
var counters = regexp.MustCompile(`(人|个人|个|名|位|户|家|件|次|批|天|日|页|份|亩)$`)

// Count reads a whole number as people type it: １２, 12人, 三个, 二十; anything else
// comes back folded, for who checks it to refuse.
func Count(s string) string {
	s = strings.TrimSpace(Fold(s))
	bare := strings.TrimSpace(counters.ReplaceAllString(s, ""))
	if digits(bare) {
		return bare
	}
	if at := hanRun.FindStringIndex(bare); at != nil && at[0] == 0 && at[1] == len(bare) {
		if n, ok := hanNumber(bare); ok {
			return strings.TrimLeft(n[:len(n)-1], "0") + n[len(n)-1:]
		}
	}
	return s
}

// Narrow is a number, a code or a phone as it is kept: full-width letters, digits and
// signs as their ASCII twins, without spaces around it. Case stays.
func Narrow(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFF01 + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s))
}
