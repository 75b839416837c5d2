package script_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// exits runs a program that must end with the exit code given: exits CODE
// PROGRAM ARGS.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARGS]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		got = ended.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// is compares a value of the last program's JSON: is PATH WANT [LINE]. The path
// is made of names and indexes ("events.0.effect"; a name with a dot is written
// with a slash), "count" counts. LINE counts from 0, or is NAME=VALUE for the
// first line with that value; without it the last line is meant.
func is(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 && len(args) != 3 {
		ts.Fatalf("usage: is PATH WANT [LINE]")
	}
	got := valueAt(ts, args[0], args[2:])
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %q, want %q (negated: %v)", args[0], got, args[1], neg)
	}
}

// get keeps a value of the last program's JSON in a variable: get VARIABLE PATH
// [LINE].
func get(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 && len(args) != 3 {
		ts.Fatalf("usage: get VARIABLE PATH [LINE]")
	}
	ts.Setenv(args[0], valueAt(ts, args[1], args[2:]))
}

// refused checks the one line of JSON that a refused program wrote on stderr:
// refused CODE [FIELD [LINE]].
func refused(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: refused CODE [FIELD [LINE]]")
	}
	stderr := ts.ReadFile("stderr")
	if strings.Count(stderr, "\n") != 1 {
		ts.Fatalf("stderr is not one line: %q", stderr)
	}
	var f struct {
		Error, Message, Next, Field string
		Safe                        *bool
		Line                        int
	}
	if err := json.Unmarshal([]byte(stderr), &f); err != nil {
		ts.Fatalf("stderr is not JSON: %v", err)
	}
	if f.Error != args[0] || f.Message == "" || f.Next == "" || f.Safe == nil {
		ts.Fatalf("want %s with message, safe and next", args[0])
	}
	if len(args) > 1 && f.Field != args[1] || len(args) > 2 && strconv.Itoa(f.Line) != args[2] {
		ts.Fatalf("field %q line %d, want %v", f.Field, f.Line, args[1:])
	}
}

func valueAt(ts *testscript.TestScript, path string, line []string) string {
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stdout"), "\n"), "\n")
	n := len(lines) - 1
	if len(line) > 0 {
		n = lineOf(ts, lines, line[0])
	}
	v := decoded(ts, lines[n])
	for _, step := range strings.Split(path, ".") {
		v = inside(ts, v, strings.ReplaceAll(step, "/", "."))
	}
	switch v := v.(type) {
	case string:
		return v
	case map[string]any, []any:
		b, err := json.Marshal(v)
		ts.Check(err)
		return string(b)
	}
	return fmt.Sprint(v)
}

func lineOf(ts *testscript.TestScript, lines []string, which string) int {
	name, want, named := strings.Cut(which, "=")
	for i, line := range lines {
		if named && fmt.Sprint(inside(ts, decoded(ts, line), name)) == want || strconv.Itoa(i) == which {
			return i
		}
	}
	ts.Fatalf("no line %s in %d lines", which, len(lines))
	return 0
}

func decoded(ts *testscript.TestScript, line string) (v any) {
	dec := json.NewDecoder(strings.NewReader(line))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		ts.Fatalf("%q is not JSON: %v", line, err)
	}
	return v
}

func inside(ts *testscript.TestScript, v any, step string) any {
	switch v := v.(type) {
	case map[string]any:
		got, ok := v[step]
		if !ok {
			ts.Fatalf("no %s in %v", step, v)
		}
		return got
	case []any:
		if step == "count" {
			return len(v)
		}
		i, err := strconv.Atoi(step)
		if i < 0 {
			i += len(v)
		}
		if err != nil || i < 0 || i >= len(v) {
			ts.Fatalf("no %s in a list of %d", step, len(v))
		}
		return v[i]
	}
	ts.Fatalf("no %s in %v", step, v)
	return nil
}
