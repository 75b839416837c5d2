package seal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/zalando/go-keyring"
)

// Keyring holds small secrets outside the file: an image of the disk alone then
// does not suffice to try passphrases.
type Keyring interface {
	// Get returns the secret of that name, or ErrNoSecret.
	Get(name string) ([]byte, error)
	// Set stores a secret under a name.
	Set(name string, secret []byte) error
	// Delete removes it; removing what is not there is no error.
	Delete(name string) error
}

// ErrNoSecret means that a keyring has no such secret or cannot be asked.
var ErrNoSecret = errors.New("seal: not in the keyring")

// NoKeyring is a machine without a keyring.
type NoKeyring struct{}

// Get returns ErrNoSecret.
func (NoKeyring) Get(string) ([]byte, error) { return nil, ErrNoSecret }

// Set returns ErrNoSecret.
func (NoKeyring) Set(string, []byte) error { return ErrNoSecret }

// Delete does nothing.
func (NoKeyring) Delete(string) error { return nil }

// OSKeyring is the operating system's: Credential Manager, Keychain or Secret
// Service.
type OSKeyring struct{}

const (
	keyringService = "casedesk"
	// keyringPatience bounds a keyring that never answers, such as one whose
	// prompt nobody sees.
	keyringPatience = 20 * time.Second
)

// Get returns the secret of that name, or ErrNoSecret.
func (OSKeyring) Get(name string) (secret []byte, err error) {
	var text string
	err = patiently(func() error {
		var err error
		text, err = keyring.Get(keyringService, name)
		return err
	})
	if err != nil {
		return nil, err
	}
	secret, err = base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("keyring %s: %w", name, ErrNoSecret)
	}
	return secret, nil
}

// Set stores a secret under a name.
func (OSKeyring) Set(name string, secret []byte) error {
	text := base64.StdEncoding.EncodeToString(secret)
	return patiently(func() error { return keyring.Set(keyringService, name, text) })
}

// Delete removes the secret of that name.
func (OSKeyring) Delete(name string) error {
	err := patiently(func() error {
		if err := keyring.Delete(keyringService, name); !errors.Is(err, keyring.ErrNotFound) {
			return err
		}
		return nil
	})
	return err
}

// patiently runs ask, giving up after keyringPatience. Every failure is
// ErrNoSecret, for a keyring that cannot answer is as good as none.
func patiently(ask func() error) error {
	done := make(chan error, 1)
	go func() { done <- ask() }()
	select {
	case err := <-done:
		if err != nil {
			return fmt.Errorf("%w: %v", ErrNoSecret, err)
		}
		return nil
	case <-time.After(keyringPatience):
		return fmt.Errorf("%w: no answer", ErrNoSecret)
	}
}
