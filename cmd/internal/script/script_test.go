// Package script_test plays sessions at the command line with the real programs:
// laptops, a county, a network that can be cut, and the trouble that people meet.
// The sessions are the files in testdata; the other files hold the commands
// that they have beside testscript's own.
package script_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"casedesk/cmd/internal/programs"
)

func TestMain(m *testing.M) { os.Exit(programs.Main(m)) }

// Ensure that every session goes as its file says.
func TestScripts(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the sessions end programs by signals")
	}
	bin := programs.Dir(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			file := filepath.Join(env.WorkDir, "passphrase")
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("BIN", bin)
			env.Setenv("HOME", home)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
			env.Setenv("AppData", filepath.Join(home, "config"))
			env.Setenv("LocalAppData", filepath.Join(home, "cache"))
			env.Setenv("CASEDESK_KEYRING", "off")
			env.Setenv("CASEDESK_PASSPHRASE_FILE", file)
			env.Setenv("COUNTYD_DIR", filepath.Join(env.WorkDir, "county"))
			w := &world{}
			env.Values[worldKey{}] = w
			env.Defer(w.close)
			return os.WriteFile(file, []byte(passphrase+"\nnot this line\n"), 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"is":       is,
			"get":      get,
			"refused":  refused,
			"serve":    serve,
			"halt":     halt,
			"network":  network,
			"eventual": eventual,
			"newer":    newer,
			"later":    later,
			"spoil":    spoil,
			"many":     many,
			"swap":     swap,
			"tail":     tail,
			"cell":     cell,
			"tables":   tables,
			"outbox":   outbox,
			"talk":     talk,
		},
	})
}
