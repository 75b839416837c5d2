package kit

import (
	"strconv"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

var pressed = map[string]rune{
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "esc": tea.KeyEscape, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"insert": tea.KeyInsert, "delete": tea.KeyDelete,
}

// Press is the key of a name, the other way round than KeyName: what somebody does who
// chose a binding by its words. ok is false for a name that is none.
func Press(name string) (k tea.KeyPressMsg, ok bool) {
	mods := map[string]tea.KeyMod{"ctrl": tea.ModCtrl, "alt": tea.ModAlt, "shift": tea.ModShift}
	rest := name
	for {
		mod, after, found := strings.Cut(rest, "+")
		if !found || after == "" {
			break
		}
		m, known := mods[mod]
		if !known {
			return k, false
		}
		k.Mod |= m
		rest = after
	}
	n, err := strconv.Atoi(strings.TrimPrefix(rest, "f"))
	switch {
	case rest == "space":
		k.Code, k.Text = ' ', " "
	case pressed[rest] != 0:
		k.Code = pressed[rest]
	case err == nil && strings.HasPrefix(rest, "f") && n >= 1 && n <= 20:
		k.Code = tea.KeyF1 + rune(n-1)
	case utf8.RuneCountInString(rest) == 1:
		if k.Code, _ = utf8.DecodeRuneInString(rest); k.Mod&(tea.ModCtrl|tea.ModAlt) == 0 {
			k.Text = rest
		}
	default:
		return k, false
	}
	return k, true
}

// Key is the key of the binding that works whatever has the focus: the first that is no
// text, where there is one.
func (b Binding) Key() string {
	for _, name := range b.Keys {
		if k, ok := Press(name); ok && !printable(k) {
			return name
		}
	}
	return b.Keys[0]
}

// Moves reports whether the binding only moves the cursor, so that there is nothing in it
// to be found or chosen by its words.
func (b Binding) Moves() bool {
	return b.Help == "key.move" || b.Help == "key.page" || b.Help == "key.ends"
}

// ByWeight parts a table into what the footer shows too and the rest, with what only moves
// the cursor at its end.
func (t Table) ByWeight() (here, rest Table) {
	var moves Table
	for _, b := range t {
		switch {
		case b.Moves():
			moves = append(moves, b)
		case b.Rare:
			rest = append(rest, b)
		default:
			here = append(here, b)
		}
	}
	return here, append(rest, moves...)
}
