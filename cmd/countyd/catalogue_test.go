package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Ensure that a fault tells enough of a cell to find it by, and not all that a
// cell may hold.
func TestBrief(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"441621102":                "441621102",
		"两\n行\x1b[31m":             "两 行",
		strings.Repeat("甲", 80):    strings.Repeat("甲", 80),
		strings.Repeat("乙", 3<<20): strings.Repeat("乙", 80) + "…",
	} {
		got := brief(in)
		if strings.Contains(in, "\x1b") {
			if strings.ContainsAny(got, "\x1b\n") {
				t.Errorf("%q is not safe", got)
			}
			continue
		}
		if got != want {
			t.Errorf("%d characters, want %d", utf8.RuneCountInString(got), utf8.RuneCountInString(want))
		}
	}
}
