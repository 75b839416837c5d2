//go:build unix

// Command desk measures what 100,000 cases cost on a laptop, each figure beside
// the bare work that nobody can spare: reading and opening the same bytes, a scan
// of the same text, a desk with 100 cases, a save on a quiet file. It prints
// ratios; docs/performance.md says which are aimed at.
//
// It makes its profiles once and keeps them:
//
//	go run ./cmd/internal/bench/desk [-cases N] [-dir DIR] [start|paint|search|save|memory|keys ...]
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// small is how many cases the profile beside the large one has.
const small = 100

type bench struct {
	dir   string // of the profiles
	cases int
	runs  int
}

func main() {
	cache, _ := os.UserCacheDir()
	b := &bench{}
	flag.StringVar(&b.dir, "dir", filepath.Join(cache, "casedesk-bench"), "where the profiles are kept")
	flag.IntVar(&b.cases, "cases", 100_000, "cases of the large profile")
	flag.IntVar(&b.runs, "runs", 9, "repetitions, of which medians are told")
	child := flag.String("child", "", "what a process of its own measures")
	flag.Parse()
	switch *child {
	case "":
	case "minimal":
		check(runMinimal())
		return
	default:
		check(b.inside(*child))
		return
	}
	parts := map[string]func() error{"start": b.start, "paint": b.paint, "search": b.search, "save": b.save, "memory": b.memory, "keys": b.keysPainted}
	asked := flag.Args()
	if len(asked) == 0 {
		asked = []string{"start", "paint", "search", "save", "memory", "keys"}
	}
	for _, name := range asked {
		part, known := parts[name]
		if !known {
			check(fmt.Errorf("no part %q", name))
		}
		check(part())
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// timed returns how long fn takes.
func timed(fn func() error) (time.Duration, error) {
	begin := time.Now()
	err := fn()
	return time.Since(begin), err
}

// times are repeated measurements.
type times []time.Duration

// at returns the measurement below which a share of all lies.
func (t times) at(share float64) time.Duration {
	if len(t) == 0 {
		return 0
	}
	t = slices.Sorted(slices.Values(t))
	return t[min(len(t)-1, int(share*float64(len(t))))]
}

func (t times) median() time.Duration { return t.at(0.5) }

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
