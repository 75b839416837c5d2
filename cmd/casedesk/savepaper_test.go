package main

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Ensure that a paper is saved where documents are, over nothing, for nobody else's eyes,
// and whatever a case is called.
func TestSavePaper(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.Mkdir(filepath.Join(home, "Documents"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, want string }{
		{"回执-A-1.txt", "回执-A-1.txt"}, {"回执-A-1.txt", "回执-A-1(2).txt"}, {"回执-../../x:y.txt", "回执-..-..-x-y.txt"},
	} {
		path, err := savePaper(tt.name, []byte(tt.want))
		if err != nil || path != filepath.Join(home, "Documents", tt.want) {
			t.Errorf("%s: saved to %s, %v", tt.name, path, err)
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil || string(b) != tt.want {
			t.Errorf("%s holds %q, %v", path, b, err)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}
