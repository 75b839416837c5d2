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

// suspension is nothing here: Windows stops no program that way.
type suspension struct{}

func newSuspension() suspension { return suspension{} }

func (suspension) filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }
func (suspension) listen(*tea.Program)                     {}
func (suspension) close()                                  {}
