package main

import (
	"net"
	"net/url"
	"strconv"
)

// reachable returns the address that slips name: the one given, with the port
// that was listened on where it says 0; else the one that is listened on, if
// others can call that; else none, which leaves the address as it was.
func reachable(given string, listening net.Addr) string {
	tcp, ok := listening.(*net.TCPAddr)
	if !ok {
		return given
	}
	port := strconv.Itoa(tcp.Port)
	if given == "" {
		if tcp.IP.IsUnspecified() {
			return ""
		}
		return "https://" + net.JoinHostPort(tcp.IP.String(), port)
	}
	if u, err := url.Parse(given); err == nil && u.Port() == "0" {
		u.Host = net.JoinHostPort(u.Hostname(), port)
		return u.String()
	}
	return given
}
