// Command dictgen trains the compression dictionary of package wire on
// generated requests and replies: entries with the sentences that such cases
// are written in. Its output is checked in; run again, it gives the same bytes.
package main

import (
	"flag"
	"log"
	"os"

	"github.com/klauspost/compress/dict"
	"github.com/klauspost/compress/zstd"

	"casedesk/store/record"
)

func main() {
	out := flag.String("o", "", "file to write")
	size := flag.Int("size", 48<<10, "bytes of the dictionary")
	id := flag.Uint("id", 1, "the dictionary's id, which messages name")
	flag.Parse()
	log.SetFlags(0)

	g := newGenerator(20211201)
	var samples [][]byte
	for range 1500 {
		b, err := record.Marshal(g.message())
		if err != nil {
			log.Fatal(err)
		}
		samples = append(samples, b)
	}
	d, err := dict.BuildZstdDict(samples, dict.Options{
		MaxDictSize: *size, HashBytes: 6, ZstdDictID: uint32(*id), ZstdLevel: zstd.SpeedDefault,
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, d, 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d bytes from %d messages", *out, len(d), len(samples))
}
