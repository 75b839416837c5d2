//go:build linux && (amd64 || arm64)

package disk_test

import (
	"strings"
	"syscall"
	"testing"

	"casedesk/cmd/internal/disk"
)

// Ensure that what a program acknowledges after a failed sync is on the disk: the
// system forgets what it could not write, and goes on showing it.
func TestFailedSync(t *testing.T) {
	supported(t)
	for _, scene := range []string{"desk", "county"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			for nth := 1; nth <= 40; nth++ {
				syncs := 0
				o := play(t, scene, 16, func(c *disk.Call) *disk.Fault {
					if c.Op == disk.Sync && strings.HasSuffix(c.Path, ".db") {
						if syncs++; syncs == nth {
							return &disk.Fault{Errno: syscall.EIO}
						}
					}
					return nil
				})
				if syncs < nth {
					return
				}
				o.AtEnd, o.Seeds = true, seeds(1, 9)
				if v := o.send(t); len(v.bad) > 0 {
					t.Errorf("sync %d failed: %s", nth, v.bad[0])
				}
			}
		})
	}
}
