package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// MustBeNew refuses a file that is there, for what was kept is not written over,
// and one in a folder that is not there.
func (r *Run) MustBeNew(file, field string) error {
	if _, err := os.Lstat(file); err == nil {
		return r.BadFile(file, field, fs.ErrExist)
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return r.BadFile(file, field, err)
	}
	return nil
}

// Secret is a new file for a secret that is carried away. A nil one takes
// nothing.
type Secret struct{ f *os.File }

// CreateSecret makes the file before what it is for, so that a secret is never
// made that cannot be kept. An existing file is not written over; an empty name
// makes no file.
func (r *Run) CreateSecret(file, flag string) (*Secret, error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, r.BadFile(file, flag, err)
	}
	return &Secret{f}, nil
}

// Write writes the secret as one line and lets go of the file when it is on the
// disk.
func (s *Secret) Write(secret string) error { return s.WriteAll([]byte(secret + "\n")) }

// WriteAll is Write for what is no line.
func (s *Secret) WriteAll(b []byte) error {
	if s == nil {
		return nil
	}
	_, err := s.f.Write(b)
	return errors.Join(err, s.f.Sync(), s.f.Close())
}

// Discard removes the file again.
func (s *Secret) Discard() {
	if s != nil {
		s.f.Close()
		os.Remove(s.f.Name())
	}
}
