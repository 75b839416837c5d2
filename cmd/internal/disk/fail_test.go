//go:build linux && (amd64 || arm64)

package disk_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/seal"
)

// step is one command of the day, and what must hold after it failed somewhere.
type step struct {
	name string
	args []string
	// served tells that a county serves meanwhile.
	served bool
	// before makes ready for it, without faults; may be nil.
	before func()
	// run runs it where it is more than a command.
	run func(w *wound) result
	// after judges what the failed or finished command left, on a sound disk.
	after func(r result) error
}

// cases are three lines for new, with sources, so that none comes in twice.
func cases(from int) string {
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, `{"category":"0201","title":"第%[1]d件","facts":"两家争排水沟","place":{"division":"441621102901"},"source":{"system":"台账","id":"%[1]d"}}`+"\n", from+i)
	}
	return b.String()
}

// Ensure that whichever call on the disk fails in a laptop's day, and however, what
// was acknowledged is there once, nothing is damaged, the error follows the
// contract, and the work goes on.
func TestFailure_Laptop(t *testing.T) {
	supported(t)
	t.Parallel()
	d := newDay(t)
	s, _, err := store.Create(d.path("desk"), passphrase, cheap(d.root))
	d.do(err)
	d.do(s.Close())
	d.do(os.Truncate(d.path("desk/ballast"), ballast))
	d.do(os.WriteFile(d.path("first"), []byte(cases(1)), 0o600))
	d.do(os.WriteFile(d.path("second"), []byte(cases(4)), 0o600))
	d.do(os.WriteFile(d.path("third"), []byte(cases(7)), 0o600))
	d.must("countyd", "init", "--sample", "--name", "紫金县", "--recovery-out", d.path("paper"), "--json")
	d.do(d.serve(nil))
	var slip struct{ Slip string }
	d.must("countyd", "slip", "grid1", "--json").last(t, &slip)
	d.halt()
	d.must("casedesk", "new", "first", "--json")
	id := d.caseID()

	expect := 0 // entries at the county after the sync
	steps := []step{
		{name: "init", args: []string{"init", "--dir", "fresh", "--name", "张三", "--recovery-out", "code", "--json"}, after: func(r result) error {
			if r.exit == 0 {
				return d.recovers("fresh", "code")
			}
			again := d.run(nil, "casedesk", "init", "--dir", "fresh", "--name", "张三", "--recovery-out", "code2", "--json")
			if again.exit != 0 && d.wounded { // on a disk that took no removal either, what lies there stays
				again = d.run(nil, "casedesk", "init", "--dir", "elsewhere", "--name", "张三", "--recovery-out", "code2", "--json")
				return again.contract()
			}
			if again.exit != 0 {
				return fmt.Errorf("init again: %s", again.err)
			}
			return d.recovers("fresh", "code2")
		}},
		{name: "new", args: []string{"new", "second", "--json"}, after: func(r result) error {
			var got struct{ Created, Skipped int }
			if r.exit == 0 {
				r.last(t, &got)
			}
			if held, err := d.sources(); err != nil || r.exit == 0 && held != 6 {
				return fmt.Errorf("%d cases of 6: %w", held, err)
			}
			again := d.run(nil, "casedesk", "new", "second", "--json")
			if again.exit != 0 {
				return fmt.Errorf("new again: %s", again.err)
			}
			if again.last(t, &got); got.Created+got.Skipped != 3 {
				return fmt.Errorf("again %+v", got)
			}
			if held, err := d.sources(); err != nil || held != 6 {
				return fmt.Errorf("%d cases of 6 in the end: %w", held, err)
			}
			return nil
		}},
		{name: "note", args: []string{"do", id, "note", "--set", "note=电话里说好的", "--json"}, after: d.afterNote},
		{name: "list", args: []string{"list", "--json"}, after: func(r result) error {
			if r.exit == 0 && strings.Count(r.out, "\n") != 6 {
				return fmt.Errorf("listed %s", r.out)
			}
			return nil
		}},
		{name: "backup", args: []string{"backup", "copy.db", "--json"}, after: func(r result) error {
			if _, err := os.Stat(d.path("copy.db")); err != nil && r.exit != 0 {
				return nil
			}
			put := filepath.Join(d.root, "put")
			if err := os.MkdirAll(put, 0o700); err != nil {
				return err
			}
			if err := os.Rename(d.path("copy.db"), filepath.Join(put, "desk.db")); err != nil {
				return err
			}
			return openDesk(put, filepath.Join(d.root, "nowhere"), nil, false)
		}},
		{name: "enrol", args: []string{"enrol", slip.Slip, "--json"}, served: true, after: func(r result) error {
			if r.exit != 0 {
				if r = d.run(nil, "casedesk", "enrol", slip.Slip, "--json"); r.exit != 0 && !strings.Contains(r.err, "not_allowed") {
					return fmt.Errorf("enrol again: %s", r.err)
				}
			}
			return nil
		}},
		{name: "sync", args: []string{"sync", "--json"}, served: true, after: func(r result) error {
			if again := d.run(nil, "casedesk", "sync", "--json"); again.exit != 0 {
				return fmt.Errorf("sync again: %s", again.err)
			}
			var v struct {
				Entries int
				Faults  []any
			}
			said := d.run(nil, "countyd", "verify", "--json")
			if said.exit != 0 {
				return fmt.Errorf("verify: %s %s", said.out, said.err)
			}
			if said.last(t, &v); expect == 0 {
				expect = v.Entries
			}
			if v.Entries != expect || len(v.Faults) > 0 {
				return fmt.Errorf("the county has %d entries of %d, faults %v", v.Entries, expect, v.Faults)
			}
			return nil
		}},
	}
	runSteps(t, d, "casedesk", steps, func(whole bool) error {
		if err := openDesk(d.path("desk"), filepath.Join(d.root, "home/casedesk-witness"), nil, true); err != nil || !whole {
			return err
		}
		for _, args := range [][]string{{"check", "--json"}, {"new", "third", "--json"}} {
			if r := d.run(nil, "casedesk", args...); r.exit != 0 {
				return fmt.Errorf("%v: %s%s", args, r.out, r.err)
			}
		}
		return nil
	})
}

// runSteps runs every step with a fault at every call, and then without. Sound
// judges the folder after each; whole asks for the programs' judgement too.
func runSteps(t *testing.T, d *day, program string, steps []step, sound func(whole bool) error) {
	seed, runs, bad := rand.Uint64()%1000, 0, 0
	for _, s := range steps {
		if s.run == nil {
			s.run = func(w *wound) result { return d.run(w, program, s.args...) }
		}
		if s.before != nil {
			s.before()
		}
		d.keep(s.name)
		t.Run(s.name, func(t *testing.T) {
			began, before := time.Now(), runs
			for n, fired := 1, true; fired; n++ {
				all := wounds(n)
				if soak(t) == 0 {
					all = all[(uint64(n)+seed)%6:][:1] // over the runs of CI every one gets its turn
				}
				fired = false
				for _, w := range all {
					r, err := d.suffer(s, w, sound)
					runs, fired = runs+1, fired || r.fired
					if err != nil {
						bad++
						t.Errorf("%v: exit %d: %v", w, r.exit, err)
					}
				}
			}
			t.Logf("%d runs, %v", runs-before, time.Since(began).Round(time.Second))
		})
		d.restore(s.name)
		if s.served {
			d.do(d.serve(nil))
		}
		if r := s.run(nil); r.exit != 0 {
			t.Fatalf("%s: %s%s", s.name, r.out, r.err)
		}
		d.halt()
	}
	fmt.Printf("SOAK|failure at the n-th call (%s)|%d runs|%d|%d\n", program, runs, bad, seed)
}

// suffer runs one step with one fault and judges what it left.
func (d *day) suffer(s step, w *wound, sound func(whole bool) error) (result, error) {
	d.restore(s.name)
	if s.served {
		d.do(d.serve(nil))
	}
	r := s.run(w)
	d.wounded = w.rest
	err := r.contract()
	if err == nil {
		err = s.after(r)
	}
	if err == nil {
		err = sound(w.n%8 == 1)
	}
	return r, err
}

// recovers opens a profile with the code that was handed out for it: one that has
// another is lost with its passphrase.
func (d *day) recovers(dir, file string) error {
	text, err := os.ReadFile(d.path(file))
	if err != nil {
		return err
	}
	code, err := seal.ParseRecoveryCode(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	s, err := store.OpenWithRecovery(d.path(dir), code, passphrase, store.Options{})
	if err != nil {
		return err
	}
	return s.Close()
}

// caseID returns the id of the first case.
func (d *day) caseID() string {
	var row struct{ ID string }
	d.must("casedesk", "list", "--json").last(d.t, &row)
	return row.ID
}

// sources counts the cases; a source that is there twice is an error.
func (d *day) sources() (int, error) {
	s, err := store.Open(d.path("desk"), passphrase, store.Options{})
	if err != nil {
		return 0, err
	}
	defer s.Close()
	list, err := s.Rows(store.Query{})
	if err != nil {
		return 0, err
	}
	seen := map[string]bool{}
	for _, row := range list.Rows {
		v, err := s.Case(row.ID)
		if err != nil {
			return 0, err
		}
		if id := v.Case.Source.ID; id != "" && seen[id] {
			return 0, fmt.Errorf("source %s is there twice", id)
		}
		seen[v.Case.Source.ID] = true
	}
	return len(list.Rows), nil
}

// afterNote looks for the entry that do acknowledged.
func (d *day) afterNote(r result) error {
	s, err := store.Open(d.path("desk"), passphrase, store.Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	held, err := entries(s)
	if err != nil || r.exit != 0 {
		return err
	}
	var done struct{ UID string }
	if r.last(d.t, &done); held[done.UID] != 1 {
		return fmt.Errorf("%s was acknowledged and is there %d times", done.UID, held[done.UID])
	}
	return nil
}
