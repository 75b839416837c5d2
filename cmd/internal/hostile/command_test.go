package hostile_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casedesk/cmd/internal/programs"
	"casedesk/store"
)

func TestMain(m *testing.M) { os.Exit(programs.Main(m)) }

// shell runs the programs as a script does and reads every byte that they write.
type shell struct {
	t    testing.TB
	dir  string
	env  []string
	runs int
}

func (s *shell) run(stdin, program string, args ...string) (out string) {
	s.t.Helper()
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "\x00", "") // no argument can hold it
	}
	cmd := exec.Command(filepath.Join(programs.Dir(s.t), program), args...)
	cmd.Dir, cmd.Stdin = s.dir, strings.NewReader(stdin)
	cmd.Env = append(os.Environ(), s.env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	_ = cmd.Run() // what is refused is written, too
	s.runs++
	for where, b := range map[string]string{"stdout": stdout.String(), "stderr": stderr.String()} {
		found := faults(b, nil)
		if len(found) > 0 {
			s.t.Errorf("%s %.60q: %s: %d faults, the first: %s", program, args, where, len(found), found[0])
		}
	}
	if strings.Contains(stderr.String(), "panic") {
		s.t.Errorf("%s %.60q: %s", program, args, stderr.String())
	}
	return stdout.String()
}

// Ensure that nothing that anybody wrote, no name of a file and no argument, is
// written to a terminal as anything but text, by any command, for people and as
// JSON.
func TestHostileText_Commands(t *testing.T) {
	w := newWorld(t, all)
	w.close()
	s := &shell{t: t, dir: t.TempDir(), env: []string{"CASEDESK_KEYRING=off", "CASEDESK_LANG=zh", "HOME=" + t.TempDir()}}
	pass := filepath.Join(s.dir, "pass")
	must(t, os.WriteFile(pass, []byte(passphrase+"\n"), 0o600))
	at := []string{"--dir", w.desk, "--passphrase-file", pass}
	desk := func(stdin string, args ...string) string { return s.run(stdin, "casedesk", append(args, at...)...) }

	st, err := store.Open(w.desk, passphrase, store.Options{})
	must(t, err)
	list, err := st.Rows(store.Query{Tab: store.TabAll})
	must(t, err)
	must(t, st.Close())
	for _, mode := range [][]string{nil, {"--json"}} {
		desk("", append([]string{"list"}, mode...)...)
		desk("", append([]string{"list", "--find", all}, mode...)...)
		for _, row := range list.Rows[:2] {
			out := desk("", append([]string{"show", row.ID.String()}, mode...)...)
			if mode != nil && !json.Valid([]byte(out)) {
				t.Errorf("no JSON: %s", out)
			}
			desk("", append([]string{"do", row.ID.String(), "--actions"}, mode...)...)
			desk("", append([]string{"do", row.ID.String(), all}, mode...)...)
			desk("", append([]string{"do", row.ID.String(), "note", "--set", "note=" + all}, mode...)...)
			desk("", append([]string{"do", row.ID.String(), "amend", "--set", all + "=x", "--set", "category=" + all}, mode...)...)
			desk("", append([]string{"do", row.ID.String(), "settle", "--set", "entry=" + all, "--set", "choice=" + all}, mode...)...)
		}
		desk("", append([]string{"check"}, mode...)...)
		for _, report := range []string{"changes", "work_list", "backlog", "supervision"} {
			desk("", append([]string{"report", report}, mode...)...)
			s.run("", "countyd", append([]string{"report", report, "--dir", w.county}, mode...)...)
		}
	}
	var good, bad strings.Builder
	for _, attack := range append(attacks, all) {
		b, err := json.Marshal(attack)
		must(t, err)
		q := string(b)
		good.WriteString(`{"category":"0201","title":` + q + `,"facts":` + q + `,"place":{"division":"441621102901","detail":` + q + `},"source":{"system":` + q + `,"id":` + q + `}}` + "\n")
		bad.WriteString(`{` + q + `:1,"category":` + q + `,"channel":` + q + `,"kind":` + q + `,"happened_on":` + q + "}\n" + `{"title":"` + attack + `"` + attack + "\n")
	}
	name := "no" + strings.NewReplacer("/", "", "\x00", "").Replace(all)[:200]
	for _, mode := range [][]string{nil, {"--json"}} {
		desk(good.String(), append([]string{"new", "-"}, mode...)...)
		desk(bad.String(), append([]string{"new", "-"}, mode...)...)
		for _, args := range [][]string{{"show", all}, {"new", name}, {"backup", name + "/x"}, {all}, {"list", "--" + all}, {"list", "--tab", all}, {"enrol", all}, {"do", all, all},
			{"report", all}, {"report", "overview", "--unit", all}, {"report", "overview", "--month", all}, {"report", "overview", "--output", name + "/x.csv"}} {
			desk("", append(args, mode...)...)
		}
		s.run("", "casedesk", append([]string{"list", "--dir", name, "--passphrase-file", name}, mode...)...)
	}
	key := filepath.Join(s.dir, "key")
	for _, mode := range [][]string{nil, {"--json"}} {
		for _, args := range [][]string{{"people"}, {"devices"}, {"verify"}, {"slip", all}, {"revoke", all}, {"publish", all}, {"backup", "no" + strings.ReplaceAll(all, "/", "") + "/x"}} {
			s.run("", "countyd", append(append(args, "--dir", w.county), mode...)...)
		}
		s.run("", "countyd", append([]string{"init", "--dir", filepath.Join(s.dir, "c"), "--name", all, "--recovery-out", key, "--catalogue", all}, mode...)...)
	}
	// The note of a revoked laptop names a county.
	gone := t.TempDir()
	note, err := json.Marshal(map[string]string{"county": all, "at": "2026-11-24T04:00:00Z"})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(gone, "revoked"), note, 0o600))
	s.run("", "casedesk", "list", "--dir", gone, "--passphrase-file", pass)
	t.Logf("%d runs", s.runs)
}
