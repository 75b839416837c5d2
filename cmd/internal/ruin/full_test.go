//go:build linux && (amd64 || arm64)

package ruin_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallDisk mounts a file system of a size in megabytes.
func smallDisk(t *testing.T, megabytes int) string {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm,mode=0700", megabytes)); err != nil {
		t.Skipf("SKIPPED: no small file system to fill, which takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all room of a lab's disk but some kilobytes, and returns what gives
// it back.
func (l *lab) fill(leave int) (free func()) {
	l.t.Helper()
	path := l.path("filler")
	f := must[*os.File](l.t)(os.Create(path))
	for block := 1 << 20; block >= 4096; block /= 2 {
		for {
			if _, err := f.Write(make([]byte, block)); err != nil {
				break
			}
		}
	}
	if leave > 0 {
		info := must[os.FileInfo](l.t)(f.Stat())
		ok(l.t, f.Truncate(info.Size()-int64(leave)<<10))
	}
	ok(l.t, f.Close())
	return func() { ok(l.t, os.Remove(path)) }
}

// full runs a command on the full disk: it may only refuse because the disk is
// full, saying what is safe and what to do.
func (l *lab) full(in, program string, args ...string) (done bool, out []map[string]any) {
	l.t.Helper()
	out, refused := l.run(in, program, args...)
	switch {
	case refused.Error == "":
		return true, out
	case refused.Error == "offline" && args[0] == "sync" && refused.Next != "":
		// The county's disk is as full as the laptop's; here all is saved.
	case refused.Error != "disk_full" || refused.Message == "" || refused.Next == "" || !refused.Safe:
		l.t.Errorf("%s %v on a full disk: %+v", program, args, refused)
	}
	return false, out
}

// Ensure that on a full disk nothing acknowledged is lost, every refusal says
// that the disk is full and what to do, the ballast lets the last work be saved
// and handed in, and everything goes on where room is made.
func TestFullDisk(t *testing.T) {
	began, tried, failures := time.Now(), 0, 0
	sizes := []int{36, 48, 64}
	for i := 0; i < len(sizes) || time.Since(began) < soak(); i++ {
		size := sizes[i%len(sizes)]
		passed := t.Run(fmt.Sprintf("%dMB-%d", size, i), func(t *testing.T) { tried += fullDisk(t, smallDisk(t, size), 8*(i%7)) })
		if !passed {
			failures++
		}
	}
	fmt.Printf("SOAK|full disk|%d commands on a full disk|%d|sizes %v MB\n", tried, failures, sizes)
}

func fullDisk(t *testing.T, dir string, leave int) (tried int) {
	l := newLab(t, dir)
	try := func(in, program string, args ...string) (bool, []map[string]any) {
		tried++
		return l.full(in, program, args...)
	}
	// Before there is anything: what was refused is done again with room.
	free := l.fill(leave)
	county, _ := try("", "countyd", "init", "--sample", "--recovery-out", l.path("key"))
	desk, _ := try("", "casedesk", "init")
	free()
	if desk {
		ok(t, os.RemoveAll(l.path("desk")))
	}
	if !county {
		l.must("", "countyd", "init", "--sample", "--recovery-out", l.path("key"))
	}
	if !l.serve() {
		t.Fatal("the county does not come up with room")
	}
	slip := l.must("", "countyd", "slip", "grid1")[0]["slip"].(string)
	l.must("", "casedesk", "enrol", slip)
	saved := []string{"先前"}
	l.must(dispute("先前"), "casedesk", "new", "-")

	// While it is in use: saves go on until the ballast is used up.
	free = l.fill(leave)
	if _, err := os.Stat(filepath.Join(l.path("desk"), "ballast")); err != nil {
		t.Errorf("no ballast: %v", err)
	}
	for n := range 3 {
		name := fmt.Sprintf("满盘%d", n)
		done, _ := try(dispute(name), "casedesk", "new", "-")
		if n == 0 && !done {
			t.Error("the ballast did not let the last work be saved")
		}
		if done {
			saved = append(saved, name)
		}
	}
	many := make([]string, 0, 200)
	var in strings.Builder
	for n := range 200 {
		many = append(many, fmt.Sprintf("大批%d", n))
		in.WriteString(strings.Replace(dispute(many[n]), "两家争排水沟", strings.Repeat("两家争排水沟。", 280), 1))
	}
	if done, _ := try(in.String(), "casedesk", "new", "-"); done {
		saved = append(saved, many...)
	}
	free()
	free = l.fill(0)
	try("", "casedesk", "backup", l.path("copy.db"))
	try("", "countyd", "backup", l.path("county.backup"))
	try("", "casedesk", "sync")
	for n := range 2 {
		name := fmt.Sprintf("最后%d", n)
		if done, _ := try(dispute(name), "casedesk", "new", "-"); done {
			saved = append(saved, name)
		}
	}
	here := l.titles("")
	for _, name := range saved {
		if here[name] != 1 {
			t.Errorf("%s was acknowledged and is listed %d times", name, here[name])
		}
	}
	l.halt()
	up := l.serve() // a county may say that it cannot start
	free()
	if !up && !l.serve() {
		t.Fatal("the county does not come up again with room")
	}

	// With room everything goes on.
	l.must(dispute("后来"), "casedesk", "new", "-")
	l.sync()
	there := l.titles("delivered")
	for _, name := range append(saved, "后来") {
		if there[name] != 1 {
			t.Errorf("%s was acknowledged and is delivered %d times", name, there[name])
		}
	}
	l.must("", "casedesk", "backup", l.path("copy.db"))
	l.clean()
	return tried
}
