package main

import (
	"errors"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// Ensure that a slip of another county than the one that the laptop was handed
// over at is refused before anything is made, and that a folder that nobody handed
// over has nothing to take.
func TestFits(t *testing.T) {
	var here, elsewhere wire.Slip
	elsewhere.County[0] = 1
	word := store.Word{County: here.County.String()}
	if err := fits(word, here); err != nil {
		t.Errorf("the same county: %v", err)
	}
	if err := fits(word, elsewhere); !errors.Is(err, &casework.Refusal{Code: casework.CodeWrongCounty}) {
		t.Errorf("another county: %v", err)
	}
	if _, err := handedIn(t.TempDir()); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotAllowed, Why: store.WhyNotHanded}) {
		t.Errorf("nothing handed over: %v", err)
	}
}
