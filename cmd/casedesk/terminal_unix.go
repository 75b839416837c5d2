//go:build !windows

package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"

	tea "charm.land/bubbletea/v2"

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

// suspends lets the program be stopped from outside (SIGTSTP): the desk keeps what was typed
// and clears the screen before, and draws itself anew after. Stop ends that.
func suspends(p *tea.Program) (stop func()) {
	if signal.Ignored(syscall.SIGTSTP) {
		return func() {}
	}
	asked, done := make(chan os.Signal, 2), make(chan struct{})
	signal.Notify(asked, syscall.SIGTSTP, syscall.SIGCONT)
	go func() {
		stopped := false
		for {
			select {
			case <-done:
				return
			case s := <-asked:
				switch {
				case s == syscall.SIGTSTP:
					stopped = true
					signal.Reset(syscall.SIGTSTP) // Bubble Tea sends it once more, to stop
					p.Send(tui.SuspendMsg{})
				case stopped:
					stopped = false
					signal.Notify(asked, syscall.SIGTSTP)
				default: // stopped without being asked: others wrote on the screen
					p.Send(tea.ClearScreen())
				}
			}
		}
	}()
	return func() {
		signal.Stop(asked)
		close(done)
	}
}
