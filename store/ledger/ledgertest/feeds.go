package ledgertest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// Ensure lines are numbered from 1 without gaps, each feed for itself.
func testFeeds(t *testing.T, b Backend) {
	l := open(t, b, "feeds")
	update(t, l, func(tx ledger.Tx) error {
		for i, feed := range []catalogue.UnitID{"441621", "441621102", "441621", "441621"} {
			if _, err := tx.Extend(feed, fmt.Appendf(nil, "line %d", i)); err != nil {
				return err
			}
		}
		n, err := tx.Extend("441621102", []byte{})
		equal(t, "number of the second line", n, 2)
		return err
	})
	view(t, l, func(r ledger.Reader) error {
		equal(t, "441621", lines(t, r, "441621", 0), "[1:line 0 2:line 2 3:line 3]")
		equal(t, "441621 after 1", lines(t, r, "441621", 1), "[2:line 2 3:line 3]")
		equal(t, "441621 after 3", lines(t, r, "441621", 3), "[]")
		equal(t, "441621 after 9", lines(t, r, "441621", 9), "[]")
		equal(t, "441621102", lines(t, r, "441621102", 0), "[1:line 1 2:]")
		equal(t, "unknown feed", lines(t, r, "44162", 0), "[]")
		head, err := r.FeedHead("441621")
		equal(t, "head", head, 3)
		if err != nil {
			return err
		}
		head, err = r.FeedHead("nobody")
		equal(t, "head of an unknown feed", head, 0)
		return err
	})
	err := l.Update(context.Background(), func(tx ledger.Tx) error {
		_, err := tx.Extend("", []byte("x"))
		return err
	})
	mustBe(t, err, ledger.ErrInvalid)
}

// Ensure a reader that polls with its last number misses and repeats nothing
// while many write: 8 writers, some of whose updates fail, and 4 pollers.
func testFeedsConcurrent(t *testing.T, b Backend) {
	const writers, pollers, each = 8, 4, 60
	const feed = catalogue.UnitID("441621")
	l := open(t, b, "concurrent")
	failed := fmt.Errorf("fails on purpose")
	var writing, polling sync.WaitGroup
	stop := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				line := fmt.Appendf(nil, "%d-%d", w, i)
				var n uint64
				err := l.Update(context.Background(), func(tx ledger.Tx) (err error) {
					if n, err = tx.Extend(feed, line); err == nil && i%7 == 3 {
						err = failed
					}
					return err
				})
				if i%7 == 3 && err != failed || i%7 != 3 && err != nil {
					t.Errorf("Update: %v", err)
				}
				if err != nil {
					continue
				}
				if err := l.View(context.Background(), func(r ledger.Reader) error {
					return r.Feed(feed, n-1, func(at uint64, got []byte) bool {
						if at != n || string(got) != string(line) {
							t.Errorf("line %d is %q, want line %d %q", at, got, n, line)
						}
						return false
					})
				}); err != nil {
					t.Errorf("View: %v", err)
				}
			}
		})
	}
	seen := make([][]string, pollers)
	for p := range pollers {
		polling.Go(func() {
			var cursor uint64
			for ended := false; ; {
				before := cursor
				err := l.View(context.Background(), func(r ledger.Reader) error {
					return r.Feed(feed, cursor, func(n uint64, line []byte) bool {
						if n != cursor+1 {
							t.Errorf("line %d follows line %d", n, cursor)
						}
						cursor = n
						seen[p] = append(seen[p], string(line))
						return n%5 != 0 // pages of five
					})
				})
				if err != nil {
					t.Errorf("View: %v", err)
					return
				}
				if ended && cursor == before {
					return
				}
				select {
				case <-stop:
					ended = true
				default:
				}
			}
		})
	}
	writing.Wait()
	close(stop)
	polling.Wait()
	for p := range pollers {
		equal(t, "lines seen", len(seen[p]), writers*(each-9))
		next := make([]int, writers)
		for _, line := range seen[p] {
			var w, i int
			fmt.Sscanf(line, "%d-%d", &w, &i)
			if i%7 == 3 || i < next[w] {
				t.Fatalf("line %q was undone, or follows line %d-%d", line, w, next[w]-1)
			}
			next[w] = i + 1
		}
	}
}
