//go:build unix

package term_test

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"casedesk/cmd/internal/line"
	"casedesk/cmd/internal/term"
)

// Ensure that over a slow line the desk tells before sending how much there is, while
// pages travel how far they are and how long the rest takes, calmly, and that the exchange
// stops when asked and goes on when asked.
func TestDesk_SlowLine(t *testing.T) {
	// A port that the line leads to, before anybody listens there.
	probe, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := probe.Addr().String()
	probe.Close()
	slow, err := line.Start(addr, line.Line{Rate: 6000, Delay: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(slow.Close)
	o := newOfficeAt(t, "--listen", addr, "--address", "https://"+slow.Addr())
	desk := o.path("desk")
	access := []string{"--dir", desk, "--passphrase-file", o.secret("grid1grid1")}
	o.run("casedesk", append([]string{"enrol", o.slip("grid1")}, access...)...)
	var cases strings.Builder
	const many = 2500
	for i := range many {
		fmt.Fprintf(&cases, `{"category":"0201","title":"第%d件水沟纠纷","facts":"%d号与%d号两家争排水沟，雨天积水。","place":{"division":"441621102901"}}`+"\n", i, i, i*7)
	}
	if err := os.WriteFile(o.path("cases"), []byte(cases.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	o.run("casedesk", append([]string{"new", o.path("cases")}, access...)...)
	weighed := o.run("casedesk", append([]string{"sync", "--dry-run", "--json"}, access...)...)

	s := term.Start(t, 80, 24, o.command("casedesk", "--dir", desk))
	s.Wait("口令")
	s.Type("grid1grid1")
	s.Press("enter")
	s.Wait("待办")
	s.Type("\x0f") // Ctrl+O
	s.Wait("同步情况", "正在同步：已送", "已传", "还要约", "分钟")
	frames, until := 0, time.Now().Add(3*time.Second)
	for before := s.Written(); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if now := s.Written(); now != before {
			frames, before = frames+1, now
		}
	}
	if frames > 10 {
		t.Errorf("drawn %d times in three seconds", frames)
	}
	s.Press("f6")
	s.Wait("这次同步按您的意思停下了", "同步已停下", "涉及 ")
	settle(t, s)
	if _, down, _ := slow.Carried(); down == 0 || !strings.Contains(weighed, fmt.Sprintf(`"entries":%d`, many+1)) {
		t.Errorf("carried %d bytes down; weighed %s", down, weighed)
	}
	s.Press("f5")
	s.Wait("正在同步：已送")
	s.Press("f10")
	if code := s.WaitExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
