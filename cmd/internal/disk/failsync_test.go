//go:build linux && (amd64 || arm64)

package disk_test

import (
	"slices"
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
				o.From = 1 + slices.IndexFunc(o.Calls, func(c disk.Call) bool { return c.Failed })
				o.Calls = o.Calls[:min(len(o.Calls), o.From+40)] // the next few commits; what comes after is as usual
				o.Seeds = seeds(1, 25)
				if v := o.send(t); len(v.bad) > 0 {
					t.Errorf("sync %d failed: %d of %d images bad: %s", nth, len(v.bad), v.images, v.bad[0])
				}
			}
		})
	}
}
