package main

import (
	"context"
	"errors"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/cmd/casedesk/demo"
	"casedesk/cmd/internal/cli"
	"casedesk/cmd/internal/figures"
	"casedesk/store"
	"casedesk/store/catalogue/sample"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/tui"
	"casedesk/tui/plain"
	"casedesk/tui/take"
	"casedesk/tui/words"
)

// idleLock is how long an open desk may be left alone before it locks.
const idleLock = 10 * time.Minute

// openDesk opens the desk on this terminal: the set-up where there is no
// profile, else the lock.
func (c *config) openDesk(ctx context.Context) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	seated := c.inLines || c.onTerminal() == nil
	if between := c.notBetween(dir); between != nil && !seated {
		return between
	}
	if seated {
		if _, err := store.FinishTaking(dir, c.options()); err != nil {
			return err
		}
	}
	revoked := c.notRevoked(dir)
	if revoked != nil && !seated {
		return revoked
	}
	on, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	for {
		b := &bench{c: c, dir: dir}
		m := tui.New(on.on(tui.Config{Words: c.run.Words, Now: c.now, Idle: idleLock, New: !hasProfile(dir), Revoked: revoked != nil,
			Visits: true,
			Opener: tui.Opener{WriteFigures: figures.Writer(c.run), Open: b.open, Recover: b.recover, Create: b.create, Ask: b.ask, Join: b.join, SavePaper: savePaper, SyncNow: b.syncNow, StopSync: b.stopSync, Weigh: b.weigh, Close: b.close,
				Take: take.Steps{Look: b.handed, Prepare: b.prepareTaking, Sign: b.take, Drop: b.dropTaking}}}))
		// A store that is not closed has not ended in order: all its pages are looked at
		// before it opens again, and the next start has no first page to show.
		if err := errors.Join(c.meet(ctx, m), b.leave()); err != nil || m.Visit() == "" {
			return err
		}
		if err := c.visit(ctx, m.Visit()); err != nil {
			return err
		}
	}
}

// visit opens another desk, with invented data, while the profile is closed.
func (c *config) visit(ctx context.Context, where words.Elsewhere) error {
	if where == words.Practice {
		return c.practise(ctx)
	}
	if err := c.run.Print("demo.building"); err != nil {
		return err
	}
	return c.inWorld(ctx, c.openDemo)
}

// meet draws the desk, or talks with it.
func (c *config) meet(ctx context.Context, m plain.Desk) error {
	if c.inLines {
		return c.talk(ctx, m)
	}
	return c.draw(ctx, m)
}

// openDemo opens the desks of the demo's laptops in this terminal.
func (c *config) openDemo(ctx context.Context, w *demo.World) error {
	on, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	var desks []tea.Model
	for _, l := range w.Laptops {
		desks = append(desks, tui.New(on.on(tui.Config{Words: c.run.Words, Now: l.Store.Clock().Now, Store: l.Store, Around: tui.Around{Keys: demo.Keys(), Lines: demo.BarLines},
			Opener: tui.Opener{WriteFigures: figures.Writer(c.run), SyncNow: l.Sync, StopSync: l.Stop, Weigh: l.Weigh, Close: func(*store.Store) error { return nil }}})))
	}
	return c.meet(ctx, demo.NewDesks(w, c.run.Words.T, desks))
}

// agentConfig is what this machine gives an agent.
func (c *config) agentConfig() agent.Config {
	return agent.Config{Dial: dialer(), Program: cli.Version()}
}

// zone is the one that people at the desk go by, however the machine's own is
// set. China has one.
var zone = sync.OnceValue(func() *time.Location { return sample.Catalogue().Calendar.Location() })

func (c *config) now() time.Time { return c.run.Now().In(zone()) }

// bench is where the desk's store and agent are put together. The desk calls its
// methods one at a time; syncNow at any time.
type bench struct {
	c   *config
	dir string

	mu    sync.Mutex
	store *store.Store
	agent *agent.Agent
	stop  context.CancelFunc
	ended chan struct{} // closed when the agent has ended
	asked time.Time     // when a county last answered about a slip
}

func (b *bench) open(passphrase string) (*store.Store, error) {
	if err := trust(b.dir); err != nil {
		return nil, err
	}
	return b.start(store.Open(b.dir, passphrase, b.c.options()))
}

func (b *bench) recover(code seal.RecoveryCode, passphrase string) (*store.Store, error) {
	if err := trust(b.dir); err != nil {
		return nil, err
	}
	return b.start(store.OpenWithRecovery(b.dir, code, passphrase, b.c.options()))
}

func (b *bench) create(name, passphrase string) (*store.Store, seal.RecoveryCode, error) {
	o := b.c.options()
	o.Name = name
	s, code, err := store.Create(b.dir, passphrase, o)
	if err == nil {
		_, err = b.start(s, nil)
	}
	return s, code, err
}

// start gives an open store its agent, which runs beside the desk.
func (b *bench) start(s *store.Store, err error) (*store.Store, error) {
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	a, ended := agent.New(s, b.c.agentConfig()), make(chan struct{})
	b.mu.Lock()
	b.store, b.agent, b.stop, b.ended = s, a, stop, ended
	b.mu.Unlock()
	go func() {
		defer close(ended)
		a.Run(ctx)
	}()
	return s, nil
}

func (b *bench) ask(slip string) (*words.Invitation, error) {
	b.mu.Lock()
	s := b.store
	b.mu.Unlock()
	in, err := agent.Ask(context.Background(), s, slip, b.c.agentConfig())
	if err != nil {
		return nil, err
	}
	b.asked = time.Now()
	return &words.Invitation{Enrolment: in.Enrolment, Unmapped: in.Unmapped}, nil
}

// join joins as the county invited. Its clock went on while the person read.
func (b *bench) join(e store.Enrolment) error {
	b.mu.Lock()
	s, a := b.store, b.agent
	b.mu.Unlock()
	e.Now = e.Now.Add(time.Since(b.asked))
	if err := s.Enrol(e); err != nil {
		return err
	}
	a.Nudge()
	return nil
}

func (b *bench) syncNow() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.agent != nil {
		b.agent.Nudge()
	}
}

func (b *bench) stopSync() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.agent != nil {
		b.agent.Halt()
	}
}

// weigh returns how many bytes the next exchange would send, about.
func (b *bench) weigh() (int64, error) {
	b.mu.Lock()
	s := b.store
	b.mu.Unlock()
	load, err := agent.Weigh(s)
	return int64(load.Bytes), err
}

// lastExchange is how long an exchange under way may go on after the desk was
// locked; then the key goes all the same. Whoever unlocks meanwhile waits for it.
const lastExchange = 15 * time.Second

// leaveWithin is how long an exchange under way may go on after the desk was left: somebody
// waits for her window.
const leaveWithin = 2 * time.Second

// leave closes the store that is open, if one is.
func (b *bench) leave() error {
	b.mu.Lock()
	s, running := b.store, b.agent != nil
	b.mu.Unlock()
	if !running {
		return nil
	}
	return b.closeWithin(leaveWithin, s)
}

// close lets the exchange under way end, and then the store.
func (b *bench) close(s *store.Store) error { return b.closeWithin(lastExchange, s) }

func (b *bench) closeWithin(patience time.Duration, s *store.Store) error {
	b.mu.Lock()
	a, stop, ended := b.agent, b.stop, b.ended
	b.agent = nil
	b.mu.Unlock()
	if a != nil {
		a.End()
		cut := time.AfterFunc(patience, stop)
		<-ended
		cut.Stop()
		stop()
	}
	return s.Close()
}
