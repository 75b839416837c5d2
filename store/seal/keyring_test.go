package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"casedesk/store/seal"
)

// Ensure that the system's keyring gives back what was stored, and that a
// keyring that fails reads as one that holds nothing.
func TestOSKeyring(t *testing.T) {
	keyring.MockInit()
	var ring seal.Keyring = seal.OSKeyring{}
	secret := []byte{0, 1, 0xff}
	if _, err := ring.Get("a"); !errors.Is(err, seal.ErrNoSecret) {
		t.Fatalf("empty keyring: %v", err)
	}
	if err := ring.Set("a", secret); err != nil {
		t.Fatal(err)
	}
	if got, err := ring.Get("a"); err != nil || !bytes.Equal(got, secret) {
		t.Fatalf("%x, %v", got, err)
	}
	for range 2 {
		if err := ring.Delete("a"); err != nil {
			t.Fatal(err)
		}
	}
	keyring.MockInitWithError(errors.New("no session bus"))
	for _, ring := range []seal.Keyring{ring, seal.NoKeyring{}} {
		if err := ring.Set("a", secret); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("set: %v", err)
		}
		if _, err := ring.Get("a"); !errors.Is(err, seal.ErrNoSecret) {
			t.Errorf("get: %v", err)
		}
	}
}
