package words

import (
	"unicode/utf8"

	"casedesk/tui/kit"
)

// MinPassphrase is the shortest passphrase, in characters, that the desk takes
// for a new one. The key's derivation makes each guess dear; this keeps guesses
// many.
const MinPassphrase = 8

// PassphraseFaults are what is wrong with a new passphrase that was typed
// twice, for fields named "passphrase" and "again".
func (d Desk) PassphraseFaults(passphrase, again string) []kit.Fault {
	var faults []kit.Fault
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		faults = append(faults, kit.Fault{Name: "passphrase", Sentence: d.T("setup.too_short", MinPassphrase)})
	}
	if passphrase != again {
		faults = append(faults, kit.Fault{Name: "again", Sentence: d.T("setup.not_same")})
	}
	return faults
}
