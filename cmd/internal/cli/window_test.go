//go:build unix

package cli

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"

	"casedesk/store/i18n"
)

// Ensure that a window that is the program's own stays until Enter was pressed, and that
// nobody waits where there is no such window, or no person.
func TestRun_HoldWindow(t *testing.T) {
	file, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defer tty.Close()
	r := &Run{Words: i18n.New(i18n.ZH), In: tty, Err: tty}
	r.holdWindow(false)
	r.JSON = true
	r.holdWindow(true)
	r.JSON = false
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	(&Run{Words: r.Words, In: null, Err: tty}).holdWindow(true)

	gone := make(chan struct{})
	go func() {
		defer close(gone)
		r.holdWindow(true)
	}()
	said, err := bufio.NewReader(file).ReadString('\n')
	if err != nil || !strings.Contains(said, "按回车键") {
		t.Fatalf("said %q, %v", said, err)
	}
	select {
	case <-gone:
		t.Error("the window closed before anybody read it")
	case <-time.After(50 * time.Millisecond):
	}
	if _, err := file.WriteString("\r"); err != nil {
		t.Fatal(err)
	}
	<-gone
}
