//go:build linux && (amd64 || arm64)

package disk_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

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

// soak returns how long the long version of a test goes on; 0 for the short one.
func soak(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("CASEDESK_SOAK")
	if text == "" {
		return 0
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("CASEDESK_SOAK: %v", err)
	}
	return d
}

// imagesPerPlay is how many images of one play of a scene are judged. A ledger's
// cost less.
var imagesPerPlay = map[string]uint64{"desk": 1200, "county": 2000}

// Ensure that whatever part of the writes that were not synced a power cut
// leaves, torn or whole, everything acknowledged is there, nothing is damaged, and
// the work goes on.
func TestPowerCut(t *testing.T) {
	supported(t)
	long := soak(t)
	for _, scene := range []string{"desk", "county"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			images, bad, first := 0, 0, rand.Uint64()%1e9
			next := first
			for began := time.Now(); images == 0 || time.Since(began) < long; next += imagesPerPlay[scene] {
				o := play(t, scene, 120, nil)
				o.Seeds = seeds(next, next+imagesPerPlay[scene])
				v := o.send(t)
				for _, b := range v.bad {
					t.Error(b)
				}
				images, bad = images+v.images, bad+len(v.bad)
			}
			fmt.Printf("SOAK|power-cut images (%s)|%d images|%d|%d-%d\n", scene, images, bad, first, next-1)
		})
	}
}

// Ensure that the images find what they are for: without the syncs of the
// database most of them are bad, and without those between its pages and the page
// that makes them valid many are.
func TestPowerCut_Teeth(t *testing.T) {
	supported(t)
	for _, scene := range []string{"desk", "county"} {
		t.Run(scene, func(t *testing.T) {
			t.Parallel()
			o := play(t, scene, 120, nil)
			for ignore, least := range map[string]int{"all": 60, "data": 4} {
				o.Ignore, o.Seeds = ignore, seeds(1, 91)
				if v := o.send(t); len(v.bad) < least {
					t.Errorf("without %s syncs %d of %d images are bad: %v", ignore, len(v.bad), v.images, v.bad)
				} else {
					t.Logf("without %s syncs %d of %d images are bad", ignore, len(v.bad), v.images)
				}
			}
		})
	}
}
