package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// KeyName is what tables call a key: "f2", "ctrl+s", "shift+tab", "space", or
// the printable sign itself. Full-width twins and capital letters count as the
// plain key, for that is what a Chinese input method or Caps Lock makes of it.
// Keys that switch input methods have no name.
func KeyName(k tea.KeyPressMsg) string {
	if printable(k) {
		r, size := utf8.DecodeRuneInString(k.Text)
		switch r = unicode.ToLower(text.FoldKey(r)); {
		case size < len(k.Text):
			return ""
		case r == ' ':
			return "space"
		default:
			return string(r)
		}
	}
	switch name := k.Keystroke(); name {
	case "ctrl+@", "ctrl+space", "ctrl+shift", "ctrl+.":
		return ""
	case "alt+esc":
		return "esc" // two presses that came in one piece, as over a slow line
	default:
		return name
	}
}

func printable(k tea.KeyPressMsg) bool {
	return k.Text != "" && k.Mod&(tea.ModCtrl|tea.ModAlt) == 0
}

// Binding is a row of a key table: what a key does, in words and by name.
type Binding struct {
	ID   string        // the action, which the screen switches on
	Keys []string      // the first is shown in the footer
	Help string        // i18n key of what it does, in two or three words
	Off  func() string // the sentence why it is off just now, or ""; nil: never off
	Rare bool          // on the help page only
}

// Why is the sentence why the binding is off just now; "" when it is on.
func (b Binding) Why() string {
	if b.Off == nil {
		return ""
	}
	return b.Off()
}

// Table is the keys of a screen. Footer, help page and docs are made from it.
type Table []Binding

// HelpID is the action of the binding that opens the help page. The footer
// keeps its place however narrow the screen.
const HelpID = "help"

// Find returns the binding of a key. While the person is typing into a field,
// printable keys are text and bind nothing.
func (t Table) Find(k tea.KeyPressMsg, typing bool) (Binding, bool) {
	if typing && printable(k) {
		return Binding{}, false
	}
	name := KeyName(k)
	if name == "" {
		return Binding{}, false
	}
	for _, b := range t {
		for _, key := range b.Keys {
			if key == name {
				return b, true
			}
		}
	}
	return Binding{}, false
}

// Footer is the one line of hints for w cells: the bindings that are on, in the
// table's order, as many as fit whole, and the help page's at the end, which says
// that there are more where some did not fit.
func (s Seat) Footer(t Table, w int) string {
	help, more := "", ""
	for _, b := range t {
		if b.ID == HelpID {
			help = s.hint(b)
			b.Help = "kit.more_keys"
			more = s.hint(b)
		}
	}
	var hints []string
	total, edge := Edge+Width(help), strings.Repeat(" ", Edge)
	for _, b := range t {
		if !b.Rare && b.ID != HelpID && b.Why() == "" {
			hints = append(hints, s.hint(b)+"  ")
			total += Width(hints[len(hints)-1])
		}
	}
	if total <= w {
		return Fit(edge+strings.Join(hints, "")+help, w)
	}
	var line strings.Builder
	line.WriteString(edge)
	left := w - Edge - Width(more)
	for _, hint := range hints {
		if left -= Width(hint); left < 0 {
			break
		}
		line.WriteString(hint)
	}
	return Fit(line.String()+more, w)
}

func (s Seat) hint(b Binding) string {
	return Strong.On(s.Caption(b.Keys[0])) + " " + s.Say(b.Help)
}

// Caption is a key as people read it on their keyboard.
func (s Seat) Caption(key string) string {
	switch key {
	case "up", "down", "left", "right", "space":
		return s.Say("kit.key." + key)
	}
	if strings.ContainsAny(key, ":.") { // no key but what is to be typed
		return key
	}
	parts := strings.Split(key, "+")
	for i, p := range parts {
		switch {
		case p == "pgup":
			parts[i] = "PgUp"
		case p == "pgdown":
			parts[i] = "PgDn"
		case p == "":
			parts[i] = "+"
		case utf8.RuneCountInString(p) == 1 && len(parts) == 1:
		default:
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "+")
}

// HelpGroup is a titled table of the help page.
type HelpGroup struct {
	Title string
	Table Table
}

// helpIndent is how many cells the keys take on the help page.
const helpIndent = 26

// HelpLines are the lines of the `?` page: every binding with all its keys, and
// the reason where one is off just now.
func (s Seat) HelpLines(groups []HelpGroup, w int) []string {
	var lines []string
	for _, g := range groups {
		if len(g.Table) == 0 {
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, Section(g.Title))
		for _, b := range g.Table {
			said := s.Say(b.Help)
			if why := b.Why(); why != "" {
				said += "  " + s.Say("kit.off", why)
			}
			captions := s.captions(b)
			if Width(captions) >= helpIndent { // no gap would be left before the words
				lines, captions = append(lines, Fit(captions, w)), ""
			}
			for _, part := range text.Clean(said).Wrap(w - helpIndent) {
				lines = append(lines, Fit(Fit(captions, helpIndent)+part.String(), w))
				captions = ""
			}
		}
	}
	return lines
}

func (s Seat) captions(b Binding) string {
	names := make([]string, len(b.Keys))
	for i, k := range b.Keys {
		names[i] = s.Caption(k)
	}
	return strings.Join(names, " / ")
}

// Markdown is the table as the manual prints it.
func (s Seat) Markdown(t Table) string {
	var doc strings.Builder
	doc.WriteString("| | |\n|---|---|\n")
	for _, b := range t {
		doc.WriteString("| " + s.captions(b) + " | " + s.Say(b.Help) + " |\n")
	}
	return doc.String()
}
