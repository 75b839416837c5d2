package county

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"maps"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// Verified is what a look at every entry has found.
type Verified struct {
	Entries int     `json:"entries"`
	Logs    int     `json:"logs"`
	Faults  []Fault `json:"faults"`
}

// Fault is one thing wrong with one entry, or with what was derived from it;
// then Log names the log of the entry concerned, or is zero.
type Fault struct {
	Log   casework.LogID `json:"log"`
	Seq   uint64         `json:"seq"`
	Fault string         `json:"fault"`
}

// maxFaults bounds a report.
const maxFaults = 1000

// Verify looks at everything that the ledger holds: every entry's encoding,
// commitment, signature, chain and stamp; the feeds; the catalogue; and whether
// what was derived belongs to entries that are there.
func (c *County) Verify(ctx context.Context) (Verified, error) {
	var v *verifier
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		v = &verifier{c: c, r: r, w: w, out: Verified{Faults: []Fault{}}, cases: map[casework.CaseID]uint64{},
			rows: map[casework.CaseID]int64{}, ends: map[casework.LogID]uint64{}}
		var logs []ledger.Head
		if err := r.Logs(func(h ledger.Head) bool { logs = append(logs, h); return true }); err != nil {
			return err
		}
		if err := v.incarnations(logs); err != nil {
			return err
		}
		for _, head := range logs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := v.log(head); err != nil {
				return err
			}
		}
		return errors.Join(v.caseRows(), v.feeds(), v.due(), v.catalogue())
	})
	if err != nil {
		return Verified{}, fmt.Errorf("verify: %w", err)
	}
	return v.out, nil
}

type verifier struct {
	c     *County
	r     ledger.Reader
	w     *world
	out   Verified
	cases map[casework.CaseID]uint64 // entries with effect or held, by case
	rows  map[casework.CaseID]int64  // when it is to be urged, by case that is
	ends  map[casework.LogID]uint64  // how far an earlier log of the county's own was known when it began the next

	// Of the log that is being verified: whether it forked, and then the keys
	// that its first entries name.
	frozen bool
	keys   []ed25519.PublicKey
}

func (v *verifier) fault(log casework.LogID, seq uint64, format string, args ...any) {
	if len(v.out.Faults) < maxFaults {
		v.out.Faults = append(v.out.Faults, Fault{log, seq, fmt.Sprintf(format, args...)})
	}
}

// log verifies one log from its first entry.
func (v *verifier) log(head ledger.Head) error {
	v.out.Logs++
	var row logRow
	if _, err := get(v.r, logKey(head.Log), &row); err != nil {
		return err
	}
	// Of a log that forked, what stands in the main line may be what another
	// laptop wrote while the log's beginning was lost.
	v.frozen, v.keys = row.Frozen, nil
	key, err := v.key(head.Log, row.Key)
	if err != nil {
		return err
	}
	if key == nil {
		v.fault(head.Log, 1, "nobody's key is known to sign this log")
	}
	var last ledger.Entry
	var failed error
	err = v.r.Entries(head.Log, 1, func(e ledger.Entry) bool {
		v.out.Entries++
		if e.Branch {
			failed = v.entry(e, key, nil)
			return failed == nil
		}
		if e.Seq != last.Seq+1 {
			if !v.mayLack(head.Log, key, last.Seq) {
				v.fault(head.Log, last.Seq+1, "entries up to %d are missing", e.Seq-1)
			}
			failed = v.entry(e, key, nil)
		} else {
			failed = v.entry(e, key, &last.Hash)
		}
		last = e
		return failed == nil
	})
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	if head.Top != last.Seq {
		v.fault(head.Log, head.Top, "the log's last entry is %d", last.Seq)
	}
	return nil
}

// incarnations notes where the county went on from, each time that it began a log.
func (v *verifier) incarnations(logs []ledger.Head) error {
	for _, head := range logs {
		first, there, err := ledger.At(v.r, head.Log, 1)
		if err != nil {
			return err
		}
		if !there {
			continue
		}
		rec, err := record.Open(first.Raw)
		if err != nil || rec.Entry.Actor != actor || len(rec.Entry.Events) == 0 {
			continue // what is damaged is reported with its log
		}
		if o, ok := rec.Entry.Events[0].(*casework.LogOpened); ok && !o.Previous.IsZero() {
			v.ends[o.Previous] = o.LastSeq
		}
	}
	return nil
}

// mayLack reports whether entries after seq may be missing in a log: in one of the
// county's own, of an epoch that a restore ended, what it said of cases came back from
// laptops, and what it noted for itself is lost.
func (v *verifier) mayLack(log casework.LogID, key ed25519.PublicKey, seq uint64) bool {
	end, known := v.ends[log]
	return bytes.Equal(key, v.c.conf.Key.Public()) && log != v.w.Log && (!known || seq >= end)
}

// key returns the key that signs a log: the county's in its own logs.
func (v *verifier) key(log casework.LogID, bound ed25519.PublicKey) (ed25519.PublicKey, error) {
	first, there, err := ledger.At(v.r, log, 1)
	if err != nil || !there {
		return bound, err
	}
	var named ed25519.PublicKey
	if rec, err := record.Open(first.Raw); err == nil {
		named, _ = opens(rec)
	}
	if bytes.Equal(named, v.c.conf.Key.Public()) {
		return named, nil
	}
	if named != nil && !bytes.Equal(named, bound) && !v.frozen {
		v.fault(log, 1, "the log is bound to another key than it names")
	}
	return bound, nil
}

// entry verifies one entry; prev is the hash that it must follow, if known.
func (v *verifier) entry(e ledger.Entry, key ed25519.PublicKey, prev *casework.Hash) error {
	rec, err := record.Open(e.Raw)
	if err != nil {
		v.fault(e.Log, e.Seq, "%v", err)
		return nil
	}
	if rec.Hash != e.Hash || rec.Entry.Log != e.Log || rec.Entry.Seq != e.Seq {
		v.fault(e.Log, e.Seq, "it stands under a name that is not its own")
	}
	if prev != nil && rec.Prev != *prev && !v.frozen {
		v.fault(e.Log, e.Seq, "it does not follow the entry before it")
	}
	if own, opened := opens(rec); opened && v.frozen {
		v.keys = append(v.keys, own)
	}
	if key != nil && rec.Verify(key) != nil && !slices.ContainsFunc(v.keys, func(k ed25519.PublicKey) bool { return rec.Verify(k) == nil }) {
		v.fault(e.Log, e.Seq, "%v", record.ErrSignature)
	}
	own := bytes.Equal(key, v.c.conf.Key.Public())
	if own && rec.Entry.Case.IsZero() || e.Branch && len(e.Stamp) == 0 {
		return nil
	}
	stamp, err := record.OpenStamp(e.Stamp)
	if err != nil || !record.CheckStamp(v.c.conf.Key.mac, rec.Hash, stamp) {
		v.fault(e.Log, e.Seq, "its stamp is not this county's")
		return nil
	}
	if stamp.Verdict != casework.Copy && !rec.Entry.Case.IsZero() {
		v.cases[rec.Entry.Case]++
		if err := v.receipts(e, &rec.Entry); err != nil {
			return err
		}
	}
	s, there, err := entryAt(v.r, positionOf(stamp.Epoch, stamp.N))
	if errors.Is(err, ledger.ErrDamaged) {
		return nil // the entry that stands there is reported itself
	}
	if err == nil && (!there || s.Hash != rec.Hash) {
		v.fault(e.Log, e.Seq, "the county's order does not know it")
	}
	return err
}

// receipts verifies that the codes of the slips that an entry tells of lead to a case.
func (v *verifier) receipts(e ledger.Entry, about *casework.Entry) error {
	for _, ev := range about.Events {
		if given, ok := ev.(*casework.ReceiptGiven); ok && len(given.Check(nil)) == 0 {
			switch known, err := v.r.Get(receiptKey(given.Hash)); {
			case err != nil:
				return err
			case known == nil:
				v.fault(e.Log, e.Seq, "its slip's code leads nowhere")
			}
		}
	}
	return nil
}

// caseRows compares every case's row with its entries.
func (v *verifier) caseRows() error {
	seen := 0
	var failed error
	prefix := []byte("c/")
	err := v.r.Scan(prefix, nil, func(key, b []byte) bool {
		var id casework.CaseID
		copy(id.UUID[:], key[len(prefix):])
		var row caseRow
		if failed = record.Unmarshal(b, &row); failed != nil {
			return false
		}
		seen++
		if row.Due != 0 {
			v.rows[id] = row.Due
		}
		if row.Count != v.cases[id] {
			v.fault(casework.LogID{}, 0, "case %s: %d entries of %d are found", id, v.cases[id], row.Count)
		}
		failed = v.fact(id, row.Sum)
		return failed == nil
	})
	if seen != len(v.cases) {
		v.fault(casework.LogID{}, 0, "%d cases of %d are known", seen, len(v.cases))
	}
	return errors.Join(err, failed)
}

// due verifies that every case stands once in the index of what is due, at its moment.
func (v *verifier) due() error {
	err := v.r.Scan([]byte(prefixDue), nil, func(key, _ []byte) bool {
		d, ok := dueOf(key)
		switch {
		case !ok:
			v.fault(casework.LogID{}, 0, "the index of what is due has the row %x", key)
		case v.rows[d.id] != d.at:
			v.fault(casework.LogID{}, 0, "case %s is to be urged at %s, the index says %s", d.id, milliTime(v.rows[d.id]), milliTime(d.at))
		default:
			delete(v.rows, d.id)
		}
		return true
	})
	for _, id := range slices.SortedFunc(maps.Keys(v.rows), func(a, b casework.CaseID) int { return bytes.Compare(a.UUID[:], b.UUID[:]) }) {
		v.fault(casework.LogID{}, 0, "case %s is to be urged, and the index does not know when", id)
	}
	return err
}

// fact verifies that what figures need of a case is of the entries that it has. Those that
// a sweep has yet to fit are nobody's to read.
func (v *verifier) fact(id casework.CaseID, sum []byte) error {
	if after := v.w.unswept(); after != nil && bytes.Compare(id.UUID[:], after) > 0 {
		return nil
	}
	var row factRow
	there, err := get(v.r, factKey(id), &row)
	switch {
	case errors.Is(err, ledger.ErrDamaged):
		v.fault(casework.LogID{}, 0, "case %s: its figures cannot be read", id)
		return nil
	case err == nil && (!there || !bytes.Equal(row.Sum, sum)):
		v.fault(casework.LogID{}, 0, "case %s: its figures are of other entries", id)
	}
	return err
}

// feeds verifies that every line leads to an entry.
func (v *verifier) feeds() error {
	var units []catalogue.UnitID
	err := v.r.Scan(feedKey(""), nil, func(key, _ []byte) bool {
		units = append(units, catalogue.UnitID(key[len(feedKey("")):]))
		return true
	})
	if err != nil {
		return err
	}
	for _, unit := range units {
		err := v.r.Feed(unit, 0, func(n uint64, line []byte) bool {
			if len(line) != lineSize {
				v.fault(casework.LogID{}, 0, "feed %s line %d is damaged", unit, n)
			} else if line[0] != lineWithdraw {
				if b, err := v.r.Get(orderKey(position(line[1:]))); err != nil || b == nil {
					v.fault(casework.LogID{}, 0, "feed %s line %d leads to no entry", unit, n)
				}
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// catalogue verifies that the present catalogue is the one that was published.
func (v *verifier) catalogue() error {
	var failed error
	var noted casework.Hash
	var at ledger.Entry
	err := v.r.Logs(func(h ledger.Head) bool {
		failed = v.r.Entries(h.Log, 1, func(e ledger.Entry) bool {
			rec, err := record.Open(e.Raw)
			if err != nil || rec.Entry.Actor != actor || rec.Verify(v.c.conf.Key.Public()) != nil {
				return e.Seq > 1 // the first tells whose log it is
			}
			for _, ev := range rec.Entry.Events {
				var p published
				if ev.Num() == notePublished && record.Unmarshal(ev.(*casework.Unknown).Payload, &p) == nil && p.Version == v.w.Catalogue {
					noted, at = p.Hash, e
				}
			}
			return true
		})
		return failed == nil
	})
	if err == nil && failed == nil && noted != hashOf(v.w.code) {
		v.fault(at.Log, at.Seq, "the catalogue is not the one that was published")
	}
	return errors.Join(err, failed)
}
