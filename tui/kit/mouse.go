package kit

import "strings"

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
