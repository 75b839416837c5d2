package notify_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"casedesk/sync/notify"
)

// disk mounts a small file system of memory, where that may be done.
func disk(t *testing.T, flags uintptr, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, "size="+size); err != nil {
		t.Skip("nothing can be mounted here:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // the folder is removed after this
	return dir
}

// Ensure that a full folder is told, leaves no half message behind, and is used again
// when there is room.
func TestModem_Full(t *testing.T) {
	dir := disk(t, 0, "16k")
	m := notify.NewModem(dir)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 64<<10), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	_, err := m.Send(ctx, msg)
	wantFolder(t, err, notify.CauseFull)
	if got := files(t, dir); len(got) != 1 {
		t.Errorf("left behind: %v", got)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	receipt, err := m.Send(ctx, msg)
	if err != nil {
		t.Fatal(err)
	}
	if _, said, _ := gammu(t, dir, receipt.ID); said != msg.Text {
		t.Errorf("%q", said)
	}
}

// Ensure that a folder that must not be written is told, and used again when it may.
func TestModem_ReadOnly(t *testing.T) {
	dir := disk(t, syscall.MS_RDONLY, "1m")
	m := notify.NewModem(dir)
	_, err := m.Send(ctx, msg)
	wantFolder(t, err, notify.CauseReadOnly)
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Send(ctx, msg); err != nil {
		t.Error(err)
	}
}

// Ensure the same where permissions forbid it.
func TestModem_NoPermission(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("permissions don't hold root back")
	}
	dir := spool(t)
	outbox := filepath.Join(dir, "outbox")
	if err := os.Chmod(outbox, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(outbox, 0o700)
	_, err := notify.NewModem(outbox).Send(ctx, msg)
	wantFolder(t, err, notify.CauseReadOnly)
}
