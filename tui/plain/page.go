package plain

import (
	"regexp"
	"strings"

	"casedesk/tui"
	"casedesk/tui/kit"
)

// page is the desk as it is read.
type page struct {
	tui.Reading
	lines  []kit.Heard
	rows   []kit.Heard // the lines that are rows, as many as are read at a time
	ask    *kit.Asked
	typed  bool // what is typed goes into a line that is no question's
	label  string
	secret bool
}

// look reads the desk.
func (t *talk) look() page {
	p := page{Reading: t.desk.Read()}
	for _, line := range p.Body {
		h := kit.Hear(line, t.Words.T("plain.pause"))
		switch {
		case h.Ask != nil:
			p.ask, p.label = h.Ask, h.Ask.Label
			p.secret = h.Ask.Type == kit.Secret && !h.Ask.Open
		case h.Caret && p.Typing:
			p.label, p.secret = h.Label, h.Secret
		}
		if h.Row > 0 {
			p.rows = append(p.rows, h)
		}
		if h.Text != "" {
			p.lines = append(p.lines, h)
		}
	}
	p.typed = p.Typing && p.ask == nil
	return p
}

func (p *page) place() place { return place{p.Screen, p.Typing} }

// list reports whether a row is gone to by its number: there is a list, and nothing asks.
func (p *page) list() bool { return len(p.rows) > 0 && (p.ask == nil || p.ask.Open) }

// of is how many rows there are, and from and to which of them are read.
func (p *page) of() (n, from, to int) {
	if len(p.rows) == 0 {
		return 0, 0, 0
	}
	return p.rows[0].Of, p.rows[0].Row, p.rows[len(p.rows)-1].Row
}

// whole is what is told whole or not at all: the question, and the rows that are read.
func (t *talk) whole(p *page) string {
	var b strings.Builder
	for _, h := range p.lines {
		if h.Ask != nil || h.Row > 0 && !h.Prose {
			b.WriteString(t.row(h) + "\n")
		}
	}
	return b.String()
}

// spoken are the lines of a page as they are printed, and from where to where they are what
// is told whole. What stands below a question belongs to it.
func (t *talk) spoken(p *page) (out []string, head, tail int) {
	counted, begun := false, false
	for _, h := range p.lines {
		if begins := h.Ask != nil || h.Row > 0 && !h.Prose; begins && !begun {
			begun, head = true, len(out)
		}
		switch {
		case h.Caret && h.Text == h.Label:
			continue // it is the prompt
		case h.Row == 0 || h.Prose && !h.Opens:
			out = append(out, h.Text)
			continue
		}
		if n, from, to := p.of(); !counted && !h.Prose && (p.ask == nil || p.ask.Open) {
			counted = true
			if from > 1 || to < n {
				out = append(out, t.Words.T("plain.rows", n, from, to))
			} else {
				out = append(out, t.Words.T("plain.rows_all", n))
			}
		}
		out = append(out, t.row(h))
		tail = len(out)
	}
	if p.ask != nil {
		tail = len(out)
	}
	return out, head, tail
}

// row is a row with its number.
func (t *talk) row(h kit.Heard) string { return t.Words.T("plain.row", h.Row, h.Text) }

// replaced reports whether another screen came since the page was told.
func (t *talk) replaced() bool {
	p := t.look()
	return p.Screen != t.page.Screen || p.secret != t.page.secret
}

// tell prints what is new on the screen: of one that was told before, what became other
// since.
func (t *talk) tell() {
	p := t.look()
	fresh, was := p.Screen != t.page.Screen, t.page.Reading
	t.page = p
	if hides := p.Covered && !was.Covered || p.Locked && !was.Locked; hides && was.Screen >= 0 {
		t.hide()
	}
	title := kit.Hear(p.Title, t.Words.T("plain.pause")).Text
	if fresh || title != t.title {
		t.print("", t.Words.T("plain.title", title))
	}
	t.title = title
	if p.Link != "" && (t.link == "" || timeless(p.Link) != timeless(t.link)) {
		t.print(kit.Hear(p.Link, t.Words.T("plain.pause")).Text)
	}
	t.link = p.Link
	old, known := t.said[p.place()]
	said := map[string]int{}
	t.said[p.place()] = said
	lines, head, tail := t.spoken(&p)
	whole := t.whole(&p)
	if p.Covered { // each of its pages is a question of its own
		whole, head, tail = strings.Join(lines, "\n"), 0, len(lines)
	}
	for i, line := range lines {
		if i == head && !known && p.ask != nil && !p.ask.Open {
			t.print(p.ask.Before...)
		}
		if said[line]++; said[line] > old[line] || i >= head && i < tail && whole != t.asked {
			t.print(line)
		}
	}
	t.asked = whole
	status := kit.Hear(p.Status, t.Words.T("plain.pause")).Text
	if status != "" {
		if said[status]++; old[status] == 0 {
			t.print(status)
		}
	}
	note := kit.Hear(p.Note, t.Words.T("plain.pause")).Text
	if note == t.Words.T("link.asked") { // it sends eyes to a corner
		note, t.link = t.Words.T("plain.link_asked"), ""
	}
	if note != "" && note != t.noted {
		t.print(t.Words.T("plain.note", note))
	}
	t.noted = note
	if !known || p.Covered && !was.Covered {
		t.print(t.way(&p)...)
	}
}

var hour = regexp.MustCompile(`\d\d:\d\d`)

// timeless is the state of the link without its time: that alone is no news.
func timeless(link string) string { return hour.ReplaceAllString(link, "") }

// hide moves what was told out of sight, as far as lines can: somebody else looks now, or
// nobody is to.
func (t *talk) hide() {
	if t.Echoed {
		t.write(strings.Repeat("\n", 60))
	}
}

// way says how to go on from a screen and how to leave it.
func (t *talk) way(p *page) []string {
	switch {
	case p.Screen == 0 && len(p.Keys)+len(p.Globals) == 0:
		return nil
	case p.Covered:
		return []string{t.Words.T("plain.way_covered")}
	}
	for _, b := range p.Keys {
		for _, k := range b.Keys {
			if k == "esc" && b.Why() == "" {
				return []string{t.Words.T("plain.way_out", t.Words.T(b.Help))}
			}
		}
	}
	return []string{t.Words.T("plain.way")}
}

// prompt asks for a line.
func (t *talk) prompt() {
	p := &t.page
	switch {
	case len(t.long) > 0:
	case p.list() && p.Typing:
		t.write(t.Words.T("plain.prompt_find"))
	case p.list():
		t.write(t.Words.T("plain.prompt_row"))
	case p.label != "":
		t.write(t.Words.T("plain.prompt_field", p.label))
	default:
		t.write(t.Words.T("plain.prompt"))
	}
}

// again forgets what was said, so that all of it is said again.
func (t *talk) again() {
	delete(t.said, t.page.place())
	t.page.Screen, t.link, t.asked = -1, "", ""
}

// numbered prints the lines of a list with their numbers, those of a text too.
func (t *talk) numbered() {
	for _, h := range t.page.rows {
		if strings.TrimSpace(h.Text) != "" {
			t.print(t.row(h))
		}
	}
}
