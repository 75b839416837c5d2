package kit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
)

// The smallest screen that the desk can be worked on, in cells.
const (
	MinWidth  = 60
	MinHeight = 16
)

// BodyHeight is the number of lines that a page of height h leaves its body.
func BodyHeight(h int) int { return max(0, h-3) }

// Page is a whole screen: a title bar, the body, a status line, and the footer
// of key hints in the last line, where no field ever stands, because an input
// method has no room below it.
type Page struct {
	Title  string   // left in the title bar
	Corner string   // right in the title bar; gives way to the title
	Body   []string // what exceeds BodyHeight is cut off
	Status string   // takes as many of the body's last lines as it needs
	Footer string
}

// View lays the page out on a screen of w by h cells and puts the terminal's
// cursor on the mark. It is safe at any size; below 60x16 it only says so.
func (s Seat) View(p Page, w, h int) tea.View {
	var lines []string
	switch {
	case w <= 0 || h <= 0:
	case w < MinWidth || h < MinHeight:
		lines = s.tooSmall(w, h)
	default:
		lines = p.lines(w, h)
	}
	screen, cursor := PlaceCursor(strings.Join(lines, "\n"))
	v := tea.NewView(screen)
	v.Cursor = cursor
	v.AltScreen = true
	if InUse().Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

func (p Page) lines(w, h int) []string {
	lines := make([]string, 0, h)
	lines = append(lines, Chosen.On(bar(p.Title, p.Corner, w)))
	status := p.status(w)
	for i := range max(0, BodyHeight(h)+1-len(status)) {
		row := ""
		if i < len(p.Body) {
			row = p.Body[i]
		}
		lines = append(lines, Fit(row, w))
	}
	for _, line := range status {
		lines = append(lines, Fit(line, w))
	}
	return append(lines, Fit(p.Footer, w))
}

// status is the status line, or the lines of one that is too long for it; those are
// without ink.
func (p Page) status(w int) []string {
	if said := strings.TrimLeft(p.Status, " "); Edge+Width(said) <= w {
		return []string{" " + said}
	}
	const most = 4
	var lines []string
	for _, line := range text.Clean(strings.TrimSpace(Bare(p.Status))).Wrap(w - 2*Edge) {
		lines = append(lines, " "+line.String())
	}
	return lines[:min(len(lines), most)]
}

func bar(left, right string, w int) string {
	room := w - Width(right) - 3
	if right == "" || Width(left) > room {
		return Fit(" "+left, w)
	}
	return " " + Fit(left, room) + " " + right + " "
}

func (s Seat) tooSmall(w, h int) []string {
	lines := make([]string, h)
	at := min(h/2, h-1)
	lines[at] = Fit(s.Say("kit.too_small", MinWidth, MinHeight+s.Outside, w, h+s.Outside), w)
	return lines
}
