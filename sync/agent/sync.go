package agent

import (
	"context"
	"crypto/ed25519"
	"errors"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// Sync exchanges pages until neither side has more, an error stops it, or ctx
// ends. report is told of progress; it may be nil. The error, if any, is a
// *casework.Refusal. Whatever was exchanged before an error stays exchanged.
func (a *Agent) Sync(ctx context.Context, report func(Progress)) (Outcome, error) {
	a.once.Lock()
	defer a.once.Unlock()
	r := &run{a: a, report: report}
	a.halt.Store(false)
	r.out.LeftUp = a.desk.Unsent()
	county := a.desk.Profile().County
	if county == nil {
		r.out.Result, r.out.rest = Refused, a.planned(false, 0)
		return r.out, casework.Refuse(casework.CodeNotAllowed, WhyAlone)
	}
	_, r.gauge.began = a.desk.Clock().Mono()
	r.tell()
	err := a.connect(county)
	if err == nil {
		err = r.exchange(ctx)
	}
	var refusal *casework.Refusal
	r.out.Result, r.out.wait, refusal = judge(err)
	if r.revoked && err == nil { // after an error there is more to hand in: another try
		r.out.Result, refusal = Revoked, r.handOver()
	}
	r.out.LeftUp, r.out.Epoch = a.desk.Unsent(), a.desk.Position().Epoch
	r.ended(refusal)
	if refusal == nil {
		return r.out, nil
	}
	return r.out, refusal
}

// connect makes the client of a county; it is kept between exchanges, so that a
// handshake is paid once.
func (a *Agent) connect(county *store.County) error {
	if a.client != nil && a.county == county.Address {
		return nil
	}
	key, ok := a.desk.Signer().(ed25519.PrivateKey)
	if !ok {
		return store.ErrClosed
	}
	conf, err := wire.ClientTLS(key, wire.PinKey(county.Key))
	if err != nil {
		return err
	}
	if a.client != nil {
		a.client.Close()
	}
	a.client, a.county = wire.NewClient(county.Address, conf, a.conf.Dial), county.Address
	return nil
}

// run is one synchronisation.
type run struct {
	a       *Agent
	report  func(Progress)
	out     Outcome
	air     *airlift
	grant   bool // the county asked for the grant
	revoked bool // the county said so, and still takes what was not sent
	looked  bool // lines were asked for
	asked   bool // what the county has of the outbox was asked for
	lacks   bool // the file lacks own entries that the last page named
	moved   bool // the last page took a feed on
	idle    int  // exchanges in a row without headway
	stopped bool // a person stopped it before its end
	gauge   gauge

	refill uint64         // where the next part of others' entries begins
	filled casework.Epoch // the county's epoch in which all of them were offered
}

// exchange goes on until both sides have what the other had. What the county
// tells of itself, such as a restore, may leave more to offer than there was.
func (r *run) exchange(ctx context.Context) (err error) {
	defer func() { r.a.broke = err != nil && r.a.desk.Unsent() > 0 }()
	r.air = newAirlift(ctx, r.a)
	defer func() { r.air.ground() }()
	for met := false; ; {
		f := r.air.first()
		if f == nil {
			l, err := r.offer()
			if err != nil {
				return err
			}
			if r.a.broke && !met {
				l = load{} // first of all: what of it had arrived?
			}
			if met && len(l.items) == 0 && (r.looked && r.out.LeftDown == 0 || r.revoked) {
				withdrawn, err := r.a.desk.CaughtUp()
				r.out.Withdrawn += withdrawn
				return err
			}
			if met && r.a.halt.Load() {
				r.stopped = true
				return nil
			}
			f = r.air.launch(r.request(l), l)
		}
		taken, err := r.land(f)
		if errors.Is(err, errGrant) {
			r.air.ground()
			r.air = newAirlift(ctx, r.a)
			continue
		}
		if err != nil {
			return err
		}
		met = true
		if f.own && len(f.items) > 0 && len(f.reply.Stamps) == 0 {
			r.air.drain() // one overtook another: what comes after it goes again
		}
		if headway := taken.Stamped + taken.Refilled + taken.Entries + taken.Withdrawn; headway > 0 || len(f.items) == 0 && r.moved && !r.lacks {
			r.idle = 0
		} else if r.idle++; r.idle > 4 {
			return casework.Refuse(casework.CodeVerifyFailed, WhyStuck)
		}
	}
}

// load is what one exchange carries up.
type load struct {
	items []store.Item
	own   bool       // they are the next part of the outbox, if any; it goes on at next
	next  store.Sent //
	more  bool       // there are further own ones
}

// offer returns the next entries to send: own ones first; after them, for a
// county that was restored, others' that it lacks.
func (r *run) offer() (load, error) {
	l, err := r.a.outbox(store.Sent{})
	if err != nil || len(l.items) > 0 {
		return l, err
	}
	epoch := r.a.desk.Position().Epoch
	if r.filled == epoch {
		return l, nil
	}
	l.items, r.refill, err = r.a.desk.Refill(r.refill, r.a.pace.page)
	if err == nil && r.refill == 0 {
		r.filled = epoch
	}
	if len(l.items) > 0 {
		r.idle = 0 // each is offered once, whatever the county makes of it
		l.own = false
	}
	return l, err
}

// outbox returns the part of the outbox after what was sent.
func (a *Agent) outbox(after store.Sent) (load, error) {
	b, err := a.desk.Outbox(after, a.pace.page)
	return load{items: b.Items, own: true, next: b.Next, more: b.Left > 0}, err
}

var errGrant = errors.New("agent: the county asks for the grant")

// land waits for an exchange and takes its answer in, while the next one is on
// its way.
func (r *run) land(f *flight) (store.Taken, error) {
	if err := r.air.wait(f, r.follow); err != nil {
		return store.Taken{}, err
	}
	r.out.RoundTrips++
	r.out.BytesUp, r.out.BytesDown = r.out.BytesUp+f.traffic.Up, r.out.BytesDown+f.traffic.Down
	var failure *wire.Failure
	if errors.As(f.err, &failure) && failure.Code == wire.CodeGrant && !r.grant {
		r.grant = true
		return store.Taken{}, errGrant
	}
	if f.err != nil {
		r.a.pace.halve()
		return store.Taken{}, f.err
	}
	r.a.pace.note(f.size(), f.took)
	r.gauge.note(f)
	r.out.Sent += len(f.items)
	r.looked = r.looked || f.req.Room > 0
	r.revoked = f.reply.Revoked
	page, err := pageOf(f.reply)
	if err != nil {
		return store.Taken{}, err
	}
	// The county's time belongs to the moment of its answer.
	r.a.desk.Hear(page.Now)
	page.Now = time.Time{}
	if len(f.reply.Forks) > 0 || f.reply.Revoked || f.reply.Epoch != r.a.desk.Position().Epoch {
		f.followed = true // what it tells must be taken in first
	}
	if len(r.air.flights) == 0 && !f.followed {
		if err := r.follow(f); err != nil {
			return store.Taken{}, err
		}
	}
	return r.take(f.reply, page)
}

// follow sends what comes after an exchange that has left: the next own entries,
// and the wish for the lines after those that its answer brings.
func (r *run) follow(f *flight) error {
	f.followed = true
	if !f.own || r.a.halt.Load() {
		return nil
	}
	l, err := r.a.outbox(f.next)
	if err != nil {
		return err
	}
	var ends []wire.Cursor
	if !f.more {
		<-f.head
		ends = f.ends
	}
	if len(l.items) == 0 && len(ends) == 0 {
		return nil
	}
	req := r.request(l)
	for i, c := range f.req.Cursors {
		if i < len(req.Cursors) && req.Cursors[i].Feed == c.Feed {
			req.Cursors[i] = c
		}
		for _, end := range ends {
			if i < len(req.Cursors) && req.Cursors[i].Feed == end.Feed {
				req.Cursors[i] = end
			}
		}
	}
	r.air.launch(req, l)
	return nil
}

// patience is how long one exchange may take before the line counts as dead. A
// page is cut to a second or two of the line.
const patience = 90 * time.Second

// request is the next exchange upwards, as the store stands now.
func (r *run) request(l load) *wire.Request {
	pos, clock := r.a.desk.Position(), r.a.desk.Clock()
	boot, mono := clock.Mono()
	req := &wire.Request{Version: wire.Version, Program: r.a.conf.Program, Catalogue: pos.Catalogue,
		Clock: wire.Clock{Wall: clock.Now().UnixMilli(), Boot: boot, Mono: mono.Milliseconds()}}
	for _, h := range pos.Logs {
		if pos.Whole {
			h.Seq, h.Hash = 0, casework.Hash{} // the file may lack entries: ask for their bytes
		}
		req.Logs = append(req.Logs, wire.Head(h))
	}
	if !r.asked {
		r.asked = true
		for i, h := range pos.Logs {
			if pos.Acked[i] < h.Seq {
				req.Asks = append(req.Asks, wire.Ask{Log: h.Log, After: pos.Acked[i]})
			}
		}
	}
	for _, c := range pos.Cursors {
		req.Cursors = append(req.Cursors, wire.Cursor(c))
	}
	for _, it := range l.items {
		req.Up = append(req.Up, wire.Item{Raw: it.Raw, Stamp: it.Stamp})
	}
	if !l.more && !r.revoked {
		req.Room = r.a.pace.page
	}
	if r.grant {
		req.Grant = r.a.desk.Profile().County.Grant
	}
	return req
}

// take takes a reply in. A file that turns out to lack own entries asks for
// them in the next round.
func (r *run) take(reply *wire.Reply, page *store.Page) (store.Taken, error) {
	taken, err := r.a.desk.Absorb(page)
	if r.lacks = errors.Is(err, store.ErrMissing); r.lacks {
		err = nil
	}
	r.out.Taken += taken.Stamped + taken.Refilled
	r.out.Held += taken.Held
	r.out.Received += taken.Entries
	r.out.Withdrawn += taken.Withdrawn
	r.out.LeftDown, r.moved = 0, false
	for _, f := range reply.Feeds {
		r.out.LeftDown += f.Head - min(f.To, f.Head)
		r.moved = r.moved || f.To > f.From && taken.Skipped == 0
	}
	if taken.Skipped > 0 || r.lacks {
		r.out.LeftDown++ // a page for another cursor, or one that was not taken to its end: ask again
	}
	r.tell()
	if r.report != nil {
		r.report(Progress{Sent: r.out.Sent, Received: r.out.Received, Bytes: r.out.BytesUp + r.out.BytesDown})
	}
	return taken, err
}

// handOver ends a revoked laptop's life: what it had not sent is at the county
// now, held; the keys are forgotten. The desk is told before, for its watch ends
// with the store.
func (r *run) handOver() *casework.Refusal {
	if r.out.LeftUp = r.a.desk.Unsent(); r.out.LeftUp > 0 {
		return casework.Refuse(casework.CodeRevoked, "") // keep the keys for another try
	}
	refusal := casework.Refuse(casework.CodeRevoked, store.WhyForgotten)
	r.ended(refusal)
	err := r.a.desk.Forget()
	if r.a.desk.Unsent() > 0 {
		return casework.Refuse(casework.CodeRevoked, "") // saved at the last moment
	}
	if err != nil {
		refusal.Err = err
	}
	return refusal
}

// tell reports to the store, where the desk reads it.
func (r *run) tell() {
	_, now := r.a.desk.Clock().Mono()
	l := store.Link{State: store.LinkBusy, Tried: r.a.desk.Link().Tried, Sent: r.out.Sent, Received: r.out.Received,
		LeftUp: r.a.desk.Unsent(), LeftDown: int(r.out.LeftDown), Bytes: int64(r.out.BytesUp + r.out.BytesDown)}
	l.BytesLeft, l.TimeLeft = r.gauge.left(l.LeftUp, l.LeftDown, now)
	r.a.desk.SetLink(l)
}

func (r *run) ended(refusal *casework.Refusal) {
	now := r.a.desk.Clock().Now()
	l := store.Link{State: store.LinkFailed, Problem: refusal, Tried: now, Sent: r.out.Sent, LeftUp: r.out.LeftUp, LeftDown: int(r.out.LeftDown)}
	switch r.out.Result {
	case OK:
		l.State, l.LastOK = store.LinkIdle, now
	case Offline:
		l.State = store.LinkOffline
	}
	if r.stopped && r.out.Result == OK {
		l.State, r.out.wait = store.LinkStopped, stopRest
	}
	if r.a.plan != nil && !(r.out.Result == Revoked && r.out.LeftUp == 0) {
		r.out.rest = max(r.a.planned(refusal == nil, r.out.wait), r.out.wait)
		l.Next = now.Add(r.out.rest)
	}
	r.a.desk.SetLink(l)
}
