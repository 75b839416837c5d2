package list

import "casedesk/tui/kit"

// wide reports whether there is room for a preview. A page that is read aloud has none: one
// thing is told after the other.
func wide(w int) bool { return w >= Wide && !kit.Read(w) }
