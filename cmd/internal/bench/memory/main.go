// Command memory measures the memory of a first push and a first pull, each part
// in a process of its own, by its anonymous pages at their most (mapped files are
// the system's to drop), beside the floor's:
//
//	go run ./cmd/internal/bench/memory -cases 10000
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"casedesk/cmd/internal/bench/floor"
	"casedesk/cmd/internal/bench/work"
	"casedesk/cmd/internal/bench/world"
	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
)

var (
	cases = flag.Int("cases", 10_000, "cases")
	part  = flag.String("part", "", "a part, in a process of its own")
	dir   = flag.String("dir", "", "with -part: the folder")
	at    = flag.String("at", "", "with -part: a slip, or the floor's address")
	ctx   = context.Background()
)

func main() {
	flag.Parse()
	run := map[string]func() error{"": parent, "county": county, "writer": writer, "reader": reader,
		"floor-server": floorServer, "floor-writer": floorWriter, "floor-reader": floorReader}[*part]
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, *part, err)
		os.Exit(1)
	}
}

// child starts a part. It tells lines; what it says last is its peak.
type child struct {
	cmd   *exec.Cmd
	lines *bufio.Scanner
	end   func() error
}

func start(dir, part, at string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, "-cases", fmt.Sprint(*cases), "-part", part, "-dir", dir, "-at", at)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &child{cmd: cmd, lines: bufio.NewScanner(out), end: in.Close}, cmd.Start()
}

func (c *child) line() string {
	c.lines.Scan()
	return c.lines.Text()
}

// peak lets the part end and returns the megabytes that it tells.
func (c *child) peak() (mb float64, err error) {
	c.end()
	if _, err := fmt.Sscanf(c.line(), "peak %f", &mb); err != nil {
		return 0, fmt.Errorf("no peak told: %w", err)
	}
	return mb, c.cmd.Wait()
}

func parent() error {
	dir, err := os.MkdirTemp("", "casedesk-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server, err := start(dir, "county", "")
	if err != nil {
		return err
	}
	slips := strings.Fields(server.line())
	if len(slips) != 2 {
		return fmt.Errorf("the county gave no slips")
	}
	fs, err := start(dir, "floor-server", "")
	if err != nil {
		return err
	}
	base := fs.line()
	fmt.Printf("%d cases; anonymous pages at their most, MB\n", *cases)
	for _, pair := range [][2]struct{ part, at string }{{{"writer", slips[0]}, {"floor-writer", base}}, {{"reader", slips[1]}, {"floor-reader", base}}} {
		var mb [2]float64
		for i, p := range pair {
			c, err := start(dir, p.part, p.at)
			if err != nil {
				return err
			}
			if mb[i], err = c.peak(); err != nil {
				return fmt.Errorf("%s: %w", p.part, err)
			}
		}
		fmt.Printf("%-8s %7.1f, floor %7.1f (x%.2f)\n", pair[0].part, mb[0], mb[1], mb[0]/mb[1])
	}
	mine, err := server.peak()
	if err != nil {
		return err
	}
	theirs, err := fs.peak()
	fmt.Printf("%-8s %7.1f, floor %7.1f (x%.2f)\n", "server", mine, theirs, mine/theirs)
	return err
}

// watch samples this process's anonymous pages until told.
func watch() (tell func()) {
	var most atomic.Int64
	end := make(chan struct{})
	sample := func() {
		b, _ := os.ReadFile("/proc/self/status")
		for line := range strings.Lines(string(b)) {
			var kb int64
			if n, _ := fmt.Sscanf(line, "RssAnon: %d kB", &kb); n == 1 {
				most.Store(max(most.Load(), kb))
			}
		}
	}
	go func() {
		for {
			select {
			case <-end:
				return
			case <-time.After(5 * time.Millisecond):
				sample()
			}
		}
	}()
	return func() { close(end); sample(); fmt.Printf("peak %.1f\n", float64(most.Load())/1024) }
}

// ended waits until the parent wants the part to end.
func ended() { bufio.NewReader(os.Stdin).ReadByte() }

func county() error {
	w, err := world.New(*dir)
	if err != nil {
		return err
	}
	defer w.Close()
	var slips []string
	for _, user := range []catalogue.UserID{work.Writer, work.Reader} {
		slip, err := w.Slip(user)
		if err != nil {
			return err
		}
		slips = append(slips, slip)
	}
	tell := watch()
	fmt.Println(strings.Join(slips, " "))
	ended()
	tell()
	return nil
}

func laptop(name string) (*store.Store, error) {
	desk, _, err := store.Create(filepath.Join(*dir, name), "一二三四五六", store.Options{Name: name, Catalogue: work.Catalogue(),
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	return desk, agent.Enrol(ctx, desk, *at, agent.Config{Dial: dialer.DialContext, Program: "bench"})
}

// writer writes in a store that is closed before the push begins, so that only
// that counts.
func writer() error {
	desk, err := laptop("writer")
	if err != nil {
		return err
	}
	for from := 0; from < *cases; from += 1000 {
		n := min(1000, *cases-from)
		for batch := range slices.Chunk(work.Cases(n, uint64(from+1), work.Plain), 500) {
			if _, err := desk.Import(batch, nil); err != nil {
				return err
			}
		}
	}
	if err := dump(desk); err != nil {
		return err
	}
	if err := desk.Close(); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-cases", fmt.Sprint(*cases), "-part", "reader", "-dir", *dir, "-at", "again")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// reader synchronises a new laptop, or "again" the writer's.
func reader() (err error) {
	var desk *store.Store
	if *at == "again" {
		desk, err = store.Open(filepath.Join(*dir, "writer"), "一二三四五六", store.Options{})
	} else {
		desk, err = laptop("reader")
	}
	if err != nil {
		return err
	}
	tell := watch()
	if _, err := world.Agent(desk, "").Sync(ctx, nil); err != nil {
		return err
	}
	tell()
	return desk.Close()
}

func floorServer() error {
	file, err := floor.Open(filepath.Join(*dir, "floor-server.db"))
	if err != nil {
		return err
	}
	s, err := floor.Serve(file, floor.Options{Dictionary: wire.Dictionary()})
	if err != nil {
		return err
	}
	tell := watch()
	fmt.Println(s.Base())
	ended()
	tell()
	return s.Close()
}

// dump writes the entries to be sent into the floor's file.
func dump(desk *store.Store) error {
	file, err := floor.Open(filepath.Join(*dir, "floor-writer.db"))
	if err != nil {
		return err
	}
	for sent, left := (store.Sent{}), 1; left > 0; {
		b, err := desk.Outbox(sent, 256<<10)
		if err != nil {
			return err
		}
		var batch [][]byte
		for _, it := range b.Items {
			batch = append(batch, it.Raw)
		}
		if err := file.Append(batch); err != nil {
			return err
		}
		sent, left = b.Next, b.Left
	}
	return file.Close()
}

// floorWriter pushes what dump wrote.
func floorWriter() error {
	file, err := floor.Reopen(filepath.Join(*dir, "floor-writer.db"))
	if err != nil {
		return err
	}
	return measure(file, func(s *floor.Server) error { _, err := floor.Push(file, s); return err })
}

func floorReader() error {
	file, err := floor.Open(filepath.Join(*dir, "floor-reader.db"))
	if err != nil {
		return err
	}
	return measure(file, func(s *floor.Server) error { _, err := floor.Pull(s, file); return err })
}

// measure watches the memory of one exchange with the floor's server.
func measure(file *floor.File, exchange func(*floor.Server) error) error {
	s, err := floor.At(*at, wire.Dictionary())
	if err != nil {
		return err
	}
	tell := watch()
	if err := exchange(s); err != nil {
		return err
	}
	tell()
	return file.Close()
}
