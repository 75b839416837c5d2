package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"casedesk/cmd/internal/cli"
	"casedesk/tui"
	"casedesk/tui/kit"
)

// How the desk is drawn is kept in a small file of its own, which is needed before anybody
// can unlock a profile. It holds nothing of cases and nothing of people.

// displays are the settings by kind of terminal.
type displays struct {
	path      string // empty: there is nowhere to keep them
	Terminals map[string]kit.Display
	bad       bool // the file could not be read and is written anew with the next change
}

// displayFile is beside the folder of the profiles, because it is the machine's.
const displayFile = "casedesk-display.json"

// maxDisplays is the size in bytes up to which the file is read.
const maxDisplays = 64 << 10

func readDisplays() *displays {
	d := &displays{Terminals: map[string]kit.Display{}}
	dir, err := os.UserConfigDir()
	if err != nil {
		return d
	}
	d.path = filepath.Join(dir, displayFile)
	switch info, err := os.Stat(d.path); {
	case errors.Is(err, fs.ErrNotExist):
		return d
	case err != nil, info.Size() > maxDisplays:
		d.bad = true
		return d
	}
	raw, err := os.ReadFile(d.path)
	var held struct {
		Terminals map[string]kit.Display `json:"terminals"`
	}
	if err != nil || json.Unmarshal(raw, &held) != nil {
		d.bad = true
		return d
	}
	for kind, one := range held.Terminals {
		d.Terminals[kind] = one.Known()
	}
	return d
}

// keep keeps one of the settings. The file is the old one or the new one, never half of one.
func (d *displays) keep(kind string, one kit.Display) error {
	d.Terminals[kind] = one
	if d.path == "" {
		return nil
	}
	raw, err := json.MarshalIndent(map[string]any{"terminals": d.Terminals}, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(d.path), 0o700)
	}
	if err == nil {
		err = replaceFile(d.path, append(raw, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep the display: %w", err)
	}
	d.bad = false
	return nil
}

// replaceFile writes a file under a name of its own, which another desk does not write to
// at the same time, and then puts it in the place of the old one.
func replaceFile(path string, raw []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp") // only its owner may read it
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// terminalKind names a kind of terminal by what it says of itself in the environment. The old
// console of Windows says nothing; what it draws goes by its code page.
func terminalKind(goos string, env func(string) string, codePage uint32) string {
	switch {
	case env("WT_SESSION") != "":
		return "windows-terminal"
	case env("TERM_PROGRAM") != "":
		return env("TERM_PROGRAM")
	case env("TERM") != "":
		return env("TERM")
	case goos == "windows":
		return fmt.Sprintf("console-%d", codePage)
	}
	return "unknown"
}

// displayWords are what --display and CASEDESK_DISPLAY understand.
var displayWords = map[string]func(*kit.Display){
	"auto": func(d *kit.Display) { d.Colours, d.Signs, d.Cells = "", "", "" },
	"dark": func(d *kit.Display) { d.Colours = kit.Dark }, "light": func(d *kit.Display) { d.Colours = kit.Light },
	"contrast": func(d *kit.Display) { d.Colours = kit.Contrast }, "mono": func(d *kit.Display) { d.Colours = kit.Mono },
	"blocks": func(d *kit.Display) { d.Signs = kit.Blocks }, "ascii": func(d *kit.Display) { d.Signs = kit.ASCII },
	"narrow": func(d *kit.Display) { d.Cells = kit.OneCell }, "wide": func(d *kit.Display) { d.Cells = kit.TwoCells },
	"mouse": func(d *kit.Display) { d.Mouse = true }, "nomouse": func(d *kit.Display) { d.Mouse = false },
}

// displayNames are those words in the order in which they are listed.
var displayNames = []string{"auto", "dark", "light", "contrast", "mono", "blocks", "ascii", "narrow", "wide", "mouse", "nomouse"}

// asked changes a display as the flag, else the environment, asks for this run.
func (c *config) asked(d kit.Display) (kit.Display, error) {
	said := c.display
	if said == "" {
		said = os.Getenv("CASEDESK_DISPLAY")
	}
	for word := range strings.FieldsFuncSeq(said, func(r rune) bool { return r == ',' || r == ' ' }) {
		change, ok := displayWords[word]
		if !ok {
			return d, oneOf(c, "display", displayNames)
		}
		change(&d)
	}
	return d, nil
}

// screen is the terminal as the desks of this run are drawn on it.
type screen struct {
	kind    string
	display kit.Display
	note    string
	keep    func(kit.Display) error
}

// on puts what is known of the screen into a desk's configuration.
func (s *screen) on(cfg tui.Config) tui.Config {
	cfg.Terminal, cfg.Display, cfg.Note, cfg.Opener.KeepDisplay = s.kind, s.display, s.note, s.keep
	s.note = "" // it is said once
	cfg.Plain = kit.PlainTerminal(runtime.GOOS, os.Getenv)
	return cfg
}

// prepare finds out how the desk is to be drawn on this terminal. A terminal that is new is
// asked how wide it draws signs of ambiguous width, before there is a screen or a field. What
// counts cells is set once, when the program starts; where it was set otherwise than the
// terminal is, the program starts again in its own place.
func (c *config) prepare(ctx context.Context) (*screen, error) {
	if c.screen != nil {
		return c.screen, nil
	}
	if c.inLines { // nothing is drawn
		c.screen = &screen{kind: "lines", display: kit.Display{Signs: kit.ASCII, Cells: kit.OneCell}}
		return c.screen, nil
	}
	if err := c.onTerminal(); err != nil {
		return nil, err
	}
	kept := readDisplays()
	s := &screen{kind: terminalKind(runtime.GOOS, os.Getenv, codePage())}
	s.display = kept.Terminals[s.kind]
	s.keep = func(d kit.Display) error {
		s.display = d // of the next desk of this run too
		return kept.keep(s.kind, d)
	}
	if kept.bad {
		s.note = c.run.Words.T("display.unreadable", kept.path)
	}
	if c.fleeting {
		kept.path = ""
	}
	now, err := c.asked(s.display)
	if err != nil {
		return nil, err
	}
	given := os.Getenv(cellsVariable) != "" // by the person, or by the start before this one
	if now.Cells == kit.CellsAuto && now.Measured == 0 && !given {
		n, err := measure(ctx)
		if err != nil {
			return nil, err
		}
		if n == 0 { // it does not answer, and is not asked again
			n = guess(runtime.GOOS, os.Getenv, codePage())
		}
		s.display.Measured, now.Measured = n, n
		if err := s.keep(s.display); err != nil {
			s.note = c.run.Words.T("display.not_kept", err)
		}
	}
	s.display = now
	if wide := now.WantsWide(); wide != kit.Wide() && (now.Cells != kit.CellsAuto || !given) && os.Getenv(againVariable) == "" {
		err := startAgain(wide)
		if ended := (*cli.Ended)(nil); errors.As(err, &ended) {
			return nil, err
		}
		s.note = c.run.Words.T("display.not_again", err) // crooked columns are better than no desk
	}
	c.screen = s
	return s, nil
}

// guess is how wide a terminal that does not answer draws signs of ambiguous width.
func guess(goos string, env func(string) string, codePage uint32) int {
	if kind := terminalKind(goos, env, codePage); goos == "windows" && kind == "console-936" {
		return 2
	}
	return 1
}

const (
	// cellsVariable is what x/ansi asks when the program starts, and all that draws or counts
	// cells with it.
	cellsVariable = "RUNEWIDTH_EASTASIAN"
	// againVariable marks a start in place of another, of which one is enough.
	againVariable = "CASEDESK_AGAIN"
)

// againEnv is the environment for a start that counts cells the other way.
func againEnv(wide bool) []string {
	value := "0"
	if wide {
		value = "1"
	}
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, cellsVariable+"=") }) // the first one counts
	return append(env, cellsVariable+"="+value, againVariable+"=1")
}

// measureWait is how long a terminal may take to answer.
const measureWait = 300 * time.Millisecond

// measure asks the terminal how many cells it moves on for a sign of ambiguous width; 0: it
// does not answer.
func measure(ctx context.Context) (int, error) {
	m := new(ruler)
	_, err := tea.NewProgram(m, tea.WithContext(ctx), tea.WithoutSignalHandler()).Run()
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return 0, fmt.Errorf("measure the terminal: %w", err)
	}
	return m.cells, nil
}

// ruler is an empty screen that asks the terminal one question.
type ruler struct{ cells int }

type (
	askMsg  struct{}
	lateMsg struct{}
)

// Init waits until the empty screen stands, so that nothing is written on what was there.
func (r *ruler) Init() tea.Cmd {
	return tea.Tick(50*time.Millisecond, func(time.Time) tea.Msg { return askMsg{} })
}

// Update asks, and ends with the answer or without. The sign stands in the second row: an answer
// about the first could be taken for a key.
func (r *ruler) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case askMsg:
		ask := ansi.CursorPosition(1, 2) + ansi.EraseEntireLine + kit.Ambiguous + ansi.RequestCursorPositionReport + ansi.EraseEntireLine
		return r, tea.Batch(tea.Raw(ask), tea.Tick(measureWait, func(time.Time) tea.Msg { return lateMsg{} }))
	case tea.CursorPositionMsg:
		if msg.Y == 1 && (msg.X == 1 || msg.X == 2) {
			r.cells = msg.X
		}
		return r, tea.Quit
	case lateMsg:
		return r, tea.Quit
	}
	return r, nil
}

// View is empty.
func (r *ruler) View() tea.View {
	v := tea.NewView(" ")
	v.AltScreen = true
	return v
}
