package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

// The mouse does nothing that a key does not do: it presses keys. The wheel presses Up and
// Down; a click walks the cursor to where it points, a click on where the cursor stands
// already presses Enter, and a click on a hint in the footer presses its key. So no screen
// knows of it.
//
// It is off until asked for: a terminal that hands the mouse to a program selects no text to
// copy with it any more, and most turn the wheel into Up and Down by themselves.

// wheelRows is how many rows a notch of the wheel goes on.
const wheelRows = 3

// walkRows is how far a click walks at most, in keys.
const walkRows = 200

func (m *Model) mouse(msg tea.MouseMsg) tea.Cmd {
	p, ok := m.top()
	if !ok || m.ending != endNone || !kit.InUse().Mouse {
		return nil
	}
	m.touched = m.cfg.Now()
	at := msg.Mouse()
	switch msg.(type) { // a button let go leaves what its click had said
	case tea.MouseWheelMsg:
		m.note = ""
		return m.wheel(p, at)
	case tea.MouseClickMsg:
		m.note = ""
		switch {
		case at.Button != tea.MouseLeft:
		case at.Y == m.h-1 && !m.covered():
			return m.clickHint(p, at.X)
		case at.Y > 0 && at.Y <= kit.BodyHeight(m.h):
			return m.clickRow(p, at)
		}
	}
	return nil
}

// moves finds the keys by which the cursor of a screen goes from row to row.
func moves(t kit.Table) (b kit.Binding, ok bool) {
	for _, b := range t {
		if b.Help == "key.move" && slices.Contains(b.Keys, "down") {
			return b, true
		}
	}
	return kit.Binding{}, false
}

// fields reports whether the cursor goes from field to field.
func fields(t kit.Table) bool {
	return slices.ContainsFunc(t, func(b kit.Binding) bool { return b.Help == "key.next_field" })
}

func (m *Model) wheel(p place, at tea.Mouse) tea.Cmd {
	if _, rows := moves(p.Keys()); !rows {
		return nil
	}
	name := map[tea.MouseButton]string{tea.MouseWheelUp: "up", tea.MouseWheelDown: "down"}[at.Button]
	if name == "" {
		return nil
	}
	var cmds []tea.Cmd
	for range wheelRows {
		cmds = append(cmds, m.press(p, name))
	}
	return tea.Batch(cmds...)
}

func (m *Model) clickHint(p place, x int) tea.Cmd {
	table := slices.Concat(p.Keys(), m.globals())
	seat := m.seat()
	b, ok := seat.HintAt(table, seat.Footer(table, m.w), x)
	if !ok {
		return nil
	}
	k, _ := kit.KeyOf(b.Key())
	return m.key(k)
}

// clickRow walks to the row that was clicked on, or to the nearest above it.
func (m *Model) clickRow(p place, at tea.Mouse) tea.Cmd {
	table := p.Keys()
	if fields(table) {
		return m.walkFields(p, at.Y)
	}
	b, rows := moves(table)
	if !rows || p.Typing() { // the cursor is in a line above the rows
		return nil
	}
	cmd, moved := m.walk(p, "down", "up", at.Y, row)
	if slices.Contains(b.Keys, "right") { // a table of cells
		across, also := m.walk(p, "right", "left", at.X, column)
		cmd, moved = tea.Batch(cmd, across), moved || also
	}
	if _, y, ok := m.cursor(); moved || !ok || y != at.Y {
		return cmd
	}
	enter, _ := kit.KeyOf("enter")
	return m.key(enter)
}

func (m *Model) cursor() (x, y int, ok bool) {
	c := m.draw().Cursor
	if c == nil {
		return 0, 0, false
	}
	return c.X, c.Y, true
}

// walkFields goes to the field that was clicked on. Fields move while they are walked through,
// because what is wrong with one that was left is said below it: so the field is known by its
// label, and which way to go by where it was.
func (m *Model) walkFields(p place, to int) tea.Cmd {
	lines := strings.Split(kit.Bare(m.draw().Content), "\n")
	want := ""
	for ; to > 0 && to < len(lines) && want == ""; to-- { // a line below the label's
		want = label(lines[to])
	}
	_, y, ok := m.cursor()
	name := "tab"
	if to+1 < y {
		name = "shift+tab"
	}
	var cmds []tea.Cmd
	for range walkRows {
		if !ok || want == "" {
			break
		}
		lines = strings.Split(kit.Bare(m.draw().Content), "\n")
		for ; y > 0 && label(lines[y]) == ""; y-- { // the caret is in a later line of a long text
		}
		if label(lines[y]) == want {
			break
		}
		cmds = append(cmds, m.press(p, name))
		_, y, ok = m.cursor()
	}
	return tea.Batch(cmds...)
}

// label is that of a form's line, after its two signs; empty where it has none.
func label(line string) string {
	if len(line) < 3 || line[2] == ' ' || !strings.Contains(" >^v", line[:1]) || !strings.Contains(" !*", line[1:2]) {
		return ""
	}
	said := line[2:]
	if i := strings.IndexAny(said, "[|(+"); i > 0 {
		said = said[:i]
	}
	return strings.TrimRight(said, " ")
}

func row(_, y int) int    { return y }
func column(x, _ int) int { return x }

// walk presses a key until the cursor is where it was clicked, and goes back a step where it
// came past it. It ends where the cursor does not go any further.
func (m *Model) walk(p place, forth, back string, to int, along func(x, y int) int) (tea.Cmd, bool) {
	var cmds []tea.Cmd
	moved := false
	x, y, ok := m.cursor()
	for range walkRows {
		now := along(x, y)
		if !ok || now == to {
			break
		}
		name, other := forth, back
		if now > to {
			name, other = back, forth
		}
		cmds = append(cmds, m.press(p, name))
		if x, y, ok = m.cursor(); along(x, y) == now {
			break
		}
		next := along(x, y)
		if past := name == forth && next > to; past || (next > now) != (name == forth) { // or round the end
			cmds = append(cmds, m.press(p, other))
			moved = moved || !past
			break
		}
		moved = true
		if name == back && next < to {
			break
		}
	}
	return tea.Batch(cmds...), moved
}
