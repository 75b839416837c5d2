package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
)

// ballast is the size in bytes of the file that is given up when the disk is
// full: room for a day's work, and for handing it in.
const ballast = 16 << 20

// folder returns the profile's folder; where something else is in its place, it says so.
func (c *config) folder() (string, error) {
	dir, err := c.run.Dir(c.dir, "CASEDESK_DIR", "casedesk")
	if err != nil {
		return "", err
	}
	if at, err := os.Stat(dir); err == nil && !at.IsDir() {
		return "", &cli.Problem{Code: casework.CodeUsage, Field: "dir", Message: c.run.Words.T("cli.no_folder", dir), Next: c.run.Words.T("cli.no_folder_next")}
	}
	return dir, nil
}

// options are what the machine gives a store.
func (c *config) options() store.Options {
	o := store.Options{Clock: store.RealClock(c.run.Offset), Catalogue: sample.Catalogue(), Ballast: ballast}
	if c.run.Keyring() {
		o.Keyring = seal.OSKeyring{}
	}
	// Without a folder of the person's own there is nowhere to keep a witness.
	if cache, err := os.UserCacheDir(); err == nil {
		o.Witness = filepath.Join(cache, "casedesk-witness")
	}
	return o
}

// profileFile is what a profile's file is called in its folder, a restored
// backup's too.
const profileFile = "desk.db"

// hasProfile reports whether there is a profile in the folder, or something that
// opening it will tell more about.
func hasProfile(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, profileFile))
	return !errors.Is(err, fs.ErrNotExist)
}

// mustHaveProfile refuses a folder without a profile, and tells what became of
// the one that was in it.
func (c *config) mustHaveProfile(dir string) error {
	if err := c.notRevoked(dir); err != nil {
		return err
	}
	if !hasProfile(dir) {
		return cmp.Or(c.notBetween(dir), error(casework.Refuse(casework.CodeNotFound, store.WhyNoProfile)))
	}
	return nil
}

// notBetween refuses a folder from which the profile of the worker before has
// gone and in which that of the next is not in its place yet.
func (c *config) notBetween(dir string) error {
	if hasProfile(dir) || !hasProfile(store.Beside(dir)) {
		return nil
	}
	return &cli.Problem{Code: casework.CodeNotFound, Field: "dir", Message: c.run.Words.T("cli.handover.between"), Next: c.run.Words.T("cli.handover.finish")}
}

// notRevoked refuses a folder whose laptop the county revoked.
func (c *config) notRevoked(dir string) error {
	gone, is := store.Revoked(dir)
	if !is || hasProfile(dir) {
		return nil
	}
	p := &cli.Problem{Code: casework.CodeRevoked, Why: store.WhyForgotten, Field: "dir"}
	if gone.County != "" && !gone.At.IsZero() {
		p.Message = c.run.Words.T("cli.revoked", gone.County, gone.At.In(zone()).Format("2006-01-02 15:04"))
	}
	return p
}

// open opens the profile for a command. Nobody is asked for a passphrase where
// there is none.
func (c *config) open() (*store.Store, error) {
	dir, err := c.folder()
	if err != nil {
		return nil, err
	}
	if err := c.mustHaveProfile(dir); err != nil {
		return nil, err
	}
	if err := trust(dir); err != nil {
		return nil, err
	}
	return c.unlock(dir)
}

// unlock opens a profile whose pages are trusted.
func (c *config) unlock(dir string) (*store.Store, error) {
	passphrase, err := c.run.Passphrase(c.passphraseFile, false)
	if err != nil {
		return nil, err
	}
	return store.Open(dir, passphrase, c.options())
}
