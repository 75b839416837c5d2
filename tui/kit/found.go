package kit

import (
	"strings"
	"unicode/utf8"

	"casedesk/store/text"
)

// Lit draws one line of text in exactly w cells, shortened where it must be, with the
// parts that a search found standing out: by weight and a line below, not by colour.
func Lit(s string, spans []text.Span, w int) string {
	shown := text.Line(s).Pad(w).String()
	same := 0 // what is shown of s begins like s
	for same < len(s) && same < len(shown) && s[same] == shown[same] {
		same++
	}
	if same < len(s) {
		same = len(strings.TrimSuffix(shown[:same], ".."))
	}
	var b strings.Builder
	at := 0
	for _, span := range spans {
		to := min(span.To, same)
		if span.From < at || span.From >= to {
			continue
		}
		b.WriteString(shown[at:span.From])
		b.WriteString(Found.On(shown[span.From:to]))
		at = to
	}
	return b.String() + shown[at:]
}

// Around is a piece of a line, at most w cells wide, with what was found at from in it: so
// much of what stands before that a reader knows where she is. It returns the spans moved
// along. s is clean and one line.
func Around(s string, spans []text.Span, w int) (string, []text.Span) {
	if len(spans) == 0 || Width(s) <= w {
		return s, spans
	}
	from := spans[0].From
	rest := w/3 - 2 // cells before it
	for from > 0 {
		_, n := utf8.DecodeLastRuneInString(s[:from])
		if rest -= Width(s[from-n : from]); rest < 0 {
			break
		}
		from -= n
	}
	lead := ""
	if from > 0 {
		lead = ".."
	}
	var moved []text.Span
	for _, span := range spans {
		if span.From >= from {
			moved = append(moved, text.Span{From: span.From - from + len(lead), To: span.To - from + len(lead)})
		}
	}
	return lead + s[from:], moved
}

// chosen draws a row under the cursor: reversed as a whole, in no other ink but that of
// what was found.
func chosen(row string, w int) string {
	open, shut, _ := strings.Cut(Found.On("x"), "x")
	row = Fit("> "+row, w)
	var b strings.Builder
	for i, piece := range strings.Split(row, open) {
		if i > 0 {
			found, rest, _ := strings.Cut(piece, shut)
			b.WriteString(FoundChosen.On(Bare(found)))
			piece = rest
		}
		b.WriteString(Chosen.On(Bare(piece)))
	}
	return b.String()
}
