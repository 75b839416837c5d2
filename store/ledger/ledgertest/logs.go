package ledgertest

import (
	"context"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// Ensure heads follow what is appended and logs are visited in order of ids.
func testHeads(t *testing.T, b Backend) {
	l := open(t, b, "heads")
	view(t, l, func(r ledger.Reader) error {
		head, err := r.Head(logID(1))
		equal(t, "head of an unknown log", head, ledger.Head{Log: logID(1)})
		return err
	})
	update(t, l, func(tx ledger.Tx) error {
		for _, n := range []int{3, 1, 2} {
			if err := run(tx, logID(n), 1, uint64(n)); err != nil {
				return err
			}
		}
		return nil
	})
	var want []ledger.Head
	for _, n := range []uint64{1, 2, 3} {
		log := logID(int(n))
		want = append(want, ledger.Head{Log: log, Seq: n, Hash: entry(log, n, "main").Hash, Top: n})
	}
	view(t, l, func(r ledger.Reader) error {
		var got []ledger.Head
		err := r.Logs(func(h ledger.Head) bool { got = append(got, h); return true })
		equal(t, "Logs", got, want)
		got = nil
		if err == nil {
			err = r.Logs(func(h ledger.Head) bool { got = append(got, h); return false })
		}
		equal(t, "Logs stopped at once", got, want[:1])
		return err
	})
}

// Ensure entries come back as they went in, in order, from where one asks.
func testEntries(t *testing.T, b Backend) {
	l := open(t, b, "entries")
	bare := entry(logID(2), 1, "no stamp")
	bare.Stamp = nil
	update(t, l, func(tx ledger.Tx) error {
		if err := run(tx, logID(1), 1, 300); err != nil {
			return err
		}
		return tx.Append(bare)
	})
	view(t, l, func(r ledger.Reader) error {
		all := entries(t, r, logID(1), 0)
		for i, e := range all {
			equal(t, "entry", e, entry(logID(1), uint64(i)+1, "main"))
		}
		equal(t, "number of entries", len(all), 300)
		equal(t, "entries from 299", len(entries(t, r, logID(1), 299)), 2)
		equal(t, "entries past the end", len(entries(t, r, logID(1), 301)), 0)
		equal(t, "entries of an unknown log", len(entries(t, r, logID(9), 1)), 0)
		equal(t, "entry without stamp", entries(t, r, logID(2), 1), []ledger.Entry{bare})
		e, there, err := ledger.At(r, logID(1), 17)
		equal(t, "At", e, entry(logID(1), 17, "main"))
		equal(t, "At", there, true)
		if err != nil {
			return err
		}
		_, there, err = ledger.At(r, logID(1), 301)
		equal(t, "At past the end", there, false)
		return err
	})
}

// Ensure an entry is stored once, a fork is refused and so is a bad entry.
func testAppendRefusals(t *testing.T, b Backend) {
	l := open(t, b, "refusals")
	update(t, l, func(tx ledger.Tx) error { return run(tx, logID(1), 1, 3) })
	for _, test := range []struct {
		name string
		e    ledger.Entry
		want error
	}{
		{"same", entry(logID(1), 2, "main"), ledger.ErrHave},
		{"fork", entry(logID(1), 2, "other"), ledger.ErrFork},
		{"fork of the head", entry(logID(1), 3, "other"), ledger.ErrFork},
		{"no log", entry(casework.LogID{}, 1, "x"), ledger.ErrInvalid},
		{"no seq", entry(logID(1), 0, "x"), ledger.ErrInvalid},
		{"no hash", ledger.Entry{Log: logID(1), Seq: 4, Raw: []byte("x")}, ledger.ErrInvalid},
		{"no bytes", ledger.Entry{Log: logID(1), Seq: 4, Hash: casework.Hash{1}}, ledger.ErrInvalid},
	} {
		err := l.Update(context.Background(), func(tx ledger.Tx) error { return tx.Append(test.e) })
		t.Log(test.name)
		mustBe(t, err, test.want)
	}
	view(t, l, func(r ledger.Reader) error {
		equal(t, "number of entries", len(entries(t, r, logID(1), 1)), 3)
		return nil
	})
}

// Ensure both branches of a fork are kept and the head stays on the first.
func testBranch(t *testing.T, b Backend) {
	l := open(t, b, "branch")
	other := entry(logID(1), 2, "other")
	other.Branch = true
	third := entry(logID(1), 3, "third")
	third.Branch = true
	update(t, l, func(tx ledger.Tx) error {
		if err := run(tx, logID(1), 1, 2); err != nil {
			return err
		}
		mustBe(t, tx.Append(entry(logID(1), 2, "other")), ledger.ErrFork)
		if err := tx.Append(other); err != nil {
			return err
		}
		return tx.Append(third)
	})
	update(t, l, func(tx ledger.Tx) error {
		mustBe(t, tx.Append(other), ledger.ErrHave)
		same := other
		same.Branch = false
		mustBe(t, tx.Append(same), ledger.ErrHave)
		main := entry(logID(1), 1, "main")
		main.Branch = true
		mustBe(t, tx.Append(main), ledger.ErrHave)
		return nil
	})
	view(t, l, func(r ledger.Reader) error {
		first, second := entry(logID(1), 1, "main"), entry(logID(1), 2, "main")
		equal(t, "entries", entries(t, r, logID(1), 1), []ledger.Entry{first, second, other, third})
		head, err := r.Head(logID(1))
		equal(t, "head", head, ledger.Head{Log: logID(1), Seq: 2, Hash: second.Hash, Top: 2})
		e, there, _ := ledger.At(r, logID(1), 2)
		equal(t, "At", e, second)
		equal(t, "At", there, true)
		_, there, _ = ledger.At(r, logID(1), 3)
		equal(t, "At a branch alone", there, false)
		return err
	})
}

// Ensure an entry without a stamp can be given one once, where it stands.
func testStampLater(t *testing.T, b Backend) {
	l := open(t, b, "stamp")
	main, branch := entry(logID(1), 1, "main"), entry(logID(1), 1, "other")
	branch.Branch = true
	bare := []ledger.Entry{main, branch}
	bare[0].Stamp, bare[1].Stamp = nil, nil
	update(t, l, func(tx ledger.Tx) error {
		for _, e := range bare {
			if err := tx.Append(e); err != nil {
				return err
			}
			mustBe(t, tx.Append(e), ledger.ErrHave)
		}
		return nil
	})
	update(t, l, func(tx ledger.Tx) error {
		for _, e := range []ledger.Entry{main, branch} {
			if err := tx.Append(e); err != nil {
				return err
			}
			e.Stamp = []byte("another")
			mustBe(t, tx.Append(e), ledger.ErrHave)
		}
		return nil
	})
	view(t, l, func(r ledger.Reader) error {
		equal(t, "entries", entries(t, r, logID(1), 1), []ledger.Entry{main, branch})
		head, err := r.Head(logID(1))
		equal(t, "head", head, ledger.Head{Log: logID(1), Seq: 1, Hash: main.Hash, Top: 1})
		return err
	})
}

// Ensure a refill above a gap does not move the head until the gap closes.
func testGap(t *testing.T, b Backend) {
	l := open(t, b, "gap")
	step := func(seq, head, top uint64) {
		t.Helper()
		update(t, l, func(tx ledger.Tx) error { return tx.Append(entry(logID(1), seq, "main")) })
		want := ledger.Head{Log: logID(1), Seq: head, Top: top}
		if head > 0 {
			want.Hash = entry(logID(1), head, "main").Hash
		}
		view(t, l, func(r ledger.Reader) error {
			got, err := r.Head(logID(1))
			equal(t, "head", got, want)
			return err
		})
	}
	step(4, 0, 4)
	step(1, 1, 4)
	step(6, 1, 6)
	step(3, 1, 6)
	step(2, 4, 6)
	step(5, 6, 6)
	step(7, 7, 7)
	view(t, l, func(r ledger.Reader) error {
		for i, e := range entries(t, r, logID(1), 1) {
			equal(t, "seq", e.Seq, i+1)
		}
		return nil
	})
}

// Ensure an entry gets other bytes under its hash, and nothing else changes.
func testRewrite(t *testing.T, b Backend) {
	l := open(t, b, "rewrite")
	main, branch := entry(logID(1), 2, "main"), entry(logID(1), 2, "branch")
	branch.Branch = true
	update(t, l, func(tx ledger.Tx) error {
		if err := run(tx, logID(1), 1, 3); err != nil {
			return err
		}
		return tx.Append(branch)
	})
	before := ledger.Head{Log: logID(1), Seq: 3, Hash: entry(logID(1), 3, "main").Hash, Top: 3}
	update(t, l, func(tx ledger.Tx) error {
		for _, e := range []*ledger.Entry{&main, &branch} {
			e.Raw = append([]byte("more of "), e.Raw...)
			again := *e
			again.Stamp, again.Branch = nil, false
			if err := tx.Rewrite(again); err != nil {
				return err
			}
		}
		mustBe(t, tx.Rewrite(entry(logID(1), 2, "nowhere")), ledger.ErrInvalid)
		mustBe(t, tx.Rewrite(entry(logID(1), 9, "main")), ledger.ErrInvalid)
		mustBe(t, tx.Rewrite(entry(logID(7), 1, "main")), ledger.ErrInvalid)
		return nil
	})
	view(t, l, func(r ledger.Reader) error {
		got := entries(t, r, logID(1), 2)
		equal(t, "entries", got, []ledger.Entry{main, branch, entry(logID(1), 3, "main")})
		head, err := r.Head(logID(1))
		equal(t, "head", head, before)
		return err
	})
}
