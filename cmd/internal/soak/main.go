// Command soak runs the long versions of the proofs within a given time, two at
// once, and prints a table of what was tried, for docs/reliability.md:
//
//	go run ./cmd/internal/soak -for 1h
//
// Every proof is a test that goes on with fresh seeds for as long as
// CASEDESK_SOAK says and ends with a line "SOAK|name|tried|failures|seeds".
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// proof is a test that has a long version.
type proof struct {
	pkg, test string
	share     int // of the time, in parts of all shares
}

// proofs are what is run; a line of each may tell of several.
var proofs = []proof{
	{"./sync/sim", "^TestOffice$", 30},
	{"./cmd/internal/disk", "^TestPowerCut$", 12},
	{"./cmd/internal/disk", "^TestFailure", 8}, // every call once with every fault, however long that takes
	{"./store", "^TestStore_BitFlips$", 6},
	{"./sync/county", "^TestCounty_BitFlips$", 6},
	{"./cmd/internal/ruin", "^TestKill_Writer$", 8},
	{"./cmd/internal/ruin", "^TestKill_Programs$", 5},
	{"./cmd/internal/ruin", "^TestFullDisk$", 3},
	{"./sync/line", "^TestCutAtEveryByte$", 8},
	{"./sync/line", "^TestForged_Mutations$", 4},
	{"./sync/line", "^TestScopeOracle$", 5},
	{"./cmd/internal/hostile", "^TestHostileText_Desk$", 4},
}

var (
	whole = flag.Duration("for", time.Hour, "how long all of it may take")
	only  = flag.String("only", "", "run the proofs whose package or test contains this")
)

// result is one line of the table.
type result struct{ name, tried, failures, seeds string }

func main() {
	flag.Parse()
	results, ok := run()
	tell(results)
	if !ok {
		os.Exit(1)
	}
}

// lanes is how many proofs run at once.
const lanes = 2

func run() (results []result, ok bool) {
	var chosen []proof
	total := 0
	for _, p := range proofs {
		if strings.Contains(p.pkg+" "+p.test, *only) {
			chosen, total = append(chosen, p), total+p.share
		}
	}
	dir, err := os.MkdirTemp("", "casedesk-soak-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return nil, false
	}
	defer os.RemoveAll(dir)
	ok = true
	queue := make(chan proof, len(chosen))
	for _, p := range chosen {
		queue <- p
	}
	close(queue)
	var mu sync.Mutex
	var all sync.WaitGroup
	for range lanes {
		all.Go(func() {
			for p := range queue {
				lines, err := p.run(dir, *whole*time.Duration(p.share*lanes)/time.Duration(total))
				mu.Lock()
				results = append(results, lines...)
				if err != nil {
					ok = false
					fmt.Fprintf(os.Stderr, "%s %s: %v\n", p.pkg, p.test, err)
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return results, ok
}

// run runs a proof and returns the lines that it printed. What a failing one
// printed is shown.
func (p proof) run(dir string, long time.Duration) ([]result, error) {
	binary := filepath.Join(dir, strings.NewReplacer("/", "-", ".", "", "^", "", "$", "").Replace(p.pkg+p.test)+".test")
	if out, err := exec.Command("go", "test", "-c", "-o", binary, p.pkg).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	cmd := exec.Command(binary, "-test.run", p.test, "-test.timeout", (long + 20*time.Minute).String())
	cmd.Dir = p.pkg
	cmd.Env = append(os.Environ(), "CASEDESK_SOAK="+long.String())
	out, err := cmd.CombinedOutput()
	var lines []result
	for scan := bufio.NewScanner(bytes.NewReader(out)); scan.Scan(); {
		if f := strings.Split(scan.Text(), "|"); len(f) == 5 && f[0] == "SOAK" {
			lines = append(lines, result{f[1], f[2], f[3], f[4]})
		}
	}
	if err != nil {
		return lines, fmt.Errorf("%w\n%s", err, tail(out))
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("it told nothing\n%s", tail(out))
	}
	return lines, nil
}

func tail(out []byte) []byte {
	const most = 20_000
	return out[max(0, len(out)-most):]
}

func tell(results []result) {
	commit, _ := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	fmt.Printf("Commit %s, %s, %d processors, %s, %s in all, on %s.\n\n", bytes.TrimSpace(commit), runtime.Version(), runtime.NumCPU(),
		runtime.GOOS+"/"+runtime.GOARCH, *whole, time.Now().Format(time.DateOnly))
	fmt.Println("| proof | tried | failures | seeds |\n|---|---|---|---|")
	for _, r := range results {
		fmt.Printf("| %s | %s | %s | %s |\n", r.name, r.tried, r.failures, r.seeds)
	}
}
