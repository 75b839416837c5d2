package list

import (
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// answered tells what became of a call-out: who answered, and when; or since when it waits.
func (s *Screen) answered(c store.Call) string {
	d := s.desk
	if c.Answer.At.IsZero() {
		return d.T("board.unanswered", d.When(c.At))
	}
	return d.T("board.answered", d.Person(c.Answer.User), d.When(c.Answer.At), words.Clean(c.Answer.Text))
}

// linkSaid tells in plain words what waits to be sent, and when the county was last heard.
func (s *Screen) linkSaid() string {
	d := s.desk
	l, n := d.Store.Link(), d.Store.Unsent()
	said := "board.link.never"
	switch {
	case l.State == store.LinkAlone:
		return d.T("board.link.alone")
	case !l.LastOK.IsZero():
		said = "board.link.last"
	}
	waits := d.T("board.link.none")
	if n > 0 {
		waits = d.T("board.link.waits", i18n.Arg("n", n))
	}
	return waits + d.T(said, d.When(l.LastOK))
}

// boardPage shows the board; on a wide screen beside it the cases behind the line under
// the cursor.
func (s *Screen) boardPage(body []string, w, h int) kit.Page {
	d := s.desk
	aside, left := 0, w
	if wide(w) {
		aside, left = kit.Aside(w)
	}
	rows := h - len(body) - 1
	now := d.Now()
	lines := []string{kit.Fit("  "+kit.Strong.On(d.T("board.day", now.Format(time.DateOnly), d.T("kit.weekday."+string(rune('0'+int(now.Weekday())))))), left)}
	page := kit.Page{Title: s.title(), Status: s.marksSaid()}
	switch {
	case s.err != nil:
		lines = append(lines, d.Advice(s.err, left)...)
	case s.board == nil:
		lines = append(lines, "", "  "+d.T("board.counting"))
	default:
		s.list.SetHeight(rows)
		lines = append(lines, s.list.Lines(left, !s.Typing(), s.boardLine)...)
		if n := s.list.Below(); n > 0 {
			page.Status = " " + d.T("kit.below", n)
		}
		if s.board.kept {
			page.Status = " " + d.T("board.recounting", d.When(s.board.counted.Made))
		}
	}
	if wide(w) {
		lines = kit.Beside(lines, s.behind(aside, rows+1), left, rows+1)
	}
	page.Body = append(body, lines...)
	return page
}

// boardLine draws a line; its heading stands where it is another one than above, and in the
// first line that is seen.
func (s *Screen) boardLine(i, w int) string {
	l, d := s.board.lines[i], s.desk
	heading, label, cases := 11, 20, 8
	if d.Lang() == i18n.EN {
		heading, label, cases = 16, 26, 9
	}
	if w < snug {
		label -= 5
	}
	if kit.Read(w) {
		heading, label, cases = 40, 80, 40
	}
	said := ""
	if i == s.list.Top() || s.board.lines[i-1].part != l.part {
		said = d.T("board.part." + string(l.part))
	}
	line := kit.Strong.On(kit.Fit(said, heading)) + kit.Fit(l.sign, 3)
	if l.n < 0 {
		return line + words.Short(l.label, w-heading-3)
	}
	if l.n == 0 { // without a count the label has its room
		label, cases = label+cases, 0
	}
	count := ""
	if l.n > 0 {
		count = d.T("board.cases", i18n.Arg("n", l.n))
	}
	return line + kit.Fit(words.Short(l.label, label-1), label) + kit.Fit(count, cases) + words.Short(l.said, max(0, w-heading-3-label-cases))
}

// behind lists the cases behind the line under the cursor.
func (s *Screen) behind(w, h int) []string {
	l, ok := s.under()
	if !ok || len(l.rows) == 0 {
		return nil
	}
	d := s.desk
	lines := []string{kit.Strong.On(kit.Fit(l.label, w)), ""}
	for _, r := range l.rows {
		if len(lines)+2 > h {
			return lines
		}
		lines = append(lines, kit.Fit(d.RowLight(r)+" "+words.Short(s.caseName(r), w-4), w),
			kit.Fit("   "+strings.TrimSpace(d.State(r.State)+"  "+d.Left(r.Light, r.DaysLeft, r.Due))+"  "+d.Unit(firstOf(r.Lead, r.Holder)), w))
	}
	if more := l.n - len(l.rows); more > 0 && len(lines) < h {
		lines = append(lines, d.T("board.more", i18n.Arg("n", more)))
	}
	return lines
}
