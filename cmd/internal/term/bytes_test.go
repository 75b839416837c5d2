//go:build unix

package term_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casedesk/cmd/internal/term"
)

// spent is how many bytes the program writes for a key: those of one of several, for now and
// then a draft is kept meanwhile.
func spent(s *term.Term, keys ...func()) int {
	var all []int
	for _, key := range keys {
		before := rest(s)
		key()
		s.Until("nothing was drawn", func() bool { return s.Written() > before })
		all = append(all, rest(s)-before)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// rest waits until nothing was written for a moment, and returns how much was in all.
func rest(s *term.Term) int {
	before := -1
	for now := s.Written(); now != before; now = s.Written() {
		before = now
		time.Sleep(120 * time.Millisecond)
	}
	return before
}

// Ensure that a key costs the line to the terminal no more than it did: who works over SSH or
// on an old console feels each row that is drawn anew. The limits are what docs/performance.md
// tells was measured, and a third more.
func TestDesk_BytesPerKey(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, "practice")
	press(s, []string{"?修路工程拖欠工资", "tab", "?[待办", "tab", "?[我登记的"})
	typed := func(signs string) (keys []func()) {
		for _, sign := range strings.Split(signs, "") {
			keys = append(keys, func() { s.Type(sign) })
		}
		return keys
	}
	move := func(name string) func() { return func() { s.Press(name) } }
	check := func(what string, limit int, keys ...func()) {
		t.Helper()
		got := spent(s, keys...)
		t.Logf("%s: %d bytes", what, got)
		if got > limit {
			t.Errorf("%s: %d bytes, the limit is %d", what, got, limit)
		}
	}
	check("a move in the list", 1700, move("down"), move("down"), move("up"), move("down"), move("up"))
	press(s, []string{"f3", "?查找 ["})
	check("a sign in the search", 900, typed("的是了在不")...)
	press(s, []string{"ctrl+u", "f2", "?登记矛盾纠纷", "tab"})
	check("a sign in the form", 1600, typed("欧阳明远家的水沟")...)
	leave(t, s)
}

// Ensure that a desk that is left alone writes nothing, whatever has the focus.
func TestDesk_IdleIsSilent(t *testing.T) {
	for name, keys := range map[string][]string{
		"list":   {"tab", "?[待办", "tab", "?[我登记的"},
		"search": {"f3", "?查找 [", "'水"},
		"form":   {"f2", "?登记矛盾纠纷", "tab", "'水沟", "?草稿已存"},
		"dialog": {"tab", "?[待办", "tab", "?[我登记的", "enter", "?[1 概要]", "f2", "?可以做什么"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, 80, 24, "practice")
			press(s, append([]string{"?修路工程拖欠工资"}, keys...))
			settle(t, s)
			leave(t, s)
		})
	}
}

// Ensure that a long text pasted by a terminal that sends it as plain keys arrives whole and at
// once, and that its line ends neither leave the field nor save
// anything.
func TestDesk_PastedAsKeys(t *testing.T) {
	t.Parallel()
	seat := newSeat(t)
	s := seat.open()
	var all strings.Builder
	for i := range 120 {
		fmt.Fprintf(&all, "%03d 家的水沟被㛃家堵了，雨天积水一尺，\n下户不让。", i)
	}
	long := strings.TrimSpace(string([]rune(all.String())[:3000]))
	paste := func(text string) {
		t.Helper()
		before := rest(s)
		s.Type(strings.ReplaceAll(text, "\n", "\r"))
		end := []rune(text[strings.LastIndexByte(text, '\n')+1:])
		stands(s, string(end[max(0, len(end)-4):]), "")
		const limit = 20_000 // some seven screens, not one for each sign
		spent := rest(s) - before
		t.Logf("a paste of %d signs: %d bytes", utf8.RuneCountInString(text), spent)
		if spent > limit {
			t.Errorf("drawn with %d bytes, the limit is %d", spent, limit)
		}
	}
	press(s, []string{"f2", "?登记矛盾纠纷", "'ll", "?> 邻里纠纷", "enter", "?采用建议", "'水沟", "?[水沟", "tab", "tab", "?>*简要情况"})
	paste(long)
	s.Wait("[水沟", "最多 2000 个字，多了") // GB/T 31000
	s.Type("\x1a")                 // Ctrl+Z takes all of it back
	s.Wait(">!简要情况 |   ")
	facts := strings.TrimSpace(string([]rune(long)[:1990]))
	paste(facts)
	press(s, []string{"f2", "?必须填写", "'xt", "?查找 [xt", "enter", "?示例溪头村", "f2", "?已登记"})
	leave(t, s)

	access := []string{"--json", "--dir", seat.dir, "--passphrase-file", filepath.Join(seat.home, "pass")}
	out, err := seat.command(append([]string{"list"}, access...)...).Output()
	var row struct{ ID string }
	if err == nil {
		err = json.Unmarshal(out, &row)
	}
	if err == nil {
		out, err = seat.command(append([]string{"show", row.ID}, access...)...).Output()
	}
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	quoted, err := json.Marshal(facts)
	if err != nil || !strings.Contains(string(out), string(quoted)) {
		t.Errorf("%v, not whole: %s", err, out)
	}
}
