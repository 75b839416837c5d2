//go:build unix

package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store"
	"casedesk/store/seal"
)

// typed are words as they grow key by key: what an input method commits in one
// piece is one key.
var typed = []struct {
	kind string
	keys []string
}{
	{"common", []string{"纠", "纠纷"}},
	{"common", []string{"排", "排水", "排水沟"}},
	{"phrase", []string{"宅基地四至"}},
	{"name", []string{"欧阳", "欧阳建", "欧阳建国"}},
	{"name", []string{"陈丽", "陈丽娟"}},
	{"rare", []string{"魑", "魑魅"}},
	{"absent", []string{"囧", "囧囧", "囧囧囧"}},
	{"absent", []string{"排囧"}},
	{"initials", strings.Split("z zw zwh", " ")},
	{"initials", strings.Split("l lj lji ljin", " ")},
	{"pinyin", strings.Split("p pa pai pais paish paishu paishui", " ")},
	{"absent initials", strings.Split("q qq qqq qqqx", " ")},
	{"digits", strings.Split("1 13 138 1380 13800 138001", " ")},
	{"digits", strings.Split("5 55 557 5577", " ")},
	{"latin", strings.Split("x xy xyz", " ")},
	{"two words", []string{"排水 陈", "排水 陈丽"}},
}

// search compares the list of a search, key by key, with one scan for the same
// word over the same text in one piece of memory.
func (b *bench) search() error {
	dir, err := b.profile(b.cases)
	if err != nil {
		return err
	}
	arena, err := texts(dir)
	if err != nil {
		return err
	}
	s, err := open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	first, err := timed(func() error { _, err := s.Rows(store.Query{Find: "囧", Limit: 50}); return err })
	if err != nil {
		return err
	}
	var scan times
	for range b.runs {
		begin := time.Now()
		if bytes.Contains(arena, []byte("囧囧")) {
			return fmt.Errorf("the absent word is there")
		}
		scan = append(scan, time.Since(begin))
	}
	bare := scan.median()
	fmt.Printf("search  %d cases, %.1f MB of text: one scan %s, first search ever %s (%.2f)\n",
		b.cases, float64(len(arena))/1e6, ms(bare), ms(first), ratio(first, bare))
	for _, phase := range []string{"scanned", "indexed"} {
		if phase == "indexed" {
			begin := time.Now()
			s.PrepareSearch()
			fmt.Printf("        index ready %s later\n", ms(time.Since(begin)))
		}
		if err := b.keys(s, phase, bare); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) keys(s *store.Store, phase string, bare time.Duration) error {
	var all, ones times
	for _, word := range typed {
		for _, key := range word.keys {
			var mine times
			total := 0
			for range max(3, b.runs/3) {
				// Another word before it, so that nothing is answered from what was found last.
				if _, err := s.Rows(store.Query{Find: "与", Limit: 50}); err != nil {
					return err
				}
				d, err := timed(func() error {
					list, err := s.Rows(store.Query{Find: key, Limit: 50})
					total = list.Total
					return err
				})
				if err != nil {
					return err
				}
				mine = append(mine, d)
			}
			if len([]rune(key)) > 1 {
				all = append(all, mine...)
			} else {
				ones = append(ones, mine...)
			}
			fmt.Printf("        %-8s %-16s %-10s %7d found  %s  %.2f scans\n", phase, word.kind, key, total, ms(mine.median()), ratio(mine.median(), bare))
		}
	}
	fmt.Printf("search  %s, a key: p50 %s, p95 %s (%.2f scans), worst %s (%.2f); one character: p95 %s (%.2f)\n", phase,
		ms(all.median()), ms(all.at(.95)), ratio(all.at(.95), bare), ms(all.at(1)), ratio(all.at(1), bare), ms(ones.at(.95)), ratio(ones.at(.95), bare))
	return nil
}

// texts returns the texts to search in, one after the other.
func texts(dir string) ([]byte, error) {
	db, err := bolt.Open(filepath.Join(dir, "desk.db"), 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer db.Close()
	box, err := boxOf(db)
	if err != nil {
		return nil, err
	}
	var arena []byte
	err = db.View(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("x")).ForEach(func(k, v []byte) error {
			plain, err := box.Open(seal.Place("x", k, 1), v)
			arena = append(arena, plain...)
			return err
		})
	})
	return arena, err
}
