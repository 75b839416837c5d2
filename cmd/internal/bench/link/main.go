// Command link measures synchronising over a slow line of 64 kbit/s and 600 ms,
// in real time and one run: what 100 new cases, 100 edits and nothing new cost,
// and a month's work over a line that breaks every 20 seconds.
//
//	go run ./cmd/internal/bench/link
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"casedesk/cmd/internal/bench/work"
	"casedesk/cmd/internal/bench/world"
	"casedesk/cmd/internal/line"
	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/sync/agent"
)

var (
	rate  = flag.Int("rate", 8000, "bytes a second, each way")
	trip  = flag.Duration("trip", 600*time.Millisecond, "a round trip")
	every = flag.Duration("every", 20*time.Second, "how often the line breaks")
	month = flag.Int("month", 250, "cases of a month's work")
	only  = flag.Bool("month-only", false, "leave the rest out")
	ctx   = context.Background()
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w, err := world.New(dir)
	if err != nil {
		return err
	}
	defer w.Close()
	writer, err := w.Laptop("writer", work.Writer)
	if err != nil {
		return err
	}
	reader, err := w.Laptop("reader", work.Reader)
	if err != nil {
		return err
	}
	b := &bench{w: w, slow: line.Line{Rate: *rate, Delay: *trip / 2}}
	if *only {
		return b.month()
	}
	base := work.Cases(1000, 1, work.Plain)
	for _, desk := range []*store.Store{writer, reader} {
		if desk == writer {
			if _, err := writer.Import(base, nil); err != nil {
				return err
			}
		}
		if _, err := world.Agent(desk, "").Sync(ctx, nil); err != nil {
			return err
		}
	}
	if _, err := writer.Import(work.Cases(100, 2, work.Plain), nil); err != nil {
		return err
	}
	for _, part := range []struct {
		name string
		desk *store.Store
		does func() error
	}{
		{"100 new cases, push", writer, nil},
		{"100 new cases, pull", reader, nil},
		{"100 edits, push", writer, func() error { _, err := writer.Import(work.Edits(base, 100, 3), nil); return err }},
		{"100 edits, pull", reader, nil},
		{"nothing new", writer, nil},
	} {
		if part.does != nil {
			if err := part.does(); err != nil {
				return err
			}
		}
		if err := b.once(part.name, part.desk); err != nil {
			return err
		}
	}
	return b.month()
}

type bench struct {
	w    *world.World
	slow line.Line
}

// once synchronises over a line that holds, with a new connection.
func (b *bench) once(name string, desk *store.Store) error {
	p, err := line.Start(b.w.Addr, b.slow)
	if err != nil {
		return err
	}
	defer p.Close()
	began := time.Now()
	out, err := world.Agent(desk, p.Addr()).Sync(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	took := time.Since(began)
	up, down, _ := p.Carried()
	bound := time.Duration(max(up, down))*time.Second/time.Duration(*rate) + 2**trip
	fmt.Printf("%-20s %6.2f s, the line itself and two round trips %6.2f s (x%.2f); messages %d B up, %d B down; line %d B up, %d B down; %d round trips\n",
		name, took.Seconds(), bound.Seconds(), took.Seconds()/bound.Seconds(), out.BytesUp, out.BytesDown, up, down, out.RoundTrips)
	return nil
}

// month sends and fetches a month's work, over a line that holds and over one
// that breaks.
func (b *bench) month() error {
	var carried [2]int64
	// Two towns, so that neither laptop is sent what the other wrote.
	towns := []struct {
		user catalogue.UserID
		code catalogue.DivisionCode
	}{{"mediator2", "441621109"}, {"mediator3", "441621108"}}
	for i, every := range []time.Duration{0, *every} {
		writer, err := b.w.Laptop(fmt.Sprint("month-writer", i), towns[i].user)
		if err != nil {
			return err
		}
		works := work.CasesAt(towns[i].code, *month, uint64(10+i), work.Plain)
		if _, err := writer.Import(works, nil); err != nil {
			return err
		}
		up, tries, took, err := b.tireless(writer, every)
		if err != nil {
			return err
		}
		carried[i] = up
		fmt.Printf("a month's %d cases, %d entries, line breaking every %s: %.0f s, %d tries, %d B\n", *month, len(works), every, took.Seconds(), tries, up)
	}
	fmt.Printf("bytes with breaks %.3f of those without\n", float64(carried[1])/float64(carried[0]))
	return nil
}

// tireless tries until all is done, as a laptop's agent does.
func (b *bench) tireless(desk *store.Store, every time.Duration) (bytes int64, tries int, took time.Duration, err error) {
	l := b.slow
	l.Every = every
	p, err := line.Start(b.w.Addr, l)
	if err != nil {
		return 0, 0, 0, err
	}
	defer p.Close()
	began := time.Now()
	a := world.Agent(desk, p.Addr())
	for tries = 1; ; tries++ {
		out, err := a.Sync(ctx, nil)
		if err == nil {
			break
		}
		if out.Result != agent.Offline || tries > 100 {
			return 0, tries, 0, err
		}
		time.Sleep(2 * time.Second)
	}
	up, down, _ := p.Carried()
	return up + down, tries, time.Since(began), nil
}
