package agent

import (
	"net"
	"slices"
	"strings"
)

// addresses describes the machine's network connections. A change of it is the
// sign that a network came up, whatever the system; asking costs little, so it
// is asked every few seconds while the county cannot be reached.
func addresses() string {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return ""
	}
	var all []string
	for _, a := range list {
		if ip, ok := a.(*net.IPNet); ok && !ip.IP.IsLoopback() && !ip.IP.IsLinkLocalUnicast() {
			all = append(all, ip.String())
		}
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}
