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
		Due         string
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
		view.Ticks = append(view.Ticks, clock{string(k.Limit), milli(k.Start), milli(k.Stop), k.Due})
	}
	// encoding/json sorts map keys and writes fields in their order, so equal
	// values give equal bytes; nothing in a Case fails to encode.
	b, err := json.Marshal(view)
	if err != nil {
		panic("casework: a case does not encode: " + err.Error())
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
