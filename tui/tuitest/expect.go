package tuitest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-runewidth"

	"casedesk/tui/kit"
)

var update = flag.Bool("update", false, "write the golden screens anew")

// Expect fails the test unless the screen shows want somewhere in a line.
func (d *Driver) Expect(want string) {
	d.t.Helper()
	if !d.Shows(want) {
		d.fail("the screen does not show %q", want)
	}
}

// Refuse fails the test if the screen shows what it must not.
func (d *Driver) Refuse(not string) {
	d.t.Helper()
	if d.Shows(not) {
		d.fail("the screen shows %q", not)
	}
}

// Shows reports whether a line of the screen has s.
func (d *Driver) Shows(s string) bool {
	return strings.Contains(strings.Join(d.Screen(), "\n"), s)
}

// ExpectCursor fails the test unless the cursor stands in the cell right after
// the text given, which must be on the screen once.
func (d *Driver) ExpectCursor(after string) {
	d.t.Helper()
	x, y, visible := d.Cursor()
	lines := d.Screen()
	if !visible || y >= len(lines) {
		d.fail("the cursor is not to be seen")
	}
	if head, _, found := strings.Cut(lines[y], after); !found || kit.Width(head+after) != x {
		d.fail("the cursor is at %d,%d, not right after %q", x, y, after)
	}
}

// Golden compares the screen with testdata/<name>.golden; -update writes it.
// The file's last line says where the cursor is.
func (d *Driver) Golden(name string) {
	d.t.Helper()
	x, y, visible := d.Cursor()
	got := strings.Join(d.Screen(), "\n") + "\n"
	if visible {
		got += fmt.Sprintf("-- cursor %d,%d --\n", x, y)
	} else {
		got += "-- no cursor --\n"
	}
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	if text := strings.ReplaceAll(string(want), "\r\n", "\n"); text != got {
		d.t.Errorf("%s differs from the screen (run with -update to accept it)\n--- want\n%s--- got\n%s", file, text, got)
	}
}

// Ambiguous are the signs on the screen that old Chinese consoles draw two
// cells wide and all others one. Chrome has none.
func (d *Driver) Ambiguous() []rune {
	var found []rune
	for _, line := range d.Screen() {
		for _, r := range line {
			if runewidth.IsAmbiguousWidth(r) {
				found = append(found, r)
			}
		}
	}
	return found
}

func (d *Driver) fail(format string, args ...any) {
	d.t.Helper()
	d.t.Fatalf(format+"\n%s", append(args, strings.Join(d.Screen(), "\n"))...)
}
