//go:build linux && (amd64 || arm64)

package disk_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"casedesk/cmd/internal/disk"
)

// Ensure that the supervisor sees what a program does to files, in its order.
func TestRun(t *testing.T) {
	supported(t)
	dir := t.TempDir()
	var calls []disk.Call
	var out bytes.Buffer
	r := &disk.Run{Cmd: exec.Command("/bin/sh", "-c", "echo hello > a; mv a b; sync b; rm b"), Watch: []string{dir},
		Record: func(c disk.Call) { calls = append(calls, c) }}
	r.Cmd.Dir, r.Cmd.Stdout, r.Cmd.Stderr = dir, &out, &out
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	if err := r.Wait(); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	var got []string
	for _, c := range calls {
		got = append(got, string(c.Op)+" "+filepath.Base(c.Path)+" "+string(c.Data))
	}
	want := []string{"create a ", "write a hello\n", "rename a ", "sync b ", "remove b "}
	if !slices.Equal(got, want) {
		t.Errorf("seen %q, want %q", got, want)
	}
}
