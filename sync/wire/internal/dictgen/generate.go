package main

import (
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// generator makes messages from a fixed seed.
type generator struct {
	*rand.Rand
	cat   catalogue.Catalogue
	key   ed25519.PrivateKey
	log   casework.LogID
	epoch casework.Epoch
	seq   uint64
	now   time.Time
	prev  casework.Hash
}

func newGenerator(seed uint64) *generator {
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0)), cat: sample.Catalogue(),
		now: time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("", 8*3600))}
	g.key = ed25519.NewKeyFromSeed(g.bytes(ed25519.SeedSize))
	g.log, g.epoch = casework.LogID{UUID: g.id()}, casework.Epoch{UUID: g.id()}
	return g
}

func (g *generator) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(g.IntN(256))
	}
	return b
}

// id makes a UUIDv7 of the generator's time.
func (g *generator) id() uuid.UUID {
	var u uuid.UUID
	copy(u[:], g.bytes(16))
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(g.now.UnixMilli())<<16)
	copy(u[:6], ms[:6])
	u[6], u[8] = u[6]&0x0f|0x70, u[8]&0x3f|0x80
	return u
}

func pick[T any](g *generator, list []T) T { return list[g.IntN(len(list))] }

// message is a request of a few entries, a reply of a few lines, or a small one.
func (g *generator) message() any {
	g.now = g.now.Add(time.Duration(g.IntN(7200)) * time.Second)
	if g.IntN(4) == 0 {
		g.log, g.seq = casework.LogID{UUID: g.id()}, 0
	}
	head := wire.Head{Log: g.log, Seq: g.seq, Hash: g.prev}
	unit := pick(g, g.cat.Units).ID
	var items []wire.Item
	for range g.IntN(3) * (1 + g.IntN(3)) {
		items = append(items, g.story()...)
	}
	if g.IntN(2) == 0 {
		return &wire.Request{Version: wire.Version, Program: "casedesk 0.1.0", Logs: []wire.Head{head}, Up: items,
			Cursors: []wire.Cursor{{Feed: unit, Epoch: g.epoch, N: g.Uint64N(9000)}}, Catalogue: 1,
			Clock: wire.Clock{Wall: g.now.UnixMilli(), Boot: g.id().String(), Mono: g.Int64N(1 << 30)}, Room: 65536}
	}
	reply := &wire.Reply{Version: wire.Version, Epoch: g.epoch, Now: g.now.UnixMilli(), Heads: []wire.Head{head},
		Backed: wire.End{Epoch: g.epoch, N: g.Uint64N(9000)}, Units: []catalogue.UnitID{unit}}
	page := wire.FeedPage{Feed: unit, Epoch: g.epoch, From: g.Uint64N(9000)}
	for i, it := range items {
		stamp := g.stamp()
		if i%3 == 0 {
			reply.Stamps = append(reply.Stamps, wire.Stamped{Log: g.log, Seq: g.seq, Stamp: stamp})
		}
		page.Lines = append(page.Lines, wire.Line{Raw: it.Raw, Stamp: stamp})
	}
	page.To = page.From + uint64(len(page.Lines))
	page.Head = page.To
	if len(page.Lines) > 0 {
		reply.Feeds = []wire.FeedPage{page}
		reply.Keys = []wire.LogKey{{Log: g.log, Key: g.bytes(32), User: pick(g, g.cat.People).User}}
	}
	return reply
}

func (g *generator) stamp() []byte {
	s := &casework.Stamp{Epoch: g.epoch, N: g.Uint64N(90000), Received: g.now, Effective: g.now.Add(-time.Hour),
		Verdict: casework.Admitted, MAC: g.bytes(record.MACSize)}
	return record.MarshalStamp(s)
}

// story is the first entries of a case.
func (g *generator) story() []wire.Item {
	person := pick(g, g.cat.People)
	unit := pick(g, person.Units)
	id := casework.CaseID{UUID: g.id()}
	var parents []casework.EntryID
	var items []wire.Item
	for _, ev := range g.events(unit)[:1+g.IntN(6)] {
		g.now = g.now.Add(time.Duration(g.IntN(3600)) * time.Second)
		g.seq++
		e := &casework.Entry{Name: casework.Name{Log: g.log, Seq: g.seq}, UID: casework.EntryID{UUID: g.id()}, Case: id,
			Parents: parents, Actor: person.User, Unit: unit, Wall: g.now, Schema: casework.Schema, Catalogue: 1,
			Clock:  casework.ClockFacts{Boot: g.id().String(), Mono: time.Duration(g.IntN(1<<30)) * time.Millisecond, County: g.now, Age: time.Hour},
			Events: []casework.Event{ev}}
		raw, err := record.Seal(e, g.prev, g.bytes(record.SaltSize), g.key)
		if err != nil {
			panic(err)
		}
		r, err := record.Open(raw)
		if err != nil {
			panic(err)
		}
		g.prev, parents = r.Hash, []casework.EntryID{e.UID}
		items = append(items, wire.Item{Raw: raw})
	}
	return items
}

func (g *generator) events(unit catalogue.UnitID) []casework.Event {
	place := pick(g, g.cat.Divisions)
	category := pick(g, g.cat.Categories)
	a, b := g.name(), g.name()
	day := g.now.Format(time.DateOnly)
	return []casework.Event{
		&casework.Registered{Matter: casework.Dispute, Number: fmt.Sprintf("%s-%d-%05d-%s", unit, g.now.Year(), g.IntN(900), "4K7M"),
			Fields: casework.Fields{
				casework.FieldCategory: category.Code, casework.FieldTitle: fmt.Sprintf(pick(g, titles), a, b, category.Name),
				casework.FieldFacts: g.text(facts, 2+g.IntN(5)), casework.FieldDivision: string(place.Code),
				casework.FieldDetail: pick(g, details), casework.FieldHappenedOn: day,
				casework.FieldPeople: fmt.Sprint(2 + g.IntN(9)), casework.FieldChannel: pick(g, g.cat.Channels).Code,
			},
			Parties: []casework.Party{g.party("applicant", a), g.party("respondent", b)}, Holder: unit},
		&casework.Contacted{Note: g.text(notes, 1)},
		&casework.Accepted{Note: g.text(notes, 1)},
		&casework.Assigned{Lead: pick(g, g.cat.Units).ID, Co: []catalogue.UnitID{unit}, Note: g.text(notes, 1)},
		&casework.SignedFor{Note: g.text(notes, 1)},
		&casework.Mediated{Method: pick(g, g.cat.Methods).Code, HappenedOn: day, Place: pick(g, details), Result: g.text(results, 2)},
		&casework.Agreed{Form: pick(g, []string{"oral", "written"}), Agreement: g.text(agreements, 2), Due: day, Laws: pick(g, laws)},
		&casework.Performed{Extent: "full", Note: g.text(notes, 1)},
		&casework.Closed{Outcome: g.text(results, 1), Reply: g.text(notes, 1)},
	}
}

func (g *generator) party(role, name string) casework.Party {
	return casework.Party{Element: casework.ElementID{UUID: g.id()}, Role: role, Name: name,
		Phone: fmt.Sprintf("1%02d%08d", 30+g.IntN(60), g.IntN(1e8)), Gender: fmt.Sprint(1 + g.IntN(2)), Address: pick(g, details)}
}

func (g *generator) name() string { return pick(g, surnames) + pick(g, given) + pick(g, given) }

func (g *generator) text(from []string, n int) string {
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, pick(g, from), g.name(), 1+g.IntN(90))
	}
	return b.String()
}
