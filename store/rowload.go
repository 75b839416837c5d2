package store

import (
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/seal"
)

// pagesAtOnce is how many pages are loaded in one transaction: a long one would
// make the file grow.
const pagesAtOnce = 32

// load gives every value of a bucket that is keyed by case number to set, with the
// case's entry, on all processors.
func (t *rowTable) load(s *Store, bucket []byte, set func(e *entry, value string) error) error {
	pages := int(s.state().Cases+pageRows-1) / pageRows
	workers := min(runtime.GOMAXPROCS(0), pages)
	var group errgroup.Group
	for n := range workers {
		group.Go(func() error {
			p := pageReader{bucket: bucket, opener: s.box.Opener()}
			at, end := pages*n/workers, pages*(n+1)/workers
			for at < end {
				err := s.view(func(r reader) error {
					for upto := min(at+pagesAtOnce, end); at < upto; at++ {
						if t.ending.Load() {
							return ErrClosed
						}
						if err := p.read(r.tx, at); err != nil {
							return err
						}
						if err := t.fill(at, &p, set); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// fill gives the values that were read for a page to set. They lie in one piece of
// memory.
func (t *rowTable) fill(at int, p *pageReader, set func(e *entry, value string) error) error {
	if len(p.found) == 0 {
		return nil
	}
	all := p.values.String()
	return t.replace(at, func(page *rowPage) error {
		from := 0
		for _, v := range p.found {
			if err := set(&page.rows[v.at], all[from:v.upto]); err != nil {
				return err
			}
			from = v.upto
		}
		return nil
	})
}

// pageReader reads the values of one page after the other.
type pageReader struct {
	bucket []byte
	opener *seal.Opener
	values strings.Builder // all of a page's
	found  []foundValue
}

// foundValue is a value's place on its page, and its end in the values.
type foundValue struct{ at, upto int }

func (p *pageReader) read(tx *bolt.Tx, at int) error {
	size := p.values.Len() // the pages are much alike
	p.values, p.found = strings.Builder{}, p.found[:0]
	p.values.Grow(size + size/16)
	first := uint64(at*pageRows + 1)
	return eachNumber(tx.Bucket(p.bucket).Cursor(), first, first+pageRows, func(number uint64, key, sealed []byte) error {
		plain, err := p.opener.Open(p.bucket, key, valueSchema, sealed)
		if err != nil {
			return fmt.Errorf("bucket %s, key %x: %w", p.bucket, key, err)
		}
		p.values.Write(plain)
		p.found = append(p.found, foundValue{int(number - first), p.values.Len()})
		return nil
	})
}

// eachNumber visits the keys that are numbers from first on, below end.
func eachNumber(c *bolt.Cursor, first, end uint64, fn func(number uint64, key, value []byte) error) error {
	for k, v := c.Seek(u64(first)); len(k) == 8; k, v = c.Next() {
		number := be64(k)
		if number >= end {
			return nil
		}
		if err := fn(number, k, v); err != nil {
			return err
		}
	}
	return nil
}
