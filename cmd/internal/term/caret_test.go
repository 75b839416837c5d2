//go:build unix

package term_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"casedesk/cmd/internal/term"
)

// signs of a name and an address: a common one, two that few fonts have, the second of them
// beyond the first plane, and a letter with a mark of its own that no sign has built in.
var typedSigns = []string{"水", "㛃", "𬭚", "x\u0301"}

// kind is what has the focus on a screen.
type kind int

const (
	one      kind = iota // text of one line, in brackets
	code                 // the same, for a few letters and digits
	secret               // the same, of which only the number of signs is shown
	area                 // text of several lines
	scrolled             // text of one line that is longer than its field
	wrapped              // text of more lines than its field
	rows                 // a list of two rows or more
	chosen               // the row that is chosen
	calm                 // nothing that is looked at
)

// stop is a screen, how it is reached from the one before, and what has the focus there.
type stop struct {
	name string
	keys []string // "?" waits for a text, "'" types one, anything else is a key
	kind kind
}

// walk goes through the screens, in one run of the program.
func walk(t *testing.T, s *term.Term, stops []stop) {
	t.Helper()
	for _, at := range stops {
		if !t.Run(at.name, func(t *testing.T) {
			s.For(t)
			press(s, at.keys)
			switch at.kind {
			case rows:
				follows(t, s)
			case scrolled:
				scrolls(t, s)
			case wrapped:
				wraps(t, s)
			case chosen:
				everywhere(t, s, "", ">")
			case calm:
			default:
				caret(t, s, at.kind)
			}
		}) {
			break // the next are not reached
		}
	}
	s.For(t)
}

func press(s *term.Term, keys []string) {
	for _, key := range keys {
		switch key[0] {
		case '?':
			s.Wait(key[1:])
		case '\'':
			s.Type(key[1:])
		default:
			s.Press(key)
		}
	}
}

// stands waits until the cursor is seen behind a text, and before another one.
func stands(s *term.Term, before, after string) {
	s.Until(fmt.Sprintf("the cursor never stood behind %q and before %q", before, after), func() bool {
		left, right, shown := s.Around()
		return shown && strings.HasSuffix(left, before) && strings.HasPrefix(right, after)
	})
}

// sized gives the terminal another size and waits for the screen to fill it.
func sized(s *term.Term, w, h int) {
	s.Resize(w, h)
	s.Until("the screen never filled the terminal", func() bool {
		return strings.Contains(s.Row(h-1), "F1") && strings.TrimSpace(s.Row(0)) != ""
	})
}

// caret types, and asserts that the terminal's own cursor is behind what was typed, goes back
// by whole signs, is right at every size, and is never in the last row, where an input method
// has no room below it.
func caret(t *testing.T, s *term.Term, what kind) {
	t.Helper()
	shown := func(signs []string) string {
		if what == secret {
			return strings.Repeat("*", len(signs))
		}
		return strings.Join(signs, "")
	}
	signs := typedSigns
	if what == code {
		signs = []string{"4", "0", "7"}
	}
	whole := shown(signs)
	s.Type(strings.Join(signs, ""))
	stands(s, whole, "")
	x, y := s.Cursor()
	full := x
	for i := len(signs) - 1; i >= 0; i-- {
		s.Press("left")
		x -= ansi.StringWidth(shown(signs[i : i+1]))
		s.WaitCursor(x, y)
		stands(s, shown(signs[:i]), shown(signs[i:]))
	}
	for range signs {
		s.Press("right")
	}
	s.WaitCursor(full, y)
	everywhere(t, s, whole, "")
	s.Press("ctrl+u")
	s.Until("the field was never empty again", func() bool {
		left, _, _ := s.Around()
		return !strings.HasSuffix(left, whole)
	})
}

// tenSigns are twenty cells.
const tenSigns = "甲乙丙丁戊己庚㛃壬癸"

// scrolls asserts that the cursor is on the caret of a line that is longer than its field: at
// its end, within it and at its beginning.
func scrolls(t *testing.T, s *term.Term) {
	t.Helper()
	s.Type(strings.Repeat(tenSigns, 5))
	everywhere(t, s, tenSigns, "")
	press(s, strings.Fields(strings.Repeat("left ", 15)))
	everywhere(t, s, "丙丁戊", "己庚㛃壬癸")
	press(s, []string{"home", "right", "right"})
	everywhere(t, s, "[甲乙", "丙丁")
	s.Type("王")
	everywhere(t, s, "[甲乙王", "丙丁")
	press(s, []string{"end", "ctrl+u"})
	stands(s, "[", "")
}

// wraps asserts the same of a text that fills more lines than are shown.
func wraps(t *testing.T, s *term.Term) {
	t.Helper()
	s.Type(strings.Repeat(tenSigns, 5))
	everywhere(t, s, "㛃壬癸", "")
	s.Type("\r第二段𬭚x\u0301y")
	everywhere(t, s, "|第二段𬭚x\u0301y", " ")
	press(s, []string{"left", "left"})
	everywhere(t, s, "|第二段𬭚", "x\u0301y")
	s.Type("\r")
	everywhere(t, s, "|", "x\u0301y")
	s.Type("\r\r\r\r\r王")
	everywhere(t, s, "|王", "x\u0301y")
	press(s, strings.Fields(strings.Repeat("up ", 8)))
	everywhere(t, s, "", "")
}

// everywhere is stands at every size.
func everywhere(t *testing.T, s *term.Term, before, after string) {
	t.Helper()
	stands(s, before, after)
	for _, size := range [][2]int{{120, 40}, {60, 16}, {80, 24}} {
		sized(s, size[0], size[1])
		stands(s, before, after)
		if _, y := s.Cursor(); y >= size[1]-1 {
			t.Errorf("at %dx%d the field is in the last row:\n%s", size[0], size[1], s.Screen())
		}
	}
}

// follows asserts that the cursor stands on the sign of the chosen row, goes with it, and is
// there at every size.
func follows(t *testing.T, s *term.Term) {
	t.Helper()
	onRow := func() {
		t.Helper()
		stands(s, "", ">")
		if x, _ := s.Cursor(); x != 0 {
			t.Errorf("the cursor is in column %d:\n%s", x, s.Screen())
		}
	}
	onRow()
	_, y := s.Cursor()
	s.Press("down")
	s.Until("the cursor never went down", func() bool {
		_, now := s.Cursor()
		return now > y
	})
	onRow()
	for _, size := range [][2]int{{120, 40}, {60, 16}, {80, 24}} {
		sized(s, size[0], size[1])
		onRow()
	}
	s.Press("up")
	s.Until("the cursor never went up", func() bool {
		_, now := s.Cursor()
		return now == y
	})
}

// Ensure that the terminal's own cursor is on the caret on every screen of a first start, on
// that of a locked desk, and where a profile joins a county.
func TestCaret_FirstStart(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	cmd := command(t, t.TempDir(), "casedesk", "--dir", filepath.Join(home, "desk"))
	cmd.Env = append(cmd.Env, "HOME="+home)
	s := term.Start(t, 80, 24, cmd)
	walk(t, s, []stop{
		{"welcome", []string{"?我有县里给的入网单"}, rows},
		{"name", []string{"enter", "?再粘贴入网单"}, one},
		{"slip", []string{"tab", "tab", "tab"}, area},
		{"alone", []string{"esc", "?用样例案件", "'2", "?可以单独使用"}, one},
		{"passphrase", []string{"'张三", "tab"}, secret},
		{"again", []string{"'12345678", "tab"}, secret},
		{"group", []string{"'12345678", "f2", "?抄下恢复码"}, code},
		{"leave", []string{"esc", "?不核对，直接开始"}, rows},
		{"board", []string{"'2", "?入门 1/3", "esc", "?[首页"}, rows},
		{"enrol", []string{"f12", "?联系县里"}, area},
		{"file", []string{"esc", "?[首页", "ctrl+r", "?主要指标", "enter", "?受理数", "f8", "?存成文件", "ctrl+u"}, one},
		{"lock", []string{"esc", "?受理数", "esc", "?拼音选报表", "esc", "?[首页", "ctrl+l", "?请输入口令"}, secret},
		{"recovery", []string{"f6", "?忘记口令时"}, one},
		{"new passphrase", []string{"tab"}, secret},
	})
	leave(t, s)
}

func leave(t *testing.T, s *term.Term) {
	t.Helper()
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// Ensure the same on the screens of a day's work.
func TestCaret_Desk(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "practice")
	walk(t, s, []stop{
		{"board", []string{"?修路工程拖欠工资"}, rows},
		{"list", []string{"tab", "?[待办", "tab", "?[我登记的"}, rows},
		{"search", []string{"f3", "?查找 ["}, one},
		{"offers", []string{"'灯:", "?> 红"}, calm},
		{"chosen offer", []string{"down"}, one},
		{"name of a tab", []string{"ctrl+u", "'水沟", "?查找 [水沟", "ctrl+s", "?页签叫什么"}, one},
		{"day", []string{"'水沟", "enter", "?[水沟", "shift+tab", "?[督办", "shift+tab", "?[近日", "ctrl+g", "?看哪一天"}, one},
		{"days", []string{"esc", "?修路工程拖欠工资"}, rows},
		{"palette", []string{"ctrl+p", "?找动作"}, one},
		{"report", []string{"esc", "?[近日", "ctrl+r", "?拼音选报表"}, one},
		{"period", []string{"f6", "?Tab 换周"}, one},
		{"choices of a report", []string{"esc", "?拼音选报表", "f4", "?只统计这个单位"}, calm},
		{"backup", []string{"esc", "?拼音选报表", "'\x1b\x1b", "?[近日", "f4", "?本机没有显示过", "f7", "?备份到", "ctrl+u"}, one},
		{"display", []string{"esc", "?F3 草稿", "f9", "?显示设置"}, chosen},
	})
	leave(t, s)
}

// Ensure the same where a case is logged.
func TestCaret_Intake(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "practice")
	walk(t, s, []stop{
		{"filter of a field", []string{"?修路工程拖欠工资", "f2", "?登记矛盾纠纷"}, one},
		{"title", []string{"'ll", "?> 邻里纠纷", "enter", "?采用建议"}, one},
		{"long title", nil, scrolled},
		{"jump list", []string{"f4", "?跳到哪一项"}, one},
		{"party", []string{"'dsr", "?> 4 当事人", "enter", "?填写这一行", "enter", "?填好", "tab"}, one},
		{"role of a party", []string{"shift+tab"}, calm},
		{"facts", []string{"esc", "?简要情况", "f4", "?跳到哪一项", "'jyqk", "?> 5 简要情况", "enter", "?>*简要情况"}, area},
		{"lines of the facts", nil, wrapped},
		{"phrases", []string{"f7", "?选一句常用语"}, one},
		{"place", []string{"esc", "?>*简要情况", "tab"}, calm},
		{"day", []string{"tab"}, one},
		{"more", []string{"tab", "enter", "?详细地址"}, one},
		{"number", []string{"f4", "?跳到哪一项", "'rs", "?> 11 涉及人数", "enter", "?> 涉及人数"}, code},
		{"drafts", []string{"esc", "?[首页", "f4", "?本机没有显示过", "f3", "?缺标题"}, chosen},
	})
	leave(t, s)
}

// Ensure the same where a case is worked.
func TestCaret_Case(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "practice")
	walk(t, s, []stop{
		{"case", []string{"?修路工程拖欠工资", "tab", "?[待办", "tab", "?[我登记的", "enter", "?[1 概要]"}, rows},
		{"actions", []string{"f2", "?可以做什么"}, one},
		{"note", []string{"enter", "?保存后"}, area},
		{"marks", []string{"esc", "?[1 概要]", "esc", "?[我登记的", "tab", "?[全部", "space", "down", "space", "?已标 2 件"}, rows},
		{"acts on many", []string{"ctrl+e", "?一起办 2 件"}, rows},
		{"words for many", []string{"enter", "?每件都写上"}, one},
	})
	leave(t, s)
}

// Ensure the same on the screens of who works with a county.
func TestCaret_County(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	desk := o.path("desk")
	access := []string{"--dir", desk, "--passphrase-file", o.secret("center1abc")}
	o.run("casedesk", append([]string{"enrol", o.slip("center1")}, access...)...)
	if err := os.WriteFile(o.path("case"), []byte(`{"category":"0201","title":"水沟","facts":"两家争排水沟","place":{"division":"441621102901"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	o.run("casedesk", append([]string{"new", o.path("case")}, access...)...)
	s := term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	walk(t, s, []stop{
		{"lock", []string{"?请输入口令"}, secret},
		{"exchange", []string{"'center1abc", "enter", "?[首页", "ctrl+o", "?同步情况", "?没有等着送的"}, calm},
	})
	settle(t, s)
	walk(t, s, []stop{
		{"received", []string{"tab", "?[ 我的记录"}, chosen},
		{"glass", []string{"esc", "?[首页", "f7", "?应急查阅"}, one},
		{"reason", []string{"tab"}, area},
		{"handover", []string{"esc", "?[首页", "f8", "?移交给"}, one},
		{"remark", []string{"tab"}, one},
	})
	leave(t, s)
	o.run("casedesk", append([]string{"handover", "offer", "--to", "mediator1"}, access...)...)
	s = term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	walk(t, s, []stop{
		{"take-over", []string{"?这台电脑已移交", "f8", "?设一个自己的口令"}, area},
		{"new passphrase", []string{"tab"}, secret},
	})
	leave(t, s)
}
