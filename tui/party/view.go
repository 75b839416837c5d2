package party

import (
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Page shows the worker's choice, or what the party is to see and nothing besides.
func (s *Screen) Page(w, h int) kit.Page {
	if s.step == choosing {
		return kit.Page{Title: s.desk.T("party.title"), Body: s.choice(w, h)}
	}
	p := pen{w: w}
	switch s.step {
	case asking:
		s.question(&p)
	case checking:
		s.check(&p)
	case stopping:
		p.ink(kit.Strong, s.desk.T("party.stop"))
		p.gap(2)
		p.options(s.list.Cursor(), []string{s.desk.T("party.stop_go_on"), s.desk.T("party.stop_leave")})
	case saving:
		p.ink(kit.Strong, s.desk.T("party.saving"))
	default:
		s.end(&p)
	}
	if len(p.lines) < h { // in the middle of what there is
		top := pen{}
		top.gap((h - len(p.lines)) / 3)
		p.lines = append(top.lines, p.lines...)
	}
	return kit.Page{Title: s.desk.T("party.hello"), Body: p.lines}
}

// choice is the worker's page.
func (s *Screen) choice(w, h int) []string {
	d := s.desk
	body := kit.NewSheet(w, h)
	if len(s.c.Parties) == 0 {
		body.Say(kit.Warning, d.T("party.none"))
		return body.Lines()
	}
	body.Say(kit.Strong, d.T("party.choose"))
	body.Gap()
	s.list.SetHeight(min(len(s.c.Parties), max(1, h-8)))
	body.Part(s.list.Lines(w, true, func(i, _ int) string {
		p := s.c.Parties[i]
		line := kit.Fit(words.Clean(p.Name), 20) + "  " + d.T("choice.role."+p.Role)
		if why := s.refused(p); why != "" {
			line += "  " + d.T("party.said")
		}
		return line
	})...)
	body.Gap()
	sees := "party.sees"
	if !s.locks {
		sees = "party.sees_open"
	}
	body.Say(kit.Plain, d.T(sees))
	return body.Lines()
}

func (s *Screen) question(p *pen) {
	d := s.desk
	p.ink(kit.Plain, d.T("party.which", s.item+1))
	p.gap(1)
	p.ink(kit.Strong, d.T("party.ask."+items[s.item]))
	p.gap(2)
	said := make([]string, len(answers))
	for i, a := range answers {
		said[i] = d.T("choice.satisfaction." + a)
	}
	at := -1
	if s.marked {
		at = s.list.Cursor()
	}
	p.options(at, said)
	p.gap(1)
	p.ink(kit.Plain, d.T("party.how"))
	if s.item > 0 {
		p.ink(kit.Plain, d.T("party.how_back"))
	}
	p.ink(kit.Plain, d.T("party.how_stop"))
}

func (s *Screen) check(p *pen) {
	d := s.desk
	if s.failed {
		p.ink(kit.Danger, "! "+d.T("party.failed"))
		p.gap(1)
	}
	p.ink(kit.Strong, d.T("party.check"))
	p.gap(2)
	var rows []string
	for i, item := range items {
		rows = append(rows, kit.Fit(d.T("party.short."+item), 18)+d.T("choice.satisfaction."+answers[s.said[i]]))
	}
	p.block(rows, 1)
	p.gap(1)
	p.ink(kit.Plain, d.T("party.check_how"))
	p.ink(kit.Plain, d.T("party.how_stop"))
}

// end thanks, and waits for the worker.
func (s *Screen) end(p *pen) {
	d := s.desk
	said := "party.thanks"
	if s.step == nothing {
		said = "party.nothing"
	}
	p.ink(kit.Strong, d.T(said))
	p.gap(1)
	p.ink(kit.Plain, d.T("party.hand_back"))
	p.gap(3)
	back := "party.worker"
	if !s.locks {
		back = "party.worker_open"
	}
	p.ink(kit.Plain, d.T(back))
}

// pen draws in the middle of the screen, with air between the lines: who reads it may
// have left her glasses at home.
type pen struct {
	w     int
	lines []string
}

func (p *pen) gap(n int) {
	for range n {
		p.lines = append(p.lines, "")
	}
}

func (p *pen) ink(ink kit.Ink, said string) {
	for _, line := range text.Line(said).Wrap(p.w - 4) {
		p.lines = append(p.lines, spaces((p.w-line.Width())/2)+ink.On(line.String()))
	}
}

// block draws lines below one another, in the middle together, with gaps between them.
func (p *pen) block(rows []string, gap int) {
	widest := 0
	for _, row := range rows {
		widest = max(widest, kit.Width(row))
	}
	for _, row := range rows {
		p.lines = append(p.lines, spaces((p.w-widest)/2)+row)
		p.gap(gap)
	}
}

// options draws numbered answers; the one that is marked has an arrow besides.
func (p *pen) options(at int, said []string) {
	widest := 0
	for _, s := range said {
		widest = max(widest, kit.Width(s))
	}
	rows := make([]string, len(said))
	for i, s := range said {
		row := "  " + string(rune('1'+i)) + "   " + kit.Fit(s, widest+2)
		if i == at {
			row = kit.Chosen.On("> " + row[2:])
		}
		rows[i] = row
	}
	p.block(rows, 1)
}

func spaces(n int) string { return kit.Fit("", max(0, n)) }
