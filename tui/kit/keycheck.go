package kit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Keys that a terminal cannot tell from another one, or that never arrive. Ctrl+Z is none
// of them: in raw mode, in which the desk runs everywhere, it arrives as a key and suspends
// nothing, and it is what everybody presses to undo.
var unsafeKeys = map[string]string{
	"ctrl+i":      "is Tab",
	"ctrl+m":      "is Enter",
	"ctrl+j":      "is Enter in some terminals",
	"ctrl+h":      "is Backspace in some terminals",
	"ctrl+[":      "is Esc",
	"ctrl+@":      "switches the input method",
	"ctrl+space":  "switches the input method",
	"ctrl+.":      "switches the input method",
	"ctrl+enter":  "is lost on Windows",
	"shift+enter": "is lost on Windows",
	"f11":         "is the terminal's full screen",
}

// Problems finds what is wrong with a table: an action without words or without
// a key that an input method lets through, a key bound twice, a key that does
// not arrive everywhere. Tests of screens want it to be empty.
func (t Table) Problems() []string {
	var found []string
	say := func(b Binding, format string, args ...any) {
		found = append(found, fmt.Sprintf("%q: ", b.ID)+fmt.Sprintf(format, args...))
	}
	ids, keys := map[string]bool{}, map[string]string{}
	for _, b := range t {
		if b.ID == "" || b.Help == "" || len(b.Keys) == 0 {
			say(b, "needs an ID, keys and help")
		}
		if ids[b.ID] {
			say(b, "stands twice")
		}
		ids[b.ID] = true
		reachable := false
		for _, k := range b.Keys {
			if first, taken := keys[k]; taken {
				say(b, "key %s is taken by %q", k, first)
			}
			keys[k] = b.ID
			if why := unsafeKeys[k]; why != "" {
				say(b, "key %s %s", k, why)
			}
			if k != strings.ToLower(k) {
				say(b, "key %s is not in lower case", k)
			}
			if utf8.RuneCountInString(k) > 1 && k != "space" {
				reachable = true
			}
		}
		if !reachable {
			say(b, "only has keys that an input method eats: %v", b.Keys)
		}
	}
	return found
}
