//go:build linux && (amd64 || arm64)

package disk_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"casedesk/store"
)

// Ensure that whichever call on the disk fails at a county, what it acknowledged
// to laptops and at the command line is there, its ledger is whole, and it can be
// started again and goes on.
func TestFailure_County(t *testing.T) {
	supported(t)
	t.Parallel()
	d := newDay(t)
	s, _, err := store.Create(d.path("desk"), passphrase, cheap(d.root))
	d.do(err)
	d.do(s.Close())
	d.do(os.Truncate(d.path("desk/ballast"), ballast))
	d.do(os.WriteFile(d.path("first"), []byte(cases(1)), 0o600))
	d.must("casedesk", "new", "first", "--json")

	var slip struct{ Slip string }
	expect := 0
	steps := []step{
		{name: "init", args: []string{"init", "--sample", "--name", "紫金县", "--recovery-out", "paper", "--json"}, after: func(r result) error {
			if _, err := os.Stat(d.path("paper")); r.exit == 0 {
				return err
			}
			again := d.run(nil, "countyd", "init", "--sample", "--name", "紫金县", "--recovery-out", "paper2", "--json")
			if again.exit != 0 && strings.Contains(again.err, "not_allowed") && d.wounded {
				// On a disk that took no removal either, what lies there stays.
				again = d.run(nil, "countyd", "init", "--dir", "elsewhere", "--sample", "--name", "紫金县", "--recovery-out", "paper3", "--json")
			}
			if again.exit != 0 {
				return fmt.Errorf("init again: %s", again.err)
			}
			return nil
		}},
		{name: "slip", before: func() { // it needs the address that serve is given
			d.do(d.serve(nil))
			d.halt()
		}, args: []string{"slip", "grid1", "--json"}, after: func(r result) error {
			if r.exit == 0 {
				r.last(t, &slip)
			} else {
				d.must("countyd", "slip", "grid1", "--json").last(t, &slip)
			}
			d.do(d.serve(nil))
			defer d.halt()
			if said := d.run(nil, "casedesk", "enrol", slip.Slip, "--json"); said.exit != 0 {
				return fmt.Errorf("enrol: %s", said.err)
			}
			return nil
		}},
		{name: "serve", run: func(w *wound) result {
			var made struct{ Slip string }
			d.must("countyd", "slip", "grid1", "--json").last(t, &made)
			slip.Slip = made.Slip
			if err := d.serve(w); err != nil {
				return result{exit: 1, err: err.Error()[strings.LastIndex(strings.TrimSpace(err.Error()), "\n")+1:], fired: w != nil && w.at != ""}
			}
			defer d.halt()
			r := d.run(nil, "casedesk", "enrol", slip.Slip, "--json")
			if r.exit == 0 {
				r = d.run(nil, "casedesk", "sync", "--json")
			}
			r.fired = w != nil && w.at != ""
			return r
		}, after: func(r result) error {
			d.do(d.serve(nil))
			defer d.halt()
			if said := d.run(nil, "casedesk", "enrol", slip.Slip, "--json"); said.exit != 0 && !strings.Contains(said.err, "not_allowed") {
				return fmt.Errorf("enrol again: %s", said.err)
			}
			if again := d.run(nil, "casedesk", "sync", "--json"); again.exit != 0 {
				return fmt.Errorf("sync again: %s", again.err)
			}
			var v struct{ Entries int }
			if d.must("countyd", "verify", "--json").last(t, &v); expect == 0 {
				expect = v.Entries
			}
			if v.Entries != expect {
				return fmt.Errorf("the county has %d entries of %d", v.Entries, expect)
			}
			return nil
		}},
		{name: "backup", args: []string{"backup", "copy.db", "--json"}, after: func(r result) error {
			if _, err := os.Stat(d.path("copy.db")); err != nil && r.exit != 0 {
				return nil
			}
			if said := d.run(nil, "countyd", "restore", "copy.db", "--dir", "other", "--json"); said.exit != 0 {
				return fmt.Errorf("restore: %s", said.err)
			}
			return nil
		}},
		{name: "restore", args: []string{"restore", "copy.db", "--dir", "other", "--json"}, after: func(r result) error {
			dir := "other"
			if r.exit != 0 {
				again := d.run(nil, "countyd", "restore", "copy.db", "--dir", dir, "--json")
				if again.exit != 0 && d.wounded { // on a disk that took no removal either, what lies there stays
					dir = "elsewhere"
					again = d.run(nil, "countyd", "restore", "copy.db", "--dir", dir, "--json")
				}
				if again.exit != 0 {
					return fmt.Errorf("restore again: %s", again.err)
				}
			}
			return d.verify(dir)
		}},
	}
	runSteps(t, d, "countyd", steps, func(whole bool) error {
		if !whole {
			return nil
		}
		if _, err := os.Stat(d.path("county/county.key")); err != nil {
			return nil // refused from its first call on
		}
		return d.verify("county")
	})
}

func (d *day) verify(dir string) error {
	if r := d.run(nil, "countyd", "verify", "--dir", dir, "--json"); r.exit != 0 {
		return errors.New(r.out + r.err)
	}
	return nil
}
