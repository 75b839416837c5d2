package mutants_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	all  = flag.Bool("mutants", false, "let the simulator look for every mutant")
	only = flag.String("mutants.only", "", "only those whose name matches this")
	show = flag.Bool("mutants.show", false, "print what the simulator said")
	// A mutant must be found within 200 runs; fewer show which are hard to find.
	seeds = flag.Int("mutants.seeds", 200, "runs within which a mutant must be found")
)

const root = "../../.."

// mutate returns the changed files by their names, or why it cannot be done.
func (m *mutant) mutate() (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, e := range m.edits {
		text, ok := out[e.file]
		if !ok {
			var err error
			if text, err = os.ReadFile(filepath.Join(root, e.file)); err != nil {
				return nil, err
			}
		}
		if n := bytes.Count(text, []byte(e.old)); n != 1 {
			return nil, fmt.Errorf("%s has %q %d times, want once", e.file, e.old, n)
		}
		out[e.file] = bytes.Replace(text, []byte(e.old), []byte(e.new), 1)
	}
	for file, text := range out {
		if _, err := format.Source(text); err != nil {
			return nil, fmt.Errorf("%s is no longer Go: %w", file, err)
		}
	}
	return out, nil
}

// Ensure that every mutant still fits the files that it changes.
func TestMutants_Fit(t *testing.T) {
	names := map[string]bool{}
	for _, m := range mutants {
		if _, err := m.mutate(); err != nil {
			t.Errorf("%s: %v", m.name, err)
		}
		if names[m.name] {
			t.Errorf("%s stands in the table twice", m.name)
		}
		names[m.name] = true
	}
}

// Ensure that the simulator finds every mutant.
func TestMutants(t *testing.T) {
	if !*all {
		t.Skip("SKIPPED: takes minutes; run with -mutants")
	}
	fmt.Println("mutant | caught at seed | time | of the processors")
	var wait sync.WaitGroup
	turn := make(chan struct{}, max(1, runtime.NumCPU()))
	begun := time.Now()
	for _, m := range mutants {
		if !regexp.MustCompile(*only).MatchString(m.name) {
			continue
		}
		wait.Go(func() {
			turn <- struct{}{}
			defer func() { <-turn }()
			began := time.Now()
			seed, used, err := m.hunt(t.TempDir())
			if err != nil {
				t.Errorf("%s: %v", m.name, err)
				seed = "-"
			}
			fmt.Printf("%-55s | %4s | %5.1f s | %5.1f s\n", m.name, seed, time.Since(began).Seconds(), used.Seconds())
		})
	}
	wait.Wait()
	fmt.Printf("%d mutants in %.0f s\n", len(mutants), time.Since(begun).Seconds())
}

var failed = regexp.MustCompile(`seed (\d+) failed`)

// hunt builds the simulator with the mutant in it and returns the seed at which it
// noticed, with what both took of the processors.
func (m *mutant) hunt(dir string) (seed string, used time.Duration, err error) {
	program, used, err := m.build(dir)
	if err != nil {
		return "", used, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-test.run=TestOffice$", "-test.timeout=4m", fmt.Sprintf("-sim.seeds=%d", *seeds))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CASEDESK_SOAK=", "GOMAXPROCS=1", "TMPDIR="+fastest(dir))
	out, err := cmd.CombinedOutput()
	used += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if err == nil {
		return "", used, fmt.Errorf("survived %d runs", *seeds)
	}
	found := failed.FindSubmatch(out)
	if found == nil {
		return "", used, fmt.Errorf("the simulator broke off: %w\n%s", err, out[max(0, len(out)-2000):])
	}
	if *show {
		fmt.Printf("%s:\n%s\n", m.name, out[:min(len(out), 1500)])
	}
	return string(found[1]), used, nil
}

func (m *mutant) build(dir string) (program string, used time.Duration, err error) {
	files, err := m.mutate()
	if err != nil {
		return "", 0, err
	}
	top, err := filepath.Abs(root)
	if err != nil {
		return "", 0, err
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for file, text := range files {
		changed := filepath.Join(dir, strings.ReplaceAll(file, "/", "-"))
		if err := os.WriteFile(changed, text, 0o600); err != nil {
			return "", 0, err
		}
		overlay.Replace[filepath.Join(top, filepath.FromSlash(file))] = changed
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		return "", 0, err
	}
	listed, made := filepath.Join(dir, "overlay.json"), filepath.Join(dir, "sim.test")
	if err := os.WriteFile(listed, list, 0o600); err != nil {
		return "", 0, err
	}
	cmd := exec.Command("go", "test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", listed, "-o", made, "./sync/sim")
	cmd.Dir = top
	out, err := cmd.CombinedOutput()
	used = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if err != nil {
		return "", used, fmt.Errorf("does not compile: %w\n%s", err, out)
	}
	return made, used, nil
}

// fastest is a folder in memory, where the machine has one: what a run writes is
// thrown away.
func fastest(dir string) string {
	const memory = "/dev/shm"
	probe, err := os.CreateTemp(memory, "mutants")
	if err != nil {
		return dir
	}
	probe.Close()
	os.Remove(probe.Name())
	return memory
}
