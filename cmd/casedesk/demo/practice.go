package demo

import (
	"fmt"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
)

// Practice makes a profile in a folder, which its caller removes, and plays the sample's past
// into it. It has no county, no keyring and no witness: nothing of it is anywhere else.
func Practice(dir, name string) (*store.Store, error) {
	clk := new(clock)
	clk.set(history[0].on.Add(-hour))
	s, _, err := store.Create(dir, passphrase, store.Options{Name: name, Catalogue: sample.Catalogue(), Clock: clk,
		Params: seal.Params{Time: 1, Memory: 8 << 10, Threads: 1, Weak: true}}) // nothing here is secret
	if err != nil {
		return nil, fmt.Errorf("build the practice: %w", err)
	}
	now, l, cases := time.Now(), &Laptop{Store: s}, map[string]casework.CaseID{}
	for _, h := range history {
		at := h.on
		if at.IsZero() {
			at = now.Add(-h.at)
		}
		clk.set(at)
		id, err := l.do(h, cases[h.key])
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("build the practice: %s of %s: %w", h.action, h.key, err)
		}
		cases[h.key] = id
	}
	clk.catchUp()
	return s, nil
}
