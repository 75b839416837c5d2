package figures

import (
	"context"
	"math"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

type (
	madeMsg struct {
		generation int
		made       *made // nil: no report was asked for
		err        error
	}
	progressMsg struct {
		done, all int
		over      bool
		listen    func() tea.Cmd
	}
)

// count makes the sheet that is asked for now; without a report it only reads the facts.
// What was being made is not wanted any more; what was being read is.
func (s *Screen) count() tea.Cmd {
	s.drop()
	s.generation++
	s.busy, s.stale, s.done, s.all = true, false, 0, 0
	var making context.Context
	making, s.drop = context.WithCancel(s.ctx)
	generation, reading, desk, kept, asked, as := s.generation, s.ctx, s.desk, s.kept, s.asked, s.laying()
	news := make(chan [2]int, 1)
	var listen func() tea.Cmd
	listen = func() tea.Cmd {
		return kit.Listen(func() tea.Msg {
			n, more := <-news
			return progressMsg{n[0], n[1], !more, listen}
		})
	}
	tell := func(done, all int) {
		select { // only the last matters
		case <-news:
		default:
		}
		news <- [2]int{done, all}
	}
	return tea.Batch(listen(), func() tea.Msg {
		defer close(news)
		facts, err := kept.Facts(reading, tell)
		if err != nil || asked.name == "" {
			return madeMsg{generation: generation, err: err}
		}
		m, err := asked.make(making, desk, facts, as)
		return madeMsg{generation, m, err}
	})
}

// took shows what was made, unless something else was asked for since.
func (s *Screen) took(msg madeMsg) tea.Cmd {
	if msg.generation != s.generation {
		return nil
	}
	s.busy, s.done, s.all = false, 0, 0
	if s.err = msg.err; msg.err == nil && msg.made != nil {
		first := s.made == nil
		s.made = msg.made
		s.lay()
		if first {
			s.first()
		}
	}
	if s.stale {
		return s.changed()
	}
	return nil
}

// first puts the cursor where one looks first.
func (s *Screen) first() {
	look := looks[s.asked.name]
	row, col := 0, 0
	want := s.made.column(look.column)
	for i, c := range s.columns {
		if c == want {
			col = i
		}
	}
	if look.chart == trend {
		row = len(s.rows) - 1
	}
	s.grid.Select(row, col)
}

// most is the largest number of each kind in the rows that sum up no others.
func (s *Screen) most(column int) map[string]float64 {
	out := map[string]float64{}
	for _, r := range s.rows {
		if v := s.made.value(r, column); !s.made.sheet.Rows[r].Total && !math.IsNaN(v) {
			k := string(s.made.sheet.KindOf(r, column))
			out[k] = max(out[k], v)
		}
	}
	return out
}
