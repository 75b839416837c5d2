package boltfile_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/boltfile"
)

const (
	pageSize   = 4096
	headerSize = 16
	element    = 16
)

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// grown makes a file that has every kind of page: branches, leaves with values of
// several pages, a bucket within its entry, and free pages.
func grown(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "file.db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pageSize})
	ok(t, err)
	for round := range 3 {
		ok(t, db.Update(func(tx *bolt.Tx) error {
			small, err := tx.CreateBucketIfNotExists([]byte("small"))
			ok(t, err)
			ok(t, small.Put([]byte("k"), []byte("v")))
			wide, err := tx.CreateBucketIfNotExists([]byte("wide")) // branches of several pages
			ok(t, err)
			for i := range 40 {
				ok(t, wide.Put(append(bytes.Repeat([]byte{'w'}, 3000), byte(i)), []byte{byte(round)}))
			}
			large, err := tx.CreateBucketIfNotExists([]byte("large"))
			ok(t, err)
			for i := range 400 {
				size := 60
				if i%40 == 0 {
					size = 9000
				}
				ok(t, large.Put(fmt.Appendf(nil, "key %03d", i), bytes.Repeat([]byte{byte(i)}, size+round)))
			}
			for i := range 40 {
				ok(t, large.Delete(fmt.Appendf(nil, "key %03d", 7*i+round)))
			}
			return nil
		}))
	}
	ok(t, db.Close())
	return path
}

func look(path string) error {
	db, err := boltfile.Open(path, 0o600, bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return err
	}
	return db.Close()
}

// Ensure that a sound file passes, and one does not in which any bit has flipped
// that tells where things are: of the pages' headers and elements. How long the last
// element of a page is nothing contradicts; that is for who reads the row to notice.
func TestOpen_Structure(t *testing.T) {
	path := grown(t)
	ok(t, look(path))
	file, err := os.ReadFile(path)
	ok(t, err)
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	ok(t, err)
	defer f.Close()
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	kinds := map[uint16]int{}
	for id, used := range reachable(file) {
		if !used {
			continue
		}
		at := int64(id) * pageSize
		flags, count := binary.NativeEndian.Uint16(file[at+8:]), int64(binary.NativeEndian.Uint16(file[at+10:]))
		kinds[flags]++
		size := headerSize + count*element
		if flags == 16 { // a free list: eight bytes an element
			size = headerSize + count*8
		}
		for range 40 {
			bit := r.Int64N(size * 8)
			switch left := size - bit/8; {
			case flags == 1 && left > 8 && left <= 12, flags == 2 && left <= 8:
				continue // the length of the last element
			}
			b := []byte{file[at+bit/8] ^ 1<<(bit%8)}
			_, err := f.WriteAt(b, at+bit/8)
			ok(t, err)
			if err := look(path); !errors.Is(err, boltfile.ErrRotten) {
				t.Errorf("seed %d: page %d of kind %d with %d elements, bit %d of byte %d: %v", seed, id, flags, count, bit%8, bit/8, err)
			}
			_, err = f.WriteAt(file[at+bit/8:][:1], at+bit/8)
			ok(t, err)
		}
	}
	if kinds[1] == 0 || kinds[2] < 20 || kinds[16] != 1 {
		t.Errorf("the file has pages of kinds %v", kinds)
	}
	ok(t, look(path))
}

// reachable tells which pages are the first of something in use; the two headers
// are not among them: of these one may be bad, as after a power cut.
func reachable(file []byte) []bool {
	word := func(at int64) int64 { return int64(binary.NativeEndian.Uint64(file[at:])) }
	meta := int64(headerSize)
	if word(pageSize+headerSize+48) > word(headerSize+48) {
		meta += pageSize
	}
	list, end := word(meta+32), word(meta+40)
	used := make([]bool, end)
	for id := int64(2); id < end; id++ {
		used[id] = true
	}
	for i := range int64(binary.NativeEndian.Uint16(file[list*pageSize+10:])) {
		used[word(list*pageSize+headerSize+i*8)] = false
	}
	for id := int64(2); id < end; id++ {
		if !used[id] {
			continue
		}
		for more := int64(binary.NativeEndian.Uint32(file[id*pageSize+12:])); more > 0; more-- {
			id++
			used[id] = false
		}
	}
	return used
}

// Ensure that an empty file, and one that is cut off, are no databases, and that a
// lock is not kept on a file that is refused.
func TestOpen_Refused(t *testing.T) {
	path := grown(t)
	file, err := os.ReadFile(path)
	ok(t, err)
	ok(t, os.WriteFile(path, file[:5*pageSize], 0o600))
	if err := look(path); !errors.Is(err, boltfile.ErrRotten) {
		t.Errorf("cut off: %v", err)
	}
	ok(t, os.WriteFile(path, file, 0o600))
	ok(t, look(path))
}
