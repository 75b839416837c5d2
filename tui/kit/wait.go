package kit

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// WaitMsg asks the root model to send Msg after a while. Parts return it in
// place of starting a timer, so that time in tests is the test's own.
type WaitMsg struct {
	For time.Duration
	Msg tea.Msg
}

// Wait is the command that asks for msg after d.
func Wait(d time.Duration, msg tea.Msg) tea.Cmd {
	return func() tea.Msg { return WaitMsg{For: d, Msg: msg} }
}

// Tick is what the root model does with a WaitMsg.
func (w WaitMsg) Tick() tea.Cmd {
	msg := w.Msg
	return tea.Tick(w.For, func(time.Time) tea.Msg { return msg })
}

// ListenMsg asks the root model to run Next, which blocks until something
// outside happened and answers with a message about it.
type ListenMsg struct {
	Next func() tea.Msg
}

// Listen is the command that asks for the next thing that happens outside. Who
// wants to hear more than one returns it again with each answer.
func Listen(next func() tea.Msg) tea.Cmd {
	return func() tea.Msg { return ListenMsg{Next: next} }
}
