package figures

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/store/text"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// now is the moment as the county has it.
func (s *Screen) now() time.Time { return s.desk.Now().In(s.desk.Index().Calendar().Location()) }

// go_ asks for another period.
func (s *Screen) go_(p report.Period) tea.Cmd {
	s.asked.period, s.fault = p, ""
	return s.count()
}

// later goes on to the next period of the kind, unless it has not begun.
func (s *Screen) later() tea.Cmd {
	p := s.asked.period
	name := p.To.Format("2006-01")
	switch {
	case p.Week():
		name = report.Week(p.To).Name
	case strings.Contains(p.Name, "-Q"):
		name = fmt.Sprintf("%d-Q%d", p.To.Year(), (int(p.To.Month())+2)/3)
	case len(p.Name) == len("2006"):
		name = p.To.Format("2006")
	case strings.Contains(p.Name, ".."):
		days := int(p.To.Sub(p.From).Hours()/24 + 0.5)
		name = p.To.Format(time.DateOnly) + ".." + p.To.AddDate(0, 0, days-1).Format(time.DateOnly)
	}
	next, err := report.ParsePeriod(name, p.From.Location(), s.now())
	if err != nil {
		return words.Tell(words.NoteMsg{Note: s.wrong(err)})
	}
	return s.go_(next)
}

// kind goes from weeks to months, quarters and years, and around; the end of the period, or
// today, stays in it.
func (s *Screen) kind() tea.Cmd {
	p, at := s.asked.period, s.now()
	if last := p.To.AddDate(0, 0, -1); last.Before(at) {
		at = last
	}
	to := report.Week(at)
	switch {
	case p.Week():
		to = report.Month(at)
	case len(p.Name) == len("2006-01") && !strings.Contains(p.Name, "Q"):
		to = quarter(at)
	case strings.Contains(p.Name, "-Q"):
		to = report.Year(at)
	}
	if s.typed != nil {
		s.typed.SetValue("")
	}
	return s.go_(to)
}

func quarter(t time.Time) report.Period {
	p, _ := report.ParsePeriod(fmt.Sprintf("%d-Q%d", t.Year(), (int(t.Month())+2)/3), t.Location(), t)
	return p
}

// takePeriod takes the period that was typed; w, m, q and y, and their Chinese words, are
// this week, month, quarter and year, and 11月 is the latest November that has begun.
func (s *Screen) takePeriod() tea.Cmd {
	said := strings.TrimSpace(text.Fold(s.typed.Value()))
	now := s.now()
	var p report.Period
	var err error
	switch said {
	case "":
		s.typed = nil
		return nil
	case "w", "周", "本周":
		p = report.Week(now)
	case "m", "月", "本月":
		p = report.Month(now)
	case "q", "季", "本季":
		p = quarter(now)
	case "y", "年", "本年", "今年":
		p = report.Year(now)
	case "上周":
		p = report.Week(now).Back()
	case "上月", "上个月":
		p = report.Month(now).Back()
	case "上季", "上季度":
		p = quarter(now).Back()
	case "去年":
		p = report.Year(now).Back()
	default:
		name := said
		if month, err := time.Parse("1月", strings.TrimSuffix(said, "份")); err == nil {
			year := now.Year()
			if month.Month() > now.Month() {
				year--
			}
			name = fmt.Sprintf("%d-%02d", year, month.Month())
		}
		p, err = report.ParsePeriod(name, now.Location(), now)
	}
	if err != nil {
		s.fault = s.wrong(err)
		return nil
	}
	s.typed = nil
	return s.go_(p)
}

func (s *Screen) wrong(err error) string {
	var bad *report.PeriodError
	if errors.As(err, &bad) {
		return s.desk.T("period."+string(bad.Problem), bad.Text)
	}
	return s.desk.Advise(err).String()
}

// period is a period as people call it.
func (s *Screen) period(p report.Period) string {
	d := s.desk
	last := p.To.AddDate(0, 0, -1)
	switch {
	case p.Week():
		year, week := p.From.ISOWeek()
		return d.T("figures.week", year, week, p.From.Format("01-02"), last.Format("01-02"))
	case strings.Contains(p.Name, "-Q"):
		return d.T("figures.quarter", p.From.Year(), (int(p.From.Month())+2)/3)
	case strings.Contains(p.Name, ".."):
		return d.T("figures.days", p.From.Format(time.DateOnly), last.Format(time.DateOnly))
	case len(p.Name) == len("2006"):
		return d.T("figures.year", p.From.Year())
	}
	month := p.From.Format("1")
	if d.Lang() == i18n.EN {
		month = p.From.Format("01")
	}
	return d.T("figures.month", p.From.Year(), month)
}

// units says for which units the figures are.
func (s *Screen) units() string {
	said := s.desk.T("figures.all_here")
	if s.asked.under != "" {
		said = s.desk.T("figures.under", s.desk.Unit(s.asked.under))
	}
	if s.asked.matter != "" {
		said += "  " + s.desk.Matter(s.asked.matter)
	}
	return said
}

const anything = "all" // the choice that leaves a thing open

// askUnits asks for units, the kind of matter and what a cross table has in its rows and
// columns.
func (s *Screen) askUnits() {
	d := s.desk
	option := func(code, label string) kit.Option { return kit.NewOption(code, text.Line(label), text.Line("")) }
	units := []kit.Option{option(anything, d.T("figures.all_here"))}
	own := d.Store.Profile().Units
	for _, u := range d.Index().Catalogue().Units {
		for _, mine := range own {
			if u.ID == mine || d.Index().Above(mine, u.ID) {
				units = append(units, option(string(u.ID), u.Name))
				break
			}
		}
	}
	kinds := []kit.Option{option(anything, d.T("figures.any_matter"))}
	for _, m := range matters() {
		kinds = append(kinds, option(string(m), d.Matter(m)))
	}
	specs := []kit.FieldSpec{
		{Name: "unit", Label: d.T("figures.field_unit"), Type: kit.Select, Options: units, Hint: d.T("figures.hint_unit")},
		{Name: "matter", Label: d.T("figures.field_matter"), Type: kit.Select, Options: kinds},
	}
	var dims []kit.Option
	for _, n := range report.Dimensions() {
		dims = append(dims, option(n, d.T("dimension."+n)))
	}
	values := map[string]string{"unit": string(s.asked.under), "matter": string(s.asked.matter)}
	switch s.asked.name {
	case "cross":
		across := append([]kit.Option{option(anything, d.T("figures.no_columns"))}, dims...)
		var measures []kit.Option
		for _, n := range report.Measures() {
			measures = append(measures, option(n, d.T("measure."+n)))
		}
		specs = append(specs, kit.FieldSpec{Name: "by", Label: d.T("figures.field_by"), Type: kit.Select, Options: dims},
			kit.FieldSpec{Name: "across", Label: d.T("figures.field_across"), Type: kit.Select, Options: across},
			kit.FieldSpec{Name: "measure", Label: d.T("figures.field_measure"), Type: kit.Choice, Options: measures})
		values["by"], values["across"] = s.asked.by, s.asked.across
		if values["measure"] = s.asked.measure; s.asked.measure == "" {
			values["measure"] = report.Measures()[0]
		}
	case "speed":
		specs = append(specs, kit.FieldSpec{Name: "by", Label: d.T("figures.field_by"), Type: kit.Select, Options: dims})
		if values["by"] = s.asked.by; s.asked.by == "" {
			values["by"] = "category"
		}
	}
	s.saving, s.form = false, kit.NewForm(d.Seat(), "figures", specs)
	for name, v := range values {
		if v == "" {
			v = anything
		}
		s.form.Set(name, kit.Value{Text: v})
	}
}

// askFile asks where the sheet goes.
func (s *Screen) askFile() {
	d := s.desk
	s.saving = true
	s.form = kit.NewForm(d.Seat(), "figures_file", []kit.FieldSpec{{Name: "file", Label: d.T("figures.file"), Type: kit.Line, Required: true, Max: 400, Hint: d.T("figures.hint_file")}})
	name := d.T("report."+string(s.asked.name)) + "-" + s.asked.period.Name + ".xlsx"
	s.form.Set("file", kit.Value{Text: filepath.Join(filepath.Dir(d.Store.Dir()), name)})
}

type savedMsg struct {
	file string
	err  error
}

// ask takes the keys of the form.
func (s *Screen) ask(msg tea.Msg) tea.Cmd {
	act, cmd := s.form.Update(msg)
	switch {
	case act == kit.ActLeave:
		s.form = nil
	case act == kit.ActSave && s.saving:
		file, write, ix, sheet, under := text.Line(s.form.Value("file").Text).String(), s.write, s.desk.Index(), s.made.sheet, s.made.asked.under
		s.form = nil
		return func() tea.Msg { return savedMsg{file, write(ix, &sheet, under, file)} }
	case act == kit.ActSave:
		take := func(name string) string {
			if v := s.form.Value(name).Text; v != anything {
				return v
			}
			return ""
		}
		s.asked.under, s.asked.matter = catalogue.UnitID(take("unit")), casework.Matter(take("matter"))
		s.asked.by, s.asked.across, s.asked.measure = take("by"), take("across"), take("measure")
		s.form = nil
		return s.count()
	}
	return cmd
}

func (s *Screen) saved(msg savedMsg) {
	switch {
	case errors.Is(msg.err, fs.ErrExist):
		s.said = kit.Danger.On("! " + s.desk.T("tools.exists", msg.file))
	case msg.err != nil:
		s.said = kit.Danger.On("! " + s.desk.T("figures.not_saved", msg.file, words.Clean(msg.err.Error())))
	default:
		s.said = kit.Green.On(s.desk.T("figures.saved", msg.file))
	}
}
