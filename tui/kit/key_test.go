package kit_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that what an input method makes of a key counts as the key.
func TestKeyName(t *testing.T) {
	for text, want := range map[string]string{
		"n": "n", "N": "n", "ｎ": "n", "Ｎ": "n", "？": "?", "、": "/", "。": ".", "１": "1", "：": ":", "　": "space", " ": "space",
		"张": "张",
	} {
		if got := kit.KeyName(tea.KeyPressMsg{Text: text, Code: []rune(text)[0]}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	for _, name := range []string{"f2", "ctrl+s", "shift+tab", "pgdown", "alt+left", "ctrl+up", "esc", "enter"} {
		if got := kit.KeyName(tuitest.Key(name)); got != name {
			t.Errorf("%s: got %q", name, got)
		}
	}
	if got := kit.KeyName(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt}); got != "esc" {
		t.Errorf("Esc twice in one piece: got %q", got)
	}
	if got := kit.KeyName(tea.KeyPressMsg{Code: ' ', Mod: tea.ModCtrl}); got != "" {
		t.Errorf("ctrl+space: got %q, want no name", got)
	}
}

func table(off bool) kit.Table {
	why := func() string {
		if off {
			return say("test.off")
		}
		return ""
	}
	return kit.Table{
		{ID: "new", Keys: []string{"n", "f3"}, Help: "key.new"},
		{ID: "open", Keys: []string{"enter"}, Help: "key.open", Off: why},
		{ID: "save", Keys: []string{"f2", "ctrl+s"}, Help: "key.save"},
		{ID: kit.HelpID, Keys: []string{"?", "f1"}, Help: "key.help"},
	}
}

// Ensure that letters bind nothing while a field has the focus, and F-keys do.
func TestTable_Find(t *testing.T) {
	for _, c := range []struct {
		key    string
		typing bool
		want   string
	}{
		{"n", false, "new"}, {"n", true, ""}, {"f3", true, "new"}, {"?", true, ""}, {"f1", true, "help"},
		{"ctrl+s", true, "save"}, {"x", false, ""}, {"enter", true, "open"},
	} {
		b, ok := table(false).Find(tuitest.Key(c.key), c.typing)
		if b.ID != c.want || ok != (c.want != "") {
			t.Errorf("%s, typing %v: got %q, want %q", c.key, c.typing, b.ID, c.want)
		}
	}
}

// Ensure that the checker of tables finds what is wrong with one, and that the
// form's own table is sound.
func TestTable_Problems(t *testing.T) {
	form := kit.NewForm(seat, "f", nil)
	if p := slices.Concat(table(false), form.Keys()[1:]).Problems(); len(p) > 0 {
		t.Errorf("a sound table has problems: %v", p)
	}
	for want, b := range map[string]kit.Binding{
		"needs an ID":       {ID: "a", Keys: []string{"f5"}},
		"eats":              {ID: "a", Keys: []string{"a", "space"}, Help: "key.new"},
		"is Tab":            {ID: "a", Keys: []string{"ctrl+i"}, Help: "key.new"},
		"taken by \"save\"": {ID: "a", Keys: []string{"f2"}, Help: "key.new"},
		"stands twice":      {ID: "save", Keys: []string{"f5"}, Help: "key.new"},
		"lower case":        {ID: "a", Keys: []string{"F5"}, Help: "key.new"},
	} {
		found := strings.Join(append(table(false), b).Problems(), "\n")
		if !strings.Contains(found, want) {
			t.Errorf("%+v: want %q in %q", b, want, found)
		}
	}
}

// Ensure that the footer fits every width, keeps the help key, and leaves out
// what is off; and that the help page says why it is off.
func TestSeat_Footer(t *testing.T) {
	for w := range 100 {
		if got := kit.Width(seat.Footer(table(true), w)); got != w {
			t.Fatalf("width %d: footer takes %d cells", w, got)
		}
	}
	all := strings.TrimSpace(kit.Bare(seat.Footer(table(false), 100)))
	hints := strings.Split(all, "  ")
	for w := 12; w < 100; w++ {
		got := strings.Split(strings.TrimSpace(kit.Bare(seat.Footer(table(false), w))), "  ")
		last := len(got) - 1
		if !slices.Equal(got[:last], hints[:last]) {
			t.Fatalf("width %d: %q are not whole hints in their order", w, got)
		}
		if want := "? 更多"; len(got) < len(hints) && got[last] != want || len(got) == len(hints) && got[last] != hints[last] {
			t.Fatalf("width %d: %q of %d hints ends with %q", w, got, len(hints), got[last])
		}
	}
	footer := kit.Bare(seat.Footer(table(true), 40))
	if want := "N"; strings.Contains(footer, "打开") || !strings.HasSuffix(strings.TrimSpace(footer), "? 帮助") {
		t.Errorf("footer is %q, want %s", footer, want)
	}
	page := strings.Join(seat.HelpLines([]kit.HelpGroup{{Title: "列表", Table: table(true)}}, 80), "\n")
	for _, want := range []string{"F2 / Ctrl+S", "打开", "没有选中案件"} {
		if !strings.Contains(page, want) {
			t.Errorf("help page lacks %q:\n%s", want, page)
		}
	}
	if doc := seat.Markdown(table(true)); !strings.Contains(doc, "| F2 / Ctrl+S | 保存 |") {
		t.Errorf("manual lacks the row of F2:\n%s", doc)
	}
}
