package report

import (
	"math/big"
	"strconv"
	"strings"
)

// NoNumber stands where something would be divided by nothing.
const NoNumber = "N/A"

// Format writes a number, a day or nothing as every language of the desk has it: "127",
// "98.4%", "+7.6%", "12.50", "N/A". Words and lights are the reader's to say; they give "".
// It rounds half up (away from zero) and exactly: 1 of 800 is 0.13% with two decimals.
func Format(k Kind, c Cell, decimals int) string {
	if c.Blank {
		return ""
	}
	switch k {
	case Day:
		return c.Text
	case Count:
		return strconv.FormatFloat(c.Value, 'f', -1, 64)
	case Amount:
		return strings.TrimSuffix(strconv.FormatFloat(c.Value, 'f', 2, 64), ".00")
	case Share:
		return ratio(c.Value, c.Of, 100, decimals, "%", false)
	case Points:
		return ratio(c.Value, c.Of, 100, decimals, "", true)
	case Change:
		return ratio(c.Value-c.Of, c.Of, 100, decimals, "%", true)
	case Days, Average:
		return ratio(c.Value, c.Of, 1, decimals, "", false)
	}
	return ""
}

// ratio writes n/of times scale.
func ratio(n, of float64, scale int64, decimals int, unit string, signed bool) string {
	a, b := new(big.Rat).SetFloat64(n), new(big.Rat).SetFloat64(of)
	if a == nil || b == nil || b.Sign() == 0 {
		return NoNumber
	}
	r := a.Quo(a, b)
	s := r.Mul(r, new(big.Rat).SetInt64(scale)).FloatString(decimals) // halves away from zero
	if signed && r.Sign() > 0 {
		s = "+" + s
	}
	if signed || r.Sign() < 0 {
		if strings.Trim(s, "+-0.") == "" {
			s = strings.TrimLeft(s, "+-") // what rounds to nothing has no sign
		}
	}
	return s + unit
}

// Text is what Format makes of a cell of the sheet.
func (s *Sheet) Text(row, column int) string {
	return Format(s.KindOf(row, column), s.Rows[row].Cells[column], s.Decimals)
}
