package county_test

import (
	"testing"
	"time"

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

// BenchmarkSupervise compares a tick that urges some limits where 100,000 run with one
// that urges as many where 1,000 run, and reports the ratio of their times.
func BenchmarkSupervise(b *testing.B) {
	const due = 200
	small, large := newOffice(b, 1_000), newOffice(b, 100_000)
	var times [2]time.Duration
	for b.Loop() {
		for i, o := range []*laptop{small, large} {
			o.fileCases(due, registered(village))
			o.world.now = o.world.now.Add(17 * time.Hour) // their lights are yellow, and those before them red
			began := time.Now()
			tick, err := o.Supervise(ctx, o.world.now)
			times[i] += time.Since(began)
			if err != nil || tick.Urged < due {
				b.Fatal(tick, err)
			}
		}
	}
	b.ReportMetric(float64(times[1])/float64(times[0]), "large/small")
	b.ReportMetric(float64(times[0].Microseconds())/float64(b.N*due), "us/due")
}

// newOffice is a laptop at a county where so many limits run that are not due for long.
func newOffice(b *testing.B, limits int) *laptop {
	l := newWorld(b).laptop("mediator1")
	l.sync()
	l.fileCases(limits, registered(village), &casework.Accepted{}, &casework.Agreed{Form: "oral", Agreement: "各让一步", Due: "2029-12-31"})
	return l
}

// fileCases opens cases, a page of them at a time.
func (l *laptop) fileCases(n int, events ...casework.Event) {
	l.t.Helper()
	const page = 500
	for ; n > 0; n -= page {
		from := len(l.mine)
		for range min(n, page) {
			l.write(casework.CaseID{UUID: l.id()}, casework.EntryID{UUID: l.id()}, nil, events...)
		}
		req := &wire.Request{Version: 1, Clock: wire.Clock{Wall: l.now.UnixMilli()}}
		for _, k := range l.mine[from:] {
			req.Up = append(req.Up, wire.Item{Raw: k.raw})
		}
		reply, err := l.Exchange(ctx, l.public(), req)
		if err != nil || len(reply.Stamps) < len(req.Up) {
			l.t.Fatal(err)
		}
	}
}
