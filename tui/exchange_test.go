package tui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui"
	"casedesk/tui/tuitest"
)

// allSizes are those of the goldens and the smallest there is.
var allSizes = append([][2]int{{60, 16}}, sizes...)

// worked is a laptop that has a past with its county: some of it backed up, one record
// held, something that came from elsewhere, something that waits, a draft.
func worked(t testing.TB, clk *clock) (*county, *store.Store) {
	c := newCounty(t)
	s, town := c.laptop(clk, "grid1", "441621102901"), c.laptop(clk, "mediator1", "441621102")
	old := register(t, s, "邻居家的鸡进了菜地")
	c.exchange(s)
	c.saved = c.n
	clk.now = clk.now.Add(26 * time.Hour)
	c.exchange(town)
	must[store.Saved](t)(town.Append(store.Work{Case: old.Case, Events: note("已同双方约好时间")}))
	other := dispute("村道边堆放沙石，邻里争执")
	must[store.Saved](t)(town.Append(store.Work{Events: []casework.Event{other}}))
	c.exchange(town)
	c.hold = casework.WhyNotYourUnit
	must[store.Saved](t)(s.Append(store.Work{Case: old.Case, Events: note("再补一句")}))
	c.exchange(s)
	c.hold = ""
	second := register(t, s, "婚姻家庭纠纷一件")
	c.exchange(s)
	clk.now = clk.now.Add(20 * time.Minute)
	must[store.Saved](t)(s.Append(store.Work{Case: second.Case, Events: note("双方愿意坐下来谈")}))
	clk.now = clk.now.Add(3 * time.Hour)
	register(t, s, "李家与王家因排水沟争吵，两家老人都到了现场，要求村委当天处理")
	must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "写到一半的案件"}}))
	s.SetLink(store.Link{State: store.LinkIdle, LastOK: s.Link().LastOK, Tried: clk.now, Next: clk.now.Add(30 * time.Second)})
	return c, s
}

// onLine is a desk that has a line to its county.
func onLine(s *store.Store, clk *clock) tui.Config {
	cfg := config(s, clk)
	cfg.Opener.SyncNow = func() {}
	cfg.Opener.Weigh = func() (int64, error) { return 1840, nil }
	return cfg
}

// Ensure that one key shows from everywhere what waits and how much it is, what the county
// has, and each record's receipt, on every size and in both languages.
func TestExchange(t *testing.T) {
	for _, size := range allSizes {
		clk := newClock()
		c, s := worked(t, clk)
		d := tuitest.New(t, tui.New(onLine(s, clk)), size[0], size[1])
		d.Press("f2", "ctrl+o")
		d.Expect("[ 等着送 2 ]")
		d.Expect("2 条记录，涉及 2 个案件，约 2 KB")
		d.Golden(sized("exchange_waiting", size))
		d.Press("tab")
		d.Golden(sized("exchange_own", size))
		d.Press("tab")
		d.Expect("押下的原因：")
		d.Golden(sized("exchange_held", size))
		d.Press("right")
		d.Golden(sized("exchange_came", size))
		d.Press("left", "shift+tab", "shift+tab")
		c.exchange(s)
		d.Await("写下的都送到县里了")
		d.Expect("没有等着送的记录。")
		d.Golden(sized("exchange_even", size))
		if odd := d.Ambiguous(); len(odd) > 0 {
			t.Errorf("signs of ambiguous width: %q", odd)
		}
		d.Press("esc")
		d.Expect("登记矛盾纠纷")
		if d.Waiting() != 0 {
			t.Errorf("%d waits at rest", d.Waiting())
		}
	}
	clk := newClock()
	_, s := worked(t, clk)
	cfg := onLine(s, clk)
	cfg.Words = i18n.New(i18n.EN)
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Press("ctrl+o")
	d.Golden("exchange_english_80x24")
	d.Press("tab", "tab")
	d.Golden("exchange_english_held_80x24")
}

// Ensure that Enter opens the case, and one with a held record at that.
func TestExchange_Open(t *testing.T) {
	clk := newClock()
	_, s := worked(t, clk)
	d := tuitest.New(t, tui.New(onLine(s, clk)), 80, 24)
	d.Press("ctrl+o", "enter")
	d.Expect("李家与王家因排水沟争吵")
	d.Press("esc", "tab", "tab", "enter")
	_, y, _ := d.Cursor()
	if line := d.Screen()[y]; !strings.HasPrefix(line, "> 押") {
		t.Errorf("the cursor is on %q", line)
	}
	d.Press("esc")
	d.Expect("[ 押下 1 ]")
	d.Press("tab", "enter")
	d.Expect("案件 ")
	d.Press("esc", "ctrl+o", "esc") // the key on the screen itself opens no second one
	d.Expect("[待办")
}

// Ensure that the line of the board about the county leads to the screen, and so does the
// palette.
func TestExchange_FromBoard(t *testing.T) {
	clk := newClock()
	_, s := worked(t, clk)
	cfg := onLine(s, clk)
	cfg.First = ""
	d := tuitest.New(t, tui.New(cfg), 80, 24)
	d.Press("end", "enter")
	d.Expect("[ 等着送 2 ]")
	d.Press("esc", "ctrl+p")
	d.Type("tbqk")
	d.Press("enter")
	d.Expect("[ 等着送 2 ]")
}

// Ensure that an exchange under way tells how far it is and how long it takes, that it can
// be stopped, and that the corner only says that something moves.
func TestExchange_Progress(t *testing.T) {
	for _, size := range allSizes {
		clk := newClock()
		_, s := worked(t, clk)
		cfg := onLine(s, clk)
		stopped := 0
		cfg.Opener.StopSync = func() { stopped++ }
		d := tuitest.New(t, tui.New(cfg), size[0], size[1])
		d.Press("ctrl+o", "f6")
		d.Expect("现在没有在同步")
		s.SetLink(store.Link{State: store.LinkBusy, LeftUp: 2})
		d.Press("f6")
		d.Expect("现在没有在同步") // nothing moves yet
		s.SetLink(store.Link{State: store.LinkBusy, Sent: 120, Received: 30, LeftUp: 400, LeftDown: 80, Bytes: 213_000, BytesLeft: 640_000, TimeLeft: 130 * time.Second})
		d.Await("已送 120 条，收到 30 条；还要送")
		d.Expect("还要约 2 分钟")
		d.Await("正在同步\n") // the head line ends with it
		d.Press("down", "up")
		d.Golden(sized("exchange_busy", size))
		d.Press("f6")
		d.Expect("正在路上的送到就停")
		s.SetLink(store.Link{State: store.LinkBusy, Sent: 130, Received: 30, LeftUp: 390, LeftDown: 80, Bytes: 223_000})
		d.Await("已送 130 条")
		d.Refuse("还要约") // no time is told that nobody knows
		s.SetLink(store.Link{State: store.LinkStopped, Next: clk.now.Add(30 * time.Minute)})
		d.Await("这次同步按您的意思停下了")
		d.Expect("同步已停下")
		if stopped != 1 {
			t.Errorf("stopped %d times", stopped)
		}
	}
}

// Ensure that each trouble is told in plain words: what it is, that data is safe, what to
// do, what was tried and when the next try is, and in a few words in the corner.
func TestExchange_Trouble(t *testing.T) {
	refuse := casework.Refuse
	tests := []struct {
		name   string
		state  store.LinkState
		why    *casework.Refusal
		corner string
		says   []string
	}{
		{"offline", store.LinkOffline, refuse(casework.CodeOffline, ""), "未联网", []string{"连不上县里。", "可以照常工作", "试过联系 https://127.0.0.1:1", "自动再试"}},
		{"a sign-in page", store.LinkOffline, refuse(casework.CodeOffline, "portal"), "网络要先登录", []string{"网络要求先登录", "用浏览器登录网络"}},
		{"a busy county", store.LinkOffline, refuse(casework.CodeOffline, "county_busy"), "县里正忙", []string{"县里正忙。", "县里请大家晚一点来"}},
		{"a full county", store.LinkOffline, refuse(casework.CodeOffline, "county_full"), "县里磁盘满", []string{"县里服务器的磁盘满了", "请告诉县里", "县里请大家晚一点来"}},
		{"a county at fault", store.LinkOffline, refuse(casework.CodeOffline, "county_trouble"), "县里有故障", []string{"县里的服务出了故障"}},
		{"another county", store.LinkFailed, refuse(casework.CodeWrongCounty, ""), "不是本县", []string{"对方不是入网单上的那个县。", "没有送出任何数据。", "请向县里核对地址和指纹"}},
		{"revoked", store.LinkFailed, refuse(casework.CodeRevoked, ""), "已被停用", []string{"县里已停用这台电脑。", "仍在本机", "再同步一次"}},
		{"a full disk", store.LinkFailed, refuse(casework.CodeDiskFull, ""), "本机磁盘满", []string{"磁盘已满", "先前保存的内容都是安全的", "腾出磁盘空间"}},
		{"no headway", store.LinkFailed, refuse(casework.CodeVerifyFailed, "stuck"), "同步没有成功", []string{"没有进展", "数据都在本机"}},
		{"a newer county", store.LinkFailed, refuse(casework.CodeNewerFormat, ""), "程序要升级", []string{"更新版本的程序", "请升级程序"}},
		{"a fault of our own", store.LinkFailed, &casework.Refusal{Code: casework.CodeInternal, Err: errors.New("x")}, "同步没有成功", nil},
	}
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		for _, tt := range tests {
			t.Run(string(lang)+" "+tt.name, func(t *testing.T) {
				clk := newClock()
				_, s := worked(t, clk)
				cfg := onLine(s, clk)
				cfg.Words = i18n.New(lang)
				d := tuitest.New(t, tui.New(cfg), 80, 24)
				d.Press("ctrl+o")
				s.SetLink(store.Link{State: tt.state, Problem: tt.why, Tried: clk.now, Next: clk.now.Add(2 * time.Minute)})
				d.Await("! " + cfg.Words.Advise(tt.why).Message[:9])
				if lang == i18n.ZH {
					head := d.Screen()[0]
					if !strings.HasSuffix(head, tt.corner+"  存 2 条待送") {
						t.Errorf("the head line is %q", head)
					}
					joined := strings.ReplaceAll(strings.Join(d.Screen(), ""), " ", "")
					for _, said := range tt.says {
						if !strings.Contains(joined, strings.ReplaceAll(said, " ", "")) {
							d.Expect(said)
						}
					}
				}
				for _, key := range []string{"esc", "enter", "f2"} { // the corner has room on the list, the case, a form
					if head := d.Screen()[0]; len(strings.Fields(head)) < 2 {
						t.Errorf("no room for the corner: %q", head)
					}
					d.Press(key)
				}
				if lang == i18n.ZH && tt.name == "another county" {
					d.Press("esc", "esc", "ctrl+o")
					for _, size := range allSizes {
						d.Resize(size[0], size[1])
						d.Golden(sized("exchange_trouble", size))
					}
				}
			})
		}
	}
}

// Ensure that a clock that is wrong is told with what it means and what to do, and that
// one that is off by little is not.
func TestExchange_Clock(t *testing.T) {
	tests := []struct {
		ahead        time.Duration
		says, corner string
	}{
		{2 * time.Minute, "", ""},
		{5 * time.Minute, "本机的时钟比县里快约 5 分钟。", ""},
		{3 * time.Hour, "本机的时钟比县里快约 3 小时。", "时钟不准"},
		{-400 * 24 * time.Hour, "本机的时钟比县里慢约 400 天。", "时钟不准"},
	}
	for _, tt := range tests {
		clk, c := newClock(), newCounty(t)
		s := c.laptop(clk, "grid1", "441621102901")
		s.Hear(clk.now.Add(-tt.ahead))
		s.SetLink(store.Link{State: store.LinkIdle, LastOK: clk.now})
		d := tuitest.New(t, tui.New(onLine(s, clk)), 80, 24)
		d.Press("ctrl+o")
		if tt.says == "" {
			d.Refuse("时钟")
			continue
		}
		d.Expect(tt.says)
		d.Expect("期限按县里的时间算")
		if got := strings.Contains(d.Screen()[0], "时钟不准"); got != (tt.corner != "") {
			t.Errorf("%s: the head line is %q", tt.ahead, d.Screen()[0])
		}
		if tt.ahead == 3*time.Hour {
			d.Golden("exchange_clock_80x24")
		}
	}
}

// Ensure that a laptop without a county says so, with the way to one.
func TestExchange_Alone(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("ctrl+o")
	d.Expect("单独使用，没有加入县里")
	d.Expect("F12")
	d.Press("tab")
	d.Expect("存 ")
	d.Golden("exchange_alone_80x24")
}

// Ensure that nothing of the county's line draws a screen anew on which a field has the
// focus, and that an exchange that finds nothing new draws nothing on any.
func TestDesk_CalmCorner(t *testing.T) {
	clk := newClock()
	_, s := worked(t, clk)
	s.SetLink(store.Link{State: store.LinkIdle, LastOK: clk.now})
	d := tuitest.New(t, tui.New(onLine(s, clk)), 80, 24)
	seen := func(l store.Link) string {
		s.SetLink(l)
		d.Hear()
		return strings.Join(d.Screen(), "\n")
	}
	calm := strings.Join(d.Screen(), "\n")
	for _, l := range []store.Link{{State: store.LinkBusy, LeftUp: 2}, {State: store.LinkBusy}, {State: store.LinkIdle, LastOK: clk.now.Add(30 * time.Second)}} {
		if got := seen(l); got != calm {
			t.Errorf("%+v draws\n%s", l, got)
		}
	}
	d.Press("f2")
	d.Expect("登记矛盾纠纷")
	form := strings.Join(d.Screen(), "\n")
	for _, l := range []store.Link{{State: store.LinkBusy, Sent: 1, LeftUp: 1}, {State: store.LinkOffline}, {State: store.LinkIdle, LastOK: clk.now.Add(time.Hour)}} {
		if got := seen(l); got != form {
			t.Errorf("while a field has the focus %+v draws\n%s", l, got)
		}
	}
	d.Press("tab")
	d.Expect("已同步 15:20") // with a key it is told
}
