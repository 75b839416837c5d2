package figures

import (
	"fmt"
	"strings"

	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// Page shows the choice, or the sheet.
func (s *Screen) Page(w, h int) kit.Page {
	var body []string
	switch {
	case s.form != nil:
		body = append(s.above(w), "")
		body = append(body, s.form.Lines(w, h-len(body))...)
	case s.typed != nil:
		body = s.typing(w)
	case !s.shown:
		body = s.choice(w, h)
	case s.rules:
		body = s.ruled(w, h)
	default:
		body = s.sheet(w, h)
	}
	return kit.Page{Title: s.desk.T("figures.title"), Body: body, Status: s.status()}
}

// status says that figures are being made, and how far that is.
func (s *Screen) status() string {
	switch {
	case s.said != "":
		return " " + s.said
	case s.busy && s.all > 0:
		return " " + s.desk.T("figures.reading", s.done, s.all)
	case s.busy:
		return " " + s.desk.T("figures.counting")
	}
	return ""
}

// above says what is asked for.
func (s *Screen) above(w int) []string {
	what := ""
	if s.shown {
		what = kit.Strong.On(s.desk.T("report."+string(s.asked.name))) + "  "
	}
	line := what + s.period(s.asked.period) + "  " + s.units()
	if s.shown && s.asked.name == "cross" {
		line += "  " + s.crossed()
	}
	return []string{" " + kit.Fit(line, w-1)}
}

func (s *Screen) crossed() string {
	d := s.desk
	if s.asked.across == "" {
		return d.T("dimension." + s.asked.by)
	}
	measure := s.asked.measure
	if measure == "" {
		measure = report.Measures()[0]
	}
	return d.T("figures.crossed", d.T("dimension."+s.asked.by), d.T("dimension."+s.asked.across), d.T("measure."+measure))
}

func (s *Screen) choice(w, h int) []string {
	body := append(s.above(w), kit.Inset(kit.Wrap(s.desk.T("figures.hint"), w-4, kit.Plain)...)...)
	if s.err != nil {
		body = append(body, s.desk.Advice(s.err, w)...)
	}
	lines := s.picker.Lines(w, h-len(body)-1, true, func(o kit.Option) string { return fmt.Sprintf("%2s ", o.Code) })
	if n := s.picker.Below(); n > 0 {
		lines = append(lines, kit.Fit(" "+s.desk.T("detail.menu_more", i18n.Arg("n", n)), w))
	}
	return append(body, lines...)
}

// typing is the line for a period.
func (s *Screen) typing(w int) []string {
	d := s.desk
	label := "  " + d.T("figures.field_period") + " "
	body := append(s.above(w), "", kit.Box(label, s.typed, 24, w, true)+"  "+d.T("figures.now_is", s.asked.period.Name), "")
	if s.fault != "" {
		body = append(body, kit.Signed(kit.Danger, "! ", s.fault, w)...)
	}
	return append(body, kit.Inset(kit.Wrap(d.T("figures.hint_period"), w-4, kit.Plain)...)...)
}

// sheet is the table or the picture, with what is under the cursor below it.
func (s *Screen) sheet(w, h int) []string {
	d := s.desk
	body := s.above(w)
	switch {
	case s.err != nil:
		return append(append(body, ""), d.Advice(s.err, w)...)
	case s.made == nil:
		return append(body, "", "  "+d.T("figures.counting"))
	}
	if n := len(s.made.pages); n > 0 {
		body = append(body, kit.Fit(" "+d.T("figures.to", s.made.pages[s.page], s.page+1, n), w))
	}
	body = append(body, "")
	foot := kit.Inset(s.foot(w - kit.Gutter)...)
	if s.grid.Rows() == 0 {
		body = append(body, kit.Inset(kit.Wrap(d.T("figures.none"), w-4, kit.Plain)...)...)
		return append(append(body, ""), s.notes(w, h-len(body)-1)...)
	}
	room := h - len(body) - len(foot)
	var lines []string
	if s.drawn {
		lines = s.chart(w, room)
	} else {
		lines = kit.Inset(d.Seat().Grid(&s.grid, w-kit.Gutter, room, true)...)
	}
	body = append(append(body, lines...), foot...)
	if left := h - len(body) - 1; left > 0 {
		body = append(append(body, ""), s.notes(w, left)...)
	}
	return body
}

// notes are those below the sheet, as many lines as there is room for.
func (s *Screen) notes(w, h int) []string {
	var lines []string
	for _, n := range s.made.notes {
		lines = append(lines, kit.Inset(kit.Wrap(n, w-4, kit.Plain)...)...)
	}
	return lines[:max(0, min(h, len(lines)))]
}

// foot says what is under the cursor: the number, what it divides, and last year's.
func (s *Screen) foot(w int) []string {
	d, m := s.desk, s.made
	row, column, last, ok := s.cell()
	if !ok {
		return nil
	}
	if m.sheet.Rows[row].Kind == report.Words { // a heading
		return []string{"", kit.Fit(m.rows[row].label, w)}
	}
	c, k := m.sheet.Rows[row].Cells[column], m.sheet.KindOf(row, column)
	said := m.rows[row].cells[column]
	if last {
		c, _ = m.before(row, column)
		said = m.yearAgo(d, row, column)
	}
	line := d.T("figures.cell", m.rows[row].label, m.heads[column], said)
	if last {
		line = d.T("figures.cell", m.rows[row].label, m.heads[column]+" "+d.T("figures.year_ago"), said)
	}
	if k == report.Share || k == report.Days || k == report.Average {
		line += d.T("figures.fraction", number(c.Value), number(c.Of))
	}
	if ago := m.yearAgo(d, row, column); ago != "" && !last {
		line += "  " + d.T("figures.ago", ago)
	}
	if r, _ := report.Find(s.asked.name); r.Listed && m.one(row) >= 0 {
		line += "  " + d.T("figures.go_case")
	} else if n := s.behind(row, column, last, &c); n > 0 {
		line += "  " + d.T("figures.behind", n)
	}
	return []string{"", kit.Fit(line, w)}
}

func number(v float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", v), ".0") }

// behind is how many cases are behind the cell; what was counted for the last one is kept,
// because a screen is drawn more often than the cursor moves.
func (s *Screen) behind(row, column int, last bool, c *report.Cell) int {
	at := place{s.made, row, column, last}
	if s.counted.place != at {
		ids, _ := s.made.behind(row, column, c)
		s.counted = counted{at, len(ids)}
	}
	return s.counted.cases
}

// place is a cell of a sheet, or of last year's.
type place struct {
	made        *made
	row, column int
	last        bool
}

type counted struct {
	place
	cases int
}

// chart is the sheet as a picture.
func (s *Screen) chart(w, h int) []string {
	switch s.picture() {
	case bars:
		return s.bars(w, h)
	case trend:
		return s.trend(w, h)
	case heat:
		seat := s.desk.Seat()
		legend := s.desk.T("figures.legend", seat.Shade(1, 4.5), seat.Shade(2, 4.5), seat.Shade(3, 4.5), seat.Shade(4, 4.5))
		return kit.Inset(append(seat.Grid(&s.grid, w-kit.Gutter, h-1, true), kit.Fit(legend, w-kit.Gutter))...)
	}
	return nil
}

// bars has a bar for each row, of the column under the cursor.
func (s *Screen) bars(w, h int) []string {
	m, d := s.made, s.desk
	at, col, _ := s.grid.Cursor()
	column := s.columns[col]
	most := s.most(column)
	drawn := make([]kit.Bar, len(s.rows))
	for i, r := range s.rows {
		k := m.sheet.KindOf(r, column)
		b := kit.Bar{Label: "  " + m.rows[r].label, Text: m.rows[r].cells[column], Value: m.value(r, column), Most: most[string(k)], Trough: k == report.Share}
		switch {
		case k == report.Share:
			b.Most = 1
		case m.sheet.Rows[r].Total:
			b.Most = 0
		}
		if ago := m.yearAgo(d, r, column); ago != "" && s.year {
			b.Text += d.T("figures.with_year", ago)
		}
		if i == at {
			b.Label = "> " + m.rows[r].label
		}
		drawn[i] = b
	}
	lines := d.Seat().Bars(drawn, w)
	lines[at] = kit.Mark + lines[at]
	head := "  " + kit.Strong.On(d.T("figures.bars", m.heads[column]))
	h = max(1, h-1)
	top := max(0, min(at-h/2, len(lines)-h))
	return append([]string{head}, lines[top:min(len(lines), top+h)]...)
}

// trend has columns over the periods for each figure, of which the one under the cursor is
// among those that are seen.
func (s *Screen) trend(w, h int) []string {
	m := s.made
	row, col, _ := s.grid.Cursor()
	high := 2
	if h >= 30 {
		high = 3
	}
	each := 1 + high
	seen := max(1, (h-1)/each)
	top := max(0, min(col-seen/2, len(s.columns)-seen))
	var lines []string
	for i := top; i < min(len(s.columns), top+seen); i++ {
		column := s.columns[i]
		t := kit.Trend{Label: "  " + m.heads[column], At: -1}
		if i == col {
			t.Label, t.At = "> "+m.heads[column], row
		}
		for _, r := range s.rows {
			t.Values = append(t.Values, m.value(r, column))
			t.Texts = append(t.Texts, m.rows[r].cells[column])
		}
		drawn := s.desk.Seat().Trend(t, w-2, high)
		for k := range drawn[1:] {
			drawn[1+k] = "  " + drawn[1+k]
		}
		if i == col {
			drawn[0] = kit.Mark + drawn[0]
		}
		lines = append(lines, drawn...)
	}
	return append(lines, "  "+s.axis(w-2))
}

// axis names the periods below a trend.
func (s *Screen) axis(w int) string {
	cell := min(max(w/max(len(s.rows), 1), 1), 6)
	signs := len("26-10")
	if cell <= signs {
		signs = len("10")
	}
	var b strings.Builder
	for _, r := range s.rows {
		name := s.made.rows[r].label
		b.WriteString(kit.Fit(name[max(0, len(name)-signs):], cell))
	}
	return kit.Fit(b.String(), w)
}

// ruled tells how the number under the cursor was made, then everything that the sheet
// notes.
func (s *Screen) ruled(w, h int) []string {
	d := s.desk
	lines, above := []string(nil), append(s.above(w), "")
	w, h = w-2*kit.Gutter, max(0, h-len(above))
	if s.made != nil {
		if row, column, _, ok := s.cell(); ok {
			lines = append(lines, words.Wrap(strings.TrimSpace(strings.Join(s.foot(w), " ")), w, kit.Strong)...)
			for _, said := range s.made.formulas(row, column) {
				lines = append(lines, kit.Wrap(said, w, kit.Plain)...)
			}
			if c := s.made.sheet.Rows[row].Cells[column]; s.made.sheet.KindOf(row, column) == report.Share && c.Of > 0 {
				lines = append(lines, words.Wrap(d.T("figures.parts", number(c.Value), number(c.Of)), w, kit.Plain)...)
				lines = append(lines, d.Seat().ShareBar(c.Value, c.Of, min(w, 60)))
			}
			lines = append(lines, "")
		}
		lines = append(lines, kit.Section(d.T("figures.rules")))
		for _, n := range s.made.notes {
			lines = append(lines, kit.Signed(kit.Plain, "- ", n, w)...)
		}
	}
	s.top = max(0, min(s.top, len(lines)-h))
	return append(above, kit.Inset(lines[s.top:min(len(lines), s.top+h)]...)...)
}
