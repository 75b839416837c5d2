package tui_test

import (
	"os"
	"path/filepath"
	"testing"

	"casedesk/store"
)

// Ensure that the desk shows the looks, checks what lies on the laptop, and copies
// it to a file that was not there.
func TestDesk_Tools(t *testing.T) {
	clk := newClock()
	s := alone(t, clk)
	register(t, s, "排水沟纠纷")
	d := sit(t, s, clk, 80, 24)
	d.Press("f4")
	d.Expect("本机没有显示过")
	d.Press("esc", "enter", "f4", "esc", "f4")
	d.Expect("查看记录（1 次")
	d.Expect(must[[]store.Look](t)(s.Looks())[0].Number)
	d.Press("f6")
	d.Expect("数据完好：2 条记录，1 个案件")
	file := filepath.Join(t.TempDir(), "c.cds")
	copyTo := func() {
		d.Press("f7", "ctrl+u")
		d.Type(file)
		d.Press("ctrl+s")
	}
	copyTo()
	d.Expect("已备份到")
	was, err := os.ReadFile(file)
	if err != nil || len(was) == 0 {
		t.Fatalf("the copy: %d bytes, %v", len(was), err)
	}
	copyTo()
	d.Expect("不能覆盖")
}
