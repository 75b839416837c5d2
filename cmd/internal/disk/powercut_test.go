//go:build linux && (amd64 || arm64)

package disk_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"casedesk/cmd/internal/disk"
)

func supported(t *testing.T) {
	t.Helper()
	if err := disk.Supported(); err != nil {
		t.Skipf("SKIPPED: this machine lets no test supervise a program: %v", err)
	}
}

// play runs a scene and returns what it did to its folder.
func play(t *testing.T, scene string, count int, decide func(*disk.Call) *disk.Fault) order {
	t.Helper()
	o := order{Scene: scene, Root: t.TempDir()}
	r := &disk.Run{Cmd: exec.Command(os.Args[0], scene, o.Root, strconv.Itoa(count)), Watch: []string{o.Root}, Decide: decide,
		Record: func(c disk.Call) { o.Calls = append(o.Calls, c) }}
	var loud strings.Builder
	r.Cmd.Stderr = &loud
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	if err := r.Wait(); err != nil {
		t.Fatalf("the scene: %v\n%s", err, loud.String())
	}
	return o
}

func seeds(from, to uint64) []uint64 {
	var out []uint64
	for s := from; s < to; s++ {
		out = append(out, s)
	}
	return out
}

// Ensure that whatever part of the writes that were not synced a power cut
// leaves, torn or whole, everything acknowledged is there and nothing is damaged.
func TestPowerCut(t *testing.T) {
	supported(t)
	for _, scene := range []string{"desk", "county"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			o := play(t, scene, 120, nil)
			ops := map[disk.Op]int{}
			for _, c := range o.Calls {
				ops[c.Op]++
			}
			t.Logf("%d calls: %v", len(o.Calls), ops)
			o.Seeds = seeds(1, 501)
			v := o.send(t)
			for _, b := range v.bad[:min(5, len(v.bad))] {
				t.Error(b)
			}
			t.Logf("%d images, %d bad", v.images, len(v.bad))
			for _, ignore := range []string{"all", "data"} {
				o.Ignore, o.Seeds = ignore, seeds(1, 61)
				v := o.send(t)
				t.Logf("ignoring %s syncs: %d of %d bad, such as %s", ignore, len(v.bad), v.images, fmt.Sprint(v.bad)[:min(400, len(fmt.Sprint(v.bad)))])
			}
		})
	}
}

var _ = filepath.Join
