//go:build unix

package main

import (
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// minimal is the least that a terminal program does for a key: a screen of Chinese rows
// of which one is marked, and a line that is typed into. It reads nothing and keeps
// nothing.
type minimal struct {
	rows  []string
	at    int
	typed string
	lined bool // the line was typed into last
}

// minimalRows is how many rows there are: with a line above and two below, a screen.
const minimalRows = 21

func runMinimal() error {
	m := &minimal{}
	for range minimalRows {
		m.rows = append(m.rows, " 绿 3天 存 5-0001  邻里纠纷：两家共用一条排水沟互不相让 龙窝镇 调解中")
	}
	_, err := tea.NewProgram(m).Run()
	return err
}

func (m *minimal) Init() tea.Cmd { return nil }

func (m *minimal) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return m, nil
	}
	m.lined = k.Text != ""
	switch name := k.Keystroke(); {
	case k.Text != "":
		m.typed += k.Text
	case name == "down":
		m.at = min(m.at+1, minimalRows-1)
	case name == "up":
		m.at = max(m.at-1, 0)
	case name == "ctrl+u":
		m.typed = ""
	case name == "ctrl+q":
		return m, tea.Quit
	}
	return m, nil
}

func (m *minimal) View() tea.View {
	var b strings.Builder
	b.WriteString("casedesk-bench\n")
	for i, row := range m.rows {
		if i == m.at {
			b.WriteString(">" + row + "\n")
		} else {
			b.WriteString(" " + row + "\n")
		}
	}
	b.WriteString("[" + m.typed + "]\n")
	v := tea.NewView(b.String())
	v.AltScreen = true
	if m.lined {
		v.Cursor = tea.NewCursor(1+2*utf8.RuneCountInString(m.typed), 1+minimalRows)
	} else {
		v.Cursor = tea.NewCursor(0, 1+m.at)
	}
	return v
}
