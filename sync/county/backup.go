package county

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"casedesk/store/casework"
	"casedesk/store/ledger"
)

// A backup is the ledger's own backup, followed by a trailer: the key file, its
// length in 4 bytes, the SHA-256 of everything before, and backupMagic. It holds
// the county's key, so it is kept like one; without the key no laptop would
// believe a restored county.
const backupMagic = "casedesk backup1"

const trailerFixed = 4 + sha256.Size + len(backupMagic)

// ErrBackup reports a file that is no backup, or one cut off or changed.
var ErrBackup = errors.New("the file is no whole backup")

// Saved is what a backup was found to hold after it was read again.
type Saved struct {
	File      string         `json:"file"`
	Epoch     casework.Epoch `json:"epoch"`
	Watermark uint64         `json:"watermark"` // number of the last stamp in it
}

// Backup writes a backup to path while the county goes on. The file appears
// only after it was read again and verified; then laptops are told that
// everything up to its watermark is in a backup.
func (c *County) Backup(ctx context.Context, path string) (Saved, error) {
	saved, err := c.backup(ctx, path)
	if err != nil {
		return Saved{}, fmt.Errorf("back up: %w", err)
	}
	until := mark{Epoch: saved.Epoch, N: saved.Watermark}
	err = c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		if err := put(tx, []byte(keyBacked), &until); err != nil {
			return err
		}
		return c.note(tx, &w.state, noteBackup, &backedUp{Until: until})
	})
	return saved, err
}

func (c *County) backup(ctx context.Context, path string) (saved Saved, err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // 0600
	if err != nil {
		return saved, err
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	sum := sha256.New()
	if err := c.conf.Ledger.Backup(ctx, io.MultiWriter(tmp, sum)); err != nil {
		return saved, err
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return saved, err
	}
	if saved, err = c.inspect(ctx, tmp.Name()); err != nil {
		return saved, err
	}
	if err := c.seal(tmp.Name(), sum); err != nil {
		return saved, err
	}
	saved.File = path
	return saved, settle(tmp.Name(), path)
}

// inspect verifies the ledger's part of a backup and reads how far it reaches.
func (c *County) inspect(ctx context.Context, path string) (saved Saved, err error) {
	if err := c.conf.Backups.Verify(path); err != nil {
		return saved, err
	}
	l, err := c.conf.Backups.Open(path)
	if err != nil {
		return saved, err
	}
	err = l.View(ctx, func(r ledger.Reader) error {
		var st state
		there, err := get(r, []byte(keyState), &st)
		if err != nil || !there {
			return errors.Join(ErrNotFounded, err)
		}
		saved.Epoch = st.Epoch
		saved.Watermark, err = getNumber(r, keyNumber)
		return err
	})
	return saved, errors.Join(err, l.Close())
}

// seal appends the trailer and reads the file once more against sum, the hash
// of what was written.
func (c *County) seal(path string, sum hash.Hash) error {
	key, err := c.conf.Key.Encode()
	if err != nil {
		return err
	}
	trailer := binary.BigEndian.AppendUint32(key, uint32(len(key)))
	sum.Write(trailer)
	trailer = append(sum.Sum(trailer), backupMagic...)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(trailer)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	_, err = splitBackup(path, io.Discard)
	return err
}

// splitBackup writes the ledger's part of a backup to w and returns the key, or
// ErrBackup when a byte of the file is not as it was written. What was written
// to w is of no use then.
func splitBackup(path string, w io.Writer) (*Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	end := info.Size() - int64(trailerFixed)
	if end < 0 {
		return nil, ErrBackup
	}
	fixed := make([]byte, trailerFixed)
	if _, err := f.ReadAt(fixed, end); err != nil {
		return nil, err
	}
	size := int64(binary.BigEndian.Uint32(fixed))
	if string(fixed[4+sha256.Size:]) != backupMagic || size > end || size > 1<<20 {
		return nil, ErrBackup
	}
	sum := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(w, sum), f, end-size); err != nil {
		return nil, err
	}
	key := make([]byte, size)
	if _, err := io.ReadFull(f, key); err != nil {
		return nil, err
	}
	sum.Write(key)
	sum.Write(fixed[:4])
	if !bytes.Equal(sum.Sum(nil), fixed[4:4+sha256.Size]) {
		return nil, ErrBackup
	}
	return ParseKey(key)
}

// Restored is what a restored county holds.
type Restored struct {
	Epoch casework.Epoch `json:"epoch"` // the new one
	Heads []LogHead      `json:"heads"`
}

// Restore makes a county's folder of a backup, in a new epoch: laptops offer it
// again what the backup lacks. conf needs no ledger and no key. The folder must
// hold no county. Laptops that were revoked after the backup was made have to
// be revoked again.
func Restore(ctx context.Context, conf Config, file, dir string) (Restored, error) {
	out, err := restore(ctx, conf, file, dir)
	if err != nil {
		return Restored{}, fmt.Errorf("restore: %w", err)
	}
	return out, nil
}

func restore(ctx context.Context, conf Config, file, dir string) (out Restored, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return out, err
	}
	for _, name := range []string{LedgerFile, KeyFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return out, &casework.Refusal{Code: casework.CodeNotAllowed, Field: "dir", Err: ErrFounded}
		}
	}
	// The ledger gets its name last, so that a folder where that was cut short
	// holds no county.
	tmp, err := os.CreateTemp(dir, LedgerFile+".new-*")
	if err != nil {
		return out, err
	}
	defer os.Remove(tmp.Name())
	conf.Key, err = splitBackup(file, tmp)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return out, err
	}
	if err := conf.Backups.Verify(tmp.Name()); err != nil {
		return out, err
	}
	if conf.Ledger, err = conf.Backups.Open(tmp.Name()); err != nil {
		return out, err
	}
	out, err = beginAgain(ctx, conf)
	if err := errors.Join(err, conf.Ledger.Close()); err != nil {
		return out, err
	}
	path := filepath.Join(dir, LedgerFile)
	if err = WriteKey(dir, conf.Key); err == nil {
		err = settle(tmp.Name(), path)
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		// A half of a county could neither be served nor be restored again.
		err = errors.Join(err, os.RemoveAll(path), os.RemoveAll(filepath.Join(dir, KeyFile)))
	}
	return out, err
}

// beginAgain begins the restored county's epoch and tells how far its logs reach.
func beginAgain(ctx context.Context, conf Config) (out Restored, err error) {
	c, err := New(ctx, conf)
	if err != nil {
		return out, err
	}
	err = conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		st := w.state
		if err := c.restore(tx, &st); err != nil {
			return err
		}
		out = Restored{Epoch: st.Epoch, Heads: []LogHead{}}
		return tx.Logs(func(h ledger.Head) bool {
			out.Heads = append(out.Heads, LogHead{h.Log, h.Seq})
			return true
		})
	})
	return out, err
}
