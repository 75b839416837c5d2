// Package layers_test holds the policy of who may import whom, and fails when a
// file breaks it.
package layers_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "casedesk/"

// policy is a statement of policy: the roots that each root may import besides
// itself. Everything rests on store; sync and tui are strangers; cmd introduces
// them.
var policy = map[string][]string{
	"store": {},
	"sync":  {"store"},
	"tui":   {"store"},
	"cmd":   {"store", "sync", "tui"},
}

// forbidden are imports that a folder must not have, with the reason.
var forbidden = []struct{ folder, path, why string }{
	{"store/", "log/slog", "return errors, don't log them"},
	{"store/", "log", "return errors, don't log them"},
	{"tui/", "log/slog", "return errors, don't log them"},
	{"tui/", "log", "return errors, don't log them"},
	{"store/", "net/http", "the store knows no network"},
	{"tui/", "net/http", "screens know no network"},
	{"store/casework/", "os", "the domain does no I/O"},
	{"store/catalogue/", "os", "tables do no I/O"},
	{"store/casework/", "casedesk/store/record", "bytes are record's business"},
	{"store/casework/", "casedesk/store/i18n", "sentences are the callers' business"},
}

// broken returns what an import in a file breaks, or "".
func broken(file, path string) string {
	for _, f := range forbidden {
		apart := strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/internal/") // tests and generators
		if strings.HasPrefix(file, f.folder) && path == f.path && !apart {
			return f.why
		}
	}
	inside, ours := strings.CutPrefix(path, module)
	if !ours {
		return ""
	}
	from, _, _ := strings.Cut(file, "/")
	to, _, _ := strings.Cut(inside, "/")
	if from == to {
		return screens(file, inside)
	}
	for _, allowed := range policy[from] {
		if to == allowed {
			return backEnds(file, inside)
		}
	}
	return from + " must not import " + to
}

// screens keeps the screens strangers to each other: only the root model and
// tests know several.
func screens(file, inside string) string {
	const shared = " kit tuitest words "
	from, to := strings.Split(file, "/"), strings.Split(inside, "/")
	if from[0] != "tui" || len(from) < 3 || len(to) < 2 || from[1] == to[1] {
		return ""
	}
	if strings.Contains(shared, " "+to[1]+" ") {
		return ""
	}
	return "a screen must not import a screen"
}

// backEnds are chosen by countyd alone.
func backEnds(file, inside string) string {
	back := inside == "store/ledger/boltledger" || inside == "store/ledger/pgledger"
	if back && !strings.HasPrefix(file, "cmd/") && !strings.HasSuffix(file, "_test.go") {
		return "ledger back ends are imported by cmd alone"
	}
	return ""
}

// Ensure that every file of the module keeps to the policy. The files are parsed
// here: a list made by another process would be served stale from the test
// cache.
func TestLayers(t *testing.T) {
	root := moduleRoot(t)
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		files++
		check(t, filepath.ToSlash(rel), path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were read: is %s the module?", files, root)
	}
}

func check(t *testing.T, file, path string) {
	if dir := filepath.ToSlash(filepath.Dir(file)); dir == "sync" {
		t.Errorf("%s: no Go file directly in sync/: a package sync would shadow the standard library's", file)
	}
	if from, _, _ := strings.Cut(file, "/"); policy[from] == nil {
		t.Errorf("%s: outside the four roots", file)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Errorf("%s: %v", file, err)
		return
	}
	for _, imp := range parsed.Imports {
		to, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if why := broken(file, to); why != "" {
			t.Errorf("%s imports %s: %s", file, to, why)
		}
	}
}

// Ensure that the policy bites.
func TestBroken(t *testing.T) {
	tests := []struct {
		file, path string
		ok         bool
	}{
		{"store/x.go", "casedesk/store/text", true},
		{"store/x.go", "casedesk/sync/wire", false},
		{"store/x_test.go", "casedesk/tui", false},
		{"sync/agent/x.go", "casedesk/store", true},
		{"sync/agent/x.go", "casedesk/tui/kit", false},
		{"tui/list/x.go", "casedesk/sync/agent", false},
		{"tui/list/x.go", "casedesk/tui/detail", false},
		{"tui/list/x.go", "casedesk/tui/kit", true},
		{"tui/desk.go", "casedesk/tui/list", true},
		{"cmd/casedesk/x.go", "casedesk/sync/agent", true},
		{"sync/county/x.go", "casedesk/store/ledger/boltledger", false},
		{"sync/county/x_test.go", "casedesk/store/ledger/boltledger", true},
		{"store/seal/x.go", "log/slog", false},
	}
	for _, tt := range tests {
		if why := broken(tt.file, tt.path); (why == "") != tt.ok {
			t.Errorf("%s imports %s: %q", tt.file, tt.path, why)
		}
	}
}

func moduleRoot(t *testing.T) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}
