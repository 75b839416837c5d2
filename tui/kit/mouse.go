package kit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// HintAt is the binding whose hint stands in column x of a drawn footer.
func (s Seat) HintAt(t Table, footer string, x int) (Binding, bool) {
	drawn := Bare(footer)
	for _, b := range t {
		for _, help := range []string{b.Help, "kit.more_keys"} {
			shown := b
			shown.Help = help
			hint := Bare(s.hint(shown))
			before, _, found := strings.Cut(drawn, hint)
			if from := Width(before); found && (before == "" || strings.HasSuffix(before, " ")) && x >= from && x < from+Width(hint) {
				return b, true
			}
		}
	}
	return Binding{}, false
}

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"insert": tea.KeyInsert, "delete": tea.KeyDelete,
}

// KeyOf is the message of a key by the name that tables call it by; false: there is none.
func KeyOf(name string) (k tea.KeyPressMsg, ok bool) {
	rest := name
	for {
		mod, after, found := strings.Cut(rest, "+")
		if !found || after == "" {
			break
		}
		switch mod {
		case "ctrl":
			k.Mod |= tea.ModCtrl
		case "alt":
			k.Mod |= tea.ModAlt
		case "shift":
			k.Mod |= tea.ModShift
		default:
			return k, false
		}
		rest = after
	}
	n, err := strconv.Atoi(strings.TrimPrefix(rest, "f"))
	switch {
	case rest == "space":
		k.Code, k.Text = ' ', " "
	case keyCodes[rest] != 0:
		k.Code = keyCodes[rest]
	case err == nil && strings.HasPrefix(rest, "f") && n >= 1 && n <= 20:
		k.Code = tea.KeyF1 + rune(n-1)
	case utf8.RuneCountInString(rest) == 1:
		k.Code, _ = utf8.DecodeRuneInString(rest)
		k.Text = rest
	default:
		return k, false
	}
	if k.Mod != 0 {
		k.Text = ""
	}
	return k, true
}
