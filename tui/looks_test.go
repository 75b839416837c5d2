package tui_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Ensure that on every golden screen the first column is empty but for signs, so that words
// begin below one another.
func TestLooks_Gutter(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) < 100 {
		t.Fatalf("%d golden screens: %v", len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
		for i, line := range lines[:len(lines)-2] { // but for where the cursor is
			if line != "" && !strings.ContainsAny(line[:1], " >!*<[^v") {
				t.Errorf("%s: line %d begins in the gutter: %q", file, i+1, line)
			}
		}
	}
}
