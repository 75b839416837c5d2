package text

import "strings"

// MaskPhone hides the middle of a telephone number: 138****0001.
func MaskPhone(s string) string {
	r := []rune(s)
	switch n := len(r); {
	case n == 0:
		return ""
	case n < 8:
		return strings.Repeat("*", max(0, n-2)) + string(r[max(0, n-2):])
	default:
		return string(r[:3]) + "****" + string(r[n-4:])
	}
}

// MaskID hides the number of a paper but for its last four characters.
func MaskID(s string) string {
	r := []rune(s)
	if len(r) <= 4 {
		return strings.Repeat("*", len(r))
	}
	return strings.Repeat("*", len(r)-4) + string(r[len(r)-4:])
}

// MaskNumbers hides what looks like a mobile phone's number or an identity card's
// in a text that anybody wrote.
func MaskNumbers(s string) string {
	var out strings.Builder
	for at := 0; at < len(s); {
		end := at
		for end < len(s) && '0' <= s[end] && s[end] <= '9' {
			end++
		}
		if end == at {
			out.WriteByte(s[at])
			at++
			continue
		}
		if end-at == 17 && end < len(s) && (s[end] == 'X' || s[end] == 'x') {
			end++
		}
		switch run := s[at:end]; {
		case len(run) == 11 && run[0] == '1' && run[1] >= '3':
			out.WriteString(MaskPhone(run))
		case len(run) == 18:
			out.WriteString(MaskID(run))
		default:
			out.WriteString(run)
		}
		at = end
	}
	return out.String()
}
