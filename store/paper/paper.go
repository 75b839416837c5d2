// Package paper makes the papers that a party is handed, as plain text: the slip of its
// case, and what its rights and duties are and what comes next. It names nobody and tells
// nothing of what a case is about, for papers lie about. It is pure: what is printed where
// is its caller's.
package paper

import (
	"strings"

	"casedesk/store/i18n"
	"casedesk/store/text"
)

// width is how many cells a line takes: what an editor prints on A4 in the letters that it
// opens with.
const width = 64

// indent is the two characters by which a Chinese paragraph begins.
const indent = "    "

// Paper is a text of lines.
type Paper struct{ lines []string }

// Lines returns the text's lines, safe to draw.
func (p Paper) Lines() []string { return p.lines }

// String returns the text as a terminal or a pipe takes it.
func (p Paper) String() string { return strings.Join(p.lines, "\n") + "\n" }

// File returns the text as a file on the office's computers: Windows' editor and WPS take
// UTF-8 for GB18030 without the mark in front, and older ones see lines only where they
// end in CR LF.
func (p Paper) File() []byte {
	return []byte("\ufeff" + strings.ReplaceAll(p.String(), "\n", "\r\n"))
}

// writer writes a paper in the words of a language.
type writer struct {
	*i18n.Words
	Paper
}

func (w *writer) line(s string)  { w.lines = append(w.lines, text.Line(s).String()) }
func (w *writer) gap()           { w.lines = append(w.lines, "") }
func (w *writer) rule()          { w.line(strings.Repeat("-", width)) }
func (w *writer) say(key string) { w.paragraph(w.T(key)) }

// centre writes a line in the middle.
func (w *writer) centre(s string) {
	t := text.Line(s)
	w.line(strings.Repeat(" ", max(0, (width-t.Width())/2)) + t.String())
}

// label writes a label and what it says, below one another where that is long; nothing
// where it says nothing.
func (w *writer) label(key, said string) {
	if said == "" {
		return
	}
	head := text.Line(w.T("paper.line", w.T(key), ""))
	for i, line := range text.Line(said).Wrap(width - head.Width()) {
		if i > 0 {
			head = text.Line(strings.Repeat(" ", head.Width()))
		}
		w.line(head.String() + line.String())
	}
}

// paragraph writes what is said as a paragraph, its first line indented.
func (w *writer) paragraph(said string) {
	for _, line := range text.Line(indent + said).Wrap(width) {
		w.line(line.String())
	}
}

// items writes numbered sentences, each indented below its number.
func (w *writer) items(keys ...string) {
	for i, key := range keys {
		number := string(rune('1'+i)) + ". "
		for j, line := range text.Line(w.T(key)).Wrap(width - len(indent) - len(number)) {
			if j > 0 {
				number = strings.Repeat(" ", len(number))
			}
			w.line(indent + number + line.String())
		}
	}
}

// numbered are the keys prefix1 to prefixN.
func numbered(prefix string, n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = prefix + string(rune('1'+i))
	}
	return keys
}
