//go:build linux

package ruin_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"casedesk/cmd/internal/term"
)

// canaries are typed where the comment says and found nowhere.
var canaries = []string{
	"金丝雀标题栏", "CanaryTitleZq", // the title
	"金丝雀事实栏", "CanaryFactsZq", // the facts
	"金丝雀稿子栏", "CanaryDraftZq", // a draft that is left half-written
	"金丝雀查找栏", "CanaryFindZq", // a search
	passphrase,
}

// forms are the ways in which words may lie in a file.
func forms(word string) (out [][]byte) {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(word)) {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	out = [][]byte{[]byte(word), little, big, []byte(hex.EncodeToString([]byte(word)))}
	// In base64 a word looks another way at each of three places in a group.
	for skip := range 3 {
		code := base64.RawStdEncoding.EncodeToString(append(make([]byte, skip), word...))
		out = append(out, []byte(code[4:len(code)-2]))
	}
	return out
}

// hunt returns where a canary lies below a folder, a few files left aside.
func hunt(t *testing.T, dir string, aside ...string) (found []string) {
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		for _, a := range aside {
			if path == a {
				return nil
			}
		}
		content, err := os.ReadFile(path)
		for _, word := range canaries {
			for i, form := range forms(word) {
				if bytes.Contains(content, form) {
					found = append(found, fmt.Sprintf("%s in %s, form %d", word, path, i))
				}
			}
		}
		return err
	}))
	return found
}

// Ensure that words typed through the desk lie in no file that the programs
// wrote: not the profile's, nor its snapshots, backups, witness, home and temporary
// folder, nor the county's log and audit. The county's ledger holds plain entries
// by design and its disk is to be encrypted, so it and the passphrase's own file
// are left aside.
func TestCanaries(t *testing.T) {
	l := newLab(t, ram(t))
	l.found()
	desk := func() *term.Term {
		cmd := l.command("casedesk")
		cmd.Env = l.env()
		s := term.Start(t, 80, 24, cmd)
		s.Wait("口令")
		s.Type(passphrase)
		s.Press("enter")
		s.Wait("[待办", "F2 登记新案件")
		return s
	}
	form := func(s *term.Term, title, facts string) {
		s.Press("f2")
		s.Wait("登记矛盾纠纷")
		s.Type("ll")
		s.Wait("> 邻里纠纷")
		s.Press("enter")
		s.Wait("[邻里纠纷")
		s.Type(title)
		s.Wait("[" + title)
		s.Press("tab", "tab")
		s.Paste(facts)
		s.Wait(facts)
	}
	s := desk()
	form(s, canaries[0]+canaries[1], canaries[2]+canaries[3])
	s.Press("f2")
	s.Wait("已登记。", "返回列表")
	s.Press("esc")
	s.Wait("全部 1", "F3 查找")
	s.Press("f3")
	s.Wait("查找")
	s.Type(canaries[6] + canaries[7])
	s.Wait(canaries[6])
	s.Press("esc")
	s.Wait("按 F3 或 / 查找")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	// Half-written, and killed.
	s = desk()
	form(s, canaries[4]+canaries[5], canaries[4]+canaries[5])
	s.Kill()
	l.sync()
	l.must("", "casedesk", "backup", l.path("copy.db"))
	if l.titles("delivered")[canaries[0]+canaries[1]] != 1 {
		t.Error("what was typed was not saved and delivered")
	}
	l.halt()
	aside := []string{l.path("pass"), filepath.Join(l.path("county"), "ledger.db")}
	if found := hunt(t, l.dir, aside...); len(found) > 0 {
		t.Errorf("plain words:\n%s", strings.Join(found, "\n"))
	}
	// The hunt finds what is there.
	if found := hunt(t, l.path("county")); len(found) == 0 {
		t.Error("the ledger holds the entries in plain, and the hunt found none")
	}
	for i, form := range forms(canaries[0]) {
		control := t.TempDir()
		ok(t, os.WriteFile(filepath.Join(control, "file"), append([]byte("xyz"), form...), 0o600))
		if len(hunt(t, control)) == 0 {
			t.Errorf("form %d is not found", i)
		}
	}
	left := 0
	filepath.WalkDir(l.dir, func(string, fs.DirEntry, error) error { left++; return nil })
	fmt.Printf("SOAK|canaries|%d words in %d forms, %d files and folders|0|none\n", len(canaries), len(forms("x金丝雀")), left)
}
