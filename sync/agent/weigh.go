package agent

import (
	"casedesk/store"
	"casedesk/sync/wire"
)

// Load is what the next synchronisation would send.
type Load struct {
	Entries int `json:"entries"`
	Cases   int `json:"cases"` // that they are about
	Bytes   int `json:"bytes"` // as packed, without TLS and HTTP
}

const (
	// weighedPage is how pages are cut for weighing: as for a middling line.
	weighedPage = 64 << 10
	// weighedMost is how many bytes of entries are packed to be weighed; what is more
	// is taken to weigh as much as those.
	weighedMost = 8 << 20
)

// Weigh returns what the next synchronisation would send, packed as it would be, without
// connecting. How pages are cut depends on the line, so the bytes are about right; a
// county that has some of it already is sent less.
func Weigh(desk *store.Store) (Load, error) {
	o, err := desk.Outgoing()
	out := Load{Entries: o.Entries, Cases: o.Cases}
	if err != nil || o.Entries == 0 {
		return out, err
	}
	r := &run{a: &Agent{desk: desk, pace: pace{page: weighedPage}}}
	var after store.Sent
	for n, raw := 0, 0; n < o.Entries; {
		l, err := r.a.outbox(after)
		if err != nil {
			return Load{}, err
		}
		if len(l.items) == 0 {
			break // it was sent meanwhile
		}
		b, err := wire.Encode(r.request(l))
		if err != nil {
			return Load{}, err
		}
		out.Bytes += len(b)
		for i := range l.items {
			raw += len(l.items[i].Raw)
		}
		if after, n = l.next, n+len(l.items); raw >= weighedMost && n < o.Entries {
			out.Bytes = int(float64(out.Bytes) * float64(o.Entries) / float64(n))
			break
		}
	}
	return out, nil
}
