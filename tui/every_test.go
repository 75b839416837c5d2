package tui_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/kit"
	"casedesk/tui/take"
	"casedesk/tui/tuitest"
	"casedesk/tui/words"
)

// scene is a way to a screen as a person goes it, from a desk with a few cases.
type scene struct {
	name  string
	keys  string // keys, and texts in quotation marks, between spaces
	shows string // by which the screen is known
	at    string // the desk that it begins at; empty: a mediator's, in a county
}

// alonePlace is the desk of somebody who joined no county.
const alonePlace = "alone"

// closed are the desks on which no profile is open.
var closed = []string{"locked", "handed", "new", "revoked"}

// scenes lead to every screen that there is.
var scenes = []scene{
	{"board", "shift+tab", "[首页", ""},
	{"list", "", "[待办", ""},
	{"search", "f3 '排水'", "排水", ""},
	{"days", "tab tab tab tab tab tab ctrl+g '3.5'", "3.5", ""},
	{"today", "tab tab tab tab tab tab", "要看别的日子", ""},
	{"question of a draft", "f2 tab '没写完' esc up delete", "要删除草稿", ""},
	{"intake", "f2", "登记矛盾纠纷", ""},
	{"intake, faults", "f2 tab '标题“很长”' f2", "必须填写", ""},
	{"intake, list of categories", "f2 enter", "类别", ""},
	{"intake, more", "f2 f9", "更多", ""},
	{"intake, jump", "f2 f4", "跳到", ""},
	{"intake, party", "f2 tab tab enter", "姓名", ""},
	{"case", "enter", "案件 ", ""},
	{"menu", "enter f2", "可以做什么", ""},
	{"act", "enter f2 '0'", "记录", ""},
	{"case, held", "f3 '押下' enter", "押", ""},
	{"menu, all", "enter f2 f3", "可以做什么", ""},
	{"menu from the list", "ctrl+e", "可以做什么", ""},
	{"many", "ctrl+a ctrl+e", "件可以", ""},
	{"many, review", "ctrl+a ctrl+e enter", "下面", ""},
	{"papers", "enter f3", "回执", ""},
	{"papers, slip", "enter f3 '1'", "回执码", ""},
	{"party", "f3 '说好' enter f2 '当事人评价' enter", "由哪位当事人评价", ""},
	{"party, question", "f3 '说好' enter f2 '当事人评价' enter enter", "您对处理结果满意吗", ""},
	{"question of a slip", "enter f3 '1' esc", "回执码还没有存成文件", ""},
	{"exchange", "ctrl+o", "同步情况", ""},
	{"exchange, own", "ctrl+o tab", "同步情况", ""},
	{"drafts", "f2 tab '没写完' esc f4 f3", "草稿", ""},
	{"drafts, none", "f4 f3", "没有草稿", ""},
	{"search, saved", "f3 '排水' ctrl+s", "排水", ""},
	{"help", "f1", "按键", ""},
	{"tools", "f4", "F6", ""},
	{"palette", "ctrl+p 'tc'", "退出", ""},
	{"tour", "f4 f2", "", ""},
	{"tools, copy", "f4 f7", "备份到", ""},
	{"display", "f4 f9", "显示设置", ""},
	{"figures", "ctrl+r", "报表", ""},
	{"figures, one", "ctrl+r enter", "报表", ""},
	{"figures, chart", "ctrl+r enter f2", "", ""},
	{"figures, rules", "ctrl+r enter f3", "", ""},
	{"figures, set", "ctrl+r f4", "", ""},
	{"figures, period", "ctrl+r f6", "", ""},
	{"recovery", "f9", "恢复码", ""},
	{"handover", "f8", "移交", ""},
	{"glass", "f7", "理由", "county"},
	{"acting for one of two units", "tab tab enter", "名义", "county"},
	{"enrol", "f12", "入网单", alonePlace},
	{"papers, alone", "enter f3", "回执", alonePlace},
	{"lock", "", "请输入口令", "locked"},
	{"lock, recovery", "f6", "恢复码", "locked"},
	{"lock, handed", "", "接手", "handed"},
	{"take", "f8", "接手电脑", "handed"},
	{"welcome", "", "", "new"},
	{"set-up", "'1'", "", "new"},
	{"set-up with a slip", "'2'", "", "new"},
	{"revoked", "", "", "revoked"},
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

// stage is somebody at a screen.
type stage struct {
	*tuitest.Driver
	desk *tui.Model
	clk  *clock
	said string // what the desk asked the world outside for
	got  int    // how many messages the desk got
	shut bool   // no profile is open: the set-up, the lock, a revoked laptop
}

// Update counts what comes to the desk.
func (s *stage) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	s.got++
	_, cmd := s.desk.Update(msg)
	return s, cmd
}

func (s *stage) Init() tea.Cmd  { return s.desk.Init() }
func (s *stage) View() tea.View { return s.desk.View() }

// idle is after how long the desks of the scenes lock themselves.
const idle = 10 * time.Minute

// each goes to every screen, on a county's laptop with cases whose words are as wide as words
// get, and lets do look at it.
func each(t *testing.T, said *i18n.Words, do func(t *testing.T, d *stage)) {
	t.Helper()
	w := newWorlds(t)
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) { do(t, s.stage(t, w, said)) })
	}
}

// stage goes the way of a scene from a new desk.
func (s scene) stage(t *testing.T, w *worlds, said *i18n.Words) *stage {
	t.Helper()
	d := &stage{clk: newClock(), shut: slices.Contains(closed, s.at)}
	cfg := s.config(t, w, d)
	cfg.Words, cfg.Idle = said, idle
	d.desk = tui.New(cfg)
	d.Driver = tuitest.New(t, d, 80, 24)
	s.play(d.Driver)
	if said == chinese && !d.Shows(s.shows) {
		t.Fatalf("the way does not lead to the screen that shows %q:\n%s", s.shows, strings.Join(d.Screen(), "\n"))
	}
	return d
}

// worlds are the folders in which scenes begin, by place: each is made once and copied for
// every scene.
type worlds struct {
	t    *testing.T
	dirs map[string]string
}

func newWorlds(t *testing.T) *worlds { return &worlds{t, map[string]string{}} }

// open opens a copy of a place's folder.
func (w *worlds) open(t *testing.T, at string, clk *clock) *store.Store {
	t.Helper()
	if w.dirs[at] == "" {
		w.dirs[at] = w.make(at)
	}
	dir := filepath.Join(t.TempDir(), "desk")
	if err := os.CopyFS(dir, os.DirFS(w.dirs[at])); err != nil {
		t.Fatal(err)
	}
	st := must[*store.Store](t)(store.Open(dir, passphrase, options(clk, "opened")))
	t.Cleanup(func() { st.Close() })
	return st
}

func (w *worlds) make(at string) string {
	t, clk := w.t, newClock()
	c := newCounty(t)
	var st *store.Store
	switch at {
	case alonePlace:
		st = alone(t, clk)
	case "county":
		st = c.laptop(clk, "county1", "441621", "jiangdong")
	default:
		st = c.laptop(clk, "mediator1", "441621102")
	}
	defer st.Close()
	for _, title := range []string{"排水沟纠纷", "“㛃”家与𬭚——①·…", strings.Repeat("很长的标题", 12), "plain words"} {
		register(t, st, title)
	}
	if at == "" {
		settled := register(t, st, "说好了的")
		must[store.Saved](t)(st.Append(store.Work{Case: settled.Case, Events: []casework.Event{&casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"}}}))
		held := register(t, st, "押下的")
		c.exchange(st)
		c.hold = casework.WhyLeft
		must[store.Saved](t)(st.Append(store.Work{Case: held.Case, Events: note("补充一句话")}))
		c.exchange(st)
	}
	return st.Dir()
}

// config is the desk that the way of a scene begins at. What goes beyond it is written down.
func (s scene) config(t *testing.T, w *worlds, d *stage) tui.Config {
	t.Helper()
	l := newLaptop(t)
	l.clk = d.clk
	var cfg tui.Config
	switch s.at {
	case "locked", "handed":
		create(t, l.dir, "陈示一", l.clk).Close()
		cfg = l.config(false)
		if s.at == "handed" {
			cfg.Opener.Take = take.Steps{Look: func() words.Handed { return words.Handed{There: true} }}
		}
		return cfg
	case "new":
		return l.config(true)
	case "revoked":
		cfg = l.config(true)
		cfg.Revoked = true
		return cfg
	}
	st := w.open(t, s.at, d.clk)
	cfg = config(st, d.clk)
	cfg.Opener = tui.Opener{Open: func(string) (*store.Store, error) { return st, nil }, SyncNow: func() { d.said += "sync " },
		SavePaper: func(string, []byte) (string, error) { d.said += "paper "; return "", nil }, Close: func(*store.Store) error { return nil },
		Ask: func(string) (*words.Invitation, error) { return nil, casework.Refuse(casework.CodeOffline, "") }}
	return cfg
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
		each(t, map[i18n.Lang]*i18n.Words{i18n.ZH: chinese, i18n.EN: i18n.New(i18n.EN)}[lang], func(t *testing.T, d *stage) {
			rng := rand.New(rand.NewPCG(1, 2))
			sizes := fixed
			for range 25 {
				sizes = append(sizes, [2]int{rng.IntN(301), rng.IntN(81)})
			}
			for _, size := range sizes {
				d.Resize(size[0], size[1])
				whole(t, d.View(), size[0], size[1])
				d.Press([]string{"down", "up", "right", "left", "pgdown", "end", "home", "a"}[rng.IntN(8)])
				whole(t, d.View(), size[0], size[1])
			}
		})
	}
}

// Ensure that on every screen nothing ticks, nothing comes to the desk and nothing is drawn
// anew while nothing happens, but for the idle lock's one message: a redraw makes the window
// of an input method jump.
func TestEvery_AtRest(t *testing.T) {
	each(t, chinese, func(t *testing.T, d *stage) {
		d.Advance(kit.DraftWait) // the one wait that typing starts
		d.Advance(kit.BurstWait)
		timers := 1
		if d.shut {
			timers = 0
		}
		if n := d.Waiting(); n != timers {
			t.Errorf("%d timers run, want %d", n, timers)
		}
		before, got := d.View(), d.got
		d.clk.now = d.clk.now.Add(idle - time.Minute)
		d.Advance(idle - time.Minute)
		after := d.View()
		if d.got != got {
			t.Errorf("%d messages came while nothing happened", d.got-got)
		}
		if before.Content != after.Content || (before.Cursor == nil) != (after.Cursor == nil) {
			t.Error("the screen is another one after a time in which nothing happened")
		}
		d.clk.now = d.clk.now.Add(time.Minute)
		d.Advance(time.Minute)
		if !d.shut {
			d.Expect("请输入口令")
		} else if d.got != got {
			t.Errorf("%d messages came to a desk that has nothing to lock", d.got-got)
		}
		if got = d.got; d.Waiting() != 0 {
			t.Errorf("%d timers run on a locked desk", d.Waiting())
		}
		d.clk.now = d.clk.now.Add(time.Hour)
		if d.Advance(time.Hour); d.got != got {
			t.Errorf("%d messages came to a locked desk", d.got-got)
		}
	})
}

// Ensure that the terminal's cursor is to be seen wherever a field has the focus, never on the
// last row, and in a list on the row that is chosen; and that what is typed is answered.
func TestEvery_Cursor(t *testing.T) {
	each(t, chinese, func(t *testing.T, d *stage) {
		_, y, there := d.Cursor()
		before, lines := seen(d), d.Screen()
		row, typing := chosen(d.Driver), tui.Typing(d.desk)
		switch {
		case there && y == len(lines)-1:
			t.Error("the cursor is on the last row")
		case !there && (typing || row != ""):
			t.Fatalf("no cursor:\n%s", strings.Join(lines, "\n"))
		case !typing && row != "" && lines[y] != row:
			t.Errorf("the cursor is on %q, the chosen row is %q", lines[y], row)
		case !typing:
			return
		}
		d.Type("9")
		if _, _, there := d.Cursor(); !there || seen(d) == before {
			t.Errorf("nothing is seen of a sign that was typed, or no cursor:\n%s", strings.Join(d.Screen(), "\n"))
		}
	})
}

// Ensure that every screen there is stands in the scenes.
func TestEvery_Screen(t *testing.T) {
	shown := map[string]bool{}
	each(t, chinese, func(_ *testing.T, d *stage) { shown[pageOf(d)] = true })
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		for _, found := range regexp.MustCompile(`(?m)^func \(\w+ \*?(\w+)\) Page\(w, h int\) kit\.Page`).FindAllSubmatch(must[[]byte](t)(os.ReadFile(file)), -1) {
			n++
			if name := filepath.Base(filepath.Dir(file)) + "." + string(found[1]); !shown[name] {
				t.Errorf("no scene leads to %s", name)
			}
		}
	}
	if n != len(shown) {
		t.Errorf("%d screens are found, %d shown: %v", n, len(shown), slices.Sorted(maps.Keys(shown)))
	}
}

// pageOf is the kind of the screen on top.
func pageOf(d *stage) string { return strings.TrimPrefix(fmt.Sprintf("%T", tui.Top(d.desk)), "*") }

// Ensure that on every screen each key of its table and of the desk's has words in both
// languages, and that pressing it does something that is seen, or says why it does not.
func TestEvery_Key(t *testing.T) {
	w := newWorlds(t)
	english, tried, missing := i18n.New(i18n.EN), map[string]bool{}, regexp.MustCompile(`\[[a-z]+\.[a-z_.]+\]|%!|\{[0-9]\}`)
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			d := s.stage(t, w, chinese)
			table := tui.TopKeys(d.desk)
			if !tui.Covered(d.desk) {
				table = append(table, tui.Globals(d.desk)...)
			}
			en := s.stage(t, w, english)
			for _, b := range append(tui.TopKeys(en.desk), tui.Globals(en.desk)...) {
				if why := b.Why(); !english.Has(b.Help) || missing.MatchString(why) || han.MatchString(why) {
					t.Errorf("%s in English: %q is off because of %q", b.ID, english.T(b.Help), why)
				}
			}
			fresh, page, typing := true, pageOf(d), tui.Typing(d.desk)
			whys := make([]string, len(table)) // as they are before any key is pressed
			for i, b := range table {
				whys[i] = b.Why()
			}
			for i, b := range table {
				why := whys[i]
				if !chinese.Has(b.Help) || missing.MatchString(why) {
					t.Errorf("%s: %q is off because of %q", b.ID, chinese.T(b.Help), why)
				}
				for _, key := range b.Keys {
					id := fmt.Sprint(page, typing, b.ID, b.Help, key, why)
					if k := tuitest.Key(key); tried[id] || goes(b, key) || typing && k.Text != "" {
						continue
					}
					if tried[id] = true; !fresh {
						d = s.stage(t, w, chinese)
					}
					fresh = false
					before := seen(d)
					d.Press(key)
					switch {
					case why != "" && !d.Shows(kit.Fit(why, min(kit.Width(why), 30))):
						t.Errorf("%s (%s) does not say %q:\n%s", key, b.ID, why, strings.Join(d.Screen(), "\n"))
					case why == "" && seen(d) == before:
						t.Errorf("%s (%s) does nothing:\n%s", key, b.ID, strings.Join(d.Screen(), "\n"))
					}
				}
			}
		})
	}
}

// goes reports whether a key only goes to where one may be already: the end of a list, of
// choices, the part of a case that is shown.
func goes(b kit.Binding, key string) bool {
	return b.Moves() || b.ID == "choice" || b.ID == "part" && key == "1"
}

// han is what no English sentence has.
var han = regexp.MustCompile(`\p{Han}`)

// seen is all that can be seen of a desk.
func seen(d *stage) string {
	x, y, cursor := d.Cursor()
	return fmt.Sprint(pageOf(d), d.View().Content, x, y, cursor, d.said, d.Quit(), d.desk.Visit())
}
