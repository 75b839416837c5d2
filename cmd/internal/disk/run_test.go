//go:build linux && (amd64 || arm64)

package disk_test

import (
	"bytes"
	"os/exec"
	"testing"

	"casedesk/cmd/internal/disk"
)

// Ensure that the supervisor sees what a program does to a file, can refuse it,
// and can cut it short.
func TestRun(t *testing.T) {
	supported(t)
	dir := t.TempDir()
	var calls []disk.Call
	var out bytes.Buffer
	r := &disk.Run{Cmd: exec.Command("/bin/sh", "-c", "echo hello > a; mv a b; sync b; mkdir c; rm b"), Watch: []string{dir},
		Record: func(c disk.Call) { calls = append(calls, c) }}
	r.Cmd.Dir, r.Cmd.Stdout, r.Cmd.Stderr = dir, &out, &out
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Log(r.Wait(), out.String())
	for _, c := range calls {
		t.Logf("%+v %q", c, c.Data)
	}
}
