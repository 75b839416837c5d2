package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Digest returns the lower-case hexadecimal SHA-256 of the canonical fold:
// equal on replicas that agree. Receipts, lights and the places of entries in
// logs are not part of it; they differ without disagreement.
func Digest(c *Case) string {
	type line struct {
		UID    EntryID
		Effect Effect
		Why    Why
	}
	type clock struct {
		Limit       string
		Start, Stop int64
		Since, Due  string
		Pauses      [][2]int64
		Extended    []string
		Urged       []string
	}
	view := struct {
		Case
		Lines                                     []line
		Ticks                                     []clock
		Timeline, Clocks, Heads, UpdatedAt, Hands bool // not compared as they stand
		RegisteredAt, Contacted, Agreed           int64
		Agreement                                 Agreement
	}{Case: *c, RegisteredAt: milli(c.RegisteredAt), Contacted: milli(c.Contacted), Agreed: milli(c.Agreement.At), Agreement: c.Agreement}
	view.Agreement.At = time.Time{}
	for _, l := range c.Timeline {
		view.Lines = append(view.Lines, line{l.UID, l.Effect, l.Why})
	}
	for _, k := range c.Clocks {
		tick := clock{Limit: string(k.Limit), Start: milli(k.Start), Stop: milli(k.Stop), Since: k.Since, Due: k.Due}
		for _, p := range k.Pauses {
			tick.Pauses = append(tick.Pauses, [2]int64{milli(p.From), milli(p.To)})
		}
		for _, e := range k.Extended {
			tick.Extended = append(tick.Extended, e.Until)
		}
		for _, u := range k.Urged {
			tick.Urged = append(tick.Urged, string(u.Grade)+" "+u.Due)
		}
		view.Ticks = append(view.Ticks, tick)
	}
	sum := sha256.Sum256(canonical(view))
	return hex.EncodeToString(sum[:])
}

// canonical encodes a value so that equal values give equal bytes:
// encoding/json sorts the keys of maps, and what is empty is left out, so that a
// list that is nil equals one that became empty.
func canonical(v any) []byte {
	b, err := json.Marshal(v)
	if err == nil {
		var tree any
		if err = json.Unmarshal(b, &tree); err == nil {
			b, err = json.Marshal(prune(tree))
		}
	}
	if err != nil {
		panic("casework: a case does not encode: " + err.Error()) // nothing in a Case can fail
	}
	return b
}

// prune returns a decoded JSON value without its empty members; nil stands for
// an empty one.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, member := range v {
			if member = prune(member); member == nil {
				delete(v, k)
			} else {
				v[k] = member
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
