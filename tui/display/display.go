// Package display is the screen on how the desk is drawn on this terminal: colours, signs of
// charts, wide characters, the mouse. What is chosen is drawn with at once, on this screen
// first, so that whoever cannot read it sees whether the choice helps.
package display

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the list of what can be chosen.
type Screen struct {
	desk words.Desk
	kind string // of terminal
	list kit.List
}

// New makes the screen for a kind of terminal.
func New(d words.Desk, kind string) *Screen {
	s := &Screen{desk: d, kind: kind}
	s.list.SetLen(len(rows))
	return s
}

// row is something that can be chosen.
type row struct {
	name    string
	choices func(kit.Display) (all []string, now int)
	choose  func(d *kit.Display, i int)
}

var rows = []row{
	{"colours", func(d kit.Display) ([]string, int) { return among(kit.AllColours, d.Colours) },
		func(d *kit.Display, i int) { d.Colours = kit.AllColours[i] }},
	{"signs", func(d kit.Display) ([]string, int) { return among(kit.AllSigns, d.Signs) },
		func(d *kit.Display, i int) { d.Signs = kit.AllSigns[i] }},
	{"cells", func(d kit.Display) ([]string, int) { return among(kit.AllCells, d.Cells) },
		func(d *kit.Display, i int) { d.Cells = kit.AllCells[i] }},
	{"mouse", func(d kit.Display) ([]string, int) {
		if d.Mouse {
			return []string{"off", "on"}, 1
		}
		return []string{"off", "on"}, 0
	}, func(d *kit.Display, i int) { d.Mouse = i == 1 }},
}

// among are choices by name, and which of them is one; the first is the program's own.
func among[T ~string](all []T, one T) (names []string, now int) {
	for i, c := range all {
		name := string(c)
		if name == "" {
			name = "auto"
		}
		if names = append(names, name); c == one {
			now = i
		}
	}
	return names, now
}

// Keys are the screen's keys.
func (s *Screen) Keys() kit.Table {
	return kit.Table{
		{ID: "next", Keys: []string{"enter", "right", "space"}, Help: "key.display_next"},
		{ID: "prev", Keys: []string{"left"}, Help: "key.display_prev", Rare: true},
		{ID: "ask", Keys: []string{"f6"}, Help: "key.display_ask", Off: s.notMeasured},
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
	}
}

func (s *Screen) notMeasured() string {
	if kit.InUse().Measured == 0 {
		return s.desk.T("display.not_measured")
	}
	return ""
}

// Typing is false: nothing is typed into.
func (s *Screen) Typing() bool { return false }

// Init does nothing.
func (s *Screen) Init() tea.Cmd { return nil }

// Update chooses or leaves.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || s.list.Update(msg) {
		return nil
	}
	id, off := words.Pressed(s.Keys(), k)
	if id == "" {
		return off
	}
	d := kit.InUse()
	switch id {
	case "back":
		return words.Tell(words.BackMsg{})
	case "ask":
		d.Measured = 0
		return words.Tell(words.DisplayMsg{Display: d})
	}
	step := 1
	if id == "prev" {
		step = -1
	}
	r := rows[s.list.Cursor()]
	all, now := r.choices(d)
	r.choose(&d, (now+step+len(all))%len(all))
	return words.Tell(words.DisplayMsg{Display: d})
}

// Page shows what can be chosen, what the choice under the cursor means, and samples of both.
func (s *Screen) Page(w, h int) kit.Page {
	d, now := s.desk, kit.InUse()
	body := words.Wrap(d.T("display.intro", s.kind), w-4, kit.Plain)
	body = append(body, "")
	s.list.SetHeight(len(rows))
	lead := 0
	for _, r := range rows {
		lead = max(lead, kit.Width(d.T("display."+r.name)))
	}
	body = append(body, s.list.Lines(w-4, true, func(i, _ int) string {
		all, at := rows[i].choices(now)
		line := text.Line(d.T("display." + rows[i].name)).Pad(lead).String()
		for k, name := range all {
			said := d.T("display." + rows[i].name + "." + name)
			if k == at {
				line += "  [" + said + "]"
			} else {
				line += "   " + said + " "
			}
		}
		return line
	})...)
	body = append(body, "")
	chosen := rows[s.list.Cursor()].name
	body = append(body, words.Wrap(d.T("display.about."+chosen), w-4, kit.Plain)...)
	if chosen == "cells" && now.Measured > 0 {
		body = append(body, d.T("display.measured", i18n.Arg("n", now.Measured)))
	}
	if now.WantsWide() != kit.Wide() || now.Measured == 0 && now.Cells == kit.CellsAuto {
		body = append(body, words.Wrap("! "+d.T("display.restart"), w-4, kit.Warning)...)
	}
	body = append(body, "", d.T("display.sample"))
	body = append(body, s.sample(w-4)...)
	for i := range body {
		body[i] = "  " + body[i]
	}
	return kit.Page{Title: d.T("display.title"), Body: body}
}

// sample shows the inks with their words, a bar, and two lines that end in one column where
// the terminal is as wide as it is taken to be.
func (s *Screen) sample(w int) []string {
	d := s.desk
	inks := kit.Chosen.On(" > "+d.T("display.ink.chosen")+" ") + "  " + kit.Strong.On(d.T("display.ink.strong")) + "  " +
		kit.Red.On("! "+d.T("display.ink.red")) + "  " + kit.Yellow.On("? "+d.T("display.ink.yellow")) + "  " +
		kit.Green.On(d.T("display.ink.green")) + "  " + kit.Cyan.On("* "+d.T("display.ink.cyan"))
	const signs = "\u201c\u201d\u2026\u2014\u00b7\u2460"
	return []string{
		inks,
		d.Seat().ShareBar(2, 3, min(w, 30)),
		signs + "|  " + d.T("display.ruler"),
		strings.Repeat("-", kit.Width(signs)) + "|",
	}
}
