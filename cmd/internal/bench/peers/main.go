// Command peers measures how long git and PouchDB take for the same work: the
// same cases as JSON documents, written, pushed to a server on loopback and
// pulled by a second client.
//
//	go run ./cmd/internal/bench/peers -cases 10000
//
// git needs git; PouchDB needs node and npm, and installs its packages into a
// folder of its own. What is missing is said and left out.
package main

import (
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cgi"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	"casedesk/cmd/internal/bench/work"
	"casedesk/store/casework"
)

var cases = flag.Int("cases", 10_000, "cases")

func main() {
	flag.Parse()
	dir, err := os.MkdirTemp("", "casedesk-peers-")
	if err == nil {
		defer os.RemoveAll(dir)
		err = run(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// document is a case as the peers keep it.
type document struct {
	ID     string           `json:"_id"`
	Events []casework.Event `json:"events"`
}

func documents(n int) []*document {
	var all []*document
	byID := map[casework.CaseID]*document{}
	for _, w := range work.Cases(n, 1, work.Plain) {
		d := byID[w.Case]
		if d == nil {
			d = &document{ID: w.Case.String()}
			byID[w.Case] = d
			all = append(all, d)
		}
		d.Events = append(d.Events, w.Events...)
	}
	return all
}

func run(dir string) error {
	docs := documents(*cases)
	if _, err := exec.LookPath("git"); err != nil {
		fmt.Println("SKIPPED: git is not here")
	} else if err := runGit(filepath.Join(dir, "git"), docs); err != nil {
		return fmt.Errorf("git: %w", err)
	}
	if _, err := exec.LookPath("npm"); err != nil {
		fmt.Println("SKIPPED: PouchDB needs node and npm")
		return nil
	}
	return runPouch(filepath.Join(dir, "pouch"), docs)
}

// counter counts the bytes of bodies.
type counter struct {
	http.Handler
	up, down atomic.Int64
}

type countedBody struct {
	io.ReadCloser
	n *atomic.Int64
}

func (b countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.n.Add(int64(n))
	return n, err
}

type countedWriter struct {
	http.ResponseWriter
	n *atomic.Int64
}

func (w countedWriter) Write(p []byte) (int, error) {
	w.n.Add(int64(len(p)))
	return w.ResponseWriter.Write(p)
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Body = countedBody{r.Body, &c.up}
	c.Handler.ServeHTTP(countedWriter{w, &c.down}, r)
}

func runGit(dir string, docs []*document) error {
	server, writer, reader := filepath.Join(dir, "server.git"), filepath.Join(dir, "writer"), filepath.Join(dir, "reader")
	git := func(in string, args ...string) error {
		cmd := exec.Command("git", append([]string{"-C", in, "-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "http.postBuffer=1073741824"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("git %v: %w\n%s", args, err, out)
		}
		return nil
	}
	if err := os.MkdirAll(writer, 0o700); err != nil {
		return err
	}
	if err := git(dir, "init", "-q", "--bare", "-b", "main", server); err != nil {
		return err
	}
	if err := git(server, "config", "http.receivepack", "true"); err != nil {
		return err
	}
	program, err := exec.LookPath("git")
	if err != nil {
		return err
	}
	count := &counter{Handler: &cgi.Handler{Path: program, Args: []string{"http-backend"}, Env: []string{"GIT_PROJECT_ROOT=" + dir, "GIT_HTTP_EXPORT_ALL=1"}}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	web := http.Server{Handler: count}
	go web.Serve(listener)
	defer web.Close()
	url := "http://" + listener.Addr().String() + "/server.git"
	write, err := timed(func() error {
		if err := git(writer, "init", "-q", "-b", "main"); err != nil {
			return err
		}
		for _, d := range docs {
			b, err := json.Marshal(d)
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(writer, d.ID+".json"), b, 0o600); err != nil {
				return err
			}
		}
		if err := git(writer, "add", "-A"); err != nil {
			return err
		}
		return git(writer, "commit", "-q", "-m", "cases")
	})
	if err != nil {
		return err
	}
	push, err := timed(func() error { return git(writer, "push", "-q", url, "main") })
	if err != nil {
		return err
	}
	up := count.up.Load()
	count.down.Store(0)
	pull, err := timed(func() error { return git(dir, "clone", "-q", url, reader) })
	if err != nil {
		return err
	}
	tell("git", write, push, pull, up, count.down.Load())
	return nil
}

func timed(fn func() error) (float64, error) {
	began := time.Now()
	err := fn()
	return time.Since(began).Seconds(), err
}

func tell(peer string, write, push, pull float64, up, down int64) {
	fmt.Printf("%-8s %d cases: write %.2f s, push %.2f s, pull %.2f s; %d B a case up, %d B down\n", peer, *cases, write, push, pull,
		up/int64(*cases), down/int64(*cases))
}

//go:embed pouch.mjs
var pouch []byte

func runPouch(dir string, docs []*document) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	b, err := json.Marshal(docs)
	if err != nil {
		return err
	}
	for name, data := range map[string][]byte{"pouch.mjs": pouch, "docs.json": b, "package.json": []byte(`{"private":true}`)} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	install := exec.Command("npm", "install", "--no-audit", "--no-fund", "--silent", "pouchdb@9", "express-pouchdb@4", "express@4")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		fmt.Printf("SKIPPED: PouchDB cannot be installed: %v %s\n", err, out)
		return nil
	}
	run := exec.Command("node", "--max-old-space-size=4096", "pouch.mjs", "docs.json", strconv.Itoa(len(docs)))
	run.Dir, run.Stderr = dir, os.Stderr
	out, err := run.Output()
	if err != nil {
		return fmt.Errorf("PouchDB: %w", err)
	}
	var r struct {
		Write, Push, Pull float64
		Up, Down          int64
	}
	if err := json.Unmarshal(out, &r); err != nil {
		return fmt.Errorf("PouchDB: %w: %s", err, out)
	}
	tell("PouchDB", r.Write, r.Push, r.Pull, r.Up, r.Down)
	return nil
}
