// Package programs builds the two programs for the tests that run them. No other
// code imports it.
package programs

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var dir string

// Main runs a package's tests and removes the programs after. It is what
// TestMain calls.
func Main(m *testing.M) int {
	defer func() { os.RemoveAll(dir) }()
	return m.Run()
}

var once = sync.OnceValue(func() (err error) {
	if dir, err = os.MkdirTemp("", "casedesk-programs-"); err != nil {
		return err
	}
	return build(dir)
})

// Dir returns a folder with casedesk and countyd, which the first call builds.
//
// The test cache does not see what a child process reads, and would go on
// serving the result of an earlier source. So the sources are looked at here:
// what a running test looks at is part of what its cached result depends on.
func Dir(t testing.TB) string {
	t.Helper()
	if err := once(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func build(dir string) error {
	out, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return fmt.Errorf("find the module: %w", err)
	}
	root := filepath.Dir(string(bytes.TrimSpace(out)))
	for _, top := range []string{"cmd", "store", "sync", "tui"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
				return err
			}
			_, err = os.Stat(path)
			return err
		})
		if err != nil {
			return fmt.Errorf("look at the sources: %w", err)
		}
	}
	cmd := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "casedesk/cmd/casedesk", "casedesk/cmd/countyd")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return nil
}
