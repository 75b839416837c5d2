package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

// The seats of the world: who sits at which laptop.
const (
	seatGrid   = "grid1"     // a village's 网格员
	seatTown   = "mediator1" // the town's 调解员
	seatCounty = "county1"   // the county's 平安办
)

// seats in the order in which a key goes through them.
var seats = []string{seatGrid, seatTown, seatCounty}

// grid1Village is where the sample's first grid worker serves.
const grid1Village = "441621102901"

// passphrase opens every laptop of the world. They hold invented data and are
// gone with the program.
const passphrase = "demo"

// every is the time between exchanges: shorter than in earnest, because people
// watch.
const every = 2 * time.Second

// World is a county and its three laptops.
type World struct {
	Cut     Cut
	Laptops []*Laptop

	clock  clock
	dir    string
	ledger *boltledger.Ledger
	county *county.County
	server *http.Server
	ended  sync.WaitGroup
}

// Laptop is one seat with its store and agent.
type Laptop struct {
	Seat  string
	Name  string // the person's
	Store *store.Store
	agent *agent.Agent
	stop  context.CancelFunc
	ended chan struct{}
}

// New builds a world in a folder, which its caller removes: a county on a free
// port of this machine, three enrolled laptops, and the sample's past.
func New(ctx context.Context, dir string) (*World, error) {
	w := &World{dir: dir}
	w.clock.set(history[0].on.Add(-hour))
	err := w.openCounty(ctx)
	for _, seat := range seats {
		if err == nil {
			err = w.openLaptop(ctx, seat)
		}
	}
	if err == nil {
		err = w.play(ctx)
	}
	if err != nil {
		w.Close()
		return nil, fmt.Errorf("build the demo: %w", err)
	}
	w.clock.catchUp()
	for _, l := range w.Laptops {
		l.start()
	}
	return w, nil
}

// openCounty founds a county and serves it with real TLS.
func (w *World) openCounty(ctx context.Context) (err error) {
	if w.ledger, err = boltledger.Open(filepath.Join(w.dir, county.LedgerFile), boltledger.Options{}); err != nil {
		return err
	}
	secret, err := seal.NewCountySecret()
	if err != nil {
		return err
	}
	key, err := county.NewKey(rand.Reader, secret.Public())
	if err != nil {
		return err
	}
	conf := county.Config{Ledger: w.ledger, Key: key, Clock: w.clock.Now, Random: rand.Reader}
	if w.county, err = county.Found(ctx, conf, "演示县", sample.Catalogue()); err != nil {
		return err
	}
	if w.server, err = w.county.Server(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	w.ended.Go(func() { w.server.ServeTLS(listener, "", "") })
	return w.county.SetAddress(ctx, "https://"+listener.Addr().String())
}

// openLaptop makes a laptop and enrols it by a slip.
func (w *World) openLaptop(ctx context.Context, seat string) error {
	slip, err := w.county.Slip(ctx, catalogue.UserID(seat), day)
	if err != nil {
		return err
	}
	cat := sample.Catalogue()
	s, _, err := store.Create(filepath.Join(w.dir, seat), passphrase, store.Options{
		Name: catalogue.NewIndex(cat).PersonName(catalogue.UserID(seat)), Catalogue: cat, Clock: &w.clock,
		Params: seal.Params{Time: 1, Memory: 8 << 10, Threads: 1, Weak: true}, // nothing here is secret
	})
	if err != nil {
		return err
	}
	conf := agent.Config{Dial: w.Cut.Dial, Program: "demo", Every: every}
	l := &Laptop{Seat: seat, Name: s.Profile().Name, Store: s, agent: agent.New(s, conf)}
	w.Laptops = append(w.Laptops, l)
	w.Cut.OnRestore(l.agent.Nudge)
	return agent.Enrol(ctx, s, slip.Slip, conf)
}

// start lets the laptop's agent run by itself, as in the desk.
func (l *Laptop) start() {
	ctx, stop := context.WithCancel(context.Background())
	l.stop, l.ended = stop, make(chan struct{})
	go func() {
		defer close(l.ended)
		l.agent.Run(ctx)
	}()
}

// Sync asks the laptop's agent to try now.
func (l *Laptop) Sync() { l.agent.Nudge() }

// Stop lets the exchange under way end with what is on its way.
func (l *Laptop) Stop() { l.agent.Halt() }

// Weigh returns how many bytes the laptop's next exchange would send, about.
func (l *Laptop) Weigh() (int64, error) {
	load, err := agent.Weigh(l.Store)
	return int64(load.Bytes), err
}

// Laptop returns the laptop of a seat.
func (w *World) Laptop(seat string) *Laptop {
	for _, l := range w.Laptops {
		if l.Seat == seat {
			return l
		}
	}
	return nil
}

// play does what the sample's past says, each at its time and at its seat.
func (w *World) play(ctx context.Context) error {
	now := time.Now()
	cases := map[string]casework.CaseID{}
	for _, h := range history {
		at := h.on
		if at.IsZero() {
			at = now.Add(-h.at)
		}
		w.clock.set(at)
		l := w.Laptop(h.seat)
		if _, err := l.agent.Sync(ctx, nil); err != nil {
			return err
		}
		id, err := l.do(h, cases[h.key])
		if err != nil {
			return fmt.Errorf("%s of %s: %w", h.action, h.key, err)
		}
		cases[h.key] = id
		if _, err := l.agent.Sync(ctx, nil); err != nil {
			return err
		}
	}
	w.clock.set(now)
	for _, l := range w.Laptops {
		if _, err := l.agent.Sync(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// do writes one happening at the laptop.
func (l *Laptop) do(h happening, id casework.CaseID) (casework.CaseID, error) {
	if h.new != nil {
		saved, err := l.register(h.new.fields, h.new.parties)
		return saved.Case, err
	}
	_, err := l.act(id, h.action, h.set)
	return id, err
}

// register saves a new case, as the intake form does.
func (l *Laptop) register(fields casework.Fields, parties []casework.Party) (store.Saved, error) {
	ix := l.Store.Catalogue()
	reg := &casework.Registered{Matter: casework.Dispute, Fields: fields}
	reg.Holder = casework.FirstHolder(catalogue.DivisionCode(fields[casework.FieldDivision]), false, nil, ix)
	for _, p := range parties {
		var err error
		if p.Element, err = l.Store.NewElement(); err != nil {
			return store.Saved{}, err
		}
		reg.Parties = append(reg.Parties, p)
	}
	return l.Store.Append(store.Work{Events: []casework.Event{reg}, Unit: l.unitFor(nil, "")})
}

// act saves an action on a case, for the first of the person's units that may.
func (l *Laptop) act(id casework.CaseID, action casework.Action, set map[string]string) (store.Saved, error) {
	view, err := l.Store.Case(id)
	if err != nil {
		return store.Saved{}, err
	}
	ev, ok := view.Case.NewEvent(action)
	if !ok {
		return store.Saved{}, casework.Refuse(casework.CodeNotAllowed, casework.WhyNoRule)
	}
	if faults := casework.Fill(ev, set); len(faults) > 0 {
		return store.Saved{}, &casework.Refusal{Code: casework.CodeInvalid, Faults: faults}
	}
	return l.Store.Append(store.Work{Case: id, Parents: view.Case.Heads, Events: []casework.Event{ev}, Unit: l.unitFor(&view.Case, action)})
}

func (l *Laptop) unitFor(c *casework.Case, action casework.Action) catalogue.UnitID {
	units := l.Store.Profile().Units
	if len(units) == 0 {
		return "" // a laptop without a county
	}
	for _, u := range units {
		if c != nil && casework.Allowed(c, l.Store.Person(u), action, l.Store.Catalogue()) == "" {
			return u
		}
	}
	return units[len(units)-1]
}

// Close ends the world: agents, laptops, county.
func (w *World) Close() error {
	var errs []error
	for _, l := range w.Laptops {
		if l.stop != nil {
			l.stop()
			<-l.ended
		}
		errs = append(errs, l.Store.Close())
	}
	if w.server != nil {
		errs = append(errs, w.server.Close())
		w.ended.Wait()
	}
	if w.ledger != nil {
		errs = append(errs, w.ledger.Close())
	}
	return errors.Join(errs...)
}
