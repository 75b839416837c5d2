package kit_test

import (
	"fmt"
	"math"
	"math/rand"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/mattn/go-runewidth"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// picture is a model that shows what is drawn for its width.
type picture func(w, h int) []string

type pictured struct {
	draw picture
	w, h int
}

func (p *pictured) Init() tea.Cmd { return nil }

func (p *pictured) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		p.w, p.h = size.Width, size.Height
	}
	return p, nil
}

func (p *pictured) View() tea.View {
	screen, cursor := kit.PlaceCursor(strings.Join(p.draw(p.w, p.h), "\n"))
	v := tea.NewView(screen)
	v.Cursor = cursor
	return v
}

var (
	plainSeat = kit.Seat{Say: say, Now: seat.Now, Plain: true}
	nan       = math.NaN()
)

func someBars() []kit.Bar {
	return []kit.Bar{{Label: "龙窝镇综治中心", Text: "127", Value: 127, Most: 127}, {Label: "示例圩镇社区", Text: "31", Value: 31, Most: 127},
		{Label: "一个名字长得放不下的单位一个名字长得放不下的单位", Text: "1", Value: 1, Most: 127}, {Label: "没有的", Text: "0", Value: 0, Most: 127},
		{Label: "按期化解率", Text: "98.4%", Value: 0.984, Most: 1, Trough: true}, {Label: "全部", Text: "100.0%", Value: 1, Most: 1, Trough: true},
		{Label: "除不尽", Text: "-", Value: nan, Most: 1, Trough: true}, {Label: "合计", Text: "159", Value: 159}}
}

func someTrend() kit.Trend {
	t := kit.Trend{Label: "受理", At: 11}
	for _, v := range []float64{3, 5, nan, 0, 8, 13, 21, 20, 4, 1, 9, 34} {
		t.Values, t.Texts = append(t.Values, v), append(t.Texts, fmt.Sprint(v))

	}
	return t
}

func someGrid(heat bool) *kit.Grid {
	g := &kit.Grid{}
	columns := []kit.GridColumn{{Head: "目标", Words: true}, {Head: "时限", Words: true, Day: true}, {Head: "受理"}, {Head: "按期化解率"}, {Head: "当面：化解满意度"}, {Head: "同比"}}
	var rows []kit.GridRow
	for i := range 30 {
		r := kit.GridRow{Label: fmt.Sprintf("第%d个单位", i+1), Cells: []string{"受理审查和一个很长很长的目标名称", "2026-11-03", fmt.Sprint(i * i), "98.4%", "—", "+7.6%"}}
		if heat {
			r.Values = []float64{0, 0, float64(i * i), 0, 0, 0}
		}
		rows = append(rows, r)
	}
	rows = append(rows, kit.GridRow{Label: "合计", Cells: []string{"", "", "8555", "98.4%", "—", "+7.6%"}, Sum: true})
	g.Set(kit.NewGridData("单位", columns, rows))
	return g
}

// Ensure what bars, trends and tables look like, with blocks and with plain signs.
func TestCharts_Golden(t *testing.T) {
	for name, s := range map[string]kit.Seat{"blocks": seat, "plain": plainSeat} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 30}} {
			d := tuitest.New(t, &pictured{draw: func(w, h int) []string {
				lines := append(s.Bars(someBars(), w), "", s.ShareBar(1, 3, w/2), "")
				return append(lines, s.Trend(someTrend(), w, 3)...)
			}}, size[0], size[1])
			d.Golden(fmt.Sprintf("chart_%s_%dx%d", name, size[0], size[1]))
			for what, heat := range map[string]bool{"grid": false, "heat": true} {
				g := someGrid(heat)
				d := tuitest.New(t, &pictured{draw: func(w, h int) []string { return s.Grid(g, w, h, true) }}, size[0], size[1])
				d.Golden(fmt.Sprintf("%s_%s_%dx%d", what, name, size[0], size[1]))
				for _, key := range []string{"pgdown", "right", "right", "end", "down"} {
					g.Update(tuitest.Key(key))
				}
				d.Golden(fmt.Sprintf("%s_moved_%s_%dx%d", what, name, size[0], size[1]))
			}
		}
	}
}

// Ensure that every line is exactly as wide as it is to be, whatever is drawn, that a plain
// terminal gets no sign of ambiguous width, and that nothing looks like all.
func TestCharts_Random(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewSource(seed))
	exact := func(what string, lines []string, w int, plain bool) {
		t.Helper()
		for i, line := range lines {
			line = strings.ReplaceAll(line, kit.Mark, "")
			if kit.Width(line) != w {
				t.Fatalf("%s: line %d has %d cells for %d: %q", what, i, kit.Width(line), w, line)
			}
			for _, r := range kit.Bare(line) {
				if plain && runewidth.IsAmbiguousWidth(r) {
					t.Fatalf("%s: %q on a plain terminal", what, r)
				}
			}
		}
	}
	words := []string{"", "龙", "龙窝镇", "a", "按期化解率（%）", "long English words here"}
	word := func() string { return words[rng.Intn(len(words))] }
	for range 60 {
		s, w := seat, 20+rng.Intn(160)
		if rng.Intn(2) == 0 {
			s = plainSeat
		}
		var bars []kit.Bar
		for range rng.Intn(6) {
			bars = append(bars, kit.Bar{Label: word(), Text: fmt.Sprint(rng.Intn(1000)), Value: rng.Float64()*40 - 1, Most: float64(rng.Intn(3) * 20), Trough: rng.Intn(2) == 0})
		}
		exact("bars", s.Bars(bars, w), w, s.Plain)
		part := rng.Float64()
		if part == 0 {
			continue
		}
		bar := kit.Bare(s.ShareBar(part, 1, w))
		if bar == kit.Bare(s.ShareBar(1, 1, w)) || bar == kit.Bare(s.ShareBar(0, 1, w)) {
			t.Fatalf("%v of %d cells looks like all or nothing: %q", part, w, bar)
		}
		tr := kit.Trend{Label: word(), At: rng.Intn(14) - 1}
		for range rng.Intn(14) {
			v := float64(rng.Intn(30))
			if rng.Intn(5) == 0 {
				v = nan
			}
			tr.Values, tr.Texts = append(tr.Values, v), append(tr.Texts, fmt.Sprint(v))
		}
		exact("trend", s.Trend(tr, w, 1+rng.Intn(4)), w, s.Plain)
		g := &kit.Grid{}
		for range 4 {
			columns := make([]kit.GridColumn, rng.Intn(8))
			for i := range columns {
				columns[i] = kit.GridColumn{Head: word() + word(), Words: rng.Intn(3) == 0}
			}
			rows := make([]kit.GridRow, rng.Intn(40))
			for i := range rows {
				rows[i].Label, rows[i].Sum = word()+fmt.Sprint(i), i == len(rows)-1 && rng.Intn(2) == 0
				for range columns {
					rows[i].Cells = append(rows[i].Cells, word())
					rows[i].Values = append(rows[i].Values, float64(rng.Intn(9)))
				}
				if rng.Intn(3) > 0 {
					rows[i].Values = nil
				}
			}
			g.Set(kit.NewGridData(word(), columns, rows))
			for range 20 {
				keys := []string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "ctrl+home", "ctrl+end"}
				g.Update(tuitest.Key(keys[rng.Intn(len(keys))]))
				w, h := 20+rng.Intn(100), 4+rng.Intn(20)
				lines := s.Grid(g, w, h, true)
				exact("grid", lines, w, s.Plain)
				row, col, ok := g.Cursor()
				if ok && (row >= len(rows) || col >= len(columns)) {
					t.Fatalf("cursor %d,%d of %d,%d", row, col, len(rows), len(columns))
				}
				if len(lines) > h {
					t.Fatalf("%d lines for %d", len(lines), h)
				}
				if screen := strings.Join(lines, "\n"); ok && strings.Count(screen, kit.Mark) != 1 {
					t.Fatalf("the cursor is drawn %d times in %dx%d:\n%s", strings.Count(screen, kit.Mark), w, h, screen)
				}
			}
		}
	}
}

// Ensure that a table keeps its cursor on the same cell when its rows come anew, and keeps
// its first column and its sum in sight.
func TestGrid_Set(t *testing.T) {
	g := someGrid(false)
	for range 5 {
		g.Update(tuitest.Key("down"))
	}
	for range 3 {
		g.Update(tuitest.Key("right"))
	}
	rows := []kit.GridRow{{Label: "新来的", Cells: make([]string, 4)}, {Label: "第6个单位", Cells: make([]string, 4)}}
	g.Set(kit.NewGridData("单位", []kit.GridColumn{{Head: "按期化解率"}, {Head: "受理"}, {Head: "x"}, {Head: "y"}}, rows))
	if row, col, _ := g.Cursor(); row != 1 || col != 0 {
		t.Errorf("cursor at %d,%d", row, col)
	}
	g = someGrid(false)
	g.Update(tuitest.Key("end"))
	lines := strings.Join(seat.Grid(g, 40, 10, true), "\n")
	for _, want := range []string{"第1个单位", "合计", "同比", "<"} {
		if !strings.Contains(lines, want) {
			t.Errorf("no %s in\n%s", want, lines)
		}
	}
}

// Ensure which terminals are plain.
func TestPlainTerminal(t *testing.T) {
	for _, c := range []struct {
		goos string
		env  map[string]string
		want bool
	}{
		{"linux", map[string]string{"TERM": "xterm-256color"}, false},
		{"linux", map[string]string{"TERM": "linux"}, true},
		{"linux", map[string]string{"TERM": "xterm", "RUNEWIDTH_EASTASIAN": "1"}, true},
		{"windows", nil, true},
		{"windows", map[string]string{"WT_SESSION": "x"}, false},
		{"windows", map[string]string{"CASEDESK_PLAIN": "0"}, false},
		{"darwin", map[string]string{"CASEDESK_PLAIN": "1"}, true},
	} {
		if got := kit.PlainTerminal(c.goos, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%s %v: %v", c.goos, c.env, got)
		}
	}
}
