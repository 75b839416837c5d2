package gallery

import (
	"fmt"
	"math"
	"strings"

	tea "charm.land/bubbletea/v2"

	"casedesk/store/text"
	"casedesk/tui/kit"
)

// What stands in the pictures: names that few fonts have (㛃, 𬭚), signs that join others,
// and signs of which terminals do not agree how wide they are.
const (
	rare   = "张㛃与李𬭚"
	long   = "李家与王家因排水沟走向、院墙高度、菜地边界和三棵龙眼树的归属先后争吵了四次，每次都到村委会来说"
	quoted = "甲方说：“水往低处流，不改！”乙方说：“不改，就堵。”网格员回访：98.4% 的水走新沟，剩下的渗进菜地……这不算事——双方 2026年11月30日以前改道，费用 3000 元各半（依《民法典》第二百九十条）。"
	mixed  = "“五老”—…·①±℃ é á̂ 👨‍👩‍👧 👍🏽 ❤️ Ａ１ ㎡ 龘"
)

func pictures(s kit.Seat) []Picture {
	return []Picture{
		{Name: "inks", Page: func(w, h int) kit.Page { return kit.Page{Body: inks(s, w, h)} }},
		{Name: "prose", Page: func(w, h int) kit.Page { return kit.Page{Body: prose(s, w, h)} }},
		{Name: "signs", Page: func(w, h int) kit.Page { return kit.Page{Body: signs(s, w, h)} }},
		list(s, "list", rows(s)),
		list(s, "empty", nil),
		form(s, "form", nil),
		form(s, "faults", func(f *kit.Form) {
			f.Set("phone", kit.Value{Text: "1380013"})
			f.Update(tea.KeyPressMsg{Code: tea.KeyF2})
			f.Refuse([]kit.Fault{{Name: "title", Sentence: s.Say("fault.required")}})
			f.Focus("title")
		}),
		form(s, "long", func(f *kit.Form) {
			for name, v := range map[string]string{"title": long, "facts": strings.Repeat(long+"。", 4), "name": rare, "address": mixed} {
				f.Set(name, kit.Value{Text: v})
			}
			f.Focus("title")
		}),
		form(s, "rows", func(f *kit.Form) {
			f.Focus("parties")
			f.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		}),
		form(s, "select", func(f *kit.Form) {
			f.Focus("category")
			f.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
		}),
		form(s, "several", func(f *kit.Form) {
			f.Focus("units")
			f.Update(tea.KeyPressMsg{Code: tea.KeyEnter})
			f.Update(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		}),
		dialog(s),
		{Name: "error", Page: func(w, h int) kit.Page { return kit.Page{Body: wrong(s, w, h)} }},
		table(s, "table", false),
		table(s, "heat", true),
		{Name: "chart", Page: func(w, h int) kit.Page { return kit.Page{Body: chart(s, w)} }},
		{Name: "keys", Page: func(w, h int) kit.Page { return kit.Page{Body: kit.Inset(s.HelpLines(help(s), w-2*kit.Gutter)...)} }},
		{Name: "status", Page: func(w, h int) kit.Page { return kit.Page{Status: s.Say("gallery.status.long")} }},
	}
}

func inks(s kit.Seat, w, h int) []string {
	b := kit.NewSheet(w, h)
	for _, ink := range []struct {
		name string
		ink  kit.Ink
	}{{"weight.strong", kit.Strong}, {"weight.plain", kit.Plain}, {"weight.quiet", kit.Quiet}, {"weight.chosen", kit.Chosen}, {},
		{"ink.danger", kit.Danger}, {"ink.warning", kit.Warning}, {"ink.good", kit.Good}, {"ink.info", kit.Info}, {"ink.waiting", kit.Waiting}} {
		if ink.name == "" {
			b.Gap()
			continue
		}
		b.Say(ink.ink, s.Say("gallery."+ink.name))
	}
	b.Gap()
	var lights [][]string
	for _, l := range []struct {
		name string
		ink  kit.Ink
	}{{"green", kit.Green}, {"yellow", kit.Yellow}, {"red", kit.Red}, {"grey", kit.Blue}, {"none", kit.Plain}} {
		lights = append(lights, []string{l.ink.On(s.Say("light." + l.name)), s.Say("light." + l.name + ".long")})
	}
	b.Line(kit.Columns(lights, b.Width())...)
	return b.Lines()
}

func prose(s kit.Seat, w, h int) []string {
	b := kit.NewSheet(w, h)
	b.Say(kit.Plain, s.Say("gallery.prose.one"))
	b.Gap()
	b.Sign(kit.Warning, "!", s.Say("gallery.status.long"))
	b.Section(s.Say("gallery.fact"))
	for _, said := range []string{s.Say("gallery.prose.two"), quoted} {
		b.Line(kit.Fact(s.Say("field.facts"), said, 16, b.Width(), kit.Plain)...)
	}
	return b.Lines()
}

func signs(s kit.Seat, w, h int) []string {
	b := kit.NewSheet(w, h)
	var rows [][]string
	for _, said := range []string{rare, mixed, long, "a̶̷̸b", "𠀀龘㐀", "ＡＢＣ１２３，。", "——……", "१२३ สวัสดี"} {
		rows = append(rows, []string{text.Line(said).String(), fmt.Sprint(text.Line(said).Width()), "|"})
	}
	b.Line(kit.Columns(rows, b.Width())...)
	b.Gap()
	b.Say(kit.Plain, strings.Repeat(rare+"，", 20)+mixed)
	return b.Lines()
}

// rows are what a list of cases shows.
func rows(s kit.Seat) [][]string {
	var out [][]string
	for i := range 40 {
		light, title := []string{"green", "yellow", "red", "grey"}[i%4], []string{rare, long, mixed, "水"}[i%4]
		out = append(out, []string{s.Say("light." + light), fmt.Sprintf("%d-WDC1", i+1), text.Line(title).String()})
	}
	return out
}

func list(s kit.Seat, name string, rows [][]string) Picture {
	l := &kit.List{}
	l.SetLen(len(rows))
	l.Select(2)
	return Picture{Name: name,
		Page: func(w, h int) kit.Page {
			if len(rows) == 0 {
				b := kit.NewSheet(w, h)
				b.Say(kit.Plain, s.Say("gallery.nothing"))
				return kit.Page{Body: b.Lines()}
			}
			l.SetHeight(h - 1)
			lines := kit.Columns(rows, w-kit.Gutter)
			page := kit.Page{Body: l.Lines(w, true, func(i, _ int) string { return lines[i] })}
			if n := l.Below(); n > 0 {
				page.Status = s.Say("kit.below", n)
			}
			return page
		},
		Update: func(msg tea.Msg) tea.Cmd { l.Update(msg); return nil },
	}
}

// form is a form with a field of each type, after something was done to it.
func form(s kit.Seat, name string, do func(*kit.Form)) Picture {
	option := func(code, label, path string) kit.Option {
		return kit.NewOption(code, text.Line(label), text.Line(path))
	}
	kinds := []kit.Option{option("1", "邻里纠纷", "矛盾纠纷"), option("2", "用水排水通行通风采光", "矛盾纠纷 / 邻里纠纷"), option("3", long, "矛盾纠纷"), option("4", "婚姻家庭纠纷", "")}
	roles := []kit.Option{option("applicant", s.Say("choice.role.applicant"), ""), option("respondent", s.Say("choice.role.respondent"), ""), option("other", s.Say("choice.role.other"), "")}
	warn := func(string) string { return s.Say("gallery.warned") }
	f := kit.NewForm(s, name, []kit.FieldSpec{
		{Name: "category", Label: s.Say("field.category"), Type: kit.Select, Required: true, Options: kinds},
		{Name: "title", Label: s.Say("field.title"), Required: true, Max: 60, Hint: s.Say("gallery.phrase")},
		{Name: "parties", Label: s.Say("field.name"), Type: kit.Rows, Row: []kit.FieldSpec{
			{Name: "role", Label: s.Say("field.role"), Type: kit.Choice, Required: true, Options: roles},
			{Name: "name", Label: s.Say("field.name"), Required: true, Max: 40},
		}},
		{Name: "facts", Label: s.Say("field.facts"), Type: kit.Long, Required: true, Height: 3},
		{Name: "happened_on", Label: s.Say("field.happened_on"), Type: kit.Date},
		{Name: "people", Label: s.Say("field.people"), Type: kit.Number, Min: 1, Max: 9999},
		{Name: "phone", Label: s.Say("field.phone"), Warn: warn, Max: 20},
		{Name: "units", Label: s.Say("field.units"), Type: kit.Multi, Options: kinds},
		{Name: "confidential", Label: s.Say("field.confidential"), Type: kit.Bool},
		{Name: "role", Label: s.Say("field.role"), Type: kit.Choice, Options: roles},
		{Name: "address", Label: s.Say("field.address"), Max: 100, More: true},
		{Name: "amount", Label: s.Say("field.amount"), Type: kit.Money, More: true},
	})
	f.Set("happened_on", kit.Value{Text: "2026-10-05"})
	if do != nil {
		do(f)
	}
	return Picture{Name: name,
		Page: func(w, h int) kit.Page { return kit.Page{Body: f.Lines(w, h)} },
		Update: func(msg tea.Msg) tea.Cmd {
			_, cmd := f.Update(msg)
			return cmd
		},
	}
}

func dialog(s kit.Seat) Picture {
	c := &kit.Choices{}
	c.Offer(s.Say("gallery.ask.again"), s.Say("gallery.ask.stay"), s.Say("gallery.ask.leave"))
	return Picture{Name: "dialog",
		Page:   func(w, h int) kit.Page { return kit.Page{Body: kit.Dialog([]string{s.Say("gallery.ask")}, c, w, h)} },
		Update: func(msg tea.Msg) tea.Cmd { c.Update(msg); return nil },
	}
}

func wrong(s kit.Seat, w, h int) []string {
	b := kit.NewSheet(w, h)
	b.Sign(kit.Danger, "!", s.Say("gallery.error.what"))
	b.Say(kit.Plain, s.Say("gallery.error.data"))
	b.Say(kit.Plain, s.Say("gallery.error.next"))
	return b.Lines()
}

func table(s kit.Seat, name string, heat bool) Picture {
	columns := []kit.GridColumn{{Head: s.Say("field.title"), Words: true}, {Head: s.Say("field.happened_on"), Words: true, Day: true},
		{Head: s.Say("gallery.received")}, {Head: s.Say("gallery.on_time")}}
	var rows []kit.GridRow
	for i := range 12 {
		r := kit.GridRow{Label: fmt.Sprintf("%s%d", rare, i+1), Cells: []string{text.Line(long).String(), "2026-10-05", fmt.Sprint(i * i), "98.4%"}}
		if heat {
			r.Values = []float64{0, 0, float64(i * i), 0}
		}
		if i == 4 {
			r.Cells, r.Values = []string{"", "", "", "—"}, nil
		}
		rows = append(rows, r)
	}
	rows = append(rows, kit.GridRow{Label: s.Say("gallery.total"), Cells: []string{"", "", "506", "98.4%"}, Sum: true})
	g := &kit.Grid{}
	g.Set(kit.NewGridData(s.Say("gallery.unit"), columns, rows))
	g.Select(3, 2)
	return Picture{Name: name,
		Page:   func(w, h int) kit.Page { return kit.Page{Body: kit.Inset(s.Grid(g, w-kit.Gutter, h, true)...)} },
		Update: func(msg tea.Msg) tea.Cmd { g.Update(msg); return nil },
	}
}

func chart(s kit.Seat, w int) []string {
	w -= 2 * kit.Gutter
	bars := []kit.Bar{{Label: "龙窝镇综治中心", Text: "127", Value: 127, Most: 127}, {Label: long, Text: "1", Value: 1, Most: 127},
		{Label: s.Say("gallery.on_time"), Text: "98.4%", Value: 0.984, Most: 1, Trough: true}, {Label: "-", Text: "-", Value: math.NaN(), Most: 1, Trough: true}}
	trend := kit.Trend{Label: s.Say("gallery.received"), At: 3}
	for _, v := range []float64{3, 5, math.NaN(), 8, 0, 13, 21} {
		trend.Values, trend.Texts = append(trend.Values, v), append(trend.Texts, fmt.Sprint(v))
	}
	lines := append(s.Bars(bars, w), "", s.ShareBar(1, 3, w/2), "")
	return kit.Inset(append(lines, s.Trend(trend, w, 3)...)...)
}

// help is keys that are on, off, many, and without a short name.
func help(s kit.Seat) []kit.HelpGroup {
	off := func() string { return s.Say("gallery.off") }
	return []kit.HelpGroup{
		{Title: s.Say("gallery.list"), Table: kit.Table{
			{ID: "open", Keys: []string{"enter"}, Help: "key.choose", Off: off},
			{ID: "move", Keys: []string{"down", "up", "pgdown", "pgup", "home", "end"}, Help: "key.move"},
			{ID: "save", Keys: []string{"f2", "ctrl+s"}, Help: "key.save"}}},
		{Title: s.Say("gallery.keys"), Table: Keys()},
	}
}
