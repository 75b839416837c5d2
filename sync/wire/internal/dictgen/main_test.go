package main

import (
	"os"
	"testing"

	"github.com/klauspost/compress/zstd"

	"casedesk/store/record"
)

// Ensure the dictionary that is checked in earns its place on messages that it
// was not trained on. Signatures and hashes, half of a packed entry, do not pack.
func TestDictionary(t *testing.T) {
	d, err := os.ReadFile("../../dictionary-1.zdict")
	if err != nil {
		t.Fatal(err)
	}
	with, err := zstd.NewWriter(nil, zstd.WithEncoderDict(d))
	if err != nil {
		t.Fatal(err)
	}
	without, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	g := newGenerator(7)
	var plain, packed, packedWith int
	for range 500 {
		b, err := record.Marshal(g.message())
		if err != nil {
			t.Fatal(err)
		}
		plain += len(b)
		packed += len(without.EncodeAll(b, nil))
		packedWith += len(with.EncodeAll(b, nil))
	}
	t.Logf("%d bytes: %d without the dictionary, %d with it", plain, packed, packedWith)
	if packedWith > packed*4/5 {
		t.Fatalf("%d bytes with the dictionary, %d without", packedWith, packed)
	}
}
