package text

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a part of a text, in bytes.
type Span struct{ From, To int }

// Spans returns the parts of s in which words of the query are found, as Match finds
// them, in order and none over another. s is as people wrote it, not a key. It costs
// more than Match: for what is shown, not for what is looked through.
func (q Query) Spans(s string) []Span {
	folded, origin := foldPlaces(s)
	var out []Span
	for i := range q.words {
		out = q.words[i].spans(folded, out)
	}
	for i := range out {
		out[i].From, out[i].To = origin[out[i].From], origin[out[i].To]
	}
	slices.SortFunc(out, func(a, b Span) int { return cmp.Or(a.From-b.From, a.To-b.To) })
	merged := out[:0]
	for _, span := range out {
		if n := len(merged); n > 0 && span.From <= merged[n-1].To {
			merged[n-1].To = max(merged[n-1].To, span.To)
			continue
		}
		merged = append(merged, span)
	}
	return merged
}

// foldPlaces is s folded, and for each of its bytes, and its end, where that stood in s.
func foldPlaces(s string) (string, []int) {
	var b strings.Builder
	origin := make([]int, 0, len(s)+1)
	for i, r := range s {
		plain, _ := mapRune(r)
		if plain == unicode.ReplacementChar {
			continue
		}
		b.WriteRune(fold(plain))
		for len(origin) < b.Len() {
			origin = append(origin, i)
		}
	}
	return b.String(), append(origin, len(s))
}

// spans adds the places of the word in a folded text.
func (w *sought) spans(key string, out []Span) []Span {
	for i := 0; i < len(key); {
		end := i
		switch {
		case strings.HasPrefix(key[i:], w.written):
			end = i + len(w.written)
		case len(w.text) <= maxSpelled:
			end = w.spelledFrom(key, i)
		}
		if end > i {
			out = append(out, Span{i, end})
			i = end
			continue
		}
		_, n := utf8.DecodeRuneInString(key[i:])
		i += n
	}
	return out
}

// spelledFrom returns where the word ends that is spelled from i on; i where none is.
func (w *sought) spelledFrom(key string, i int) int {
	state := uint64(1)
	for at := i; at < len(key) && state != 0; {
		r, n := utf8.DecodeRuneInString(key[at:])
		switch p := readingsOf(r); {
		case r == '\n', at == i && isSign(r):
			return i
		case p != 0:
			state = stepIdeograph(state, w.text, key[at:at+n], p)
		case alphanumeric(r):
			state = stepSame(state, w.text, key[at:at+n])
		}
		at += n
		if bits.Len64(state) == len(w.text)+1 {
			return at
		}
	}
	return i
}

// Begins reports whether s begins with what the query asks for.
func (q Query) Begins(s string) bool {
	spans := q.Spans(s)
	return len(spans) > 0 && spans[0].From == 0
}
