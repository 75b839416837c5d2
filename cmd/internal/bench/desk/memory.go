//go:build unix

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"

	"casedesk/store"
)

// memory tells what the list and the search of a profile take, by anonymous
// pages: the file is mapped, and its pages are the system's to drop. Each is
// measured in a process of its own, which has done nothing else.
func (b *bench) memory() error {
	for _, what := range []string{"nothing", "list", "search"} {
		cmd := exec.Command(os.Args[0], "-child", what, "-dir", b.dir, "-cases", fmt.Sprint(b.cases))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	return nil
}

// inside does one thing in this process and tells its memory.
func (b *bench) inside(what string) error {
	n := b.cases
	if what == "nothing" {
		n = small
	}
	dir, err := b.profile(n)
	if err != nil {
		return err
	}
	s, err := open(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	queries := []store.Query{{Tab: store.TabTodo, Limit: 200}}
	if what == "search" {
		s.PrepareSearch()
		for _, word := range typed {
			for _, key := range word.keys {
				queries = append(queries, store.Query{Find: key, Limit: 200})
			}
		}
	}
	for _, q := range queries {
		if _, err := s.Rows(q); err != nil {
			return err
		}
	}
	busy := anonymous()
	debug.FreeOSMemory()
	rest := anonymous()
	fmt.Printf("memory  %-8s %6d cases: %.1f MB anonymous, %.0f B a case; before the collector ran %.1f MB\n",
		what, n, float64(rest)/1e6, float64(rest)/float64(b.cases), float64(busy)/1e6)
	return nil
}

// anonymous returns the process's anonymous resident memory in bytes; 0 where
// the system does not tell.
func anonymous() int {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer f.Close()
	kb := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "RssAnon:"); ok {
			fmt.Sscan(rest, &kb)
		}
	}
	return kb << 10
}
