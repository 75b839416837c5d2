package store

import (
	"crypto/rand"
	"io"
	"os"

	"casedesk/store/catalogue"
	"casedesk/store/seal"
)

// Options are what a store takes from outside. The zero value works: the
// machine's clock, no keyring, no witness, no ballast.
type Options struct {
	// Name is the person's own name for the profile; Create only.
	Name string
	// Catalogue is what a profile without a county works with; Create only.
	Catalogue catalogue.Catalogue
	// HandOut is given the recovery code before there is a profile that it opens, so
	// that none stays whose code nobody was told; an error of it ends Create. Create
	// only; nil: who calls tells the code.
	HandOut func(seal.RecoveryCode) error

	Clock Clock     // nil: RealClock(0)
	Rand  io.Reader // of ids, salts and the profile's key; nil: crypto/rand
	// Keyring keeps a part of the passphrase's key outside the file; nil: none.
	Keyring seal.Keyring
	// Witness is a folder outside the profile's, in which the store notes how far
	// its log reaches, so that a restored or copied file is noticed; empty: none.
	Witness string
	// Ballast is the size in bytes of a file that is given up when the disk is
	// full, so that the last work can be saved and handed in; 0: none.
	Ballast int64
	// Params are the cost of the passphrase's derivation; zero: seal.Default.
	Params seal.Params
	// MaxSize bounds the file in bytes; 0: no bound.
	MaxSize int
	// OpenFile opens the database file; nil: os.OpenFile. Tests put faults here.
	OpenFile func(name string, flag int, perm os.FileMode) (*os.File, error)
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = RealClock(0)
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Keyring == nil {
		o.Keyring = seal.NoKeyring{}
	}
	if o.Params == (seal.Params{}) {
		o.Params = seal.Default
	}
	if o.OpenFile == nil {
		o.OpenFile = os.OpenFile
	}
	return o
}
