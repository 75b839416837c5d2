package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/store/seal"
)

var (
	cheap = seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}
	noon  = time.Date(2026, 10, 8, 12, 0, 0, 0, time.UTC)
	file  = []byte("file-id-16-bytes")
)

// sameKey reports whether two data keys seal alike.
func sameKey(t *testing.T, a, b *seal.DataKey) {
	t.Helper()
	place := seal.Place("t", []byte("k"), 1)
	got, err := seal.NewBox(b, file).Open(place, seal.NewBox(a, file).Seal(place, []byte("x")))
	if err != nil || string(got) != "x" {
		t.Fatalf("keys differ: %q, %v", got, err)
	}
}

// Ensure that a passphrase slot opens with its passphrase and pepper alone, and
// says which of them is missing.
func TestSlot_OpenPassphrase(t *testing.T) {
	key := seal.NewDataKey()
	pepper := bytes.Repeat([]byte{7}, seal.PepperSize)
	other := bytes.Repeat([]byte{8}, seal.PepperSize)
	for _, tt := range []struct {
		name             string
		made, got        []byte
		passphrase, with string
		want             error
	}{
		{"right", nil, nil, "山重水复", "山重水复", nil},
		{"right with pepper", pepper, pepper, "山重水复", "山重水复", nil},
		{"pepper not asked for", nil, pepper, "a", "a", nil},
		{"wrong passphrase", nil, nil, "a", "b", seal.ErrWrongPassphrase},
		{"wrong passphrase, right pepper", pepper, pepper, "a", "b", seal.ErrWrongPassphrase},
		{"no pepper", pepper, nil, "a", "a", seal.ErrNoPepper},
		{"another pepper", pepper, other, "a", "a", seal.ErrNoPepper},
	} {
		t.Run(tt.name, func(t *testing.T) {
			slot, err := seal.NewPassphraseSlot(key, tt.passphrase, tt.made, cheap, noon)
			if err != nil {
				t.Fatal(err)
			}
			slot, err = seal.DecodeSlot(slot.Encode())
			if err != nil {
				t.Fatal(err)
			}
			got, err := slot.OpenPassphrase(tt.with, tt.got)
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if tt.want == nil {
				sameKey(t, key, got)
			}
		})
	}
}

// Ensure that nobody makes a slot that is cheap to guess at.
func TestNewPassphraseSlot_ErrWeak(t *testing.T) {
	for _, p := range []seal.Params{
		{}, {Time: 1, Memory: 64 << 10, Threads: 4}, {Time: 3, Memory: 63 << 10, Threads: 4},
		{Time: 3, Memory: 64 << 10}, {Time: 3, Memory: 4 << 20, Threads: 4},
	} {
		if _, err := seal.NewPassphraseSlot(seal.NewDataKey(), "a", nil, p, noon); !errors.Is(err, seal.ErrWeak) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

// Ensure that the recovery code opens its slot, and no other does.
func TestSlot_OpenRecovery(t *testing.T) {
	key, code := seal.NewDataKey(), seal.NewRecoveryCode()
	slot := seal.NewRecoverySlot(key, code, noon)
	typed, err := seal.ParseRecoveryCode(strings.ToLower(strings.ReplaceAll(code.String(), "-", " ")))
	if err != nil {
		t.Fatal(err)
	}
	got, err := slot.OpenRecovery(typed)
	if err != nil {
		t.Fatal(err)
	}
	sameKey(t, key, got)
	if _, err := slot.OpenRecovery(seal.NewRecoveryCode()); !errors.Is(err, seal.ErrWrongPassphrase) {
		t.Fatalf("another code: %v", err)
	}
}

// Ensure that the county's slot opens with the key that was carried away on
// paper, and with no other county's.
func TestSlot_OpenCounty(t *testing.T) {
	secret, err := seal.NewCountySecret()
	if err != nil {
		t.Fatal(err)
	}
	public, err := seal.ParseCountyKey(secret.Public().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	key := seal.NewDataKey()
	slot, err := seal.NewCountySlot(key, public, noon)
	if err != nil {
		t.Fatal(err)
	}
	if slot.CountyKey != public.Fingerprint() {
		t.Fatalf("slot names %s", slot.CountyKey)
	}
	slot, err = seal.DecodeSlot(slot.Encode())
	if err != nil {
		t.Fatal(err)
	}
	paper := " " + strings.ToLower(secret.String()) + "\n"
	typed, err := seal.ParseCountySecret(paper)
	if err != nil {
		t.Fatal(err)
	}
	got, err := slot.OpenCounty(typed)
	if err != nil {
		t.Fatal(err)
	}
	sameKey(t, key, got)
	another, _ := seal.NewCountySecret()
	if _, err := slot.OpenCounty(another); !errors.Is(err, seal.ErrWrongPassphrase) {
		t.Fatalf("another county: %v", err)
	}
}

// Ensure that a code typed with one mistake is never taken for another code.
func TestParseRecoveryCode_Mistakes(t *testing.T) {
	text := seal.NewRecoveryCode().String()
	if len(text) != 34 || strings.Count(text, "-") != 6 {
		t.Fatalf("shape of %q", text)
	}
	for i := range text {
		if text[i] == '-' {
			continue
		}
		for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if byte(c) == text[i] {
				continue
			}
			if _, err := seal.ParseRecoveryCode(text[:i] + string(c) + text[i+1:]); !errors.Is(err, seal.ErrCode) {
				t.Fatalf("mistake at %d: %v", i, err)
			}
		}
	}
	for _, bad := range []string{"", text[1:], text + "0", text + "U", "恢复码"} {
		if _, err := seal.ParseRecoveryCode(bad); !errors.Is(err, seal.ErrCode) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	wide := strings.Map(func(r rune) rune {
		if r == '0' {
			return 'Ｏ'
		}
		return r - '!' + '！'
	}, text)
	if _, err := seal.ParseRecoveryCode(wide); err != nil {
		t.Errorf("full-width %q: %v", wide, err)
	}
}

// Ensure that every flipped bit of a slot is noticed, and never reads as a wrong
// passphrase.
func TestDecodeSlot_Damaged(t *testing.T) {
	slot, err := seal.NewPassphraseSlot(seal.NewDataKey(), "a", nil, cheap, noon)
	if err != nil {
		t.Fatal(err)
	}
	data := slot.Encode()
	for i := range data {
		for bit := range 8 {
			bad := bytes.Clone(data)
			bad[i] ^= 1 << bit
			got, err := seal.DecodeSlot(bad)
			if err == nil && bytes.Equal(got.Encode(), data) {
				continue // another spelling of the same slot
			}
			if !errors.Is(err, seal.ErrDamaged) && !errors.Is(err, seal.ErrNewerFormat) {
				t.Fatalf("byte %d bit %d: %v", i, bit, err)
			}
		}
	}
}

// Ensure that a later version's slot is called newer, not damaged.
func TestDecodeSlot_ErrNewerFormat(t *testing.T) {
	for _, text := range []string{
		`{"format":2,"kind":"passphrase","suite":1,"whatever":[]}`,
		`{"format":1,"kind":"passphrase","suite":2}`,
	} {
		if _, err := seal.DecodeSlot([]byte(text)); !errors.Is(err, seal.ErrNewerFormat) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Ensure that a sealed value opens at its own place alone, and that no flipped
// bit goes unnoticed.
func TestBox_Open(t *testing.T) {
	box := seal.NewBox(seal.NewDataKey(), file)
	place := seal.Place("case", []byte("key"), 1)
	plain := []byte("调解笔录")
	sealed := box.Seal(place, plain)
	got, err := box.Open(place, sealed)
	if err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%q, %v", got, err)
	}
	for _, other := range [][]byte{
		seal.Place("row", []byte("key"), 1), seal.Place("case", []byte("kez"), 1), seal.Place("case", []byte("key"), 2), nil,
	} {
		if _, err := box.Open(other, sealed); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("opened at another place: %v", err)
		}
	}
	for i := range sealed {
		for bit := range 8 {
			bad := bytes.Clone(sealed)
			bad[i] ^= 1 << bit
			if _, err := box.Open(place, bad); !errors.Is(err, seal.ErrDamaged) {
				t.Fatalf("byte %d bit %d: %v", i, bit, err)
			}
		}
	}
	for n := range sealed {
		if _, err := box.Open(place, sealed[:n]); !errors.Is(err, seal.ErrDamaged) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

// Ensure that lengths show in steps of 64 bytes only, and that nonces differ.
func TestBox_Seal_Shape(t *testing.T) {
	box := seal.NewBox(seal.NewDataKey(), file)
	seen := map[string]bool{}
	for n := range 300 {
		plain := bytes.Repeat([]byte{1}, n)
		sealed := box.Seal(nil, plain)
		if want := 3 + 12 + (4+n+63)/64*64 + 16; len(sealed) != want {
			t.Fatalf("%d bytes sealed to %d, want %d", n, len(sealed), want)
		}
		if nonce := string(sealed[3:15]); seen[nonce] {
			t.Fatal("a nonce came twice")
		} else {
			seen[nonce] = true
		}
		if got, err := box.Open(nil, sealed); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

// Ensure that opaque keys depend on the data key, the file, the domain and how
// the parts are cut.
func TestBox_Opaque(t *testing.T) {
	key := seal.NewDataKey()
	box := seal.NewBox(key, file)
	base := box.Opaque("case", []byte("ab"), []byte("c"))
	if base != seal.NewBox(key, file).Opaque("case", []byte("ab"), []byte("c")) {
		t.Fatal("not repeatable")
	}
	for name, other := range map[string][seal.OpaqueSize]byte{
		"cut":    box.Opaque("case", []byte("a"), []byte("bc")),
		"domain": box.Opaque("row", []byte("ab"), []byte("c")),
		"key":    seal.NewBox(seal.NewDataKey(), file).Opaque("case", []byte("ab"), []byte("c")),
		"file":   seal.NewBox(key, []byte("another")).Opaque("case", []byte("ab"), []byte("c")),
	} {
		if other == base {
			t.Errorf("%s makes no difference", name)
		}
	}
}

var update = flag.Bool("update", false, "write testdata/v1 anew; only before the first release")

// golden is what version 1 wrote; it must open for ever.
type golden struct {
	Passphrase   string            `json:"passphrase"`
	Pepper       []byte            `json:"pepper"`
	RecoveryCode string            `json:"recovery_code"`
	CountySecret string            `json:"county_secret"`
	File         []byte            `json:"file"`
	Slots        []json.RawMessage `json:"slots"`
	Place        []byte            `json:"place"`
	Plain        string            `json:"plain"`
	Sealed       []byte            `json:"sealed"`
	Opaque       []byte            `json:"opaque"`
}

// Ensure that what version 1 sealed still opens.
func TestGolden(t *testing.T) {
	path := filepath.Join("testdata", "v1", "seal.json")
	if *update {
		writeGolden(t, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var g golden
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	code, err := seal.ParseRecoveryCode(g.RecoveryCode)
	if err != nil {
		t.Fatal(err)
	}
	county, err := seal.ParseCountySecret(g.CountySecret)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Slots) != 4 {
		t.Fatalf("%d slots", len(g.Slots))
	}
	for _, raw := range g.Slots {
		var compact bytes.Buffer
		json.Compact(&compact, raw)
		slot, err := seal.DecodeSlot(compact.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(slot.Encode(), compact.Bytes()) {
			t.Errorf("slot %s is encoded otherwise now", slot.ID)
		}
		var key *seal.DataKey
		switch slot.Kind {
		case seal.Passphrase:
			key, err = slot.OpenPassphrase(g.Passphrase, g.Pepper)
		case seal.Recovery:
			key, err = slot.OpenRecovery(code)
		case seal.County:
			key, err = slot.OpenCounty(county)
		}
		if err != nil {
			t.Fatalf("%s: %v", slot.Kind, err)
		}
		box := seal.NewBox(key, g.File)
		plain, err := box.Open(g.Place, g.Sealed)
		if err != nil || string(plain) != g.Plain {
			t.Fatalf("%s: %q, %v", slot.Kind, plain, err)
		}
		if got := box.Opaque("case", []byte("1"), []byte("2")); !bytes.Equal(got[:], g.Opaque) {
			t.Errorf("opaque key %x", got)
		}
	}
}

func writeGolden(t *testing.T, path string) {
	key, code := seal.NewDataKey(), seal.NewRecoveryCode()
	county, err := seal.NewCountySecret()
	if err != nil {
		t.Fatal(err)
	}
	g := golden{
		Passphrase: "柴米油盐 2026", Pepper: bytes.Repeat([]byte{9}, seal.PepperSize),
		RecoveryCode: code.String(), CountySecret: county.String(),
		File: file, Place: seal.Place("c", []byte("key"), 1), Plain: "邻里纠纷",
	}
	plain, err1 := seal.NewPassphraseSlot(key, g.Passphrase, nil, seal.Default, noon)
	peppered, err2 := seal.NewPassphraseSlot(key, g.Passphrase, g.Pepper, cheap, noon)
	sealed, err3 := seal.NewCountySlot(key, county.Public(), noon)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for _, s := range []seal.Slot{plain, peppered, seal.NewRecoverySlot(key, code, noon), sealed} {
		g.Slots = append(g.Slots, s.Encode())
	}
	box := seal.NewBox(key, g.File)
	opaque := box.Opaque("case", []byte("1"), []byte("2"))
	g.Sealed, g.Opaque = box.Seal(g.Place, []byte(g.Plain)), opaque[:]
	out, _ := json.MarshalIndent(g, "", " ")
	if err := os.WriteFile(path, append(out, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
