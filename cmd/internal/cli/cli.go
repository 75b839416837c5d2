// Package cli is what casedesk and countyd have in common as commands: one run
// with its language, its environment and its flags, data on stdout, one line
// about an error on stderr, the passphrase, the clock, and help.
//
// It knows of the store and the county only how they refuse; what a command does is the business of the
// two programs.
package cli

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"casedesk/store/i18n"
)

// Run is one run of a program.
type Run struct {
	Words *i18n.Words
	JSON  bool // data and errors are for programs
	In    *os.File
	Err   *os.File
	// Offset is added to the machine's clock (CASEDESK_CLOCK).
	Offset time.Duration

	out *bufio.Writer
	env func(string) string
}

// Main runs a program: build makes its commands. It returns the exit code: 0
// done, 1 refused, 2 wrong usage.
func Main(build func(*Run) *cobra.Command) int {
	args := os.Args[1:]
	r := &Run{In: os.Stdin, Err: os.Stderr, out: bufio.NewWriterSize(os.Stdout, 64<<10), env: os.Getenv}
	lang, _ := i18n.ParseLang(r.env("CASEDESK_LANG"))
	r.Words = i18n.New(lang)
	r.JSON = asksForJSON(args)
	err := r.readClock()
	if err == nil {
		// A second interrupt ends the program at once.
		ctx, stop := signal.NotifyContext(context.Background(), endings()...)
		context.AfterFunc(ctx, stop)
		defer stop()
		root := build(r)
		r.dress(root)
		root.SetArgs(args)
		err = root.ExecuteContext(ctx)
	}
	if failed := r.out.Flush(); err == nil {
		err = failed
	}
	code := r.report(err)
	if code != 0 {
		r.holdWindow(ownWindow())
	}
	return code
}

// endings are the signals that ask a program to end, after which it tidies up: an
// interrupt, an order, a terminal that was closed (unless the program was started
// to outlive it). From here on writing to a reader that has gone, or beyond a
// limit of the system, is an error like others instead of the end.
func endings() []os.Signal {
	unheard := make(chan os.Signal, 1)
	signal.Notify(unheard, asErrors...)
	all := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		// Of a terminal that goes a program hears from the shell and from the
		// system; the second does not cut its tidying short.
		signal.Notify(unheard, syscall.SIGHUP)
		all = append(all, syscall.SIGHUP)
	}
	return all
}

// asksForJSON looks for --json before the flags are read, because a flag that
// cannot be read is to be reported as JSON too.
func asksForJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "--json=true")
}

func (r *Run) readClock() error {
	s := r.env("CASEDESK_CLOCK")
	if s == "" {
		return nil
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return r.Usage("cli.bad_clock", s)
	}
	r.Offset = d
	return nil
}

// Keyring reports whether the machine's keyring may be used.
func (r *Run) Keyring() bool { return r.env("CASEDESK_KEYRING") != "off" }

// Now is the machine's clock with the offset that was asked for.
func (r *Run) Now() time.Time { return time.Now().Add(r.Offset) }

// Progress returns where a command tells how far it is, or nil where nobody
// watches.
func (r *Run) Progress() io.Writer {
	if r.JSON || !term.IsTerminal(r.Err.Fd()) {
		return nil
	}
	return r.Err
}

// Version names the build of the program.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	version := strings.Trim(info.Main.Version, "()")
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && version == "devel" {
			return "devel-" + s.Value[:min(12, len(s.Value))]
		}
	}
	return version
}
