package main

import (
	"context"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/term"

	"casedesk/tui"
	"casedesk/tui/kit"
)

// lastWords is how long a desk that the system asks to end may take to keep what was typed.
// Windows lets a program whose window was closed live for about that long.
const lastWords = 4 * time.Second

// onTerminal refuses where there is nothing to draw on.
func (c *config) onTerminal() error {
	if os.Getenv("TERM") == "dumb" || !term.IsTerminal(int(os.Stdin.Fd())) || !term.IsTerminal(int(os.Stdout.Fd())) {
		return c.run.Usage("cli.no_terminal")
	}
	return nil
}

// draw runs a model on this terminal until it quits. Where the system asks the program to
// end, or the terminal is gone, the model is told first, so that it keeps what was typed.
func (c *config) draw(ctx context.Context, m tea.Model) error {
	if err := c.onTerminal(); err != nil {
		return err
	}
	keys := newKeyboard()
	defer keys.close()
	stops := newSuspension()
	defer stops.close()
	opts := []tea.ProgramOption{tea.WithInput(keys.file()), tea.WithoutSignalHandler(), tea.WithFilter(stops.filter)}
	if profile, ok := kit.Profile(os.Getenv); ok {
		opts = append(opts, tea.WithColorProfile(profile))
	}
	p := tea.NewProgram(m, opts...)
	if os.Getenv("TERM") != "linux" { // it has one background, and older ones show the question
		go p.Send(tea.RequestBackgroundColor())
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
		case <-keys.lost():
		case <-ended:
			return
		}
		kill := time.AfterFunc(lastWords, p.Kill)
		p.Send(tui.LeaveMsg{})
		<-ended
		kill.Stop()
	}()
	stops.listen(p)
	_, err := p.Run()
	close(ended)
	if err != nil && ctx.Err() == nil && !keys.isLost() {
		return fmt.Errorf("run the desk: %w", err)
	}
	return nil
}
