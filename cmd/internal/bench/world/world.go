// Package world is a county on loopback and laptops that are enrolled there, in
// one process, for benchmarks.
package world

import (
	"context"
	"crypto/rand"
	"net"
	"path/filepath"
	"time"

	"casedesk/cmd/internal/bench/work"
	"casedesk/store"
	"casedesk/store/catalogue"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

var ctx = context.Background()

// World is a county and its folder.
type World struct {
	Dir    string
	Addr   string // where the county listens
	county *county.County
	ledger *boltledger.Ledger
	desks  []*store.Store
	stop   func()
}

// New founds a county in dir.
func New(dir string) (*World, error) {
	secret, err := seal.NewCountySecret()
	if err != nil {
		return nil, err
	}
	key, err := county.NewKey(rand.Reader, secret.Public())
	if err != nil {
		return nil, err
	}
	w := &World{Dir: dir}
	if w.ledger, err = boltledger.Open(filepath.Join(dir, "ledger.db"), boltledger.Options{}); err != nil {
		return nil, err
	}
	w.county, err = county.Found(ctx, county.Config{Ledger: w.ledger, Key: key, Clock: time.Now, Random: rand.Reader}, "示例县", work.Catalogue())
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server, err := w.county.Server()
	if err != nil {
		return nil, err
	}
	go server.ServeTLS(listener, "", "")
	w.Addr, w.stop = listener.Addr().String(), func() { server.Close() }
	return w, w.county.SetAddress(ctx, "https://"+w.Addr)
}

// Close ends everything.
func (w *World) Close() {
	for _, d := range w.desks {
		d.Close()
	}
	w.stop()
	w.ledger.Close()
}

// Laptop makes an enrolled laptop of a person.
func (w *World) Laptop(name string, user catalogue.UserID) (*store.Store, error) {
	desk, _, err := store.Create(filepath.Join(w.Dir, name), "一二三四五六", store.Options{Name: string(user), Catalogue: work.Catalogue(),
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	if err != nil {
		return nil, err
	}
	w.desks = append(w.desks, desk)
	slip, err := w.Slip(user)
	if err != nil {
		return nil, err
	}
	var dialer net.Dialer
	return desk, agent.Enrol(ctx, desk, slip, agent.Config{Dial: dialer.DialContext, Program: "bench"})
}

// Slip issues a person's slip.
func (w *World) Slip(user catalogue.UserID) (string, error) {
	slip, err := w.county.Slip(ctx, user, time.Hour)
	return slip.Slip, err
}

// Agent makes a laptop's agent, which dials another address than the county's
// where one is given.
func Agent(desk *store.Store, by string) *agent.Agent {
	var dialer net.Dialer
	return agent.New(desk, agent.Config{Program: "bench", Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
		if by != "" {
			addr = by
		}
		return dialer.DialContext(ctx, network, addr)
	}})
}
