package tui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/list"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// findable is a profile with cases of several kinds, places and people.
func findable(t testing.TB, clk *clock) *store.Store {
	t.Helper()
	s := alone(t, clk)
	for _, one := range []struct{ title, category, place, name, phone, facts string }{
		{"李家与王家因排水沟争吵", "0201", "441621102901", "张伟华", "13800138000", "两家共用一条排水沟，雨天积水，发生争吵。"},
		{"征地补偿款分配", "0402", "441621102902", "欧阳明远", "07628888888", "村民对分配方案有意见，多次到村委会反映，电话13912345678。"},
		{"夫妻离婚后子女抚养费迟迟不付要求协调处理", "0102", "441621109901", "赵善", "13700137000", "双方离婚后，男方未按约定付抚养费；女方称男方把排水沟堵了，情绪激动。"},
		{"宅基地边界争议", "0202", "441621102901", "王五", "", "两家宅基地边界不清。"},
	} {
		r := dispute(one.title)
		r.Fields[casework.FieldCategory], r.Fields[casework.FieldDivision], r.Fields[casework.FieldFacts] = one.category, one.place, one.facts
		r.Parties = []casework.Party{{Role: "applicant", Name: one.name, Phone: one.phone}}
		must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{r}}))
	}
	return s
}

// Ensure that filters are gone on with by initials, told in words, and narrow the list; and
// that leaving the box goes back to the case that one was on.
func TestDesk_Filters(t *testing.T) {
	for _, size := range append(sizes, [2]int{60, 16}) {
		clk := newClock()
		d := sit(t, findable(t, clk), clk, size[0], size[1])
		d.Press("down", "down")
		d.Press("f3")
		d.Expect("可加条件：类:")
		d.Golden(sized("find_empty", size))
		d.Type("类:ll")
		d.Expect("> 邻里纠纷")
		d.ExpectCursor("[类:ll")
		d.Golden(sized("find_offers", size))
		d.Press("tab")
		d.Expect("共 2 件")
		d.ExpectCursor("[类:邻里纠纷 ")
		d.Expect("= 类别 邻里纠纷")
		d.Type("人:ww ")
		d.Expect("共 1 件")
		d.Expect("当事人 ww")
		d.Golden(sized("find_filters", size))
		d.Press("esc")
		d.Refuse("= 类别")
		d.Expect("> 绿 剩 24 时 存 1-")
		d.Press("f3") // the last search is there again
		d.Expect("[类:邻里纠纷 人:ww")
		d.Type("镇：lw")
		d.Expect("> 龙窝镇")
		d.Press("down", "up", "enter")
		d.Expect("共 3 件")
		d.Press("enter")
		d.Expect("案件 L-")
	}
}

// Ensure that a match is shown: marked in the title, told where it lies elsewhere, with
// numbers masked as everywhere.
func TestDesk_MatchShown(t *testing.T) {
	for _, size := range append(sizes, [2]int{60, 16}) {
		clk := newClock()
		d := sit(t, findable(t, clk), clk, size[0], size[1])
		d.Press("f3")
		d.Type("psg")
		d.Expect("共 2 件")
		if screen := d.Model().View().Content; !strings.Contains(screen, kit.Found.On("排水沟")) && !strings.Contains(screen, kit.FoundChosen.On("排水沟")) {
			t.Error("the match does not stand out in the title")
		}
		d.Press("down", "up")
		d.Expect("事实")
		d.Golden(sized("find_match", size))
		d.Press("esc", "f3")
		d.Type("13912345678")
		d.Expect("共 1 件")
		d.Expect("电话139****5678")
		d.Press("ctrl+u")
		d.Type("07628888888")
		d.Expect("076****8888")
		if shown := strings.Join(d.Screen(), "\n"); strings.Count(shown, "07628888888") != 1 { // as it was typed
			t.Errorf("a telephone is shown:\n%s", shown)
		}
	}
}

// Ensure that the help page tells first what can be typed while one types.
func TestDesk_FindHelp(t *testing.T) {
	clk := newClock()
	d := sit(t, findable(t, clk), clk, 80, 24)
	d.Press("f3", "f1")
	d.Golden("find_help_80x24")
	d.Press("esc")
	d.ExpectCursor("查找 [")
}

// Ensure that no empty list comes without its reason.
func TestDesk_FilterDoubts(t *testing.T) {
	clk := newClock()
	d := sit(t, findable(t, clk), clk, 80, 24)
	d.Press("f3")
	d.Type("类:邻居 ")
	d.Expect("没有叫「邻居」的类别，当文字找了。是不是：邻里纠纷")
	d.Golden("find_near_80x24")
	d.Press("ctrl+u")
	d.Type("颜色:红 ")
	d.Expect("没有「颜色:」这个条件")
	d.Press("ctrl+u")
	d.Type("登:某天 ")
	d.Expect("「某天」不是日期")
	d.Press("ctrl+u")
	d.Type("本月 ")
	d.Expect("登记 2021-07-01 至 2021-07-31")
	d.Expect("加引号")
	d.Expect("共 4 件")
	d.Press("ctrl+u")
	d.Type("-类:邻里 ")
	d.Expect("不要类别 邻里纠纷")
	d.Expect("共 2 件")
}

// Ensure that a search is kept as a tab under a proposed name, with its count, changed,
// renamed, moved and dropped, and is there when the desk opens again.
func TestDesk_SavedTabs(t *testing.T) {
	clk := newClock()
	s := findable(t, clk)
	d := sit(t, s, clk, 80, 24)
	d.Press("ctrl+s")
	d.Expect("先查找，再存为页签")
	d.Press("f3")
	d.Type("类:邻里 镇:龙窝x")
	d.Press("left", "delete") // is the box's
	d.Expect("[类:邻里 镇:龙窝 ")
	d.Press("ctrl+s") // with offers open
	d.Expect("页签叫什么？ [邻里纠纷 龙窝镇")
	d.Golden("find_name_80x24")
	d.Press("enter")
	d.Expect("[邻里纠纷 龙窝镇 2]")
	d.Expect("已存为页签「邻里纠纷 龙窝镇」")
	d.Press("f3")
	d.Expect("[类:邻里 镇:龙窝")
	d.Type("psg")
	d.Press("ctrl+s")
	d.Press("backspace")
	d.Type("排水的")
	d.Press("enter")
	d.Expect("[排水的 2]")
	d.Golden("find_saved_80x24")
	d.Press("ctrl+right")
	d.Expect("已经在头上了")
	d.Press("ctrl+left")
	d.Expect("[排水的 2] 邻里纠纷 龙窝镇 2")
	d.Press("ctrl+s")
	d.Type("水沟")
	d.Press("enter")
	d.Expect("[水沟 2]")

	// Another desk on the same store.
	d = sit(t, s, clk, 80, 24)
	for range 8 {
		d.Press("tab")
	}
	d.Expect("[水沟 2] 邻里纠纷 龙窝镇 2")
	register(t, s, "又一件")
	d.Await("[水沟 3] 邻里纠纷 龙窝镇 3")
	d.Press("delete")
	d.Expect("去掉页签「水沟」")
	d.Press("2")
	d.Expect("[邻里纠纷 龙窝镇 3]")
	d.Press("delete", "2")
	d.Expect("[全部 5]")
	if saved := must[[]store.SavedSearch](t)(s.Saved()); len(saved) != 0 {
		t.Errorf("%+v", saved)
	}
}

// Ensure that the last searches are brought by Up in the empty box, on another day too.
func TestDesk_RecentSearches(t *testing.T) {
	clk := newClock()
	s := findable(t, clk)
	d := sit(t, s, clk, 80, 24)
	for _, typed := range []string{"排水沟", "oymy", "排水沟"} {
		d.Press("f3")
		d.Type(typed)
		d.Press("enter", "esc", "esc")
	}
	d = sit(t, s, clk, 80, 24)
	d.Press("f3", "up")
	d.Expect("最近找过的")
	d.Golden("find_recent_80x24")
	d.Press("down", "enter")
	d.Expect("[oymy")
	d.Expect("共 1 件")
	d.Press("esc", "f3", "backspace", "up")
	d.Expect("上下键选")
	d.Press("esc")
	d.Refuse("上下键选")
}

// Ensure that the box speaks English too.
func TestDesk_FiltersEnglish(t *testing.T) {
	clk := newClock()
	s := findable(t, clk)
	c := config(s, clk)
	c.Words = i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(c), 80, 24)
	d.Press("f3")
	d.Type("state:reg")
	d.Expect("> Registered")
	d.Press("tab")
	d.Type("cat:llx ")
	d.Expect(`No category "llx"`)
	d.Golden("find_english_80x24")
	d.Press("esc", "f3")
	d.Type("due:")
	d.Expect("overdue")
	d.Golden("find_english_offers_80x24")
	d.Press("esc", "esc")
	d.Expect("finds")
}

// Ensure that the keys of the box, the offers, a tab and its name are sound.
func TestDesk_FindKeys(t *testing.T) {
	clk := newClock()
	s := findable(t, clk)
	if err := s.Save([]store.SavedSearch{{Name: "红", Find: "灯:红"}}); err != nil {
		t.Fatal(err)
	}
	screen := list.New(words.Desk{Words: chinese, Now: clk.Now, Store: s}, store.TabTodo, true, nil)
	press := func(keys ...string) {
		for _, key := range keys {
			if cmd := screen.Update(tuitest.Key(key)); cmd != nil {
				run(screen, cmd)
			}
		}
	}
	run(screen, screen.Init())
	ask := func(state string) {
		t.Helper()
		for _, problem := range append(screen.Keys(), tui.Globals(tui.New(config(s, clk)))...).Problems() {
			t.Errorf("%s: %s", state, problem)
		}
	}
	press("f3")
	ask("box")
	press("类", ":")
	if !strings.Contains(strings.Join(screen.Page(80, 21).Body, "\n"), "婚恋家庭纠纷") {
		t.Error("no offers")
	}
	ask("offers")
	press("esc", "esc")
	for range 8 {
		press("tab")
	}
	ask("saved tab")
	press("ctrl+s")
	ask("name")
}

// run runs a screen's command and all that comes of it.
func run(screen *list.Screen, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, one := range batch {
			run(screen, one)
		}
		return
	}
	if msg != nil {
		run(screen, screen.Update(msg))
	}
}
