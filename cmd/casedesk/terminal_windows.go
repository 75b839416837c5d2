package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/sys/windows"

	"casedesk/cmd/internal/cli"
)

// keyboard is the console's input. A window that is closed is told by a signal.
type keyboard struct{}

func newKeyboard() keyboard { return keyboard{} }

func (keyboard) file() *os.File        { return os.Stdin }
func (keyboard) lost() <-chan struct{} { return nil }
func (keyboard) isLost() bool          { return false }
func (keyboard) close()                {}

// suspension is nothing here: Windows stops no program that way.
type suspension struct{}

func newSuspension() suspension { return suspension{} }

func (suspension) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }
func (suspension) listen(*tea.Program)                     {}
func (suspension) close()                                  {}

// codePage is that of the console, by which the old one chooses its font.
func codePage() uint32 {
	page, err := windows.GetConsoleOutputCP()
	if err != nil {
		return 0
	}
	return page
}

// startAgain runs the program once more in this console. How it ended is always an error:
// there is nothing left to do.
func startAgain(wide bool) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("start again: %w", err)
	}
	again := exec.Command(self, os.Args[1:]...)
	again.Stdin, again.Stdout, again.Stderr, again.Env = os.Stdin, os.Stdout, os.Stderr, againEnv(wide)
	var ended *exec.ExitError
	if err = again.Run(); err != nil && !errors.As(err, &ended) {
		return fmt.Errorf("start again: %w", err)
	}
	return &cli.Ended{Code: again.ProcessState.ExitCode()}
}
