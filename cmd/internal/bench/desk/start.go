//go:build unix

package main

import (
	"fmt"
	"path/filepath"
	"runtime"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"

	"casedesk/store"
)

// start compares opening a profile up to a whole list with reading and opening
// the bytes of its rows on all processors.
func (b *bench) start() error {
	dir, err := b.profile(b.cases)
	if err != nil {
		return err
	}
	var bare, ours, bareCPU, oursCPU times
	var bytes int
	for range b.runs {
		runtime.GC()
		before := cpu()
		d, err := timed(func() (err error) { bytes, err = bareOpen(dir); return err })
		if err != nil {
			return err
		}
		bare, bareCPU = append(bare, d), append(bareCPU, cpu()-before)
		runtime.GC()
		before = cpu()
		var s *store.Store
		d, err = timed(func() (err error) {
			if s, err = open(dir); err != nil {
				return err
			}
			list, err := s.Rows(store.Query{Tab: store.TabTodo, Limit: 40})
			if err == nil && (list.Total != b.cases || len(list.Rows) != min(40, b.cases)) {
				err = fmt.Errorf("%d rows of %d", len(list.Rows), list.Total)
			}
			return err
		})
		if err != nil {
			return err
		}
		ours, oursCPU = append(ours, d), append(oursCPU, cpu()-before)
		if err := s.Close(); err != nil {
			return err
		}
	}
	fmt.Printf("start   %d cases, %.1f MB of rows: bare %s, unlock to a list %s, ratio %.2f\n",
		b.cases, float64(bytes)/1e6, ms(bare.median()), ms(ours.median()), ratio(ours.median(), bare.median()))
	fmt.Printf("start   by processor time, which a busy machine does not stretch: bare %s, ours %s, ratio %.2f\n",
		ms(bareCPU.median()), ms(oursCPU.median()), ratio(oursCPU.median(), bareCPU.median()))
	return nil
}

// bareOpen opens the file and its rows and does nothing with them.
func bareOpen(dir string) (total int, err error) {
	db, err := bolt.Open(filepath.Join(dir, "desk.db"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoStatistics: true})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	box, err := boxOf(db)
	if err != nil {
		return 0, err
	}
	workers := runtime.GOMAXPROCS(0)
	sums := make([]int, workers)
	var last uint64
	err = db.View(func(tx *bolt.Tx) error {
		k, _ := tx.Bucket([]byte("r")).Cursor().Last()
		last = be64(k)
		return nil
	})
	if err != nil {
		return 0, err
	}
	var group errgroup.Group
	for w := range uint64(workers) {
		group.Go(func() error {
			return db.View(func(tx *bolt.Tx) error {
				c := tx.Bucket([]byte("r")).Cursor()
				end := u64(last*(w+1)/uint64(workers) + 1)
				o := box.Opener()
				for k, v := c.Seek(u64(last*w/uint64(workers) + 1)); k != nil && string(k) < string(end); k, v = c.Next() {
					plain, err := o.Open([]byte("r"), k, 1, v)
					if err != nil {
						return err
					}
					sums[w] += len(plain)
				}
				return nil
			})
		})
	}
	err = group.Wait()
	for _, n := range sums {
		total += n
	}
	return total, err
}
