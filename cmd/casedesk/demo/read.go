package demo

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/tui"
)

// Read is the desk of the seat that is shown, as it is read, with the demo's line before
// what it says of the county.
func (d *Desks) Read() tui.Reading {
	r := d.inner[d.shown].(interface{ Read() tui.Reading }).Read()
	r.Screen = r.Screen*len(d.inner) + d.shown
	if r.Link != "" {
		r.Link = "  " + r.Link
	}
	r.Link = d.bar() + r.Link
	return r
}

// Leave ends: what is in the demo goes with it.
func (d *Desks) Leave() tea.Cmd { return tea.Quit }
