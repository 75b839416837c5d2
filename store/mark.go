package store

import (
	"os"
	"path/filepath"

	"casedesk/store/boltfile"
)

// markName is the file beside the profile's that is there while a desk writes.
const markName = "open"

// Doubtful reports whether the last desk that wrote to the profile in dir did not
// end in order, or has not ended yet. Its file may then hold pages that end the
// process which follows them, so a program runs CheckFile in a child process
// before it opens it; that refuses with busy where another window has it open.
func Doubtful(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, markName))
	return err == nil
}

// mark leaves the mark before the first write. Its folder is synced, for a power
// cut is what it is for; that it cannot be written is no reason to refuse a save.
func (s *Store) mark() {
	f, err := os.OpenFile(filepath.Join(s.dir, markName), os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil && f.Close() == nil {
		_ = boltfile.SyncDir(s.dir)
	}
}

// unmark takes the mark away while the lock is still held. One that a power cut
// brings back costs a check.
func (s *Store) unmark() { os.Remove(filepath.Join(s.dir, markName)) }
