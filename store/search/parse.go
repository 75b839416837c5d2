package search

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Query is a search as it was understood. The zero value asks for nothing.
type Query struct {
	Words   []string // to be found as text, as they were typed
	Filters []Filter
	Doubts  []Doubt
	text    text.Query
	singles []text.Query // each of Words by itself
}

// Filter is one condition.
type Filter struct {
	Kind   Kind
	Not    bool     // what fits is left out
	Names  []string // what was understood, by the names of the language that the key was written in
	Period Period   // of a date, the first one
	codes  map[string]bool
	others map[string]bool // stages of State, matters of Category
	people []text.Query
	spans  []Period
}

// Why says what is doubtful about a word.
type Why string

// The doubts.
const (
	NoKey   Why = "key"   // there is no such filter; looked for as text
	NoName  Why = "name"  // nothing has that name; looked for as text
	NoDate  Why = "date"  // it is no date; looked for as text
	GoesOn  Why = "go_on" // the value is still to be typed; passed over
	AsDate  Why = "as_date"
	AsMark  Why = "as_mark"
	tooMany     = 24 // words of a search; what stands behind them is text
)

// Doubt tells of a word that may not mean what was meant. AsDate and AsMark are of words
// without a key: to be found as text they are put in quotes.
type Doubt struct {
	Why  Why
	Word string // as it was typed
	Kind Kind   // of the filter that it would be
	Near []string
}

// IsEmpty reports whether everything is asked for.
func (q *Query) IsEmpty() bool { return q.text.IsEmpty() && len(q.Filters) == 0 }

// Text are the words that must be found.
func (q *Query) Text() text.Query { return q.text }

// NeedsWords reports whether the text of cases is looked through, and not only their rows.
func (q *Query) NeedsWords() bool {
	for _, f := range q.Filters {
		if f.Kind == Person {
			return true
		}
	}
	return !q.text.IsEmpty()
}

// token is a word of a search: From and To are its place, in bytes.
type token struct {
	from, to int
	text     string // without quotes
	quoted   bool   // a quote stood at its beginning
	not      bool
	key      string // before the colon; empty: there is none
	values   []string
	value    int // where the values begin
}

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '＂' }

func isColon(r rune) bool { return r == ':' || r == '：' || r == '︰' }

func isMinus(r rune) bool { return r == '-' || r == '－' || r == '−' }

func isComma(r rune) bool { return r == ',' || r == '，' || r == '、' || r == '|' || r == '｜' }

// tokens cuts what was typed into words.
func tokens(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			i += n
			continue
		}
		t := oneToken(s, i)
		out = append(out, t)
		i = t.to
	}
	return out
}

// oneToken reads the word that begins at from.
func oneToken(s string, from int) token {
	t := token{from: from, value: -1}
	var whole, value strings.Builder
	at, quote, wasQuoted := from, false, false
	flush := func() {
		if v := strings.TrimSpace(value.String()); v != "" {
			t.values = append(t.values, v)
		}
		value.Reset()
	}
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		switch {
		case isQuote(r):
			t.quoted = t.quoted || at == from
			quote, wasQuoted = !quote, true
			at += n
			continue
		case !quote && unicode.IsSpace(r):
			t.to, t.text = at, whole.String()
			flush()
			return t
		case !quote && !wasQuoted && t.value < 0 && isColon(r) && whole.Len() > 0:
			t.value = at + n
			t.key = whole.String()
			if first, size := utf8.DecodeRuneInString(t.key); isMinus(first) {
				t.not, t.key = true, t.key[size:]
			}
		case t.value >= 0 && !quote && isComma(r):
			flush()
		case t.value >= 0:
			value.WriteRune(r)
		}
		whole.WriteRune(r)
		at += n
	}
	t.to, t.text = at, whole.String()
	flush()
	return t
}

// Parse reads a search. It never fails.
func Parse(s string, ix *catalogue.Index, now time.Time) Query { return parse(s, ix, now, false) }

// ParseKeyed reads a search that somebody wrote who sees no answer while she writes, such as
// a script: only a key with a value is a filter, and every other word is text, whatever it
// looks like.
func ParseKeyed(s string, ix *catalogue.Index, now time.Time) Query { return parse(s, ix, now, true) }

func parse(s string, ix *catalogue.Index, now time.Time, keyed bool) Query {
	var q Query
	p := parser{q: &q, ix: ix, now: now.In(ix.Calendar().Location()), cal: ix.Calendar(), keyed: keyed}
	for i, t := range tokens(s) {
		if i < tooMany {
			p.take(t)
		} else {
			p.word(t.text)
		}
	}
	found := OfText(strings.Join(q.Words, " "))
	q.text, q.singles = found.text, found.singles
	return q
}

// OfText is a search for text alone, whatever it looks like.
func OfText(s string) Query {
	q := Query{Words: strings.Fields(s), text: text.NewQuery(s)}
	for _, w := range q.Words {
		q.singles = append(q.singles, text.NewQuery(w))
	}
	return q
}

type parser struct {
	q   *Query
	ix  *catalogue.Index
	now time.Time
	cal catalogue.Calendar
	// keyed says that a word without a key, or a key without a value, is text.
	keyed bool
}

func (p *parser) take(t token) {
	k, known := keys[text.Fold(t.key)]
	switch {
	case t.quoted || t.key == "" && t.value < 0:
		p.plain(t)
	case !known:
		if looksLikeKey(t) {
			p.doubt(Doubt{Why: NoKey, Word: t.key})
		}
		p.word(t.text)
	case len(t.values) == 0 && p.keyed:
		p.word(t.text)
	case len(t.values) == 0:
		p.doubt(Doubt{Why: GoesOn, Word: t.text, Kind: k.kind})
	default:
		p.filter(k, t)
	}
}

// looksLikeKey reports whether what stands before a colon may have been meant as a filter:
// a short word of letters, with something behind it that is no address and no time.
func looksLikeKey(t token) bool {
	for _, r := range t.key {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return t.key != "" && utf8.RuneCountInString(t.key) <= 8 && !strings.HasPrefix(t.text[min(len(t.text), len(t.key)+1):], "//")
}

// plain takes a word without a key: text, but for dates and the few marks that are words
// by themselves.
func (p *parser) plain(t token) {
	if !t.quoted && !p.keyed {
		if span, ok := bareDate(t.text, p.now, p.cal); ok {
			p.doubt(Doubt{Why: AsDate, Word: t.text})
			p.add(Filter{Kind: Arrived, Names: []string{t.text}, Period: span, spans: []Period{span}})
			return
		}
		if m, ok := bare[t.text]; ok {
			p.doubt(Doubt{Why: AsMark, Word: t.text})
			p.add(Filter{Kind: Is, Names: []string{t.text}, codes: map[string]bool{string(m): true}})
			return
		}
	}
	p.word(t.text)
}

func (p *parser) word(s string) {
	p.q.Words = append(p.q.Words, strings.Fields(s)...)
}

func (p *parser) doubt(d Doubt) { p.q.Doubts = append(p.q.Doubts, d) }

// filter takes a word with a key that is known. A value that nothing has is looked for as
// text, the whole word with it.
func (p *parser) filter(k key, t token) {
	f := Filter{Kind: k.kind, Not: t.not}
	english := t.key[0] < utf8.RuneSelf
	all := choices(k.kind, p.ix)
	for _, v := range t.values {
		if k.kind == Person {
			if q := text.NewQuery(v); !q.IsEmpty() {
				f.people, f.Names = append(f.people, q), append(f.Names, v)
			}
			continue
		}
		found := find(all, v, k.level)
		dated := k.kind == Arrived || k.kind == Due
		if len(found) == 0 && dated {
			if span, ok := period(v, p.now, p.cal, k.kind == Due); ok {
				if len(f.spans) == 0 {
					f.Period = span
				}
				f.spans, f.Names = append(f.spans, span), append(f.Names, v)
				continue
			}
		}
		if len(found) == 0 {
			d := Doubt{Why: NoName, Word: v, Kind: k.kind, Near: nearest(all, v, english)}
			if k.kind == Arrived || k.kind == Due && len(d.Near) == 0 {
				d = Doubt{Why: NoDate, Word: v, Kind: k.kind}
			}
			p.doubt(d)
			continue
		}
		for i := range found {
			f.take(k.kind, &found[i], p.ix)
			f.Names = append(f.Names, found[i].name(english))
		}
	}
	if len(f.Names) == 0 {
		p.word(t.text)
		return
	}
	p.add(f)
}

// take lets a choice fit the filter, with all that stands below it.
func (f *Filter) take(k Kind, c *choice, ix *catalogue.Index) {
	if f.codes == nil {
		f.codes, f.others = map[string]bool{}, map[string]bool{}
	}
	if other, ok := strings.CutPrefix(c.code, kindCode); ok {
		f.others[other] = true
		return
	}
	if stage, ok := strings.CutPrefix(c.code, stageCode); ok {
		f.others[stage] = true
		return
	}
	code := strings.TrimPrefix(c.code, stateCode)
	if f.codes[code] {
		return
	}
	f.codes[code] = true
	switch k {
	case Category:
		for _, below := range ix.CodeChildren(catalogue.TableCategories, code) {
			f.take(k, &choice{code: below}, ix)
		}
	case Place:
		for _, below := range ix.DivisionChildren(catalogue.DivisionCode(code)) {
			f.take(k, &choice{code: string(below)}, ix)
		}
	}
}

// add adds a filter, or widens one of its kind.
func (p *parser) add(f Filter) {
	for i := range p.q.Filters {
		have := &p.q.Filters[i]
		if f.Not || have.Not || have.Kind != f.Kind || !f.Kind.single() {
			continue
		}
		have.Names, have.spans = append(have.Names, f.Names...), append(have.spans, f.spans...)
		have.codes, have.others = union(have.codes, f.codes), union(have.others, f.others)
		return
	}
	p.q.Filters = append(p.q.Filters, f)
}

func union(a, b map[string]bool) map[string]bool {
	if a == nil {
		return b
	}
	for k := range b {
		a[k] = true
	}
	return a
}
