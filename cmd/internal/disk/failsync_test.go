//go:build linux && (amd64 || arm64)

package disk_test

import (
	"slices"
	"strings"
	"syscall"
	"testing"

	"casedesk/cmd/internal/disk"
)

// Ensure that what was acknowledged before and after a failed sync survives a
// power cut soon after it: the system forgets what it could not write and goes on
// showing it, and what is then written on top must not ruin what came before.
func TestFailedSync(t *testing.T) {
	supported(t)
	for _, scene := range []string{"desk", "county"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			images, nth := 0, 1
			for ; ; nth++ {
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
					break
				}
				o.From = 1 + slices.IndexFunc(o.Calls, func(c disk.Call) bool { return c.Failed })
				// The next commits; what comes after them is as on any disk.
				o.Calls = o.Calls[:min(len(o.Calls), o.From+30)]
				o.Seeds = seeds(1, 25)
				v := o.send(t)
				if images += v.images; len(v.bad) > 0 {
					t.Errorf("sync %d failed: %d of %d images bad: %s", nth, len(v.bad), v.images, v.bad[0])
				}
			}
			t.Logf("%d syncs, %d images", nth-1, images)
		})
	}
}
