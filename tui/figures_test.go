package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/report"
	"casedesk/tui"
	"casedesk/tui/figures"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// workedYear is a town's laptop after a year of work: cases of its own and of a village, of
// several kinds and places, some settled and some late.
func workedYear(t testing.TB, clk *clock) *store.Store {
	t.Helper()
	c := newCounty(t)
	village := c.laptop(clk, "grid1", "441621102901")
	town := c.laptop(clk, "mediator1", "441621102")
	end := clk.now
	categories := []string{"0201", "0101", "0602", "0202"}
	places := []string{"441621102901", "441621102902", "441621102903"}
	for i := range 24 {
		clk.now = end.AddDate(0, 0, -i*i)
		s := town
		if i%4 == 0 {
			s = village
		}
		reg := dispute(fmt.Sprintf("第%d件纠纷", i+1))
		reg.Fields[casework.FieldCategory], reg.Fields[casework.FieldDivision] = categories[i%len(categories)], places[(i*i/2)%len(places)]
		made := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{reg}}))
		if i%3 != 0 {
			must[store.Saved](t)(s.Append(store.Work{Case: made.Case, Events: []casework.Event{&casework.SettledOnSpot{Agreement: "当场和解", Extent: "full"}}}))
		}
	}
	clk.now = end
	c.exchange(village)
	c.exchange(town)
	return town
}

// Ensure that a report is chosen by number and by pinyin, shown as table and picture, that a
// cell opens its cases, a case of them the case, and that Esc goes back to the same cell.
func TestFigures_CellToCase(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		d := sit(t, workedYear(t, clk), clk, size[0], size[1])
		d.Press("ctrl+r")
		d.Expect("统计报表")
		d.Golden(sized("figures", size))
		d.Type("dbtb")
		d.Press("enter")
		d.Expect("督办通报表  2021年7月")
		d.Press("down", "right", "end")
		d.Golden(sized("figures_table", size))
		d.Press("f3")
		d.Golden(sized("figures_rules_share", size))
		d.Press("esc", "home", "f2")
		d.Golden(sized("figures_bars", size))
		d.Press("f3")
		d.Expect("按期化解率 = 按期 / 应办结")
		d.Golden(sized("figures_rules", size))
		d.Press("esc", "f2", "up", "up")
		d.Expect("受理：")
		before := strings.Join(d.Screen(), "\n")
		d.Press("enter")
		d.Expect("受理 ")
		d.Golden(sized("figures_cases", size))
		d.Press("down", "enter")
		d.Expect("案件 ")
		d.Press("esc", "esc")
		if after := strings.Join(d.Screen(), "\n"); after != before {
			t.Errorf("not the same cell:\n%s\n%s", before, after)
		}
		d.Press("esc")
		d.Expect("键入编号")
		d.Press("esc")
		d.Expect("[待办")
	}
}

// Ensure that trends and heat tables are drawn, with numbers in them, that last year stands
// beside this one, and that the rows of a cross table can be chosen.
func TestFigures_Pictures(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		d := sit(t, workedYear(t, clk), clk, size[0], size[1])
		d.Press("ctrl+r")
		d.Type("8")
		d.Press("enter", "f2")
		d.Expect("最早")
		d.Golden(sized("figures_trend", size))
		d.Press("esc", "backspace", "9", "enter", "f6")
		d.Type("2021")
		d.Press("enter")
		d.Expect("2021年")
		d.Press("f4", "tab", "tab")
		d.Expect("行：事发村居")
		d.Type("sfzj")
		d.Press("enter", "f2")
		d.Expect("行：事发镇街")
		d.Press("f4", "tab", "tab")
		d.Type("sfcj")
		d.Press("enter", "f2")
		d.Press("f2")
		d.Golden(sized("figures_heat", size))
		d.Press("f2", "f9")
		d.Expect("去年同期")
		d.Golden(sized("figures_year", size))
	}
}

// Ensure that the month's list is one page for each addressee, as on paper, that a line of it
// opens its case, and that what stands on paper can be saved.
func TestFigures_WorkList(t *testing.T) {
	for _, size := range sizes {
		clk := newClock()
		cfg := config(workedYear(t, clk), clk)
		var wrote string
		cfg.Opener.WriteFigures = func(_ *catalogue.Index, s *report.Sheet, under catalogue.UnitID, file string) error {
			if wrote != "" {
				return errors.New("磁盘满了")
			}
			wrote = fmt.Sprintf("%s %s %s %d", s.Report, s.Period.Name, under, len(s.Rows))
			return nil
		}
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("f4", "f8")
		d.Type("4")
		d.Press("enter")
		for _, head := range []string{"序号", "单位", "目标", "任务", "责任人", "时限", "进展", "灯"} {
			d.Expect(head)
		}
		d.Expect("致：龙窝镇综治中心（第1页")
		d.Golden(sized("figures_list", size))
		d.Press("tab")
		d.Expect("第2页")
		d.Press("tab")
		d.Expect("第1页")
		d.Press("f8")
		d.Expect(".xlsx")
		d.Press("f2")
		d.Expect("已存到")
		if !strings.HasPrefix(wrote, "work_list 2021-07 441621102 ") {
			t.Errorf("wrote %s", wrote)
		}
		d.Press("f8", "f2")
		d.Expect("没有存成")
		d.Press("enter")
		d.Expect("案件 ")
	}
}

// Ensure that a month in the future is refused in words, typed or stepped to, and that
// weeks, quarters and years are reached by keys and by letters.
func TestFigures_Period(t *testing.T) {
	clk := newClock()
	d := sit(t, workedYear(t, clk), clk, 80, 24)
	d.Press("ctrl+r", "right")
	d.Expect("统计期还没有开始：2021-08")
	d.Press("left")
	d.Expect("2021年6月")
	d.Press("f7")
	d.Expect("2021年第2季度")
	d.Press("f7", "f7")
	d.Expect("周（")
	d.Press("2", "enter", "f6")
	d.Type("２０２２－０１")
	d.Press("enter")
	d.Expect("统计期还没有开始：2022-01")
	d.Golden("figures_future")
	for typed, shown := range map[string]string{"上月": "2021年6月", "11月": "2020年11月", "３月份": "2021年3月", "去年": "2020年 "} {
		d.Press("ctrl+u")
		d.Type(typed)
		d.Press("enter")
		d.Expect(shown)
		d.Press("f6")
	}
	d.Press("esc", "esc")
	d.Type("3") // the 2 that chose the report before is gone
	d.Press("enter")
	d.Expect("绩效报告  2")
	for typed, want := range map[string]string{"q": "2021年第3季度", "周": "2021年第27周", "2020-12-01..2020-12-31": "2020-12-01至2020-12-31", "2021-W02": "2021年第2周"} {
		d.Press("esc", "f6")
		d.Type(typed)
		d.Press("enter")
		d.Expect(want)
		d.Press("f6")
	}
	d.Press("esc", "f6")
	d.Type("不懂")
	d.Press("enter")
	d.Expect("看不懂统计期：不懂")
	d.Press("esc", "ctrl+left")
	d.Refuse("看不懂")
}

// Ensure that without cases every report says so, and that every one of them can be shown as
// everything it has at any size, in English too.
func TestFigures_EmptyEnglishSmall(t *testing.T) {
	clk := newClock()
	empty := sit(t, alone(t, clk), clk, 60, 16)
	empty.Press("ctrl+r", "6", "enter")
	empty.Expect("本期没有内容")
	empty.Golden("figures_none_60x16")
	cfg := config(workedYear(t, clk), clk)
	cfg.Words, cfg.Plain = i18n.New(i18n.EN), true
	d := tuitest.New(t, tui.New(cfg), 60, 16)
	d.Press("ctrl+r")
	d.Golden("figures_english_60x16")
	for i, r := range report.Reports() {
		for range 3 {
			d.Press("backspace")
		}
		d.Type(fmt.Sprint(i + 1))
		d.Press("enter")
		d.Expect(cfg.Words.T("report." + string(r.Name)))
		for _, key := range []string{"f2", "end", "ctrl+end", "f3", "esc", "f2", "f9", "ctrl+home"} {
			d.Press(key)
			for _, size := range [][2]int{{60, 16}, {80, 24}, {200, 50}, {0, 0}, {61, 17}} {
				d.Resize(size[0], size[1])
				for n, line := range d.Screen() {
					if kit.Width(line) > size[0] || strings.Contains(line, "[report.") || strings.Contains(line, "[figures.") {
						t.Fatalf("%s after %s at %v: line %d is %q", r.Name, key, size, n, line)
					}
				}
			}
		}
		if odd := d.Ambiguous(); len(odd) > 0 {
			t.Errorf("%s: signs of ambiguous width on a plain terminal: %q", r.Name, odd)
		}
		if r.Name == "cross" {
			d.Resize(60, 16)
			d.Press("f2")
			d.Golden("figures_heat_plain_60x16")
		}
		d.Press("esc")
	}
}

// Ensure that facts are read once, and afterwards only those of cases that changed; that a
// change shows in the sheet; and that leaving ends the reading.
func TestFigures_Kept(t *testing.T) {
	clk := newClock()
	s := workedYear(t, clk)
	d := sit(t, s, clk, 80, 24)
	d.Press("ctrl+r", "1", "enter")
	d.Expect("受理数  本期：3")
	register(t, s, "刚刚登记的")
	d.Await("受理数  本期：4")
	kept := figures.NewKept(s)
	reads := 0
	read := func() int {
		facts := must[[]report.Fact](t)(kept.Facts(t.Context(), func(int, int) { reads++ }))
		return len(facts)
	}
	if n := read(); n != 25 || reads == 0 {
		t.Errorf("%d facts in %d steps", n, reads)
	}
	reads = 0
	more := register(t, s, "又一件")
	kept.Note(words.ChangedMsg{Change: store.Change{Cases: []casework.CaseID{more.Case}}})
	if n := read(); n != 26 || reads != 0 {
		t.Errorf("%d facts in %d steps after one more case", n, reads)
	}
	kept.Note(words.ChangedMsg{All: true})
	if read(); reads == 0 {
		t.Error("not read anew although all may have changed")
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	kept.Note(words.ChangedMsg{All: true})
	if _, err := kept.Facts(ctx, nil); err == nil {
		t.Error("read on after leaving")
	}
	if n := read(); n != 26 {
		t.Errorf("%d facts after a reading that was left", n)
	}
}

// Ensure that other screens can lead to a report at once, and that Esc then goes to the choice
// with that report under the cursor.
func TestFigures_AtOnce(t *testing.T) {
	clk := newClock()
	d := sit(t, workedYear(t, clk), clk, 80, 24)
	d.Send(d.Model().(*tui.Model).For(words.FiguresMsg{Report: "speed"}))
	d.Expect("办理时长  2021年7月")
	d.Expect("化解用时")
	d.Press("esc")
	d.Expect("> 11 办理时长")
}

// Ensure that locking takes the figures away, and that the report comes back with the key.
func TestFigures_Lock(t *testing.T) {
	l, d := made(t, 80, 24)
	l.unlock(d)
	register(t, l.open, "排水沟纠纷")
	d.Await("排水沟纠纷")
	d.Press("ctrl+r", "9", "enter")
	d.Expect("邻里纠纷")
	d.Press("ctrl+l")
	d.Refuse("邻里纠纷")
	l.unlock(d)
	d.Expect("分类统计")
	d.Expect("邻里纠纷")
	if d.Waiting() != 0 {
		t.Errorf("%d waits at rest", d.Waiting())
	}
}

// Ensure that cases which are not here any more are told of in place of rows.
func TestFigures_NotHere(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	here := register(t, s, "在这里的")
	gone := casework.CaseID{}
	gone.UUID[0] = 7
	d := sit(t, s, clk, 80, 24)
	d.Send(d.Model().(*tui.Model).For(words.OpenCasesMsg{Title: "两件", Cases: []casework.CaseID{here.Case, gone}}))
	d.Expect("其中1件现在不在这台电脑上")
	d.Expect("在这里的")
	d.Press("esc")
	d.Expect("[待办")
}
