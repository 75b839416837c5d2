package county

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/store/report"
)

// factRow is what figures need of a case.
type factRow struct {
	//lint:ignore U1000 the codec reads it
	_struct bool   `codec:",toarray"`
	Sum     []byte // of the case's row: the fact is of the same entries
	Fact    []byte // a report.Fact, encoded; empty for a case of which nothing has come into being
}

func factKey(id casework.CaseID) []byte { return append([]byte("x/"), id.UUID[:]...) }

// noteFact takes a case's fact, as the update leaves the case.
func (u *update) noteFact(k *openCase) error {
	row := factRow{Sum: k.row.Sum}
	if k.fold.Exists() {
		f := report.FactOf(k.fold, u.w.ix)
		var err error
		if row.Fact, err = record.Marshal(&f); err != nil {
			return err
		}
	}
	return put(u.tx, factKey(k.id), &row)
}

// unswept returns the mark after which cases are still to be fitted to the catalogue and
// to this program; nil when all are.
func (st *state) unswept() []byte {
	if st.Derived != derived {
		return []byte{0} // before the first id
	}
	return st.Sweep
}

// Facts returns what figures need of every case, in the order of their ids. What a sweep
// has not come to yet is taken from the case itself, which takes longer.
func (c *County) Facts(ctx context.Context) ([]report.Fact, error) {
	var out []report.Fact
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		out = nil
		after := w.unswept()
		return errors.Join(keptFacts(ctx, r, w.ix, after, &out), foldedFacts(ctx, r, w.ix, after, &out))
	})
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return out, nil
}

// keptFacts appends the facts of the cases up to the mark; of all where it is nil. Of a case
// whose row cannot be read they are made from its entries.
func keptFacts(ctx context.Context, r ledger.Reader, ix *catalogue.Index, upTo []byte, out *[]report.Fact) error {
	prefix := []byte("x/")
	var unread []int
	err := r.Scan(prefix, nil, func(key, b []byte) bool {
		if upTo != nil && bytes.Compare(key[len(prefix):], upTo) > 0 {
			return false
		}
		var row factRow
		var f report.Fact
		err := record.Unmarshal(b, &row)
		switch {
		case err == nil && len(row.Fact) == 0:
			return ctx.Err() == nil
		case err == nil:
			err = record.Unmarshal(row.Fact, &f)
		}
		if err != nil {
			f = report.Fact{}
			copy(f.ID.UUID[:], key[len(prefix):])
			unread = append(unread, len(*out))
		}
		*out = append(*out, f)
		return ctx.Err() == nil
	})
	for _, i := range unread {
		fold, failed := foldOf(r, (*out)[i].ID)
		if err = errors.Join(err, failed); err != nil {
			return err
		}
		if (*out)[i] = (report.Fact{}); fold.Exists() {
			(*out)[i] = report.FactOf(fold, ix)
		}
	}
	*out = slices.DeleteFunc(*out, func(f report.Fact) bool { return f.ID.IsZero() })
	return errors.Join(err, ctx.Err())
}

// foldedFacts appends the facts of the cases after the mark, from their entries; of none
// where it is nil.
func foldedFacts(ctx context.Context, r ledger.Reader, ix *catalogue.Index, after []byte, out *[]report.Fact) error {
	for after != nil {
		ids, err := casesAfter(r, after, sweepChunk)
		if err != nil {
			return err
		}
		after = nil
		for _, id := range ids {
			fold, err := foldOf(r, id)
			if err = errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			if fold.Exists() {
				*out = append(*out, report.FactOf(fold, ix))
			}
			after = id.UUID[:]
		}
	}
	return nil
}

// heard returns when each unit was last heard from, in Unix milliseconds: when the laptop
// of anybody who serves it was last seen.
func (c *County) heard(ctx context.Context, ix *catalogue.Index) (map[catalogue.UnitID]int64, error) {
	devices, err := c.Devices(ctx)
	if err != nil {
		return nil, err
	}
	heard := map[catalogue.UnitID]int64{}
	for _, d := range devices {
		p, _ := ix.Person(d.User)
		for _, unit := range p.Units {
			heard[unit] = max(heard[unit], d.LastSeen.UnixMilli())
		}
	}
	return heard, nil
}

// ReportOrder says which report is wanted.
type ReportOrder struct {
	Report  report.Name      `json:"report"`
	Period  report.Period    `json:"period"`
	Now     time.Time        `json:"now"`
	Under   catalogue.UnitID `json:"under,omitempty"`
	Matter  casework.Matter  `json:"matter,omitempty"`
	By      string           `json:"by,omitempty"`
	Across  string           `json:"across,omitempty"`
	Measure string           `json:"measure,omitempty"`
	// Cases: the cases behind each figure are wanted too.
	Cases bool `json:"cases,omitempty"`
}

// Reported is a report that was made. The indexes in its cells are those of Cases.
type Reported struct {
	Sheet report.Sheet      `json:"sheet"`
	Cases []casework.CaseID `json:"cases,omitempty"`
}

// Report makes a report of all cases of the county.
func (c *County) Report(ctx context.Context, o ReportOrder) (Reported, error) {
	made, ok := report.Find(o.Report)
	if !ok {
		return Reported{}, &casework.Refusal{Code: casework.CodeNotFound, Field: "report"}
	}
	facts, err := c.Facts(ctx)
	if err != nil {
		return Reported{}, err
	}
	cat, err := c.Catalogue(ctx)
	if err != nil {
		return Reported{}, fmt.Errorf("report: %w", err)
	}
	ix := catalogue.NewIndex(cat)
	heard, err := c.heard(ctx, ix)
	if err != nil {
		return Reported{}, fmt.Errorf("report: %w", err)
	}
	zone := ix.Calendar().Location() // another program's encoding names the offset alone
	o.Period.From, o.Period.To = o.Period.From.In(zone), o.Period.To.In(zone)
	out := Reported{Sheet: made.Make(&report.Input{Facts: facts, Index: ix, Period: o.Period, Now: o.Now.In(zone), Under: o.Under,
		Matter: o.Matter, By: o.By, Across: o.Across, Measure: o.Measure, Heard: heard})}
	if !o.Cases {
		out.Sheet.Uncase()
		return out, nil
	}
	out.Cases = make([]casework.CaseID, len(facts))
	for i := range facts {
		out.Cases[i] = facts[i].ID
	}
	return out, nil
}
