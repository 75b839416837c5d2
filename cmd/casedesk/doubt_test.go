//go:build unix

package main

import (
	"context"
	"errors"
	"os/exec"
	"testing"
	"time"

	"casedesk/store/casework"
)

// Ensure that a check that dies, comes to no end or says nothing that can be read
// is one that found damage, and that a refusal of the check's own comes through.
func TestJudge(t *testing.T) {
	damaged := &casework.Refusal{Code: casework.CodeDamaged}
	for name, tt := range map[string]struct {
		script string
		want   error
	}{
		"whole":   {"exit 0", nil},
		"killed":  {"kill -SEGV $$", damaged},
		"hangs":   {"exec sleep 60", damaged},
		"mumbles": {"echo fatal error: fault >&2; exit 2", damaged},
		"finds":   {`echo '{"error":"damaged"}' >&2; exit 1`, damaged},
		"busy":    {`echo '{"error":"busy"}' >&2; exit 1`, &casework.Refusal{Code: casework.CodeBusy}},
	} {
		t.Run(name, func(t *testing.T) {
			patience := 30 * time.Second
			if name == "hangs" {
				patience = 50 * time.Millisecond
			}
			err := judge(context.Background(), patience, exec.Command("/bin/sh", "-c", tt.script))
			if tt.want == nil && err != nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	if got := pagesPatience(1 << 30); got < 2*time.Minute || got > 3*time.Minute {
		t.Errorf("a gigabyte may take %s", got)
	}
}
