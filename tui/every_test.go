package tui_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// scene is a way to a screen as a person goes it, from a desk with a few cases.
type scene struct {
	name  string
	keys  string // keys, and texts in quotation marks, between spaces
	shows string // by which the screen is known
}

// scenes lead to every screen that an open desk has. Those of a locked one, of the set-up and
// of a revoked one are in closed.
var scenes = []scene{
	{"board", "shift+tab", "[首页"},
	{"list", "", "[待办"},
	{"search", "f3 '排水'", "排水"},
	{"days", "tab tab tab tab tab tab ctrl+g '3.5'", "3.5"},
	{"today", "tab tab tab tab tab tab", "要看别的日子"},
	{"question of a draft", "f2 tab '没写完' esc up delete", "要删除草稿"},
	{"intake", "f2", "登记矛盾纠纷"},
	{"intake, faults", "f2 tab '标题“很长”' f2", "必须填写"},
	{"intake, list of categories", "f2 enter", "类别"},
	{"intake, more", "f2 f9", "更多"},
	{"intake, jump", "f2 f4", "跳到"},
	{"intake, party", "f2 tab tab enter", "姓名"},
	{"case", "enter", "案件 "},
	{"menu", "enter f2", "可以做什么"},
	{"act", "enter f2 '0'", "记录"},
	{"papers", "enter f3", "回执"},
	{"help", "f1", "按键"},
	{"tools", "f4", "F6"},
	{"palette", "ctrl+p 'tc'", "退出"},
	{"tour", "f4 f2", ""},
	{"tools, copy", "f4 f7", "备份到"},
	{"display", "f4 f9", "显示设置"},
	{"figures", "ctrl+r", "报表"},
	{"figures, one", "ctrl+r enter", "报表"},
	{"figures, chart", "ctrl+r enter f2", ""},
	{"figures, rules", "ctrl+r enter f3", ""},
	{"figures, set", "ctrl+r f4", ""},
	{"figures, period", "ctrl+r f6", ""},
	{"recovery", "f9", "恢复码"},
	{"exchange", "ctrl+o", "等着送"},
	{"drafts", "f4 f3", "没有草稿"},
	{"many", "space space ctrl+e", "一起"},
	{"many, review", "space space ctrl+e enter", "按 F2 之前不会动"},
	{"handover", "f8", "移交"},
	{"glass", "f7", "理由"},
}

// play goes the way of a scene.
func (s scene) play(d *tuitest.Driver) {
	for _, step := range strings.Fields(s.keys) {
		if text, ok := strings.CutPrefix(step, "'"); ok {
			d.Type(strings.TrimSuffix(text, "'"))
		} else {
			d.Press(step)
		}
	}
}

// each goes to every screen, on a county's laptop with cases whose words are as wide as words
// get, and lets do look at it.
func each(t *testing.T, words *i18n.Words, do func(t *testing.T, d *tuitest.Driver)) {
	t.Helper()
	desk := func(t *testing.T, cfg tui.Config) *tuitest.Driver {
		cfg.Words = words
		return tuitest.New(t, tui.New(cfg), 80, 24)
	}
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			clk, c := newClock(), newCounty(t)
			user, unit := catalogue.UserID("mediator1"), catalogue.UnitID("441621102")
			if s.name == "glass" {
				user, unit = "county1", "441621"
			}
			st := c.laptop(clk, user, unit)
			for _, title := range []string{"排水沟纠纷", "“㛃”家与𬭚——①·…", strings.Repeat("很长的标题", 12), "plain words"} {
				register(t, st, title)
			}
			cfg := config(st, clk)
			cfg.Opener = tui.Opener{Open: func(string) (*store.Store, error) { return st, nil }, SyncNow: func() {},
				SavePaper: func(string, []byte) (string, error) { return "", nil }, Close: func(*store.Store) error { return nil }}
			d := desk(t, cfg)
			s.play(d)
			if words == chinese && !d.Shows(s.shows) {
				t.Fatalf("the way does not lead to the screen that shows %q:\n%s", s.shows, strings.Join(d.Screen(), "\n"))
			}
			do(t, d)
		})
	}
	for name, closed := range map[string]func(t *testing.T) tui.Config{
		"lock": func(t *testing.T) tui.Config {
			l := newLaptop(t)
			create(t, l.dir, "陈示一", l.clk).Close()
			return l.config(false)
		},
		"set-up": func(t *testing.T) tui.Config { return newLaptop(t).config(true) },
		"revoked": func(t *testing.T) tui.Config {
			cfg := newLaptop(t).config(true)
			cfg.Revoked = true
			return cfg
		},
	} {
		t.Run(name, func(t *testing.T) { do(t, desk(t, closed(t))) })
	}
}

// whole fails unless a drawn screen has exactly h lines, none wider than w cells, and the cursor
// within them.
func whole(t *testing.T, v tea.View, w, h int) {
	t.Helper()
	if w <= 0 || h <= 0 {
		return
	}
	lines := strings.Split(v.Content, "\n")
	if len(lines) != h {
		t.Fatalf("%dx%d: %d lines", w, h, len(lines))
	}
	for y, line := range lines {
		if n := kit.Width(line); n > w {
			t.Fatalf("%dx%d: line %d is %d cells wide: %q", w, h, y, n, kit.Bare(line))
		}
	}
	if c := v.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= w || c.Y >= h) {
		t.Fatalf("%dx%d: the cursor is at %d,%d", w, h, c.X, c.Y)
	}
	if c := v.Cursor; c != nil && c.Y == h-1 { // the window of an input method opens below it
		t.Fatalf("%dx%d: the cursor is on the last line", w, h)
	}
	if !v.AltScreen {
		t.Fatalf("%dx%d: not on the terminal's second screen", w, h)
	}
}

// Ensure that every screen is whole at every size, whatever size it had before, and whatever is
// pressed at that size.
func TestEvery_Size(t *testing.T) {
	fixed := [][2]int{{0, 0}, {1, 1}, {59, 15}, {60, 16}, {300, 80}, {2, 80}, {300, 1}, {60, 15}, {59, 16}, {80, 24}, {109, 24}, {110, 24}, {120, 40}}
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		each(t, map[i18n.Lang]*i18n.Words{i18n.ZH: chinese, i18n.EN: i18n.New(i18n.EN)}[lang], func(t *testing.T, d *tuitest.Driver) {
			rng := rand.New(rand.NewPCG(1, 2))
			sizes := fixed
			for range 25 {
				sizes = append(sizes, [2]int{rng.IntN(301), rng.IntN(81)})
			}
			for _, size := range sizes {
				d.Resize(size[0], size[1])
				whole(t, d.Model().View(), size[0], size[1])
				d.Press([]string{"down", "up", "right", "left", "pgdown", "end", "home", "a"}[rng.IntN(8)])
				whole(t, d.Model().View(), size[0], size[1])
			}
		})
	}
}

// Ensure that on every screen nothing ticks and nothing is drawn anew while nothing happens: a
// redraw makes the window of an input method jump.
func TestEvery_AtRest(t *testing.T) {
	each(t, chinese, func(t *testing.T, d *tuitest.Driver) {
		d.Advance(kit.DraftWait) // the one wait that typing starts
		d.Advance(kit.BurstWait)
		if n := d.Waiting(); n != 0 {
			t.Errorf("%d timers run", n)
		}
		before := d.Model().View()
		d.Advance(time.Hour)
		after := d.Model().View()
		if before.Content != after.Content || (before.Cursor == nil) != (after.Cursor == nil) {
			t.Error("the screen is another one after an hour in which nothing happened")
		}
	})
}
