//go:build linux && (amd64 || arm64)

package disk_test

import (
	"encoding/gob"
	"fmt"
	"os"
	"strconv"
	"testing"

	"casedesk/cmd/internal/disk"
	"casedesk/cmd/internal/programs"
)

// scenes are what this test's own program does when it is started under one of
// these names, in a folder: work that it acknowledges in the file "acks" there.
var scenes = map[string]func(dir string, count int) error{"desk": deskScene, "county": countyScene}

// TestMain makes this program its own children: one that is to be supervised, a
// scene, or a judge of images, whom a bad image may kill.
func TestMain(m *testing.M) {
	disk.Launch()
	if len(os.Args) == 4 && scenes[os.Args[1]] != nil {
		count, err := strconv.Atoi(os.Args[3])
		if err == nil {
			err = scenes[os.Args[1]](os.Args[2], count)
		}
		exit(err)
	}
	if len(os.Args) == 3 && os.Args[1] == "judge" {
		var o order
		f, err := os.Open(os.Args[2])
		if err == nil {
			err = gob.NewDecoder(f).Decode(&o)
		}
		if err == nil {
			err = o.judge(os.Stdout)
		}
		exit(err)
	}
	os.Exit(programs.Main(m))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}
