package script_test

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	bolt "go.etcd.io/bbolt"

	"casedesk/store"
	"casedesk/store/casework"
)

// passphrase opens the laptops of the sessions.
const passphrase = "correct horse"

// world is what runs beside one script.
type world struct {
	net    *wiring
	server *exec.Cmd
	ended  chan error
}

type worldKey struct{}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

func (w *world) close() {
	if w.server != nil {
		_ = w.server.Process.Kill() // the script has ended
		<-w.ended
	}
	if w.net != nil {
		w.net.close()
	}
}

// serve starts the county in a folder and puts it on the network: serve DIR [FLAGS]. Its
// address is the network's, so it stays when the county is started again.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: serve DIR [FLAGS]")
	}
	w := worldOf(ts)
	if w.server != nil {
		ts.Fatalf("a county is running")
	}
	if w.net == nil {
		w.net = newWiring()
	}
	cmd := exec.Command(filepath.Join(ts.Getenv("BIN"), "countyd"), append([]string{"serve", "--dir", ts.MkAbs(args[0]),
		"--listen", "127.0.0.1:0", "--address", w.net.address()}, args[1:]...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"HOME=" + ts.Getenv("HOME"), "CASEDESK_CLOCK=" + ts.Getenv("COUNTY_CLOCK")}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	w.server, w.ended = cmd, make(chan error, 1)
	line, err := bufio.NewReader(out).ReadBytes('\n')
	go func() { w.ended <- cmd.Wait() }()
	var first struct {
		Listening, Fingerprint string
		PID                    int
	}
	if err != nil || json.Unmarshal(line, &first) != nil || first.PID != cmd.Process.Pid || len(first.Fingerprint) != 32 {
		ts.Fatalf("first line of the county: %q, %v", line, err)
	}
	w.net.lead(first.Listening)
}

// halt ends the county, which must end well: halt; or lets it die: halt kill.
func halt(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	if neg || w.server == nil {
		ts.Fatalf("usage: halt [kill], while a county is running")
	}
	if len(args) > 0 {
		ts.Check(w.server.Process.Kill())
		<-w.ended
	} else {
		ts.Check(w.server.Process.Signal(syscall.SIGTERM))
		if err := <-w.ended; err != nil {
			ts.Fatalf("the county ended badly: %v", err)
		}
	}
	w.server = nil
}

// network decides what becomes of connections: network up, network down,
// network portal (a sign-in page answers), network cut BYTES (of each connection
// so many bytes come down).
func network(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	if neg || len(args) == 0 || w.net == nil {
		ts.Fatalf("usage: network up|down|portal|cut BYTES, once a county was started")
	}
	n := 0
	if args[0] == "cut" {
		var err error
		n, err = strconv.Atoi(args[1])
		ts.Check(err)
	}
	w.net.set(args[0], n)
}

// eventual runs a program again until it succeeds: eventual PROGRAM ARGS.
func eventual(ts *testscript.TestScript, neg bool, args []string) {
	var err error
	for range 100 {
		if err = ts.Exec(args[0], args[1:]...); (err == nil) != neg {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("%v", err)
}

// newer makes a laptop's file one of a later version: newer FILE.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bolt.Open(ts.MkAbs(args[0]), 0o600, &bolt.Options{Timeout: time.Second})
	ts.Check(err)
	ts.Check(db.Update(func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("m")).Put([]byte("v"), binary.BigEndian.AppendUint16(nil, 999))
	}))
	ts.Check(db.Close())
}

// novel is an event of a later version: nobody here knows its number.
type novel struct {
	casework.Noted
	More string `codec:"more"`
}

func (*novel) Num() casework.Number { return 900 }

// later writes an entry of a later version on a case: later DIR CASE.
func later(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: later DIR CASE")
	}
	s, err := store.Open(ts.MkAbs(args[0]), passphrase, store.Options{})
	ts.Check(err)
	id, err := s.Find(args[1])
	ts.Check(err)
	_, err = s.Append(store.Work{Case: id, Events: []casework.Event{&novel{casework.Noted{Note: "新版本的话"}, "还有"}}})
	ts.Check(err)
	ts.Check(s.Close())
}

// spoil overwrites the sealed values of a laptop's file: spoil FILE.
func spoil(ts *testscript.TestScript, _ bool, args []string) {
	db, err := bolt.Open(ts.MkAbs(args[0]), 0o600, &bolt.Options{Timeout: time.Second})
	ts.Check(err)
	ts.Check(db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("l"))
		k, v := b.Cursor().Last()
		bad := append([]byte{}, v...)
		bad[len(bad)/2] ^= 1
		return b.Put(append([]byte{}, k...), bad)
	}))
	ts.Check(db.Close())
}

// many writes new cases as JSON lines: many COUNT FILE.
func many(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"category":"0201","title":"第%d件","facts":"两家争排水沟","place":{"division":"441621102901"},"source":{"system":"台账","id":"%d"}}`+"\n", i+1, i+1)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o600))
}

// swap puts another character in the place of one in a variable: swap VARIABLE
// PLACE.
func swap(ts *testscript.TestScript, _ bool, args []string) {
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	text := []byte(ts.Getenv(args[0]))
	if text[at] == '7' {
		text[at] = '8'
	} else {
		text[at] = '7'
	}
	ts.Setenv(args[0], string(text))
}

// tail keeps the last characters of a text in a variable: tail VARIABLE COUNT TEXT.
func tail(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Setenv(args[0], args[2][len(args[2])-n:])
}
