package line_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// maySee says whether a unit gets to see a case. It is a second statement, made
// from the prose alone: the village, the town and the county of the place, where a
// functional area takes the county's part for the towns it took over; the units
// that handle the case; the unit that registered it; who was called in, or looks in
// by 应急查阅. A confidential case goes to
// no unit by its place, and never to one that it is about, whatever else that is, nor
// to those below it, courts and procuratorates apart, if somebody above it is left.
func maySee(cat *catalogue.Catalogue, u catalogue.UnitID, c *casework.Case) bool {
	named := append([]catalogue.UnitID{c.Holder, c.Lead, c.Registrar}, slices.Concat(c.Co, c.Joined)...)
	for _, g := range c.Glass {
		named = append(named, g.Unit)
	}
	if c.Confidential {
		return slices.Contains(named, u) && !accused(cat, u, c.About)
	}
	if slices.Contains(named, u) {
		return true
	}
	place := catalogue.DivisionCode(c.Value(casework.FieldDivision))
	for at := lowest(cat, place); at != nil; at = unitOf(cat, at.Parent) {
		if at.ID == u {
			return at.Level != catalogue.City
		}
	}
	return false
}

// accused says whether a unit is one of those, or below one that is not the highest.
func accused(cat *catalogue.Catalogue, u catalogue.UnitID, about []catalogue.UnitID) bool {
	free := slices.ContainsFunc(cat.People, func(p catalogue.Person) bool {
		return !p.Left && slices.Contains(p.Units, u) && (slices.Contains(p.Roles, catalogue.Court) || slices.Contains(p.Roles, catalogue.Procurator))
	})
	for at := unitOf(cat, u); at != nil; at = unitOf(cat, at.Parent) {
		if slices.Contains(about, at.ID) && (at.ID == u || at.Parent != "" && !free) {
			return true
		}
	}
	return slices.Contains(about, u)
}

// lowest is the unit that governs a place most closely.
func lowest(cat *catalogue.Catalogue, place catalogue.DivisionCode) (found *catalogue.Unit) {
	for i := range cat.Units {
		u := &cat.Units[i]
		if slices.Contains(u.Covers, place) && (found == nil || u.Kind == catalogue.Area && found.Kind == catalogue.Functional) {
			found = u
		}
	}
	if found == nil {
		for _, d := range cat.Divisions {
			if d.Code == place && d.Parent != "" {
				return lowest(cat, d.Parent)
			}
		}
	}
	return found
}

func unitOf(cat *catalogue.Catalogue, id catalogue.UnitID) *catalogue.Unit {
	for i := range cat.Units {
		if cat.Units[i].ID == id {
			return &cat.Units[i]
		}
	}
	return nil
}

// Ensure that over the network every laptop is delivered what the oracle says that
// one of its person's units may see, and nothing else, at every moment of random
// days: random trees of units, people with several, cases that move, are routed,
// escalated, made confidential and opened again, and new catalogues.
func TestScopeOracle(t *testing.T) {
	deadline := time.Now().Add(soak(t))
	triples, worlds := 0, 0
	seed := *firstSeed
	if seed == 0 {
		seed = rand.Uint64N(1 << 32)
	}
	for ; worlds < 2 || time.Now().Before(deadline) && !t.Failed(); worlds++ {
		n := uint64(worlds)
		t.Run(fmt.Sprint(seed+n), func(t *testing.T) { triples += newScopes(t, seed+n).days(25) })
	}
	if triples < 20_000 && !t.Failed() {
		t.Errorf("only %d triples", triples)
	}
	tell(t, "scope oracle", fmt.Sprintf("%d triples of laptop, case and moment in %d counties", triples, worlds), fmt.Sprintf("%d-%d", seed, seed+uint64(worlds)-1))
}

// scopes is a county with random units and people.
type scopes struct {
	*office
	rand   *rand.Rand
	cat    catalogue.Catalogue
	places []catalogue.DivisionCode
	peers  []*peer
	cases  []casework.CaseID
	held   map[casework.EntryID]casework.Entry
	folded map[casework.CaseID]*casework.Case
}

func newScopes(t testing.TB, seed uint64) *scopes {
	s := &scopes{rand: rand.New(rand.NewPCG(seed, 5)), cat: sample.Catalogue(), folded: map[casework.CaseID]*casework.Case{}}
	s.plant()
	for i := range s.cat.Divisions {
		s.cat.Divisions[i].Worker = ""
	}
	s.cat.Duties, s.cat.Items, s.cat.Claims, s.cat.Resolvers = nil, nil, nil, nil // of units and places that are gone
	if faults := catalogue.Validate(s.cat); len(faults) > 0 {
		t.Fatalf("the random catalogue: %v", faults[0])
	}
	s.office = newOffice(t, filepath.Join(folder(t), "county"), s.cat)
	t.Cleanup(s.close)
	for _, p := range s.cat.People {
		s.peers = append(s.peers, s.newPeer(p.User))
	}
	return s
}

func (s *scopes) chance(p int) bool { return s.rand.IntN(100) < p }

func any1[T any](s *scopes, list []T) T { return list[s.rand.IntN(len(list))] }

// plant gives the catalogue random units and people over the sample's divisions.
func (s *scopes) plant() {
	c := &s.cat
	c.Units = []catalogue.Unit{
		{ID: "city", Name: "市", Kind: catalogue.Area, Level: catalogue.City, Covers: []catalogue.DivisionCode{"4416"}},
		{ID: "441621", Name: "县", Kind: catalogue.Area, Level: catalogue.County, Parent: "city", Covers: []catalogue.DivisionCode{"441621"}},
		{ID: "441602", Name: "区", Kind: catalogue.Area, Level: catalogue.County, Parent: "city", Covers: []catalogue.DivisionCode{"441602"}},
		{ID: "new", Name: "新区", Kind: catalogue.Functional, Level: catalogue.County, Parent: "city", Covers: []catalogue.DivisionCode{"441621108"}},
	}
	if s.chance(50) {
		c.Units[3].Parent = ""
	}
	for _, d := range c.Divisions {
		switch {
		case d.Level == catalogue.Village && (s.chance(70) || d.Code == village):
			town := catalogue.UnitID(d.Parent)
			c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(d.Code), Name: "村", Kind: catalogue.Area, Level: catalogue.Village,
				Parent: town, Covers: []catalogue.DivisionCode{d.Code}})
			if unitOf(c, town) == nil {
				above := town[:6]
				if town == "441621108" {
					above = "new"
				}
				c.Units = append(c.Units, catalogue.Unit{ID: town, Name: "镇", Kind: catalogue.Area, Level: catalogue.Town,
					Parent: above, Covers: []catalogue.DivisionCode{d.Parent}})
			}
		case d.Level == catalogue.Grid:
			s.places = append(s.places, d.Code)
		}
		if d.Level == catalogue.Village {
			s.places = append(s.places, d.Code, d.Parent)
		}
	}
	for i := range 4 {
		c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(fmt.Sprintf("office-%d", i)), Name: "局", Kind: catalogue.Department,
			Level: catalogue.Town, Parent: any1(s, c.Units).ID})
		if p := unitOf(c, c.Units[len(c.Units)-1].Parent); p.Level == catalogue.Village {
			c.Units[len(c.Units)-1].Parent = p.Parent
		}
	}
	for _, u := range c.Units {
		if u.Level == catalogue.Town && u.Kind == catalogue.Area && s.chance(30) {
			s.move(u.ID)
		}
	}
	c.People = nil
	for i := range 16 {
		c.People = append(c.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("p%d", i)), Name: "某", Units: s.someUnits(1 + s.rand.IntN(3)),
			Roles: []catalogue.Role{catalogue.GridWorker, catalogue.Mediator, catalogue.Office, catalogue.Handler}})
	}
}

func (s *scopes) someUnits(n int) (out []catalogue.UnitID) {
	for range n {
		if u := any1(s, s.cat.Units).ID; !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// move puts a town under the functional area, or back under its county.
func (s *scopes) move(town catalogue.UnitID) {
	u, area := unitOf(&s.cat, town), unitOf(&s.cat, "new")
	place := u.Covers[0]
	if u.Parent == area.ID {
		u.Parent = town[:6]
		if len(area.Covers) > 1 {
			area.Covers = slices.DeleteFunc(slices.Clone(area.Covers), func(d catalogue.DivisionCode) bool { return d == place })
		} else {
			u.Parent = area.ID
		}
		return
	}
	u.Parent = area.ID
	if !slices.Contains(area.Covers, place) {
		area.Covers = append(slices.Clone(area.Covers), place)
	}
}

// days lets things happen and compares after each handful of them.
func (s *scopes) days(moments int) (triples int) {
	for moment := range moments {
		s.clock.pass(90 * time.Second)
		if s.chance(20) {
			s.publish()
		}
		n := 3
		if moment < 4 {
			n = 14
		}
		for range n {
			// Who left or moved knows it: a registration that is held is no case yet.
			if p := any1(s, s.peers); s.person(p).Units != nil {
				s.act(p)
				p.push()
				s.refold()
			}
		}
		for _, p := range s.peers {
			triples += s.compare(moment, p)
		}
		if s.t.Failed() {
			return triples
		}
	}
	return triples
}

// publish changes the tree or the people.
func (s *scopes) publish() {
	s.cat = s.cat.Clone()
	s.cat.Version++
	for range 1 + s.rand.IntN(2) {
		switch p := &s.cat.People[s.rand.IntN(len(s.cat.People))]; {
		case s.chance(50):
			for {
				if u := any1(s, s.cat.Units); u.Level == catalogue.Town && u.Kind == catalogue.Area {
					s.move(u.ID)
					break
				}
			}
		case s.chance(20):
			p.Left = !p.Left
		default:
			p.Units = s.someUnits(1 + s.rand.IntN(3))
		}
	}
	if faults := catalogue.Validate(s.cat); len(faults) > 0 {
		s.t.Fatalf("the changed catalogue: %v", faults[0])
	}
	_, err := s.county.Publish(ctx, s.cat)
	must(s.t, err)
}

// act lets a person do something: a new case, or an event on a case that she is
// shown. What she has no authority for is held, and has no effect.
func (s *scopes) act(p *peer) {
	p.unit = any1(s, s.person(p).Units)
	ix := catalogue.NewIndex(s.cat)
	var seen []casework.CaseID
	for _, id := range s.cases {
		if p.sees(id) {
			seen = append(seen, id)
		}
	}
	if len(seen) == 0 || s.chance(30) && len(s.cases) < 60 {
		place := any1(s, s.places)
		reg := registration(place, "")
		if s.chance(35) {
			reg.Confidential, reg.About = true, s.someUnits(s.rand.IntN(3))
		}
		reg.Holder = casework.FirstHolder(place, reg.Confidential, reg.About, ix)
		id := casework.CaseID{UUID: newID(s.t)}
		p.write(p.entry(id, reg))
		s.cases = append(s.cases, id)
		return
	}
	var secret []casework.CaseID
	for _, id := range s.cases {
		if c := s.folded[id]; c != nil && c.Confidential && !p.sees(id) {
			secret = append(secret, id)
		}
	}
	if len(secret) > 0 && s.chance(25) {
		p.write(p.entry(any1(s, secret), &casework.BrokeGlass{Reason: "有人身危险"}))
		return
	}
	id := any1(s, seen)
	if c := p.fold(id); len(c.Glass) > 0 && s.chance(30) {
		p.write(p.entry(id, &casework.ClosedGlass{Glass: any1(s, c.Glass).By}))
		return
	}
	p.write(p.entry(id, s.event(p.fold(id).Holder)))
}

func (s *scopes) event(holder catalogue.UnitID) casework.Event {
	switch s.rand.IntN(12) {
	case 0, 1:
		return &casework.Accepted{}
	case 2, 3:
		return &casework.Assigned{Lead: any1(s, s.cat.Units).ID, Co: s.someUnits(s.rand.IntN(3))}
	case 4:
		up := catalogue.UnitID("city")
		if u := unitOf(&s.cat, holder); u != nil {
			up = u.Parent
		}
		return &casework.Escalated{To: up, Reason: "上报"}
	case 5, 6:
		return &casework.Amended{Fields: casework.Fields{casework.FieldDivision: string(any1(s, s.places))}}
	case 7, 8:
		return &casework.Confided{Confidential: any1(s, []string{"yes", "no"}), About: s.someUnits(s.rand.IntN(3)), Reason: "应当"}
	case 9:
		return &casework.Returned{Reason: "不属于我们"}
	case 10:
		return &casework.CalledOut{Unit: any1(s, s.cat.Units).ID, Note: "请到场"}
	}
	return &casework.Noted{Note: "去看过"}
}

// refold reads what the county holds.
func (s *scopes) refold() {
	s.held = s.holds()
	byCase := map[casework.CaseID][]casework.Entry{}
	for _, e := range s.held {
		byCase[e.Case] = append(byCase[e.Case], e)
	}
	for _, id := range s.cases {
		c := casework.Fold(id, byCase[id])
		s.folded[id] = &c
	}
}

// compare lets a laptop exchange and compares what it was sent, and what it is
// left with, with the oracle.
func (s *scopes) compare(moment int, p *peer) (triples int) {
	p.shown = func(feed catalogue.UnitID, id casework.CaseID) {
		if !maySee(&s.cat, feed, s.folded[id]) {
			s.t.Errorf("moment %d: %s was sent words of case %s as %s, which may not see them", moment, p.user, id, feed)
		}
	}
	p.exchange()
	person := s.person(p)
	for _, id := range s.cases {
		c := s.folded[id]
		may := slices.ContainsFunc(person.Units, func(u catalogue.UnitID) bool { return maySee(&s.cat, u, c) })
		if triples++; may != p.sees(id) {
			s.t.Errorf("moment %d: %s of %v: case %s delivered: %t, the oracle says %t; place %s, holder %s, lead %s, co %v, registrar %s, confidential %t about %v",
				moment, p.user, person.Units, id, p.sees(id), may, c.Value(casework.FieldDivision), c.Holder, c.Lead, c.Co, c.Registrar, c.Confidential, c.About)
		}
	}
	return triples
}

// person is whose laptop it is; nobody once she left.
func (s *scopes) person(p *peer) (found catalogue.Person) {
	for _, q := range s.cat.People {
		if q.User == p.user && !q.Left {
			found = q
		}
	}
	return found
}
