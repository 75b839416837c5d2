//go:build linux && (amd64 || arm64)

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
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"casedesk/cmd/internal/disk"
	"casedesk/cmd/internal/term"
	"casedesk/store/seal"
)

// canaries are typed where the comment says and found nowhere.
var canaries = []string{
	"金丝雀标题栏", "CanaryTitleZq", // the title
	"金丝雀事实栏", "CanaryFactsZq", // the facts
	"金丝雀稿子栏", "CanaryDraftZq", // a draft that is left half-written
	"金丝雀查找栏", "CanaryFindZq", // a search
	"金丝雀记录栏", "CanaryNoteZq", // a note on a case
	passphrase,
}

// codes are the ways in which people write the recovery code that a screen shows, and
// the bytes behind it.
func codes(t *testing.T, screen string) (out []string, groups []string) {
	shown := regexp.MustCompile(`(?:[0-9A-Z]{4} - )+[0-9A-Z]{4}`).FindString(screen)
	code := must[seal.RecoveryCode](t)(seal.ParseRecoveryCode(shown))
	groups = strings.Split(shown, " - ")
	for _, sep := range []string{"", "-", " ", " - "} {
		joined := strings.Join(groups, sep)
		out = append(out, joined, strings.ToLower(joined))
	}
	return append(out, string(reflect.ValueOf(&code).Elem().FieldByName("b").Bytes())), groups
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

// find returns the canaries that some bytes hold.
func find(b []byte, where string) (found []string) {
	for _, word := range canaries {
		for i, form := range forms(word) {
			if bytes.Contains(b, form) {
				found = append(found, fmt.Sprintf("%q in %s, form %d", word, where, i))
			}
		}
	}
	return found
}

// written hunts in what programs write while they write it, be it removed or
// written over afterwards.
type written struct {
	mu     sync.Mutex
	writes int
	files  map[string][]byte // the end of what was last written to each
	found  []string
}

func (w *written) record(c disk.Call) {
	if c.Op != disk.Write {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	b := append(bytes.Clone(w.files[c.Path]), c.Data...)
	w.found = append(w.found, find(b, "what was written to "+c.Path)...)
	w.files[c.Path] = bytes.Clone(b[max(0, len(b)-256):])
	w.writes++
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
		found = append(found, find(content, path)...)
		return err
	}))
	return found
}

// Ensure that words typed through the desk, and the recovery code that it shows, lie
// in no file that the programs wrote: not the profile's, nor its backup, witness, home
// and temporary folder, nor the county's log and audit; and that the laptop's programs
// never wrote them, anywhere, not even to a file that is gone. The county's ledger
// holds plain entries by design and its disk is to be encrypted, so it and the
// passphrase's own file are left aside.
func TestCanaries(t *testing.T) {
	l := newLab(t, ram(t))
	l.must("", "countyd", "init", "--sample", "--recovery-out", l.path("key"))
	if !l.serve() {
		t.Fatal("the county does not come up")
	}
	slip := l.must("", "countyd", "slip", "grid1")[0]["slip"].(string)
	seen := &written{files: map[string][]byte{}}
	if err := disk.Supported(); err != nil {
		fmt.Printf("SKIPPED: what the programs wrote and removed: this machine lets no test supervise a program: %v\n", err)
	} else {
		l.record = seen.record
	}
	start := func() *term.Term {
		cmd := l.command("casedesk")
		cmd.Env = l.env()
		begin, _ := l.runner(cmd)
		return term.StartBy(t, 80, 24, cmd, begin)
	}
	unlock := func(s *term.Term, then ...string) {
		s.Wait("口令")
		s.Type(passphrase)
		s.Press("enter")
		s.Wait(then...)
	}
	desk := func() *term.Term {
		s := start()
		unlock(s, "[首页", "F2 登记新案件")
		return s
	}
	s := start()
	s.Wait("第一次使用", "我有县里给的入网单")
	s.Press("enter")
	s.Wait("再输一次")
	for i, text := range []string{"张三", passphrase, passphrase, slip} {
		if i > 0 {
			s.Press("tab")
		}
		s.Paste(text)
	}
	s.Press("f2")
	s.Wait("抄下恢复码")
	code, groups := codes(t, s.Screen())
	canaries = append(canaries, code...)
	for i, m := range regexp.MustCompile(`第 (\d) 组`).FindAllStringSubmatch(s.Screen(), -1) {
		if i > 0 {
			s.Press("tab")
		}
		n := must[int](t)(strconv.Atoi(m[1]))
		s.Type(groups[n-1])
	}
	s.Press("f2")
	s.Wait("请核对", "按 F2 加入")
	s.Press("f2")
	s.Wait("入门 1/3")
	s.Press("esc")
	s.Wait("[首页", "F2 登记新案件")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
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
	s = desk()
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
	s.Press("enter")
	s.Wait("F2 办理")
	s.Press("f2")
	s.Wait("可以做什么")
	s.Type("记录")
	s.Wait("*   记录")
	s.Press("enter")
	s.Wait("说明")
	s.Type(canaries[8] + canaries[9])
	s.Press("f2")
	s.Wait("记录：已保存")
	s.Press("ctrl+l")
	unlock(s, "F2 办理") // where it was locked
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
	if found := append(hunt(t, l.dir, aside...), seen.found...); len(found) > 0 {
		t.Errorf("plain words:\n%s", strings.Join(found, "\n"))
	}
	if l.record != nil && seen.writes < 20 {
		t.Errorf("only %d writes were seen", seen.writes)
	}
	// The hunt finds what is there.
	if found := hunt(t, l.path("county")); len(found) == 0 {
		t.Error("the ledger holds the entries in plain, and the hunt found none")
	}
	control := &written{files: map[string][]byte{}}
	for _, part := range []string{"xyz" + canaries[1][:5], canaries[1][5:]} {
		control.record(disk.Call{Op: disk.Write, Path: "file", Data: []byte(part)})
	}
	if len(control.found) == 0 {
		t.Error("a word that is written in two parts is not found")
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
	fmt.Printf("SOAK|canaries|%d words in %d forms, %d files and folders, %d writes to %d files|0|none\n",
		len(canaries), len(forms("x金丝雀")), left, seen.writes, len(seen.files))
}
