package kit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

var keyCodes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"insert": tea.KeyInsert, "delete": tea.KeyDelete,
}

// KeyOf is the message of the key that tables call so, as a terminal sends it; false: there
// is none. Of those that KeyName reads it is the inverse.
func KeyOf(name string) (tea.KeyPressMsg, bool) {
	var k tea.KeyPressMsg
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
