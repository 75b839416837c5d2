package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"unicode/utf16"
)

// Modem is the outbox folder of a gammu-smsd whose Service is "files" (gammu's
// manual, “Files backend”). It takes every file there whose name begins with OUT and
// ends in .txt, in the order of the names, cuts it into parts and sends it. What it
// has sent it moves to SentSMSPath, what it could not to ErrorSMSPath; where those are
// not set it deletes them. They are looked for beside the outbox, as "sent" and
// "error".
type Modem struct {
	outbox, sent, failed string
}

// NewModem returns the modem whose outbox is dir.
func NewModem(dir string) *Modem {
	beside := filepath.Dir(filepath.Clean(dir))
	return &Modem{outbox: dir, sent: filepath.Join(beside, "sent"), failed: filepath.Join(beside, "error")}
}

// maxName is the longest name that every gammu-smsd takes: earlier ones copy it into
// a hundred bytes without looking.
const maxName = 99

// fileOf returns the name of a message's file: OUT, a priority, the day, the time, a
// serial number, the telephone and a note that gammu passes over, which here says
// whose message it is. Nothing in it changes from one try to the next. Only the
// extension could ask for something else ("d" a delivery report, "f" a flash message,
// "b" a bookmark), so there is none but .txt: reports are the modem's own settings.
func fileOf(m Message) string {
	id := sha256.Sum256([]byte(m.ID))
	return fmt.Sprintf("OUTC%s_00_%s_casedesk%s.txt", m.At.UTC().Format("20060102_150405"), m.To, hex.EncodeToString(id[:12]))
}

// encode returns a text as gammu reads it whatever its locale: UTF-16 with its mark.
func encode(s string) []byte {
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

// Send puts the message into the outbox, whole or not at all. One that is there
// already, or was dealt with, is not put there again.
func (d *Modem) Send(_ context.Context, m Message) (Receipt, error) {
	name := fileOf(m)
	if to, ok := Phone(m.To); !ok || to != m.To || len(name) > maxName {
		return Receipt{}, &Error{Cause: CauseRefused, Final: true, Err: errors.New("no telephone number")}
	}
	for _, dir := range []string{d.outbox, d.sent, d.failed} {
		if there, err := has(dir, name); err != nil {
			return Receipt{}, folderError(err)
		} else if there {
			return Receipt{ID: name, Pending: true}, nil
		}
	}
	if err := d.put(name, encode(m.Text)); err != nil {
		return Receipt{}, folderError(err)
	}
	return Receipt{ID: name, Pending: true}, nil
}

// put writes a file by way of one that gammu does not see.
func (d *Modem) put(name string, text []byte) (err error) {
	hidden := filepath.Join(d.outbox, "."+name+".part")
	// Gammu runs as somebody else and must be able to read it; whoever may open the
	// folder is the folder's business. A rest of an earlier try is written over.
	f, err := os.OpenFile(hidden, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(hidden) // the error that counts is told
		}
	}()
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(hidden, filepath.Join(d.outbox, name)); err != nil {
		return err
	}
	if runtime.GOOS == "windows" {
		return nil // a folder cannot be synced there
	}
	dir, err := os.Open(d.outbox)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Fate looks where the message's file is. One that is nowhere was sent, as far as can
// be told: gammu deletes what it has dealt with where it has no folder for it.
func (d *Modem) Fate(_ context.Context, m Message) (Fate, error) {
	if _, err := os.Stat(d.outbox); err != nil {
		return Pending, folderError(err)
	}
	name := fileOf(m)
	// Files move on from the outbox: looked for in this order none is missed.
	for _, at := range []struct {
		dir  string
		fate Fate
	}{{d.outbox, Pending}, {d.failed, Failed}, {d.sent, Sent}} {
		if there, err := has(at.dir, name); err != nil {
			return Pending, folderError(err)
		} else if there {
			return at.fate, nil
		}
	}
	return Sent, nil
}

func has(dir, name string) (bool, error) {
	_, err := os.Lstat(filepath.Join(dir, name))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return false, nil
	}
	return err == nil, err
}

func folderError(err error) *Error {
	e := &Error{Cause: CauseFolder, Err: err}
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		e.Cause = CauseFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Cause = CauseReadOnly
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		e.Cause = CauseMissing
	}
	return e
}
