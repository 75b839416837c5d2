package kit_test

import (
	"math/rand"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// oracle is a line as a slice of signs of known width, edited the plain way.
type oracle struct {
	signs []string
	at    int
}

var signs = strings.Split("张 三 丰 欧 阳 ， 。 （ “ — A b 7 ~ - Ａ １ é e\u0301 𠮷 ㎡", " ")

func signWidth(s string) int {
	r := []rune(s)[0]
	switch {
	case r == '㎡', r >= 0x3000 && r < 0xA000, r >= 0xFF01 && r < 0xFF60, r >= 0x20000:
		return 2
	default:
		return 1
	}
}

func widthOf(signs []string) (w int) {
	for _, s := range signs {
		w += signWidth(s)
	}
	return w
}

func (o *oracle) insert(s string) {
	o.signs = append(o.signs[:o.at:o.at], append([]string{s}, o.signs[o.at:]...)...)
	o.at++
}

func (o *oracle) press(key string) {
	switch key {
	case "left", "ctrl+b":
		o.at = max(0, o.at-1)
	case "right", "ctrl+f":
		o.at = min(len(o.signs), o.at+1)
	case "home", "ctrl+a":
		o.at = 0
	case "end", "ctrl+e":
		o.at = len(o.signs)
	case "backspace":
		if o.at > 0 {
			o.signs = append(o.signs[:o.at-1:o.at-1], o.signs[o.at:]...)
			o.at--
		}
	case "delete":
		if o.at < len(o.signs) {
			o.signs = append(o.signs[:o.at:o.at], o.signs[o.at+1:]...)
		}
	case "ctrl+u":
		o.signs, o.at = o.signs[o.at:], 0
	case "ctrl+k":
		o.signs = o.signs[:o.at]
	}
}

// Ensure that however a line is edited, its text is what an oracle says, it is
// drawn exactly as wide as asked, and the caret stands where the text before it
// ends, with the sign at the caret in sight.
func TestLineField_RandomEditing(t *testing.T) {
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	rng := rand.New(rand.NewSource(seed))
	keys := []string{"left", "right", "home", "end", "backspace", "delete", "left", "right", "left", "backspace", "ctrl+b", "ctrl+f", "ctrl+a", "ctrl+e"}
	for range 400 {
		var f kit.LineField
		var o oracle
		w := 2 + rng.Intn(24)
		for range 60 {
			switch n := rng.Intn(40); {
			case n == 0:
				key := []string{"ctrl+u", "ctrl+k"}[rng.Intn(2)]
				f.Update(tuitest.Key(key))
				o.press(key)
			case n < 16:
				key := keys[rng.Intn(len(keys))]
				f.Update(tuitest.Key(key))
				o.press(key)
			default:
				s := signs[rng.Intn(len(signs))]
				f.Update(tea.KeyPressMsg{Text: s, Code: []rune(s)[0]})
				o.insert(s)
			}
			checkLine(t, &f, &o, w)
		}
	}
}

func checkLine(t *testing.T, f *kit.LineField, o *oracle, w int) {
	t.Helper()
	if got, want := f.Value(), strings.Join(o.signs, ""); got != want {
		t.Fatalf("text is %q, want %q", got, want)
	}
	line := f.Line(w, true)
	left, right, _ := strings.Cut(line, kit.Mark)
	screen, cursor := kit.PlaceCursor(line)
	before, after := strings.Join(o.signs[:o.at], ""), strings.Join(o.signs[o.at:], "")
	shown := strings.TrimRight(right, " ")
	switch {
	case kit.Width(screen) != w:
		t.Fatalf("%q is %d cells wide, want %d", screen, kit.Width(screen), w)
	case !strings.HasSuffix(before, left) || !strings.HasPrefix(after, shown):
		t.Fatalf("%q|%q is no part of %q|%q", left, right, before, after)
	case cursor.X >= w:
		t.Fatalf("caret at %d is outside of %d cells", cursor.X, w)
	case o.at < len(o.signs) && shown == "":
		t.Fatalf("the sign at the caret of %q|%q is not seen: %q", before, after, line)
	}
	n := 0
	for i := o.at; i > 0 && len(strings.Join(o.signs[i-1:o.at], "")) <= len(left); i-- {
		n = o.at - i + 1
	}
	if x := widthOf(o.signs[o.at-n : o.at]); x != cursor.X {
		t.Fatalf("caret at %d, want %d in %q", cursor.X, x, line)
	}
}

// Ensure that pasted text is cleaned and one line, and the limit holds.
func TestLineField_Paste(t *testing.T) {
	f := kit.LineField{Limit: 10}
	f.Update(tea.PasteMsg{Content: "张三\r\n李四\t\x1b[31m王五六七八九十"})
	if got, want := f.Value(), "张三 李四 \uFFFD[31"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	f.SetValue("")
	f.Update(tea.PasteMsg{Content: "e"})
	f.Update(tea.KeyPressMsg{Text: "\u0301", Code: 0x301})
	f.Update(tuitest.Key("backspace"))
	if f.Value() != "" {
		t.Errorf("backspace leaves %q of a letter with its accent", f.Value())
	}
}

// Ensure that word keys go by spaces, which are what Chinese notes are parted by.
func TestLineField_Words(t *testing.T) {
	var f kit.LineField
	f.SetValue("龙窝镇 三村 排水沟")
	f.Update(tuitest.Key("ctrl+w"))
	f.Update(tuitest.Key("ctrl+left"))
	f.Update(tuitest.Key("ctrl+k"))
	if got, want := f.Value(), "龙窝镇 "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	f.SetValue("a b")
	f.Update(tuitest.Key("home"))
	f.Update(tuitest.Key("ctrl+right"))
	f.Update(tuitest.Key("ctrl+d"))
	if got, want := f.Value(), "ab"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Ensure that a secret shows neither its signs nor their width.
func TestLineField_Secret(t *testing.T) {
	f := kit.LineField{Secret: true}
	f.SetValue("张a三")
	screen, cursor := kit.PlaceCursor(f.Line(8, true))
	if screen != "***     " || cursor.X != 3 {
		t.Errorf("got %q, caret at %d", screen, cursor.X)
	}
}
