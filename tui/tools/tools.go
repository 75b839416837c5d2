// Package tools is the screen on what lies on this laptop: when masked words were
// shown on it, whether all is as it was written, and a copy of it.
package tools

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Screen is the list of looks, with what was asked for above it.
type Screen struct {
	desk words.Desk
	form *kit.Form // asks where the copy goes; nil: nobody does

	read  bool
	looks []store.Look
	left  int // drafts
	top   int // the first look shown
	busy  bool
	said  []said
	err   error
}

// said is a sentence about what was done.
type said struct {
	ink  kit.Ink
	text string
}

// New makes the screen.
func New(d words.Desk) *Screen { return &Screen{desk: d} }

type (
	readMsg struct {
		looks []store.Look
		left  int
		err   error
	}
	checkedMsg struct {
		report store.Report
		err    error
	}
	copiedMsg struct {
		file string
		size int64
		err  error
	}
)

// Init reads the looks.
func (s *Screen) Init() tea.Cmd {
	st := s.desk.Store
	return func() tea.Msg {
		looks, err := st.Looks()
		if err != nil {
			return readMsg{err: err}
		}
		drafts, err := st.Drafts()
		return readMsg{looks, len(drafts), err}
	}
}

// Keys are the form's while it asks.
func (s *Screen) Keys() kit.Table {
	if s.form != nil {
		return s.form.KeysWith("key.back_up")
	}
	return kit.Table{
		{ID: "back", Keys: []string{"esc"}, Help: "key.back"},
		{ID: "drafts", Keys: []string{"f3"}, Help: "key.drafts"},
		{ID: "check", Keys: []string{"f6"}, Help: "key.check", Off: s.noWork},
		{ID: "copy", Keys: []string{"f7"}, Help: "key.back_up", Off: s.noWork},
		{ID: "figures", Keys: []string{"f8"}, Help: "key.figures"},
		{ID: "tour", Keys: []string{"f2"}, Help: "key.tour"},
		{ID: "display", Keys: []string{"f9"}, Help: "key.display"},
		{ID: "page", Keys: []string{"pgdown", "pgup"}, Help: "key.page", Rare: true},
		{ID: "move", Keys: []string{"down", "up"}, Help: "key.move", Rare: true},
	}
}

func (s *Screen) noWork() string {
	if s.busy {
		return s.desk.T("tools.busy")
	}
	return ""
}

// Typing reports whether the form has the focus.
func (s *Screen) Typing() bool { return s.form != nil }

// Update takes keys and what became of what was asked for.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		s.read, s.looks, s.left, s.err = true, msg.looks, msg.left, msg.err
	case words.ShownMsg:
		return s.Init()
	case checkedMsg:
		s.checked(msg)
	case copiedMsg:
		s.copied(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		if s.form != nil {
			return s.ask(msg)
		}
		if k, ok := msg.(tea.KeyPressMsg); ok {
			return s.key(k)
		}
	}
	return nil
}

func (s *Screen) key(k tea.KeyPressMsg) tea.Cmd {
	id, off := words.Pressed(s.Keys(), k)
	if id == "" {
		return off
	}
	switch id {
	case "back":
		return words.Tell(words.BackMsg{})
	case "drafts":
		return words.Tell(words.DraftsMsg{})
	case "figures":
		return words.Tell(words.FiguresMsg{})
	case "tour":
		return words.Tell(words.TourMsg{})
	case "display":
		return words.Tell(words.SetDisplayMsg{})
	case "check":
		s.busy, s.err, s.said = true, nil, []said{{kit.Plain, s.desk.T("tools.checking")}}
		st := s.desk.Store
		return func() tea.Msg {
			report, err := st.Check(context.Background())
			return checkedMsg{report, err}
		}
	case "copy":
		s.said, s.err = nil, nil
		s.form = kit.NewForm(s.desk.Seat(), "tools", []kit.FieldSpec{{Name: "file", Label: s.desk.T("tools.file"), Type: kit.Line, Required: true, Max: 400}})
		name := "casedesk-" + s.desk.Now().Format("20060102-1504") + ".cds"
		s.form.Set("file", kit.Value{Text: filepath.Join(filepath.Dir(s.desk.Store.Dir()), name)})
	default:
		step := map[string]int{"down": 1, "up": -1, "pgdown": pageOf, "pgup": -pageOf}[kit.KeyName(k)]
		s.top = max(0, min(s.top+step, len(s.looks)-1))
	}
	return nil
}

// pageOf is how many looks a page goes on.
const pageOf = 10

// ask takes the keys of the form.
func (s *Screen) ask(msg tea.Msg) tea.Cmd {
	act, cmd := s.form.Update(msg)
	switch act {
	case kit.ActLeave:
		s.form = nil
	case kit.ActSave:
		file, st := text.Line(s.form.Value("file").Text).String(), s.desk.Store
		s.form, s.busy, s.said = nil, true, nil
		return func() tea.Msg {
			if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) { // what was kept is not written over
				return copiedMsg{file: file, err: fs.ErrExist}
			}
			size, err := st.Backup(file)
			return copiedMsg{file, size, err}
		}
	}
	return cmd
}

func (s *Screen) checked(msg checkedMsg) {
	s.busy, s.said, s.err = false, nil, msg.err
	switch n := len(msg.report.Faults); {
	case msg.err != nil:
	case n == 0:
		s.said = []said{{kit.Green, s.desk.T("cli.check.ok", msg.report.Entries, msg.report.Cases)}}
	default:
		s.said = []said{{kit.Danger, s.desk.T("cli.check.faults", n) + s.desk.T("tools.faults")}}
	}
}

func (s *Screen) copied(msg copiedMsg) {
	s.busy = false
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		s.said = []said{{kit.Danger, s.desk.T("tools.exists", msg.file)}}
	case msg.err != nil:
		s.err = msg.err
	default:
		s.said = []said{{kit.Green, s.desk.T("cli.backup.done", msg.file, msg.size)}, {kit.Plain, s.desk.T("tools.copy")}}
	}
}

// Page shows what was asked for, then the looks, the newest first.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	body := kit.NewSheet(w, h)
	body.Say(kit.Plain, d.T("tools.intro"))
	if s.left > 0 {
		body.Say(kit.Plain, d.T("tools.drafts", i18n.Arg("n", s.left)))
	}
	for _, one := range s.said {
		body.Say(one.ink, one.text)
	}
	if s.err != nil {
		body.Part(d.Advice(s.err, w)...)
	}
	body.Gap()
	switch {
	case s.form != nil:
		body.Part(s.form.Lines(w, h-body.Len()-1)...)
	case !s.read:
	case len(s.looks) == 0:
		body.Say(kit.Plain, d.T("cli.audit.none"))
	default:
		body.Say(kit.Strong, d.T("tools.looks", len(s.looks)))
		zone := d.Index().Calendar().Location()
		var rows [][]string
		for _, l := range s.looks[s.top:min(len(s.looks), s.top+max(0, h-body.Len()))] {
			rows = append(rows, []string{l.At.In(zone).Format(time.DateOnly + " 15:04"), words.Clean(l.Number), d.T("look." + l.What)})
		}
		body.Line(kit.Columns(rows, body.Width())...)
	}
	return kit.Page{Title: d.T("tools.title"), Body: body.Lines()}
}
