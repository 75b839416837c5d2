// Package plain is the desk in lines: for those who listen to it, for terminals that can do
// nothing but lines, and for scripts. It prints what is new on the screen, a thing a line,
// and takes a line in answer; nothing is drawn, no cursor moved and no escape sequence sent.
//
// It is the same desk. Package plain knows no screen: it drives the root model with keys,
// as fingers would, and learns from the parts of package kit what is being asked and which
// line is which row (kit.Told). The actions of a screen are those of its table of keys. So
// a new screen made of those parts needs no line here.
//
// What happens while a line is being typed is told after it, but for another screen, as
// when the desk locks: that is told at once, and a line that was meant for the screen
// before goes nowhere.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/kit"
)

// Desk is what can be talked with: the root model, or one that holds several.
type Desk interface {
	tea.Model
	// Read is what is to be seen now.
	Read() tui.Reading
	// Leave lets everything that was typed be kept, and ends.
	Leave() tea.Cmd
}

// Config is what a talk takes from outside.
type Config struct {
	Words *i18n.Words
	// Line reads one line without its end; a secret one is not shown while it is typed.
	// io.EOF is the end of the talk.
	Line func(secret bool) (string, error)
	Out  io.Writer
	// Echoed says that what is typed, with its line's end, is to be seen where Out is.
	Echoed bool
}

// patience is how long an answer is waited for before it is said that it takes time, and
// how long in all before another line is taken.
const (
	soon     = 2 * time.Second
	patience = 2 * time.Minute
	atEnd    = 20 * time.Second
)

// place is a screen, or what stands in its place to be typed into, such as a menu.
type place struct {
	screen int
	typing bool
}

// talk is a talk with a desk.
type talk struct {
	Config
	desk Desk
	ctx  context.Context

	msgs    chan tea.Msg
	done    chan struct{} // closed when nobody takes them any more
	running int           // commands that have not answered
	over    bool

	page  page                     // as it was read last
	said  map[place]map[string]int // the lines that were told last there, and how often each
	asked string                   // the question or the list
	title string
	link  string
	noted string   // the note that was told since the last key
	long  []string // the lines of a long text so far
	broke error    // Out is gone
}

// Run talks until the desk ends, the lines do, or the context. However it ends, what was
// typed is kept.
func Run(ctx context.Context, desk Desk, c Config) error {
	t := newTalk(ctx, desk, c)
	defer close(t.done)
	lines, want := t.reader()
	t.begin()
	for !t.over && t.broke == nil {
		t.settle(patience)
		if t.over {
			break
		}
		t.tell()
		line, moved, err := t.wait(lines, want)
		switch {
		case err != nil:
			return errors.Join(t.end(), realEnd(err))
		case moved:
			t.say("plain.moved")
		default:
			t.take(line)
		}
	}
	return t.broke
}

func newTalk(ctx context.Context, desk Desk, c Config) *talk {
	t := &talk{Config: c, desk: desk, ctx: ctx, msgs: make(chan tea.Msg), done: make(chan struct{}), said: map[place]map[string]int{}}
	t.page.Screen = -1
	return t
}

// begin starts the desk and says how to talk with it.
func (t *talk) begin() {
	t.run(t.desk.Init())
	t.give(tea.WindowSizeMsg{Width: 80, Height: 24})
	t.say("plain.welcome")
}

// realEnd is what was wrong with the lines, if they did not merely end.
func realEnd(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, context.Canceled) {
		return nil
	}
	return fmt.Errorf("read a line: %w", err)
}

// end keeps what was typed. What cannot be kept is told of; nobody is there to be asked.
func (t *talk) end() error {
	t.ctx = context.WithoutCancel(t.ctx)
	if len(t.long) > 0 {
		t.fillLong()
	}
	t.print("")
	t.run(t.desk.Leave())
	t.settle(atEnd)
	if !t.over {
		t.tell()
	}
	return t.broke
}

// heardLine is a line that was typed.
type heardLine struct {
	text string
	err  error
}

// reader reads a line whenever one is wanted.
func (t *talk) reader() (<-chan heardLine, chan<- bool) {
	lines, want := make(chan heardLine), make(chan bool)
	go func() {
		for {
			select {
			case secret := <-want:
				line, err := t.Line(secret)
				select {
				case lines <- heardLine{strings.TrimRight(line, "\r\n"), err}:
				case <-t.done:
					return
				}
			case <-t.done:
				return
			}
		}
	}()
	return lines, want
}

// wait waits for a line; meanwhile the desk goes on. moved tells that the screen became
// another one under the line.
func (t *talk) wait(lines <-chan heardLine, want chan<- bool) (line string, moved bool, err error) {
	t.prompt()
	want <- t.page.secret
	for {
		select {
		case l := <-lines:
			if (!t.Echoed || t.page.secret) && len(t.long) == 0 { // the prompt's line ends
				t.print("")
			}
			return l.text, moved, l.err
		case msg := <-t.msgs:
			t.handle(msg)
			if t.over {
				return "", true, io.EOF
			}
			if t.running == 0 && t.replaced() {
				moved = true
				t.print("")
				t.tell()
				t.prompt()
			}
		case <-t.ctx.Done():
			return "", false, io.EOF
		}
	}
}

// print writes lines without what a terminal would take for more than text.
func (t *talk) print(lines ...string) {
	for _, line := range lines {
		t.write(line + "\n")
	}
}

func (t *talk) write(s string) {
	if t.broke != nil {
		return
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	if _, err := io.WriteString(t.Out, s); err != nil {
		t.broke = fmt.Errorf("write to the terminal: %w", err)
	}
}

func (t *talk) say(key string, args ...any) { t.print(t.Words.T(key, args...)) }

func (t *talk) seat() kit.Seat { return kit.Seat{Say: t.Words.T} }
