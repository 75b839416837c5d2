package many

import (
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Page shows what can be done, then the cases.
func (s *Screen) Page(w, h int) kit.Page {
	d := s.desk
	page := kit.Page{Title: d.T("many.title", i18n.Arg("n", len(s.ids)))}
	switch {
	case s.err != nil:
		page.Body = d.Advice(s.err, w)
		return page
	case s.phase == reading:
		page.Body = []string{"", "  " + d.T("many.reading", i18n.Arg("n", len(s.ids)))}
		return page
	case s.phase == choosing:
		page.Body = s.choices(w, h)
		return page
	}
	page.Title = d.T("many.ask_title", s.name(s.action), i18n.Arg("n", len(s.items)))
	body := s.head(w)
	s.list.SetHeight(h - len(body))
	page.Body = append(body, s.list.Lines(w, !s.Typing() && s.phase != working, s.line)...)
	if n := s.list.Below(); n > 0 {
		page.Status = " " + d.T("kit.below", n)
	}
	return page
}

// choices are the actions with how many of the cases take each.
func (s *Screen) choices(w, h int) []string {
	d := s.desk
	lines := []string{""}
	for _, line := range words.Wrap(d.T("many.choose"), w-2, kit.Plain) {
		lines = append(lines, "  "+line)
	}
	lines = append(lines, "")
	if len(s.options) == 0 {
		return append(lines, "  "+d.T("many.none"))
	}
	s.list.SetHeight(h - len(lines))
	return append(lines, s.list.Lines(w, true, func(i, w int) string {
		o := s.options[i]
		return kit.Fit(kit.Fit(s.name(o.action), 20)+d.T("many.can", o.can, len(s.items)-o.can), w)
	})...)
}

// head says above the cases what will be done to them, or what was.
func (s *Screen) head(w int) []string {
	d := s.desk
	done, left := 0, 0
	for _, it := range s.items {
		if it.done {
			done++
		} else if s.phase == finished {
			left++
		}
	}
	said := ""
	switch {
	case s.phase == working:
		said = d.T("many.working", done+1, s.planned())
	case s.phase == finished && s.stop:
		said = d.T("many.stopped", done, left)
	case s.phase == finished:
		said = d.T("many.done", done, left)
	default:
		said = d.T("many.review", s.name(s.action), s.count(), len(s.items)-s.count())
	}
	lines := []string{""}
	for _, line := range words.Wrap(said, w-2, kit.Strong) {
		lines = append(lines, "  "+line)
	}
	if s.Typing() {
		label := "  " + d.T("many.note") + " "
		lines = append(lines, "", kit.Box(label, s.note, w, w-1, true))
	}
	return append(lines, "")
}

// planned is how many cases are done, with those that turned out otherwise.
func (s *Screen) planned() int {
	n := s.count()
	for i := range min(s.at, len(s.items)) {
		if s.items[i].off != "" {
			n++
		}
	}
	return n
}

// line is a case: what is done to it, which it is, and what will happen or why it is left out.
func (s *Screen) line(i, w int) string {
	d, it := s.desk, s.items[i]
	sign, said := kit.Green.On("+ "+d.T("many.will")), it.what
	switch {
	case it.done:
		sign = kit.Green.On("+ " + d.T("many.did"))
	case it.off != "" && s.phase == finished:
		sign, said = kit.Warning.On("- "+d.T("many.left")), it.off
	case it.off != "":
		sign, said = kit.Warning.On("- "+d.T("many.wont")), it.off
	}
	title := max(12, min(30, (w-20)/3))
	row := kit.Fit(sign, 9) + text.Line(words.Tail(it.view.Number)).Pad(10).String() + " " + text.Line(it.view.Title).Pad(title).String() + "  "
	return row + words.Short(said, max(0, w-kit.Width(row)))
}
