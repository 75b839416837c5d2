//go:build linux && (amd64 || arm64)

package ruin_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
)

// Kills of the short version: of a writer of the same store, which needs no time
// for its passphrase, and rounds of the programs themselves.
const (
	writerKills  = 300
	programKills = 20
)

func writerOptions() store.Options {
	return store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Ballast: 1 << 16,
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

// write is the writer: it opens the profile as the desk does, and tells of every
// save when it is one. Now and then it ends in order and begins again.
func write(dir string) {
	fail := func(err error) {
		if err != nil {
			fmt.Println("bad", err)
			os.Exit(1)
		}
	}
	for {
		if store.Doubtful(dir) {
			fmt.Println("doubt")
			fail(store.CheckFile(dir))
		}
		s, err := store.Open(dir, passphrase, writerOptions())
		fail(err)
		fmt.Println("open")
		for range 1 + rand.IntN(40) {
			id, err := s.NewEntry()
			fail(err)
			saved, err := s.Append(store.Work{Events: []casework.Event{registration(id.String())}})
			fail(err)
			fmt.Println("ack", id, saved.Case)
			note, err := s.NewEntry()
			fail(err)
			_, err = s.Append(store.Work{Case: saved.Case, UID: note, Events: []casework.Event{&casework.Noted{Note: "又吵了"}}})
			fail(err)
			fmt.Println("ack", note, saved.Case)
		}
		fail(s.Close())
	}
}

func registration(title string) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Fields: casework.Fields{
		casework.FieldCategory: "0201", casework.FieldTitle: title, casework.FieldFacts: "两家为排水沟争吵",
		casework.FieldDivision: "441621102", casework.FieldChannel: "03"}}
}

// Ensure that a writer that is killed at any moment loses nothing that it told of
// as saved, keeps nothing twice, leaves a whole file, and that the next one knows
// that it was killed.
func TestKill_Writer(t *testing.T) {
	began, seed := time.Now(), rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	kills, acks, doubts, failures := 0, 0, 0, 0
	for round := 0; kills < writerKills || time.Since(began) < soak(); round++ {
		dir := ram(t)
		s, _, err := store.Create(dir, passphrase, writerOptions())
		ok(t, err)
		ok(t, s.Close())
		saved := map[string]string{} // entry → case
		for range 100 {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "CASEDESK_RUIN_WRITER="+dir)
			out := must[io.ReadCloser](t)(cmd.StdoutPipe())
			ok(t, cmd.Start())
			// One in four dies while it starts, the others at work.
			kill := func() { time.AfterFunc(time.Duration(r.IntN(20_000))*time.Microsecond, func() { cmd.Process.Kill() }) }
			atWork := r.IntN(4) > 0
			if !atWork {
				kill()
			}
			for in := bufio.NewReader(out); ; {
				line, err := in.ReadString('\n')
				if err != nil {
					break // a line without its end was not said
				}
				if atWork && strings.HasPrefix(line, "ack") {
					atWork = false
					kill()
				}
				switch f := strings.Fields(line); f[0] {
				case "ack":
					saved[f[1]] = f[2]
				case "open":
				case "doubt":
					doubts++
				default:
					failures++
					t.Errorf("seed %d: %s", seed, line)
				}
			}
			cmd.Wait()
			kills++
		}
		acks += len(saved)
		if n := missing(t, dir, saved); n > 0 {
			failures += n
			t.Errorf("seed %d, round %d: %d acknowledged saves are lost or doubled", seed, round, n)
		}
	}
	if doubts == 0 || acks < kills/2 {
		t.Errorf("%d kills, %d acks, %d doubts: the kills hit nothing", kills, acks, doubts)
	}
	fmt.Printf("SOAK|SIGKILL, writer|%d kills, %d acknowledged saves|%d|%d\n", kills, acks, failures, seed)
}

// missing counts the saves that are not in the profile exactly once, after its
// check.
func missing(t *testing.T, dir string, saved map[string]string) (bad int) {
	ok(t, store.CheckFile(dir))
	s := must[*store.Store](t)(store.Open(dir, passphrase, writerOptions()))
	defer s.Close()
	if report := must[store.Report](t)(s.Check(context.Background())); len(report.Faults) > 0 {
		t.Errorf("faults: %v", report.Faults)
	}
	times, titles := map[string]int{}, map[string]int{}
	for _, row := range must[store.List](t)(s.Rows(store.Query{})).Rows {
		titles[row.Title]++
		for _, e := range must[[]casework.Entry](t)(s.Entries(row.ID)) {
			times[e.UID.String()+row.ID.String()]++
		}
	}
	for uid, id := range saved {
		if times[uid+id] != 1 && titles[uid] != 1 {
			bad++
		}
	}
	for _, n := range titles {
		if n != 1 {
			bad++
		}
	}
	return bad
}

// Ensure that the programs themselves, killed at any moment, lose nothing that
// they acknowledged: what new printed is listed, what sync counted as taken is at
// the county, nothing is there twice, and both files are whole.
func TestKill_Programs(t *testing.T) {
	l := newLab(t, ram(t))
	l.found()
	began, seed := time.Now(), rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	saved, tried, kills, taken := map[string]bool{}, 0, 0, 0
	first := time.Now()
	l.must(dispute("第0件"), "casedesk", "new", "-")
	// Programs are killed at some moment of their span, which follows how fast the
	// machine is now, so that about half of them come to their end.
	span := map[string]time.Duration{"new": time.Since(first), "sync": time.Since(first)}
	moment := func(command string) time.Duration { return time.Duration(r.Float64() * float64(span[command])) }
	// killed runs a program that is killed after a while, and returns what it said.
	killed := func(in, program string, args ...string) []map[string]any {
		cmd := l.command(program, append(args, "--json")...)
		var out bytes.Buffer
		cmd.Stdin, cmd.Stdout = strings.NewReader(in), &out
		ok(t, cmd.Start())
		late := time.AfterFunc(moment(args[0]), func() { cmd.Process.Kill() })
		cmd.Wait()
		if late.Stop() {
			span[args[0]] -= span[args[0]] / 6
			return lines(out.Bytes())
		}
		span[args[0]] += span[args[0]] / 6
		kills++
		return lines(out.Bytes())
	}
	// It goes on until something was acknowledged by both, or nothing can be told.
	told := func() bool { return kills >= programKills && len(saved) > 0 && taken > 0 }
	for round := 0; round < 10*programKills && !told() || time.Since(began) < soak(); round++ {
		var in strings.Builder
		var names []string
		for range 1 + r.IntN(20) {
			tried++
			names = append(names, fmt.Sprintf("第%d件", tried))
			in.WriteString(dispute(names[len(names)-1]))
		}
		for _, line := range killed(in.String(), "casedesk", "new", "-") {
			if n, last := line["created"]; last && int(n.(float64)) == len(names) {
				for _, name := range names {
					saved[name] = true
				}
			}
		}
		if l.server != nil && r.IntN(2) == 0 {
			server := l.server
			time.AfterFunc(moment("sync"), func() { server.Process.Kill() })
			kills++
		}
		for _, line := range killed("", "casedesk", "sync") {
			if n, there := line["taken"]; there {
				taken += int(n.(float64))
			}
		}
		if round%2 == 1 {
			l.halt()
			if !l.serve() {
				t.Fatal("the county does not come up again")
			}
		}
	}
	l.halt()
	if !l.serve() {
		t.Fatal("the county does not come up again")
	}
	failures := 0
	l.sync()
	all, there := l.titles(""), l.titles("delivered")
	for name, n := range all {
		if n != 1 || there[name] != 1 {
			failures++
			t.Errorf("seed %d: %s is here %d times, delivered %d times", seed, name, n, there[name])
		}
	}
	for name := range saved {
		if all[name] != 1 {
			failures++
			t.Errorf("seed %d: %s was acknowledged and is lost", seed, name)
		}
	}
	l.clean()
	entries := int(l.must("", "countyd", "verify")[0]["entries"].(float64))
	mine := int(l.must("", "casedesk", "check")[0]["entries"].(float64))
	if entries < mine || taken > entries {
		failures++
		t.Errorf("the county has %d entries, the laptop wrote %d, %d were told as taken", entries, mine, taken)
	}
	if !told() {
		t.Errorf("%d kills, %d acknowledged cases: too few to tell anything", kills, len(saved))
	}
	fmt.Printf("SOAK|SIGKILL, programs|%d kills, %d acknowledged cases, %d entries taken|%d|%d\n", kills, len(saved), taken, failures, seed)
}
