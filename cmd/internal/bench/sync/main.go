// Command sync measures a first push and a first pull against the floor, in one
// process and one run:
//
//	go run ./cmd/internal/bench/sync -cases 10000 -reps 3
package main

import (
	"context"
	"crypto/ed25519"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"time"

	"casedesk/cmd/internal/bench/floor"
	"casedesk/cmd/internal/bench/work"
	"casedesk/cmd/internal/bench/world"
	"casedesk/store"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
)

var (
	cases   = flag.Int("cases", 10_000, "cases of the first push")
	reps    = flag.Int("reps", 3, "repetitions; medians are told")
	hard    = flag.Bool("hard", false, "text that packs badly")
	profile = flag.String("profile", "", "write a CPU profile of this part to cpu.prof: write, push or pull")
	ctx     = context.Background()
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// result is one repetition: seconds, and bytes of messages.
type result struct {
	write, push, pull          float64
	up, down, trips            int
	floorWrite                 float64
	signedPush, signedPull     float64 // server and reader verify
	unsignedPush, unsignedPull float64
	floorUp, floorDown         int
	entries                    int
}

func run() error {
	text := work.Plain
	if *hard {
		text = work.Hard
	}
	works := work.Cases(*cases, 1, text)
	var all []result
	for range *reps {
		r, err := once(works)
		if err != nil {
			return err
		}
		all = append(all, r)
		fmt.Printf("%+v\n", r)
	}
	tell(all)
	return nil
}

func once(works []store.Work) (r result, err error) {
	dir, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	w, err := world.New(dir)
	if err != nil {
		return r, err
	}
	defer w.Close()
	b := &bench{World: w}
	if b.writer, err = w.Laptop("writer", work.Writer); err != nil {
		return r, err
	}
	if b.reader, err = w.Laptop("reader", work.Reader); err != nil {
		return r, err
	}
	if err := b.product(works, &r); err != nil {
		return r, err
	}
	return r, b.floors(&r)
}

// bench is one repetition.
type bench struct {
	*world.World
	writer, reader *store.Store
	raws           [][]byte // the writer's entries
}

func sync(desk *store.Store) (agent.Outcome, error) { return world.Agent(desk, "").Sync(ctx, nil) }

// timed measures a part, with a profile of it if that was asked for.
func timed(part string, fn func() error) (float64, error) {
	if part == *profile {
		f, err := os.Create("cpu.prof")
		if err != nil {
			return 0, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return 0, err
		}
		defer pprof.StopCPUProfile()
	}
	began := time.Now()
	err := fn()
	return time.Since(began).Seconds(), err
}

func (w *bench) product(works []store.Work, r *result) (err error) {
	r.write, err = timed("write", func() error {
		for batch := range slices.Chunk(works, floor.Batch) {
			if _, err := w.writer.Import(batch, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for sent, left := (store.Sent{}), 1; left > 0; {
		b, err := w.writer.Outbox(sent, 8<<20)
		if err != nil {
			return err
		}
		for _, it := range b.Items {
			w.raws = append(w.raws, it.Raw)
		}
		sent, left = b.Next, b.Left
	}
	r.entries = len(w.raws)
	var out agent.Outcome
	if r.push, err = timed("push", func() error { out, err = sync(w.writer); return err }); err != nil {
		return err
	}
	r.up, r.trips = out.BytesUp, out.RoundTrips
	if r.pull, err = timed("pull", func() error { out, err = sync(w.reader); return err }); err != nil {
		return err
	}
	r.down = out.BytesDown
	if out.Received != len(works) {
		return fmt.Errorf("the reader got %d entries of %d", out.Received, len(works))
	}
	return nil
}

// floors does the same with the same entries.
func (w *bench) floors(r *result) error {
	key := w.writer.Signer().Public().(ed25519.PublicKey)
	for i, opt := range []floor.Options{{Key: key, ReaderToo: true, Dictionary: wire.Dictionary()}, {Dictionary: wire.Dictionary()}} {
		file := func(name string) (*floor.File, error) { return floor.Open(filepath.Join(w.Dir, fmt.Sprint(name, i))) }
		mine, err := file("floor-writer")
		if err != nil {
			return err
		}
		r.floorWrite, err = timed("", func() error {
			for batch := range slices.Chunk(w.raws, floor.Batch) {
				if err := mine.Append(batch); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		ledger, err := file("floor-server")
		if err != nil {
			return err
		}
		yours, err := file("floor-reader")
		if err != nil {
			return err
		}
		server, err := floor.Serve(ledger, opt)
		if err != nil {
			return err
		}
		push, err := timed("floorpush", func() (err error) { r.floorUp, err = floor.Push(mine, server); return err })
		if err != nil {
			return err
		}
		pull, err := timed("floorpull", func() (err error) { r.floorDown, err = floor.Pull(server, yours); return err })
		if err != nil {
			return err
		}
		if i == 0 {
			r.signedPush, r.signedPull = push, pull
		} else {
			r.unsignedPush, r.unsignedPull = push, pull
		}
		server.Close()
		mine.Close()
		ledger.Close()
		yours.Close()
	}
	return nil
}

func tell(all []result) {
	median := func(of func(result) float64) float64 {
		list := make([]float64, len(all))
		for i, r := range all {
			list[i] = of(r)
		}
		slices.Sort(list)
		return list[len(list)/2]
	}
	row := func(name string, product, signed, unsigned func(result) float64) {
		fmt.Printf("%-12s %8.2f s   signed floor %6.2f s (x%.2f)   unsigned floor %6.2f s (x%.2f)\n", name, median(product),
			median(signed), median(func(r result) float64 { return product(r) / signed(r) }),
			median(unsigned), median(func(r result) float64 { return product(r) / unsigned(r) }))
	}
	fmt.Printf("%d cases, %d entries, medians of %d; write %.2f s\n", *cases, all[0].entries, len(all), median(func(r result) float64 { return r.write }))
	row("first push", func(r result) float64 { return r.push }, func(r result) float64 { return r.signedPush }, func(r result) float64 { return r.unsignedPush })
	row("first pull", func(r result) float64 { return r.pull }, func(r result) float64 { return r.signedPull }, func(r result) float64 { return r.unsignedPull })
	r := all[0]
	fmt.Printf("bytes up     %d, floor %d (x%.2f), %d round trips, %d a case\n", r.up, r.floorUp, float64(r.up)/float64(r.floorUp), r.trips, r.up / *cases)
	fmt.Printf("bytes down   %d, floor %d (x%.2f), %d a case\n", r.down, r.floorDown, float64(r.down)/float64(r.floorDown), r.down / *cases)
}
