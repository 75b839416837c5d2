package tuitest

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
)

// Key is the message of a key by its name. A name that is none panics: it is a
// mistake of the test.
func Key(name string) tea.KeyPressMsg {
	k, ok := kit.KeyOf(name)
	if !ok {
		panic(fmt.Sprintf("no such key: %q", name))
	}
	return k
}
