// Package i18n holds every sentence that a person reads, in Chinese first and
// in English. Screens, commands and handlers say a key and get a sentence; no
// sentence stands anywhere else.
//
// The words stand in tables by area, both languages of a row side by side:
//
//	words_errors.go   what went wrong, whether data is safe, what to do next
//	words_faults.go   what is wrong with a field of an input
//	words_whys.go     why something is not allowed, held or contested, or was refused
//	words_cases.go    stages, states, actions, receipts, lights, limits, effects
//	words_fields.go   labels of fields and of their choices
//	words_kit.go      the parts that screens are made of
//	words_desk.go     the desk's screens
//	words_cli.go      the two programs as commands
//	words_workbook.go what is wrong with the catalogue's workbook
//	words_message.go  texts (SMS), and what is said of them
//	words_dispute.go, words_petition.go, words_lead.go, words_matter.go, words_joint.go,
//	words_risk.go, words_link.go, words_access.go: actions, states and fields of one subject each
//	words_report.go   reports, their columns, formulas
//	words_settings.go what counties set differently
//	words_counts.go   the command report
//	words_exchange.go how the laptop stands with its county
//	words_figures.go  the desk's screen of figures
//	words_newuser.go  the ways in, the tour, practice, the palette
//	words_working.go  working a case, and many at once
//	words_gallery.go  the pictures of the gallery
//	words_plain.go    the desk in lines
//	words_find.go     the search box, its filters, saved searches
//	words_display.go  how the desk is drawn
//	words_intake.go   logging a case: undo, proposals, drafts
//
// A new area is a new file and a line in areas. Names of the county's own
// tables (categories, channels, units) are data of the catalogue and not here.
package i18n

import (
	"fmt"
	"slices"
	"strings"

	"casedesk/store/text"
)

// Lang is a language of the program.
type Lang string

// The languages. Chinese is the one that stands in for anything unknown.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// ParseLang reads the value of a flag or of CASEDESK_LANG.
func ParseLang(s string) (Lang, bool) {
	switch l := Lang(s); l {
	case ZH, EN:
		return l, true
	default:
		return ZH, false
	}
}

// Key names a sentence: an area, a dot, and what is said ("state.accepted").
type Key = string

// row is one sentence in both languages. A {name} is filled by the argument of
// that name, {1} by the first argument without one; {n|day|days} is the first
// word where argument n is 1, the second elsewhere. Neither language uses
// characters that old Chinese consoles draw wider than others do: no ellipsis,
// no dash, no curly quotes, no middle dot.
type row struct {
	key    Key
	zh, en string
}

var areas = [][]row{
	errorWords, faultWords, whyWords, caseWords, fieldWords, kitWords, deskWords, cliWords, demoWords, galleryWords,
	disputeWords, petitionWords, leadWords, matterWords, jointWords, superviseWords, boardWords, reportWords, countWords, figuresWords, riskWords, linkWords, accessWords,
	workbookWords, settingWords, messageWords, sayWords, newUserWords, workingWords, plainWords, findWords, displayWords, exchangeWords, intakeWords,
}

// Words are the sentences of one language.
type Words struct {
	lang      Lang
	sentences map[Key]string
}

// New returns the words of a language.
func New(lang Lang) *Words {
	w := &Words{lang: lang, sentences: make(map[Key]string, 512)}
	for _, area := range areas {
		for _, r := range area {
			if lang == EN {
				w.sentences[r.key] = r.en
			} else {
				w.sentences[r.key] = r.zh
			}
		}
	}
	return w
}

// Keys returns every key, sorted.
func Keys() []Key {
	var keys []Key
	for _, area := range areas {
		for _, r := range area {
			keys = append(keys, r.key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Lang returns the language of the words.
func (w *Words) Lang() Lang { return w.lang }

// Has reports whether there is a sentence under the key.
func (w *Words) Has(key Key) bool {
	_, ok := w.sentences[key]
	return ok
}

// Named is an argument that fills a placeholder by name.
type Named struct {
	name  string
	value any
}

// Arg returns the argument for {name}.
func Arg(name string, value any) Named { return Named{name, value} }

// T returns the sentence under the key with its arguments put in: those made by
// Arg by their names, the others as {1}, {2} and so on. Arguments are cleaned
// and made one line, so the sentence is safe to draw. A missing key gives the
// key in brackets, a missing argument leaves its placeholder to be seen.
func (w *Words) T(key Key, args ...any) string {
	s, ok := w.sentences[key]
	if !ok {
		return "[" + text.Line(key).String() + "]"
	}
	if !strings.Contains(s, "{") {
		return s
	}
	values := make(map[string]string, len(args))
	place := 0
	for _, a := range args {
		if n, ok := a.(Named); ok {
			values[n.name] = text.Line(fmt.Sprint(n.value)).String()
			continue
		}
		place++
		values[fmt.Sprint(place)] = text.Line(fmt.Sprint(a)).String()
	}
	return fill(s, values)
}

// fill puts values into the placeholders of s, each once: a value that looks
// like a placeholder stays text.
func fill(s string, values map[string]string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "{")
		b.WriteString(before)
		inner, after, closed := strings.Cut(rest, "}")
		if !found || !closed {
			return b.String()
		}
		name, forms, plural := strings.Cut(inner, "|")
		value, given := values[name]
		one, many, _ := strings.Cut(forms, "|")
		switch {
		case !given:
			b.WriteString("{" + inner + "}")
		case plural && value == "1":
			b.WriteString(one)
		case plural:
			b.WriteString(many)
		default:
			b.WriteString(value)
		}
		s = after
	}
}
