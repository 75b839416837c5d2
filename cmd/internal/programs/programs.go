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
)

// Build builds casedesk and countyd into a folder.
//
// The test cache does not see what a child process reads, and would go on
// serving the result of an earlier source. So the sources are looked at here:
// what a test looks at is part of what its cached result depends on.
func Build(dir string) error {
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
	build := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "casedesk/cmd/casedesk", "casedesk/cmd/countyd")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return nil
}
