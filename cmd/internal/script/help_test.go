package script_test

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"casedesk/cmd/internal/programs"
)

// Ensure that every command tells its use in both languages, without a missing
// sentence and without what cobra would say of itself.
func TestHelp(t *testing.T) {
	command := regexp.MustCompile(`(?m)^  ([a-z]+)  `)
	for _, program := range []string{"casedesk", "countyd"} {
		for _, lang := range []string{"zh", "en"} {
			said := help(t, lang, program)
			names := command.FindAllStringSubmatch(said, -1)
			if len(names) < 9 {
				t.Errorf("%s has %d commands", program, len(names))
			}
			for _, name := range names {
				one := help(t, lang, program, name[1])
				said += one
				_, below, _ := strings.Cut(one, "\n\n")
				_, below, _ = strings.Cut(below, "\n\n") // after the usage
				for _, sub := range command.FindAllStringSubmatch(below, -1) {
					said += help(t, lang, program, name[1], sub[1])
				}
			}
			for _, bad := range []string{"[cli", "{1}", "completion", "Available Commands", "bundle", "--postgres"} {
				if strings.Contains(said, bad) {
					t.Errorf("%s in %s says %s", program, lang, bad)
				}
			}
			if han := regexp.MustCompile(`\p{Han}`).MatchString(said); han != (lang == "zh") {
				t.Errorf("%s in %s: Chinese %v", program, lang, han)
			}
		}
	}
}

func help(t *testing.T, lang, program string, args ...string) string {
	cmd := exec.Command(filepath.Join(programs.Dir(t), program), append(args, "--help")...)
	cmd.Env = append(cmd.Environ(), "CASEDESK_LANG="+lang)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s %v: %v\n%s", program, args, err, out)
	}
	return string(out)
}
