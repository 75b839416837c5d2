package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casedesk/cmd/internal/cli"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
)

// Ensure that settings come back as they were kept, each for its kind of terminal, that what
// this version does not know is left out, and that no content of the file does any harm.
func TestDisplays(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("HOME", home)
	t.Setenv("APPDATA", home)
	one, two := kit.Display{Colours: kit.Light, Mouse: true, Measured: 1}, kit.Display{Cells: kit.TwoCells, Measured: 2}
	d := readDisplays()
	if d.bad || len(d.Terminals) > 0 {
		t.Fatalf("at first: %+v", d)
	}
	if err := errors.Join(d.keep("xterm", one), d.keep("console-936", two)); err != nil {
		t.Fatal(err)
	}
	if got := readDisplays(); got.Terminals["xterm"] != one || got.Terminals["console-936"] != two {
		t.Errorf("%+v", got)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.path), "*.tmp")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for content, bad := range map[string]bool{
		"": true, "{": true, "[]": true, "null": false, "{}": false, `{"terminals":null}`: false, `{"terminals":7}`: true,
		`{"terminals":{"xterm":{"colours":"sepia","measured":-1,"cells":"three","signs":"x","later":[1]}},"later":true}`: false,
		`{"terminals":{"xterm":{"mouse":"yes"}}}`: true,
		strings.Repeat(" ", maxDisplays+1):        true,
	} {
		if err := os.WriteFile(d.path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readDisplays()
		if got.bad != bad || got.Terminals["xterm"] != (kit.Display{}) {
			t.Errorf("%.80q: %+v, want bad: %v", content, got, bad)
		}
		if err := got.keep("xterm", one); err != nil || readDisplays().Terminals["xterm"] != one {
			t.Errorf("%.80q: not written anew: %v", content, err)
		}
	}
	if err := errors.Join(os.Remove(d.path), os.Mkdir(d.path, 0o700)); err != nil {
		t.Fatal(err)
	}
	if got := readDisplays(); !got.bad || got.keep("xterm", one) == nil {
		t.Error("a folder in the file's place passes")
	}
	if info, err := os.Stat(d.path); errors.Is(err, fs.ErrNotExist) || !info.IsDir() {
		t.Error("what was in the file's place is gone")
	}
}

// Ensure that kinds of terminals are told apart by what they say of themselves, and that one
// that answers no question is taken for what it most likely is.
func TestTerminalKind(t *testing.T) {
	for _, tt := range []struct {
		goos, env string
		page      uint32
		kind      string
		guess     int
	}{
		{"windows", "", 936, "console-936", 2},
		{"windows", "", 65001, "console-65001", 1},
		{"windows", "WT_SESSION=1", 936, "windows-terminal", 1},
		{"windows", "TERM_PROGRAM=vscode", 936, "vscode", 1},
		{"linux", "TERM=xterm-256color", 0, "xterm-256color", 1},
		{"linux", "TERM=linux", 0, "linux", 1},
		{"linux", "TERM_PROGRAM=tmux TERM=tmux-256color", 0, "tmux", 1},
		{"linux", "", 0, "unknown", 1},
	} {
		env := func(name string) string {
			for _, pair := range strings.Fields(tt.env) {
				if k, v, _ := strings.Cut(pair, "="); k == name {
					return v
				}
			}
			return ""
		}
		if got := terminalKind(tt.goos, env, tt.page); got != tt.kind {
			t.Errorf("%+v: kind %q", tt, got)
		}
		if got := guess(tt.goos, env, tt.page); got != tt.guess {
			t.Errorf("%+v: guess %d", tt, got)
		}
	}
}

// Ensure that the flag goes before the environment, that both change only what they name, and
// that a word that is none is refused with those that are.
func TestAsked(t *testing.T) {
	kept := kit.Display{Colours: kit.Light, Measured: 1, Mouse: true}
	for _, tt := range []struct {
		flag, env string
		want      kit.Display
	}{
		{"", "", kept},
		{"", "dark wide", kit.Display{Colours: kit.Dark, Cells: kit.TwoCells, Measured: 1, Mouse: true}},
		{"contrast,nomouse", "dark wide", kit.Display{Colours: kit.Contrast, Measured: 1}},
		{"auto,ascii,narrow", "", kit.Display{Signs: kit.ASCII, Cells: kit.OneCell, Measured: 1, Mouse: true}},
	} {
		t.Setenv("CASEDESK_DISPLAY", tt.env)
		c := &config{run: &cli.Run{Words: i18n.New(i18n.ZH)}, display: tt.flag}
		if got, err := c.asked(kept); err != nil || got != tt.want {
			t.Errorf("%q, %q: %+v, %v", tt.flag, tt.env, got, err)
		}
		for _, word := range displayNames {
			if displayWords[word] == nil {
				t.Errorf("%s is offered and unknown", word)
			}
		}
	}
	c := &config{run: &cli.Run{Words: i18n.New(i18n.ZH)}, display: "dark,sepia"}
	var p *cli.Problem
	if _, err := c.asked(kept); !errors.As(err, &p) || !strings.Contains(p.Message, "contrast") || len(displayNames) != len(displayWords) {
		t.Errorf("%v", err)
	}
}
