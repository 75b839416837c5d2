package notify_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"casedesk/sync/notify"
)

// spool is gammu's folders, as its packages make them.
func spool(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"outbox", "sent", "error"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// files returns the names in a folder, hidden ones too.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// gammu reads an outbox's file as gammu-smsd 1.42 does (smsd/services/files.c): who it
// is for stands between the third and the fourth underscore, options follow the
// extension, and UTF-16 is known by its mark.
func gammu(t *testing.T, dir, name string) (to, said, options string) {
	t.Helper()
	if len(name) >= 100 || strings.HasPrefix(name, ".") || !strings.HasPrefix(strings.ToLower(name), "out") {
		t.Fatalf("gammu would not take %q", name)
	}
	dot := strings.LastIndex(name, ".")
	if dot < 0 || !strings.HasPrefix(name[dot:], ".txt") {
		t.Fatalf("gammu would not take %q", name)
	}
	options = name[dot+4:]
	fields := strings.SplitN(name, "_", 5)
	if len(fields) != 5 {
		t.Fatalf("gammu finds nobody in %q", name)
	}
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil || len(b) < 2 || len(b)%2 != 0 || b[0] != 0xFE || b[1] != 0xFF {
		t.Fatalf("% x, %v", b, err)
	}
	var units []uint16
	for b = b[2:]; len(b) > 0; b = b[2:] {
		units = append(units, binary.BigEndian.Uint16(b))
	}
	return fields[3], string(utf16.Decode(units)), options
}

// Ensure that a message becomes one file that gammu-smsd sends as it is meant, however
// often it is handed over, and that nothing else is left in the folder.
func TestModem_File(t *testing.T) {
	dir := spool(t)
	outbox := filepath.Join(dir, "outbox")
	m := notify.NewModem(outbox)
	abroad := msg
	abroad.ID, abroad.To, abroad.Text = "other", "+8613800000002", "生僻字𠮷"
	for _, one := range []notify.Message{msg, msg, abroad} {
		receipt, err := m.Send(ctx, one)
		if err != nil || !receipt.Pending {
			t.Fatalf("%+v, %v", receipt, err)
		}
		if to, said, options := gammu(t, outbox, receipt.ID); to != one.To || said != one.Text || options != "" {
			t.Errorf("%s gets %q with %q", to, said, options)
		}
		if fate, err := m.Fate(ctx, one); fate != notify.Pending || err != nil {
			t.Errorf("fate %v, %v", fate, err)
		}
	}
	if got := files(t, outbox); len(got) != 2 || !strings.HasPrefix(got[0], "OUTC20261128_013000_00_") {
		t.Errorf("%v", got)
	}
}

// Ensure that what became of a message is told by where gammu put it, and that what it
// dealt with is not handed over again.
func TestModem_Fate(t *testing.T) {
	for _, tt := range []struct {
		moved string // empty: deleted
		want  notify.Fate
	}{{"sent", notify.Sent}, {"error", notify.Failed}, {"", notify.Sent}} {
		dir := spool(t)
		outbox := filepath.Join(dir, "outbox")
		m := notify.NewModem(outbox + "/")
		receipt, err := m.Send(ctx, msg)
		if err != nil {
			t.Fatal(err)
		}
		from := filepath.Join(outbox, receipt.ID)
		if tt.moved == "" {
			err = os.Remove(from)
		} else {
			err = os.Rename(from, filepath.Join(dir, tt.moved, receipt.ID))
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := m.Fate(ctx, msg); got != tt.want || err != nil {
			t.Errorf("moved to %q: %v, %v", tt.moved, got, err)
		}
		if tt.moved == "" {
			continue // then nothing tells
		}
		if _, err := m.Send(ctx, msg); err != nil || len(files(t, outbox)) != 0 {
			t.Errorf("moved to %q: handed over again, %v", tt.moved, err)
		}
	}
}

// Ensure that a folder that has gone is told, and used when it is back; and that its
// absence does not mean that messages were sent.
func TestModem_Vanished(t *testing.T) {
	dir := spool(t)
	outbox := filepath.Join(dir, "outbox")
	m := notify.NewModem(outbox)
	if err := os.Remove(outbox); err != nil {
		t.Fatal(err)
	}
	_, err := m.Send(ctx, msg)
	wantFolder(t, err, notify.CauseMissing)
	fate, err := m.Fate(ctx, msg)
	if wantFolder(t, err, notify.CauseMissing); fate != notify.Pending {
		t.Errorf("fate %v", fate)
	}
	if err := os.WriteFile(outbox, nil, 0o600); err != nil { // a file in its place
		t.Fatal(err)
	}
	_, err = m.Send(ctx, msg)
	wantFolder(t, err, notify.CauseMissing)
	if err := errors.Join(os.Remove(outbox), os.Mkdir(outbox, 0o755)); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Send(ctx, msg); err != nil {
		t.Error(err)
	}
}

func wantFolder(t *testing.T, err error, want notify.Cause) {
	t.Helper()
	var e *notify.Error
	if !errors.As(err, &e) || e.Cause != want || e.Final {
		t.Errorf("%v, want %s", err, want)
	}
}

// Ensure that a rest of a try that was broken off is no message, and does no harm.
func TestModem_BrokenOff(t *testing.T) {
	dir := spool(t)
	outbox := filepath.Join(dir, "outbox")
	m := notify.NewModem(outbox)
	receipt, err := m.Send(ctx, msg)
	if err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(outbox, receipt.ID)
	if err := os.Rename(whole, filepath.Join(outbox, "."+receipt.ID+".part")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(outbox, "."+receipt.ID+".part"), []byte("half, and longer than what comes"+strings.Repeat(".", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := m.Send(ctx, msg); err != nil {
		t.Fatal(err)
	}
	if _, said, _ := gammu(t, outbox, receipt.ID); said != msg.Text || len(files(t, outbox)) != 1 {
		t.Errorf("%q, %v", said, files(t, outbox))
	}
}

// Ensure that nothing but a number as it is dialled gets into a file's name.
func TestModem_Number(t *testing.T) {
	dir := spool(t)
	for _, to := range []string{"", "../../etc/cron", "138_0000", "138 0000", "电话"} {
		one := msg
		one.To = to
		_, err := notify.NewModem(filepath.Join(dir, "outbox")).Send(ctx, one)
		var e *notify.Error
		if !errors.As(err, &e) || !e.Final {
			t.Errorf("%q: %v", to, err)
		}
	}
	if got := files(t, filepath.Join(dir, "outbox")); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
