package demo

import (
	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
	"casedesk/tui"
	"casedesk/tui/kit"
)

// Keys of the demo itself; the desks have the others.
const (
	keySeat = "ctrl+t"
	keyCut  = "ctrl+n"
)

// Keys are the demo's own keys, for the help pages of the desks in it.
func Keys() kit.Table {
	return kit.Table{
		{ID: "seat", Keys: []string{keySeat}, Help: "key.demo_seat"},
		{ID: "cut", Keys: []string{keyCut}, Help: "key.demo_cut"},
	}
}

// BarLines is how many lines of the terminal the demo keeps for itself.
const BarLines = 1

// Desks shows the desk of one seat at a time under a line of the demo's own. A
// key changes seats, another cuts and restores the network. The desks know
// nothing of it: each is a model like the real one, and what happens to those
// that are not shown reaches them all the same.
type Desks struct {
	world *World
	say   func(key string, args ...any) string
	inner []tea.Model // in the order of the world's laptops
	shown int
	size  tea.WindowSizeMsg
}

// NewDesks wraps a desk for each of the world's laptops.
func NewDesks(w *World, say func(string, ...any) string, inner []tea.Model) *Desks {
	return &Desks{world: w, say: say, inner: inner}
}

// seatMsg is a message of one seat's desk.
type seatMsg struct {
	seat int
	msg  tea.Msg
}

// cutMsg tells that the network was cut or restored.
type cutMsg struct{}

// Init starts every desk.
func (d *Desks) Init() tea.Cmd {
	cmds := make([]tea.Cmd, len(d.inner))
	for i, m := range d.inner {
		cmds[i] = address(i, m.Init())
	}
	return tea.Batch(cmds...)
}

// Update hands keys to the desk that is shown, answers to the desk that asked,
// and what concerns the terminal to all.
func (d *Desks) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case seatMsg:
		return d, d.pass(msg.seat, msg.msg)
	case cutMsg:
		return d, nil // the line is drawn again
	case kit.WaitMsg:
		return d, msg.Tick()
	case kit.ListenMsg:
		return d, msg.Next
	case tea.KeyPressMsg:
		return d, d.key(msg)
	case tea.MouseClickMsg:
		msg.Y -= BarLines
		return d, d.pass(d.shown, msg)
	case tea.PasteMsg, tea.MouseMsg, tea.KeyReleaseMsg:
		return d, d.pass(d.shown, msg)
	case tea.WindowSizeMsg:
		d.size = msg
		return d, d.all(tea.WindowSizeMsg{Width: msg.Width, Height: max(msg.Height-BarLines, 0)})
	}
	return d, d.all(msg)
}

func (d *Desks) key(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case keySeat:
		d.shown = (d.shown + 1) % len(d.inner)
		return nil
	case keyCut:
		cut := &d.world.Cut
		return func() tea.Msg {
			cut.Set(!cut.Down())
			return cutMsg{}
		}
	}
	return d.pass(d.shown, msg)
}

func (d *Desks) pass(seat int, msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	d.inner[seat], cmd = d.inner[seat].Update(msg)
	return address(seat, cmd)
}

func (d *Desks) all(msg tea.Msg) tea.Cmd {
	cmds := make([]tea.Cmd, len(d.inner))
	for i := range d.inner {
		cmds[i] = d.pass(i, msg)
	}
	return tea.Batch(cmds...)
}

// View draws the demo's line and the desk below it.
func (d *Desks) View() tea.View {
	v := d.inner[d.shown].View()
	if d.size.Height == 0 {
		return v
	}
	v.Content = kit.Chosen.On(kit.Fit(d.bar(), d.size.Width)) + "\n" + v.Content
	if v.Cursor != nil {
		v.Cursor.Y += BarLines
	}
	return v
}

func (d *Desks) bar() string {
	net := d.say("demo.net.up")
	if d.world.Cut.Down() {
		net = d.say("demo.net.down")
	}
	return " " + d.say("demo.bar", text.Line(d.world.Laptops[d.shown].Name), net)
}

// address makes a desk's command answer to that desk.
func address(seat int, cmd tea.Cmd) tea.Cmd {
	return tui.Route(cmd, func(msg tea.Msg) tea.Msg { return seatMsg{seat, msg} })
}
