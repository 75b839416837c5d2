package county

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// Renewal is what becomes, or would become, of tables that were edited.
type Renewal struct {
	Version uint64                  `json:"version"` // the one that holds then
	Units   int                     `json:"units"`
	People  int                     `json:"people"`
	Changes map[catalogue.Table]int `json:"changes"` // rows that are new, changed or gone, by table
	Lengths []catalogue.Length      `json:"limits,omitempty"`
	// Published is whether the version was published now.
	Published bool `json:"published"`
	// Faults are what keeps it from being published, by rows of what was given;
	// those of rows that were removed, by what holds now.
	Faults []catalogue.Fault `json:"faults,omitempty"`
}

// Catalogue returns the county's present catalogue.
func (c *County) Catalogue(ctx context.Context) (cat catalogue.Catalogue, err error) {
	err = c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err == nil {
			cat = w.ix.Catalogue().Clone()
		}
		return err
	})
	return cat, err
}

// Renew publishes edited, which somebody made from the present catalogue, as the
// next version, or says what keeps it from that; dry, it only says. Where nothing
// was changed, nothing is published.
func (c *County) Renew(ctx context.Context, edited catalogue.Catalogue, dry bool) (Renewal, error) {
	prev, err := c.Catalogue(ctx)
	if err != nil {
		return Renewal{}, fmt.Errorf("renew catalogue: %w", err)
	}
	next := catalogue.Next(prev, edited)
	next.Published = prev.Published
	out := Renewal{Version: next.Version, Units: len(next.Units), People: serving(next), Changes: catalogue.Changes(prev, next), Lengths: catalogue.Lengths(prev, next)}
	if out.Faults, err = c.judge(ctx, prev, edited.Version, next); err != nil {
		return Renewal{}, fmt.Errorf("renew catalogue: %w", err)
	}
	if len(out.Faults) > 0 {
		return out, nil
	}
	same, err := unchanged(prev, next)
	switch {
	case err != nil:
		return Renewal{}, fmt.Errorf("renew catalogue: %w", err)
	case same:
		out.Version = prev.Version
		return out, nil
	case dry:
		return out, nil
	}
	next.Published = c.now()
	if _, err = c.publish(ctx, next); err != nil {
		return Renewal{}, err
	}
	out.Published = true
	return out, nil
}

// judge returns what keeps next, which somebody made from version from, from being
// published after prev. One that was not made from prev is not held against it:
// whatever was changed in between would be a fault.
func (c *County) judge(ctx context.Context, prev catalogue.Catalogue, from uint64, next catalogue.Catalogue) ([]catalogue.Fault, error) {
	if from != prev.Version {
		stale := catalogue.Fault{Table: catalogue.TableCatalogue, Field: "version", Problem: catalogue.Backdated, Value: strconv.FormatUint(from, 10)}
		return append([]catalogue.Fault{stale}, catalogue.Validate(next)...), nil
	}
	faults := append(catalogue.Validate(next), catalogue.Supersedes(prev, next)...)
	used, err := c.retiredInUse(ctx, prev, next)
	return append(faults, used...), err
}

// unchanged reports whether two catalogues are the same but for their versions.
func unchanged(prev, next catalogue.Catalogue) (bool, error) {
	next.Version = prev.Version
	a, err := record.Marshal(&prev)
	if err != nil {
		return false, err
	}
	b, err := record.Marshal(&next)
	return bytes.Equal(a, b), err
}

func serving(cat catalogue.Catalogue) (n int) {
	for _, p := range cat.People {
		if !p.Left {
			n++
		}
	}
	return n
}

// retiredInUse notes the categories that next retires while open cases have them
// or one below them, and the units while they answer for open cases or handle them.
// Every case is folded for it, where any is retired at all.
func (c *County) retiredInUse(ctx context.Context, prev, next catalogue.Catalogue) ([]catalogue.Fault, error) {
	was, is := catalogue.NewIndex(prev), catalogue.NewIndex(next)
	rowOf := make(map[string]int) // of the categories that are retired now
	for i, row := range next.Categories {
		if old, published := was.Category(row.Code); published && row.Retired && !old.Retired {
			rowOf[row.Code] = i
		}
	}
	closing := make(map[catalogue.UnitID]int) // the units that are retired now, with their open cases
	for _, u := range next.Units {
		if old, published := was.Unit(u.ID); published && u.Retired && !old.Retired {
			closing[u.ID] = 0
		}
	}
	if len(rowOf) == 0 && len(closing) == 0 {
		return nil, nil
	}
	cases := make(map[int]int)
	err := c.eachCase(ctx, func(k *casework.Case) {
		if k.Ended() {
			return
		}
		hands := append([]catalogue.UnitID{k.Holder, k.Lead}, k.Co...)
		slices.Sort(hands)
		for _, u := range slices.Compact(hands) {
			if _, retired := closing[u]; retired {
				closing[u]++
			}
		}
		code := k.Value(casework.FieldCategory)
		for range len(next.Categories) { // whose parents may form a circle
			if i, retired := rowOf[code]; retired {
				cases[i]++
				return
			}
			row, _ := is.Category(code)
			code = row.Parent
		}
	})
	if err != nil {
		return nil, err
	}
	var found []catalogue.Fault
	for i, u := range next.Units {
		if n := closing[u.ID]; n > 0 {
			found = append(found, catalogue.Fault{Table: catalogue.TableUnits, Row: i + 1, Field: "retired",
				Problem: catalogue.InUse, Value: string(u.ID), Cases: n})
		}
	}
	for i, row := range next.Categories {
		if n := cases[i]; n > 0 {
			found = append(found, catalogue.Fault{Table: catalogue.TableCategories, Row: i + 1, Field: "retired",
				Problem: catalogue.InUse, Value: row.Code, Cases: n})
		}
	}
	return found, nil
}

// eachCase folds every case of the ledger, some at a time.
func (c *County) eachCase(ctx context.Context, fn func(*casework.Case)) error {
	after := []byte{0}
	for more := true; more; {
		err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
			ids, err := casesAfter(r, after, sweepChunk)
			if err != nil {
				return err
			}
			for _, id := range ids {
				fold, err := foldOf(r, id)
				if err != nil {
					return err
				}
				fn(fold)
				after = id.UUID[:]
			}
			more = len(ids) == sweepChunk
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
