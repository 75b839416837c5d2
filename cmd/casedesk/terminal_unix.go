//go:build !windows

package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/unix"

	"casedesk/tui"
)

// keyboard is the terminal's input. When the terminal goes, reading from it does not end the
// program before the program has kept what was typed.
type keyboard struct {
	*os.File
	gone  chan struct{} // closed when the terminal is gone
	once  sync.Once
	ended chan struct{}
}

func newKeyboard() *keyboard {
	return &keyboard{File: os.Stdin, gone: make(chan struct{}), ended: make(chan struct{})}
}

func (k *keyboard) file() *keyboard { return k }

// lost is closed when there is nothing more to read.
func (k *keyboard) lost() <-chan struct{} { return k.gone }

func (k *keyboard) isLost() bool {
	select {
	case <-k.gone:
		return true
	default:
		return false
	}
}

func (k *keyboard) close() { close(k.ended) }

// Read reads from the terminal. That there is nothing more to read it says after the program
// has ended.
func (k *keyboard) Read(b []byte) (int, error) {
	n, err := k.File.Read(b)
	if err != nil {
		k.once.Do(func() { close(k.gone) })
		<-k.ended
	}
	return n, err
}

// suspension lets the program be stopped from outside (SIGTSTP): the desk keeps what was typed
// and clears the screen before, and draws itself anew after.
type suspension struct {
	asked  chan os.Signal
	done   chan struct{}
	wanted atomic.Bool // the desk was told, and has not answered
	giving atomic.Bool // Bubble Tea is giving the terminal back
}

func newSuspension() *suspension {
	return &suspension{asked: make(chan os.Signal, 2), done: make(chan struct{})}
}

// filter sees that the desk is ready to be stopped. Where there are several desks each says so,
// and the program is to be stopped once.
func (s *suspension) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); !ok {
		return msg
	}
	if !s.wanted.Swap(false) {
		return tea.ResumeMsg{}
	}
	s.giving.Store(true)
	return msg
}

// listen waits for signals until close. Bubble Tea stops the program by the same signal; but
// one that Go has been told to hear of stops nothing any more, so SIGSTOP has to.
func (s *suspension) listen(p *tea.Program) {
	if signal.Ignored(syscall.SIGTSTP) {
		return
	}
	signal.Notify(s.asked, syscall.SIGCONT)
	if goesOn() {
		signal.Notify(s.asked, syscall.SIGTSTP)
	}
	go func() {
		for stopping := false; ; {
			select {
			case <-s.done:
				return
			case sig := <-s.asked:
				switch {
				case sig == syscall.SIGTSTP && s.giving.Load():
					_ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
				case sig == syscall.SIGTSTP && !stopping:
					stopping = true
					s.wanted.Store(true)
					p.Send(tui.SuspendMsg{})
				case sig == syscall.SIGCONT && stopping:
					stopping = false
					s.giving.Store(false)
				case sig == syscall.SIGCONT: // it was stopped unasked, and the shell had the terminal
					p.Send(tea.Exec(nothing{}, nil)())
				}
			}
		}
	}()
}

// goesOn reports whether there is a shell that could let the program go on. The system stops
// no program by SIGTSTP that was started without one, as by a double click; SIGSTOP would.
func goesOn() bool {
	own, err := unix.Getsid(0)
	shell, err2 := unix.Getsid(os.Getppid())
	return err == nil && err2 == nil && own == shell
}

// nothing is a command that does nothing: around it the terminal is given back and taken again.
type nothing struct{}

// Run takes a moment: one that took none would be over before Bubble Tea's painter has stopped,
// and would leave it stopped.
func (nothing) Run() error {
	time.Sleep(50 * time.Millisecond)
	return nil
}

func (nothing) SetStdin(io.Reader)  {}
func (nothing) SetStdout(io.Writer) {}
func (nothing) SetStderr(io.Writer) {}

func (s *suspension) close() {
	signal.Stop(s.asked)
	close(s.done)
}

// codePage is nothing here.
func codePage() uint32 { return 0 }

// startAgain puts a new start of the program in the place of this one.
func startAgain(wide bool) error {
	self, err := os.Executable()
	if err == nil {
		err = syscall.Exec(self, os.Args, againEnv(wide))
	}
	return fmt.Errorf("start again: %w", err)
}
