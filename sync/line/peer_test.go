package line_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// peer is a laptop that keeps to the protocol as far as a test lets it: it holds
// its key, says what it likes, and keeps no file.
type peer struct {
	o      *office
	t      testing.TB
	key    ed25519.PrivateKey
	user   catalogue.UserID
	unit   catalogue.UnitID
	grant  []byte
	client *wire.Client

	log     casework.LogID
	mine    []*kept // own entries, by seq
	held    map[casework.Hash]*kept
	cursors map[catalogue.UnitID]wire.Cursor
	shows   map[catalogue.UnitID]map[casework.CaseID]bool
	units   []catalogue.UnitID
	shown   func(catalogue.UnitID, casework.CaseID) // told of every line with words
}

type kept struct {
	raw, stamp []byte
	rec        *record.Record
}

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	return key
}

// client makes a client of the county with a key.
func (o *office) client(key ed25519.PrivateKey) *wire.Client {
	o.t.Helper()
	conf, err := wire.ClientTLS(key, wire.PinKey(o.key.Public()))
	must(o.t, err)
	c := wire.NewClient("https://127.0.0.1:1", conf, newCable(o.ends).Dial)
	o.t.Cleanup(c.Close)
	return c
}

// newPeer enrols a person's peer, which has its first entry written.
func (o *office) newPeer(user catalogue.UserID) *peer {
	o.t.Helper()
	p := &peer{o: o, t: o.t, key: newKey(o.t), user: user, held: map[casework.Hash]*kept{},
		cursors: map[catalogue.UnitID]wire.Cursor{}, shows: map[catalogue.UnitID]map[casework.CaseID]bool{}}
	p.client = o.client(p.key)
	o.clock.pass(10 * time.Second) // one address may not ask for enrolment again and again
	slip, err := wire.ParseSlip(o.slip(user))
	must(o.t, err)
	reply, err := p.client.Enrol(ctx, &wire.EnrolRequest{Version: wire.Version, Code: slip.Code[:], Name: "某"})
	must(o.t, err)
	p.units, p.unit, p.grant = reply.Units, reply.Units[0], reply.Grant
	p.openLog()
	return p
}

func newID(t testing.TB) uuid.UUID {
	t.Helper()
	id, err := uuid.NewV7()
	must(t, err)
	return id
}

func (p *peer) public() ed25519.PublicKey { return p.key.Public().(ed25519.PublicKey) }

func (p *peer) openLog() {
	p.log, p.mine = casework.LogID{UUID: newID(p.t)}, nil
	p.write(p.entry(casework.CaseID{}, &casework.LogOpened{Reason: casework.LogCreated, Key: p.public()}))
}

// entry is the next entry of the peer's log, with everything that it holds of
// the case as parents.
func (p *peer) entry(id casework.CaseID, events ...casework.Event) *casework.Entry {
	e := &casework.Entry{Name: casework.Name{Log: p.log, Seq: uint64(len(p.mine)) + 1}, UID: casework.EntryID{UUID: newID(p.t)},
		Case: id, Events: events, Actor: p.user, Unit: p.unit, Wall: p.o.clock.Now(), Schema: casework.Schema, Catalogue: 1}
	if !id.IsZero() {
		c := p.fold(id)
		e.Parents = c.Heads
	}
	return e
}

func (p *peer) prev() (h casework.Hash) {
	if n := len(p.mine); n > 0 {
		h = p.mine[n-1].rec.Hash
	}
	return h
}

// write signs an entry and adds it to the log.
func (p *peer) write(e *casework.Entry) *kept {
	p.t.Helper()
	k := p.seal(e)
	p.mine = append(p.mine, k)
	p.held[k.rec.Hash] = k
	return k
}

// seal signs an entry on top of the log.
func (p *peer) seal(e *casework.Entry) *kept {
	p.t.Helper()
	raw, err := record.Seal(e, p.prev(), make([]byte, record.SaltSize), p.key)
	must(p.t, err)
	rec, err := record.Open(raw)
	must(p.t, err)
	return &kept{raw: raw, rec: rec}
}

func registration(place catalogue.DivisionCode, holder catalogue.UnitID) *casework.Registered {
	return &casework.Registered{Matter: casework.Dispute, Number: "N", Holder: holder, Fields: casework.Fields{
		casework.FieldCategory: "0101", casework.FieldTitle: "水沟纠纷", casework.FieldFacts: "两家为水沟争吵", casework.FieldDivision: string(place)}}
}

// register writes a new case at a place.
func (p *peer) register(place catalogue.DivisionCode, holder catalogue.UnitID) casework.CaseID {
	id := casework.CaseID{UUID: newID(p.t)}
	p.write(p.entry(id, registration(place, holder)))
	return id
}

// fold folds what the peer holds of a case.
func (p *peer) fold(id casework.CaseID) casework.Case {
	var entries []casework.Entry
	for _, k := range p.held {
		if k.rec.Entry.Case != id {
			continue
		}
		e := k.rec.Entry
		if k.stamp != nil {
			stamp, err := record.OpenStamp(k.stamp)
			must(p.t, err)
			e.Stamp = stamp
		}
		entries = append(entries, e)
	}
	return casework.Fold(id, entries)
}

func (p *peer) request() *wire.Request {
	req := &wire.Request{Version: wire.Version, Program: "peer", Catalogue: 1 << 40, Room: wire.MaxPage, Clock: wire.Clock{Wall: p.o.clock.Now().UnixMilli()}}
	if n := len(p.mine); n > 0 {
		req.Logs = []wire.Head{{Log: p.log, Seq: p.mine[n-1].rec.Entry.Seq, Hash: p.mine[n-1].rec.Hash}}
	}
	for _, k := range p.mine {
		if k.stamp == nil {
			req.Up = append(req.Up, wire.Item{Raw: k.raw})
		}
	}
	for _, u := range p.units {
		if c, ok := p.cursors[u]; ok {
			req.Cursors = append(req.Cursors, c)
		}
	}
	return req
}

// exchange goes on until there is no more, and returns the last reply.
func (p *peer) exchange() *wire.Reply {
	p.t.Helper()
	for {
		reply, _, err := p.client.Exchange(ctx, p.request())
		must(p.t, err)
		more := p.take(reply)
		if !more {
			return reply
		}
	}
}

// push sends what is there to send, and takes nothing down but stamps.
func (p *peer) push() {
	p.t.Helper()
	req := p.request()
	req.Room = 0
	reply, _, err := p.client.Exchange(ctx, req)
	must(p.t, err)
	p.take(reply)
}

// take takes a reply in and reports whether there is more to come.
func (p *peer) take(reply *wire.Reply) (more bool) {
	p.t.Helper()
	for _, s := range reply.Stamps {
		if s.Log == p.log && s.Seq <= uint64(len(p.mine)) {
			p.mine[s.Seq-1].stamp = s.Stamp
		}
	}
	if reply.Units != nil {
		p.units = reply.Units
	}
	for _, page := range reply.Feeds {
		cur := p.cursors[page.Feed]
		if cur.Epoch == page.Epoch && cur.N != page.From {
			p.t.Fatalf("page of feed %s from %d comes to a cursor at %d", page.Feed, page.From, cur.N)
		}
		if p.shows[page.Feed] == nil {
			p.shows[page.Feed] = map[casework.CaseID]bool{}
		}
		for _, line := range page.Lines {
			if !line.Withdrawn.IsZero() {
				delete(p.shows[page.Feed], line.Withdrawn)
				continue
			}
			id := p.line(line).rec.Entry.Case
			p.shows[page.Feed][id] = true
			if p.shown != nil {
				p.shown(page.Feed, id)
			}
		}
		p.cursors[page.Feed] = wire.Cursor{Feed: page.Feed, Epoch: page.Epoch, N: page.To}
		more = more || page.To < page.Head
	}
	for feed := range p.shows {
		if !slices.Contains(p.units, feed) { // a unit that the person left
			delete(p.shows, feed)
			delete(p.cursors, feed)
		}
	}
	for hash, k := range p.held {
		if k.rec.Entry.Log != p.log && !p.sees(k.rec.Entry.Case) {
			delete(p.held, hash)
		}
	}
	return more
}

func (p *peer) line(line wire.Line) *kept {
	p.t.Helper()
	if line.Raw == nil {
		k := p.mine[line.Seq-1]
		k.stamp = line.Stamp
		return k
	}
	rec, err := record.Open(line.Raw)
	must(p.t, err)
	k := &kept{raw: line.Raw, rec: rec, stamp: line.Stamp}
	p.held[rec.Hash] = k
	return k
}

func (p *peer) sees(id casework.CaseID) bool {
	for _, cases := range p.shows {
		if cases[id] {
			return true
		}
	}
	return false
}

// failure is the code that a call was refused with.
func failure(err error) string {
	var f *wire.Failure
	if errors.As(err, &f) {
		return string(f.Code)
	}
	return fmt.Sprint(err)
}

// dump is a sum of everything that the county holds, but for when it last saw a
// laptop and what it is called.
func (o *office) dump() [32]byte {
	o.t.Helper()
	h := sha256.New()
	must(o.t, o.ledger.View(ctx, func(r ledger.Reader) error {
		var logs []casework.LogID
		err := r.Logs(func(head ledger.Head) bool {
			fmt.Fprintln(h, head)
			logs = append(logs, head.Log)
			return true
		})
		for _, log := range logs {
			err = errors.Join(err, r.Entries(log, 1, func(e ledger.Entry) bool {
				fmt.Fprintf(h, "%s %d %x %x %x %t\n", e.Log, e.Seq, e.Hash, e.Raw, e.Stamp, e.Branch)
				return true
			}))
		}
		return errors.Join(err, r.Scan(nil, nil, func(k, v []byte) bool {
			if !bytes.HasPrefix(k, []byte("s/")) {
				fmt.Fprintf(h, "%x=%x\n", k, v)
			}
			return true
		}))
	}))
	return [32]byte(h.Sum(nil))
}

// post sends a body to a call as it stands, and returns the status and the
// failure that came back, if it was one.
func (c *poster) post(path, kind string, body []byte) (status int, f *wire.Failure) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+path, bytes.NewReader(body))
	must(c.t, err)
	r.Header.Set("Content-Type", kind)
	answer, err := c.HTTP.Do(r)
	must(c.t, err)
	defer answer.Body.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(answer.Body)
	must(c.t, err)
	if answer.StatusCode == http.StatusOK {
		return answer.StatusCode, nil
	}
	f = new(wire.Failure)
	if err := wire.Decode(b.Bytes(), f); err != nil {
		c.t.Errorf("an answer of status %d is no failure: %v", answer.StatusCode, err)
	}
	return answer.StatusCode, f
}

// poster is a client that sends bytes of its own making.
type poster struct {
	*wire.Client
	t testing.TB
}
