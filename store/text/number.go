package text

import (
	"strings"
	"time"
)

// IDNumber reports whether s is a well-formed citizen identity number by
// GB 11643: 17 digits with a date that exists and the right check character.
// A wrong one is a reason to ask again, never to refuse: old people may have no
// card at hand, and a number proves nothing.
func IDNumber(s string) bool {
	s = compact(s)
	if len(s) != 18 || !digits(s[:17]) || s[0] == '0' {
		return false
	}
	if born, err := time.Parse("20060102", s[6:14]); err != nil || born.Year() < 1850 {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return s[17] == "10x98765432"[sum%11]
}

// Phone reports whether s looks like a telephone number of the mainland: a
// mobile, a landline with or without its area code, or a 400 or 800 number.
// It is a reason to ask again, never to refuse: people give foreign numbers too.
func Phone(s string) bool {
	s = compact(s)
	for _, prefix := range []string{"+86", "0086"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			s = rest
			break
		}
	}
	if !digits(s) {
		return false
	}
	switch {
	case s[0] == '1':
		return len(s) == 11 && s[1] >= '3'
	case s[0] == '0':
		return len(s) >= 10 && len(s) <= 12 && s[1] != '0'
	case len(s) == 10:
		return strings.HasPrefix(s, "400") || strings.HasPrefix(s, "800")
	default:
		return len(s) == 7 || len(s) == 8
	}
}

// compact folds a number and drops what people put between its digits.
func compact(s string) string {
	return strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "—", "").Replace(Fold(s))
}
