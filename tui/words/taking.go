package words

import (
	"casedesk/store"
	"casedesk/store/seal"
)

// TakeMsg opens the screen on which the next worker takes the laptop over.
type TakeMsg struct{}

// Handed tells, without a key, whether a laptop waits for the next worker.
type Handed struct {
	Word  store.Word
	There bool
	Begun bool // somebody began to take it over: her profile is there, closed
}

// Taking is what the next worker reads before she signs. Names and cases are from
// her own profile: the one before stays shut.
type Taking struct {
	Word        store.Word
	Code        *seal.RecoveryCode // of a profile that was just made, shown once; nil: it was there
	Me          string
	Units       []string
	County      string
	Fingerprint string
	Before      string // who worked here; empty: nothing tells
	Cases       []store.Row
}
