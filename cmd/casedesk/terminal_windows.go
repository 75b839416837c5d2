package main

import (
	"os"

	tea "charm.land/bubbletea/v2"
)

// keyboard is the console's input. A window that is closed is told by a signal.
type keyboard struct{}

func newKeyboard() keyboard { return keyboard{} }

func (keyboard) file() *os.File        { return os.Stdin }
func (keyboard) lost() <-chan struct{} { return nil }
func (keyboard) isLost() bool          { return false }
func (keyboard) close()                {}

// suspends does nothing: Windows has no such thing.
func suspends(*tea.Program) (stop func()) { return func() {} }
