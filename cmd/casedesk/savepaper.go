package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"casedesk/store"
	"casedesk/store/casework"
)

// mostTwins is how many files of one name there may be before another is refused.
const mostTwins = 100

// savePaper writes a paper from the desk to where people look for their documents. It
// writes over nothing.
func savePaper(name string, file []byte) (string, error) {
	dir, err := documents()
	if err != nil {
		return "", err
	}
	name = strings.Map(func(r rune) rune { // a case's number comes from other laptops
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	base, ext := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
	for i := 1; i <= mostTwins; i++ {
		path := filepath.Join(dir, base+ext)
		if i > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s(%d)%s", base, i, ext))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", notSaved(err)
		}
		_, err = f.Write(file)
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return "", notSaved(errors.Join(err, os.Remove(path)))
		}
		return path, nil
	}
	return "", notSaved(fs.ErrExist)
}

// notSaved tells a person why a file could not be written.
func notSaved(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return &casework.Refusal{Code: casework.CodeNotAllowed, Why: store.WhyNoPermission, Err: err}
	case errors.Is(err, syscall.ENOSPC):
		return &casework.Refusal{Code: casework.CodeDiskFull, Err: err}
	}
	return fmt.Errorf("save a paper: %w", err)
}

// documents is the folder of the person's documents as the system calls it, or her home.
func documents() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the documents: %w", err)
	}
	for _, name := range []string{"Documents", "文档"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name), nil
		}
	}
	return home, nil
}
