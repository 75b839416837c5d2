//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"casedesk/store"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
)

const passphrase = "bench"

// options leave the passphrase's derivation out: its cost is the same with any
// number of cases, and would only hide the rest.
func options() store.Options {
	return store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}}
}

// profile returns the folder of a profile with n cases, made at the first call.
func (b *bench) profile(n int) (string, error) {
	dir := filepath.Join(b.dir, fmt.Sprint(n))
	if _, err := os.Stat(filepath.Join(dir, "desk.db")); err == nil {
		return dir, nil
	}
	making := dir + ".making"
	if err := os.RemoveAll(making); err != nil {
		return "", err
	}
	fmt.Fprintf(os.Stderr, "making a profile of %d cases in %s\n", n, dir)
	s, _, err := store.Create(making, passphrase, options())
	if err != nil {
		return "", err
	}
	defer s.Close()
	r := rand.New(rand.NewPCG(1, 2))
	if err := fill(s, r, n); err != nil {
		return "", err
	}
	// A desk that worked on it keeps its first pages.
	if err := s.Close(); err != nil {
		return "", err
	}
	return dir, os.Rename(making, dir)
}

// open opens a profile; close it.
func open(dir string) (*store.Store, error) { return store.Open(dir, passphrase, options()) }
