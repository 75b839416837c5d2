package kit_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

func start(tb testing.TB, out io.Writer) *tea.Program {
	d := &desk{form: kit.NewForm(seat, "intake", intake())}
	d.form.Focus("title")
	p := tea.NewProgram(d, tea.WithInput(new(bytes.Buffer)), tea.WithOutput(out), tea.WithoutSignals(),
		tea.WithWindowSize(80, 24), tea.WithEnvironment([]string{"TERM=xterm-256color"}),
		tea.WithColorProfile(colorprofile.ANSI))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if _, err := p.Run(); err != nil {
			tb.Error(err)
		}
	}()
	tb.Cleanup(func() {
		p.Quit()
		<-done
	})
	return p
}

// Ensure that a desk at rest writes nothing to the terminal.
func TestIdle(t *testing.T) {
	var m tuitest.Meter
	p := start(t, &m)
	p.Send(tuitest.Key("张"))
	time.Sleep(kit.DraftWait + 200*time.Millisecond) // past the draft
	before := m.Settle(100 * time.Millisecond)
	time.Sleep(500 * time.Millisecond)
	if now := m.Count(); now != before {
		t.Errorf("wrote %d bytes at rest", now-before)
	}
}

// Bytes written for one typed Chinese sign: what a slow line or an old console
// has to swallow. Watch it when Bubble Tea is upgraded.
func BenchmarkBytesPerKey(b *testing.B) {
	var m tuitest.Meter
	p := start(b, &m)
	before := m.Settle(100 * time.Millisecond)
	keys := 0
	for b.Loop() {
		p.Send(tuitest.Key("张"))
		time.Sleep(40 * time.Millisecond)
		if keys++; keys%20 == 0 {
			p.Send(tuitest.Key("ctrl+u"))
		}
	}
	b.ReportMetric(float64(m.Settle(100*time.Millisecond)-before)/float64(keys), "bytes/key")
}
