package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"casedesk/store/seal"
)

// Ensure that whatever stands in a slot is read, called damaged or called
// newer, and that what is read is written back the same way.
func FuzzDecodeSlot(f *testing.F) {
	key := seal.NewDataKey()
	slot, err := seal.NewPassphraseSlot(key, "a", nil, cheap, noon)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(slot.Encode())
	f.Add(seal.NewRecoverySlot(key, seal.NewRecoveryCode(), noon).Encode())
	f.Add([]byte(`{"format":2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := seal.DecodeSlot(data)
		if err != nil {
			if !errors.Is(err, seal.ErrDamaged) && !errors.Is(err, seal.ErrNewerFormat) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		again, err := seal.DecodeSlot(s.Encode())
		if err != nil || !bytes.Equal(again.Encode(), s.Encode()) {
			t.Fatalf("written back otherwise: %v", err)
		}
	})
}

// Ensure that a value that this box did not seal never opens.
func FuzzBoxOpen(f *testing.F) {
	box := seal.NewBox(seal.NewDataKey(), file)
	f.Add([]byte("p"), seal.NewBox(seal.NewDataKey(), file).Seal([]byte("p"), []byte("x")))
	f.Add([]byte{}, bytes.Repeat([]byte{1}, 95))
	f.Fuzz(func(t *testing.T, place, sealed []byte) {
		if _, err := box.Open(place, sealed); !errors.Is(err, seal.ErrDamaged) {
			t.Fatalf("opened: %v", err)
		}
	})
}

// Ensure that whatever is typed as a code is read or called a mistake, and that
// a code read is written as it stands on paper.
func FuzzParseRecoveryCode(f *testing.F) {
	f.Add(seal.NewRecoveryCode().String())
	f.Add("ｏ0-Il１ 2")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := seal.ParseRecoveryCode(text)
		if err != nil {
			if !errors.Is(err, seal.ErrCode) {
				t.Fatalf("unnamed error %v", err)
			}
			return
		}
		if again, err := seal.ParseRecoveryCode(c.String()); err != nil || again != c {
			t.Fatalf("%q read as another code", text)
		}
	})
}
