package plain

import (
	"regexp"
	"strconv"
	"strings"

	"casedesk/store/text"
	"casedesk/tui/kit"
)

// take takes a line that was typed, for what was last told.
func (t *talk) take(line string) {
	p := &t.page
	word := strings.TrimSpace(line)
	command, isCommand := dotted(word)
	switch {
	case len(t.long) > 0:
		t.more(line, command == "" && isCommand)
	case isCommand && !(p.secret && command != "" && t.own(command) == nil && len(t.find(command)) == 0):
		t.command(command)
	case p.secret:
		t.answerWith(line)
	default:
		if rest, ok := strings.CutPrefix(word, ".."); ok { // what begins with a dot
			line = "." + rest
		}
		t.answerWith(line)
	}
}

// dotted is the command of a line that begins with a dot, or with the one that a Chinese
// input method makes of it.
func dotted(word string) (string, bool) {
	if strings.HasPrefix(word, "..") {
		return "", false
	}
	for _, dot := range []string{".", "。", "．"} {
		if rest, ok := strings.CutPrefix(word, dot); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

func (t *talk) answerWith(line string) {
	p := &t.page
	switch word := strings.TrimSpace(line); {
	case p.ask != nil && p.ask.Open:
		t.pick(word)
	case p.ask != nil:
		t.field(line)
	case p.typed:
		t.typed(line)
	case len(p.rows) > 0:
		t.choose(word)
	case word == "":
		t.press("enter")
	default:
		t.key(word)
	}
}

// numbers reads a line of numbers, parted by spaces or commas.
func numbers(s string) []int {
	var out []int
	for _, part := range strings.FieldsFunc(text.Fold(s), func(r rune) bool { return r == ' ' || r == ',' || r == '、' }) {
		n, err := strconv.Atoi(part)
		if err != nil || n < 1 {
			return nil
		}
		out = append(out, n)
	}
	return out
}

var rowCommand = regexp.MustCompile(`^(\d+)\s*[.。．](.*)$`)

// commandOnRow does what is said of a row by its number, "3 .标记", and reports whether it
// was said so.
func (t *talk) commandOnRow(word string) bool {
	m := rowCommand.FindStringSubmatch(text.Fold(word))
	if m == nil {
		return false
	}
	n, _ := strconv.Atoi(m[1])
	if t.goTo(n) {
		_, command, _ := strings.Cut(strings.NewReplacer("。", ".", "．", ".").Replace(word), ".")
		t.page = t.look()
		t.command(strings.TrimSpace(command))
	}
	return true
}

// choose takes the answer to a list.
func (t *talk) choose(word string) {
	if t.commandOnRow(word) {
		return
	}
	ns := numbers(word)
	row, table := t.page.rows[0], t.page.rows[0].Cell > 0
	switch {
	case word == "":
		t.press("enter")
	case word == "n" || word == "下":
		t.turn(1)
	case word == "p" || word == "上":
		t.turn(-1)
	case table && len(ns) == 2 && t.goTo(ns[0]):
		t.across(ns[1] - t.look().rows[0].Cell)
		t.press("enter")
	case len(ns) == 1 && t.goTo(ns[0]):
		t.open(ns[0], row.Prose)
	case len(ns) == 0 || table && len(ns) == 2:
		t.say("plain.no_number")
	}
}

// open opens the row that was gone to. A line of a text that leads nowhere is read.
func (t *talk) open(n int, prose bool) {
	if prose {
		for _, h := range t.look().rows {
			if h.Row == n && !h.Opens {
				t.print(t.row(h))
				return
			}
		}
	}
	t.press("enter")
}

// across goes so many columns on in a table.
func (t *talk) across(by int) {
	t.times(by, "right")
	t.times(-by, "left")
}

// goTo puts the cursor on a row; where there is none of that number, it says so.
func (t *talk) goTo(n int) bool {
	p := t.look()
	of, _, _ := p.of()
	at := 0
	for _, h := range p.rows {
		if h.At {
			at = h.Row
		}
	}
	if p.ask != nil && !p.ask.Open {
		at = p.ask.Row
	}
	if n < 1 || n > of || at == 0 {
		t.say("plain.no_row", n, of)
		return false
	}
	t.times(n-at, "down")
	t.times(at-n, "up")
	return true
}

// turn reads the next rows of a list, or those before.
func (t *talk) turn(by int) {
	n, from, to := t.page.of()
	switch {
	case by > 0 && to >= n:
		t.say("plain.last_row")
	case by < 0 && from <= 1:
		t.say("plain.first_row")
	case by > 0:
		t.press("pgdown")
	default:
		t.press("pgup")
	}
}

// key presses what was typed as keys on a page that neither asks nor lists: a digit.
func (t *talk) key(word string) {
	if ns := numbers(word); len(ns) == 1 && ns[0] <= 9 {
		t.press(strconv.Itoa(ns[0]))
		return
	}
	t.say("plain.unclear")
}

// typed fills a line that is no question's. Where a list stands below it, a number goes to
// a row, and Enter opens what is under the cursor; else the line is done with.
func (t *talk) typed(line string) {
	p := &t.page
	word := strings.TrimSpace(line)
	if len(p.rows) > 0 && !p.secret {
		of, _, _ := p.of()
		if ns := numbers(word); len(ns) == 1 && ns[0] <= of || word == "" || rowCommand.MatchString(text.Fold(word)) {
			t.choose(word)
			return
		}
		line = strings.TrimPrefix(word, "/")
	}
	if line != "" {
		t.press("ctrl+u")
		t.paste(line)
		t.asked = "" // what is found is the answer, also where it is what stood there before
	}
	if p := t.look(); !p.list() {
		t.press("enter")
	}
}

// field answers a question.
func (t *talk) field(line string) {
	q, word := t.page.ask, strings.TrimSpace(line)
	switch {
	case q.Type == kit.Rows:
		t.member(word)
		return
	case word == "" && q.Type != kit.Secret || line == "":
		t.next(q)
		return
	case q.More:
		if word == "1" {
			t.press("f9")
		} else {
			t.say("plain.no_number")
		}
		return
	case q.Type == kit.Choice || q.Type == kit.Bool:
		if !t.among(word) {
			return
		}
	case q.Type == kit.Select || q.Type == kit.Multi:
		if !t.select_(word) {
			return
		}
	case q.Type == kit.Long:
		t.long = []string{line}
		return
	default:
		t.press("ctrl+u")
		t.paste(line)
	}
	t.filled(q, word)
}

// filled goes on from a field that was answered, unless its answer cannot stay. What was
// understood of it is said where that is not what was typed, and what looks wrong.
func (t *talk) filled(q *kit.Asked, typed string) {
	p := t.look()
	if p.ask == nil || p.ask.Open || !same(p.ask, q) {
		return
	}
	if p.ask.Faulty {
		t.forget(&p)
		return
	}
	for _, h := range p.lines {
		echoes := h.Value && !strings.HasSuffix(h.Text, text.Line(typed).String())
		if echoes || h.Doubt {
			t.print(h.Text)
		}
	}
	t.next(q)
}

// forget lets the fault of a field be said again, however often it is the same.
func (t *talk) forget(p *page) {
	lines, _, _ := t.spoken(p)
	for _, line := range lines {
		if strings.HasPrefix(line, "! ") {
			delete(t.said[p.place()], line)
		}
	}
}

// same reports whether two questions are about one field.
func same(a, b *kit.Asked) bool { return a.Name == b.Name && a.At == b.At }

// next goes to the next field. From the last one the way on is to save.
func (t *talk) next(q *kit.Asked) {
	p := t.look()
	if p.ask == nil || !same(p.ask, q) {
		return
	}
	if p.ask.At < p.ask.Of {
		t.press("tab")
		return
	}
	for _, b := range p.Keys {
		if b.ID == "save" {
			t.say("plain.last_field", t.Words.T(b.Help))
		}
	}
}

// among takes one of the choices that were read out, by its number, its name or the first
// letters of that.
func (t *talk) among(word string) bool {
	i, ok := t.which(word)
	if !ok {
		return false
	}
	t.press("backspace")
	t.times(i, "right")
	return true
}

// which is the number of the option that is meant.
func (t *talk) which(word string) (int, bool) {
	rows := t.page.rows
	if ns := numbers(word); len(ns) == 1 && ns[0] <= len(rows) {
		return ns[0], true
	}
	var found []kit.Heard
	query := text.NewQuery(word)
	for _, h := range rows {
		if text.Fold(h.Text) == text.Fold(word) {
			return h.Row, true
		}
		if query.Match(text.Keys(h.Text)) {
			found = append(found, h)
		}
	}
	switch len(found) {
	case 0:
		t.say("plain.none", word)
	case 1:
		return found[0].Row, true
	default:
		t.say("plain.several", word)
		for _, h := range found {
			t.print(t.row(h))
		}
	}
	return 0, false
}

// select_ takes options of a list. Those that were read out can be taken by number; else
// the list is opened and searched, and what is not certain is left open to choose from.
func (t *talk) select_(word string) bool {
	p := &t.page
	if ns := numbers(word); len(p.rows) > 0 && len(ns) > 0 && (p.ask.Many || len(ns) == 1) {
		for _, n := range ns {
			if n > len(p.rows) {
				t.say("plain.no_row", n, len(p.rows))
				return false
			}
		}
		if p.ask.Many {
			t.press("backspace")
		}
		t.press("enter", "home")
		at := 1
		for _, n := range ns {
			t.times(n-at, "down")
			t.times(at-n, "up")
			if at = n; p.ask.Many {
				t.press("space")
			}
		}
		t.press("enter")
		return true
	}
	t.paste(word)
	return t.certain(word)
}

// certain takes the only option that was found, or the only one of that very name. Where
// there are several the list stays open; where there is none it is closed again.
func (t *talk) certain(word string) bool {
	p := t.look()
	if p.ask == nil || !p.ask.Open {
		return false
	}
	of, _, _ := p.of()
	if of == 0 {
		t.say("plain.none", word)
		t.press("ctrl+u", "esc")
		return false
	}
	at, named := 1, 0
	for _, h := range p.rows {
		if h.Text == word || strings.HasPrefix(h.Text, word+t.Words.T("plain.pause")) {
			at, named = h.Row, named+1
		}
	}
	if of > 1 && named != 1 {
		return false
	}
	t.times(at-1, "down")
	if p.ask.Many {
		t.press("space")
	}
	t.press("enter")
	return true
}

// pick answers from a list that stands open.
func (t *talk) pick(word string) {
	q := t.page.ask
	ns := numbers(word)
	switch {
	case word == "" && q.Many:
		t.press("enter")
	case word == "":
		t.press("esc")
	case word == "n" || word == "下":
		t.turn(1)
	case word == "p" || word == "上":
		t.turn(-1)
	case len(ns) == 1 || q.Many && len(ns) > 1:
		for _, n := range ns {
			if !t.goTo(n) {
				return
			}
			if q.Many {
				t.press("space")
			}
		}
		if q.Many {
			return
		}
		t.press("enter")
		t.filled(q, word)
	default:
		t.press("ctrl+u")
		t.paste(word)
		if t.certain(word) {
			t.filled(q, word)
		}
	}
}

// member works a list of members: a number opens one, or adds one; nothing goes on.
func (t *talk) member(word string) {
	if t.commandOnRow(word) {
		return
	}
	ns := numbers(word)
	switch {
	case word == "":
		t.next(t.page.ask)
	case len(ns) == 1 && t.goTo(ns[0]):
		t.press("enter")
	case len(ns) != 1:
		t.say("plain.no_number")
	}
}

// more takes a further line of a long text; a dot alone ends it.
func (t *talk) more(line string, ends bool) {
	if !ends {
		if rest, ok := strings.CutPrefix(line, ".."); ok {
			line = "." + rest
		}
		t.long = append(t.long, line)
		return
	}
	q := t.page.ask
	whole := strings.Join(t.long, "\n")
	t.fillLong()
	if q != nil {
		t.filled(q, whole)
	}
}

// fillLong puts the long text into its field, in place of what that held.
func (t *talk) fillLong() {
	whole := strings.Join(t.long, "\n")
	t.long = nil
	t.empty()
	t.paste(whole)
}

// empty takes out what a field holds.
func (t *talk) empty() {
	q := t.look().ask
	switch {
	case q == nil:
		t.press("ctrl+u")
	case q.Type == kit.Long:
		t.press("ctrl+end")
		for range q.Lines {
			t.press("ctrl+u", "backspace")
		}
	case q.Type == kit.Choice || q.Type == kit.Bool || q.Type == kit.Select || q.Type == kit.Multi:
		t.press("backspace")
	case q.Type != kit.Rows:
		t.press("ctrl+u")
	}
}
