package script_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// drawn is what a talk must not print: an escape, a line or a block, a line padded to a
// width, a sentence that is missing.
var drawn = regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f-\x{9f}\x{2500}-\x{259f}]|   |(?m: $)|\[[a-z]+\.[a-z_.]+\]|\{[0-9]\}`)

// talk talks with the desk in a folder: talk DIR FILE [FLAGS]. The lines of the file are
// typed, those that begin with "< " are what must have been said since the last one typed,
// in that order; "<! " is what must not. A long text's lines begin with "> ": nothing
// answers them. "<? " is what is asked for again and again until it is said. $VARIABLES are
// filled in.
func talk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: talk DIR FILE [FLAGS]")
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	ts.Defer(stop)
	cmd := exec.CommandContext(ctx, filepath.Join(ts.Getenv("BIN"), "casedesk"), append([]string{"--plain", "--dir", ts.MkAbs(args[0])}, args[2:]...)...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "AppData", "LocalAppData", "CASEDESK_KEYRING", "CASEDESK_LANG", "CASEDESK_CLOCK"} {
		if v := ts.Getenv(name); v != "" {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	cmd.Env = append(cmd.Env, "TERM=dumb")
	in, err := cmd.StdinPipe()
	ts.Check(err)
	said := &saying{more: make(chan struct{}, 1), over: make(chan struct{})}
	cmd.Stdout, cmd.Stderr = said, os.Stderr
	ts.Check(cmd.Start())
	ended := make(chan error, 1)
	go func() {
		ended <- cmd.Wait()
		close(said.over)
	}()
	from := 0       // what was looked at
	typed := 0      // what was said before the last line
	silent := false // nothing answers the last line
	for line := range strings.SplitSeq(strings.TrimSuffix(ts.ReadFile(args[1]), "\n"), "\n") {
		line = os.Expand(line, ts.Getenv)
		if more, is := strings.CutPrefix(line, "> "); is {
			_, err := in.Write([]byte(more + "\n"))
			ts.Check(err)
			silent = true
			continue
		}
		if !silent {
			said.settle(ctx, typed)
		}
		silent = false
		now := said.from(from)
		if want, is := strings.CutPrefix(line, "<? "); is {
			for ; !strings.Contains(now, want) && ctx.Err() == nil; now = said.from(from) {
				typed = from + len(now)
				_, err := in.Write([]byte(".听\n"))
				ts.Check(err)
				said.settle(ctx, typed)
				time.Sleep(50 * time.Millisecond)
			}
			line = "< " + want
		}
		if want, is := strings.CutPrefix(line, "< "); is {
			i := strings.Index(now, want)
			if i < 0 {
				ts.Fatalf("%q was not said but:\n%s", want, now)
			}
			from += i + len(want)
			continue
		}
		if not, is := strings.CutPrefix(line, "<! "); is {
			if strings.Contains(now, not) {
				ts.Fatalf("%q was said:\n%s", not, now)
			}
			continue
		}
		from += len(now)
		typed = from
		_, err := in.Write([]byte(line + "\n"))
		ts.Check(err)
	}
	ts.Check(in.Close())
	ts.Check(<-ended)
	all := said.from(0)
	if bad := drawn.FindString(all); bad != "" {
		ts.Fatalf("%q was said in:\n%s", bad, all)
	}
	ts.Logf("%s", all)
}

// saying is what a program says, which may be looked at while it goes on.
type saying struct {
	mu   sync.Mutex
	b    bytes.Buffer
	more chan struct{}
	over chan struct{} // the program has ended
}

func (s *saying) Write(p []byte) (int, error) {
	s.mu.Lock()
	s.b.Write(p)
	s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (s *saying) from(n int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()[n:]
}

// settle waits until more was said and a prompt stands at the end: it is the only line
// without an end.
func (s *saying) settle(ctx context.Context, more int) {
	for {
		if now := s.from(0); len(now) > more && strings.HasSuffix(now, "：") {
			return
		}
		select {
		case <-s.more:
		case <-s.over:
			return
		case <-ctx.Done():
			return
		}
	}
}
