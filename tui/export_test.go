package tui

import "casedesk/tui/kit"

// Globals are the keys that work everywhere on a desk.
func Globals(m *Model) kit.Table { return m.globals() }
