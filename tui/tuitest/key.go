package tuitest

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

var codes = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"insert": tea.KeyInsert, "delete": tea.KeyDelete,
}

// Key is the message of a key by its name. A name that is none panics: it is a
// mistake of the test.
func Key(name string) tea.KeyPressMsg {
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
			panic(fmt.Sprintf("no such key: %q", name))
		}
		rest = after
	}
	n, err := strconv.Atoi(strings.TrimPrefix(rest, "f"))
	switch {
	case rest == "space":
		k.Code, k.Text = ' ', " "
	case codes[rest] != 0:
		k.Code = codes[rest]
	case err == nil && strings.HasPrefix(rest, "f") && n >= 1 && n <= 20:
		k.Code = tea.KeyF1 + rune(n-1)
	case utf8.RuneCountInString(rest) == 1:
		k.Code, _ = utf8.DecodeRuneInString(rest)
		k.Text = rest
	default:
		panic(fmt.Sprintf("no such key: %q", name))
	}
	if k.Mod != 0 {
		k.Text = ""
	}
	return k
}
