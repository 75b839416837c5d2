package main

import (
	"net"
	"strings"
	"testing"

	"casedesk/sync/wire"
)

// Ensure that the code of a slip with a long address fits into 80 columns and
// has the three corners that cameras look for.
func TestDrawQR(t *testing.T) {
	slip := wire.Slip{Address: "https://jiefentai.zijin.example.gov.cn:8443"}
	slip.Code[0], slip.County[0] = 1, 2
	lines, err := drawQR(slip.String(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		if len(line) > 80 {
			t.Errorf("%d columns", len(line))
		}
	}
	corner := strings.Repeat("##", 7)
	if top := lines[quiet]; strings.Count(top, corner) != 2 || strings.Count(lines[len(lines)-quiet-1], corner) != 1 {
		t.Errorf("no corners: %q", top)
	}
	coloured, err := drawQR(slip.String(), true)
	if err != nil || strings.Contains(strings.Join(coloured, ""), "#") || len(coloured) != len(lines) {
		t.Errorf("coloured: %v", err)
	}
}

// Ensure that slips name an address that laptops can call.
func TestReachable(t *testing.T) {
	local := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 4711}
	every := &net.TCPAddr{IP: net.IPv4zero, Port: 4711}
	tests := []struct {
		given string
		addr  net.Addr
		want  string
	}{
		{"", local, "https://127.0.0.1:4711"},
		{"", every, ""},
		{"https://example.org:8443", every, "https://example.org:8443"},
		{"https://127.0.0.1:0", local, "https://127.0.0.1:4711"},
		{"http://x", local, "http://x"}, // refused later, with what is wrong
	}
	for _, tt := range tests {
		if got := reachable(tt.given, tt.addr); got != tt.want {
			t.Errorf("%q on %v: %q, want %q", tt.given, tt.addr, got, tt.want)
		}
	}
}
