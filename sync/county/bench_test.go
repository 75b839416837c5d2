package county_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// BenchmarkExchange sends pages of 100 entries, new cases with an acceptance
// each, and reports the time an entry takes to be judged and delivered.
func BenchmarkExchange(b *testing.B) {
	w := newWorld(b)
	l := w.laptop("mediator1")
	const pages, page = 60, 100
	l.sync()
	var reqs []*wire.Request
	for range pages {
		from := len(l.mine)
		for len(l.mine)-from < page {
			id := casework.CaseID{UUID: l.id()}
			first := casework.EntryID{UUID: l.id()}
			l.write(id, first, nil, registered(village))
			l.write(id, casework.EntryID{UUID: l.id()}, []casework.EntryID{first}, &casework.Accepted{})
		}
		req := &wire.Request{Version: 1, Clock: wire.Clock{Wall: l.now.UnixMilli()}}
		for _, k := range l.mine[from:] {
			req.Up = append(req.Up, wire.Item{Raw: k.raw})
		}
		reqs = append(reqs, req)
	}
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if i == pages {
			b.Skip("run with -benchtime 60x or less")
		}
		reply, err := w.Exchange(ctx, l.public(), reqs[i])
		if err != nil || len(reply.Stamps) < page {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*page), "us/entry")
}
