package workbook

import (
	"strconv"
	"strings"

	"casedesk/store/catalogue"
)

// kind is how a column's values stand in cells.
type kind int

const (
	plain    kind = iota
	date          // "2006-01-02", or a date of Excel's
	number        // digits, or a number
	choice        // one of the column's words
	yes           // 是, or nothing
	readonly      // written for people to see, and not read
	coded         // text: a code or an id, in letters and digits of half the width
	phone         // text: a telephone number
	either        // text or a whole number, which counts as its digits
)

// column is a column of a sheet whose rows are R.
type column[R any] struct {
	head   string
	field  string // as catalogue.Fault calls it
	kind   kind
	width  float64
	words  words
	ref    catalogue.Table // where the code that it holds must exist
	fields []string        // codes to choose from that stand in no table
	get    func(*R, *catalogue.Index) string
	set    func(*R, string) bool // false: the text is not of the kind
}

func str[R any, S ~string](head, field string, width float64, at func(*R) *S) column[R] {
	return column[R]{head: head, field: field, width: width,
		get: func(r *R, _ *catalogue.Index) string { return string(*at(r)) },
		set: func(r *R, s string) bool { *at(r) = S(s); return true }}
}

// id is a column of codes or ids.
func id[R any, S ~string](head, field string, width float64, at func(*R) *S) column[R] {
	c := str(head, field, width, at)
	c.kind = coded
	return c
}

// of says in which table a column's codes must exist.
func (c column[R]) of(t catalogue.Table) column[R] {
	c.kind, c.ref = coded, t
	return c
}

// from offers codes that stand in no table; others are taken too.
func (c column[R]) from(codes []string) column[R] { c.fields = codes; return c }

func tel[R any](head, field string, width float64, at func(*R) *string) column[R] {
	c := str(head, field, width, at)
	c.kind = phone
	return c
}

func day[R any](head, field string, at func(*R) *string) column[R] {
	c := str(head, field, 13, at)
	c.kind = date
	return c
}

func oneOf[R any, S ~string](head, field string, width float64, w words, at func(*R) *S) column[R] {
	return column[R]{head: head, field: field, kind: choice, width: width, words: w,
		get: func(r *R, _ *catalogue.Index) string { return w.word(string(*at(r))) },
		set: func(r *R, s string) bool { *at(r) = S(w.code(s)); return true }}
}

// many is a list in one cell; its words may be nil.
func many[R any, S ~string](head, field string, width float64, w words, at func(*R) *[]S) column[R] {
	return column[R]{head: head, field: field, width: width, words: w,
		get: func(r *R, _ *catalogue.Index) string {
			list := make([]string, len(*at(r)))
			for i, s := range *at(r) {
				list[i] = w.word(string(s))
			}
			return strings.Join(list, between)
		},
		set: func(r *R, s string) bool {
			for _, word := range split(s) {
				*at(r) = append(*at(r), S(w.code(word)))
			}
			return true
		}}
}

func flag[R any](head, field string, at func(*R) *bool) column[R] {
	return column[R]{head: head, field: field, kind: yes, width: 10, words: yesWords,
		get: func(r *R, _ *catalogue.Index) string {
			if *at(r) {
				return "是"
			}
			return ""
		},
		set: func(r *R, s string) bool {
			*at(r) = s == "是"
			return s == "是" || s == "否"
		}}
}

// num is a number; nothing is 0.
func num[R any, N int | uint64](head, field string, width float64, at func(*R) *N) column[R] {
	return column[R]{head: head, field: field, kind: number, width: width,
		get: func(r *R, _ *catalogue.Index) string {
			if *at(r) == 0 {
				return ""
			}
			return strconv.FormatInt(int64(*at(r)), 10)
		},
		set: func(r *R, s string) bool {
			n, err := strconv.ParseInt(s, 10, 63)
			if err != nil {
				return false
			}
			*at(r) = N(n)
			return n >= 0
		}}
}

// span is a length of time: a number, and what it counts.
func span[R any](head, unit, field string, at func(*R) *catalogue.Span) []column[R] {
	return []column[R]{
		num(head, field, 10, func(r *R) *int { return &at(r).N }),
		oneOf(unit, field+unitOfSpan, 10, spanWords, func(r *R) *catalogue.SpanUnit { return &at(r).Unit }),
	}
}

// unitOfSpan ends the field of the column that says what a span counts.
const unitOfSpan = ".unit"

// look is a column that is only looked at.
func look[R any](head string, width float64, get func(*R, *catalogue.Index) string) column[R] {
	return column[R]{head: head + lookMark, kind: readonly, width: width, get: get}
}

const lookMark = "（只看）"
