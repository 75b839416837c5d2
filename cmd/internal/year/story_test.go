package year_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

var (
	zone  = time.FixedZone("", 8*3600)
	first = time.Date(2025, 11, 3, 0, 0, 0, 0, zone)  // of the year
	today = time.Date(2026, 11, 3, 20, 0, 0, 0, zone) // its last evening
	years = today.Add(-20*time.Hour).Sub(first) / (24 * time.Hour)
)

// large is the sample with villages and people for 400 units and 3,000 people.
func large() catalogue.Catalogue {
	c := sample.Catalogue()
	for _, u := range slices.Clone(c.Units) {
		for v := 0; u.Level == catalogue.Town && u.Kind == catalogue.Area && v < 3 && len(c.Units) < 400; v++ {
			village := catalogue.DivisionCode(fmt.Sprintf("%s%03d", u.Covers[0], 501+v))
			c.Divisions = append(c.Divisions, catalogue.Division{Code: village, Name: fmt.Sprintf("第%d村", v+1), Level: catalogue.Village, Parent: u.Covers[0]})
			c.Units = append(c.Units, catalogue.Unit{ID: catalogue.UnitID(village), Name: fmt.Sprintf("%s第%d村人民调解委员会", u.Name, v+1), Kind: catalogue.Area,
				Level: catalogue.Village, Parent: u.ID, Covers: []catalogue.DivisionCode{village}})
		}
	}
	for n := len(c.People); n < 3000; n++ {
		u := c.Units[n%len(c.Units)]
		roles := []catalogue.Role{catalogue.GridWorker, catalogue.Mediator}
		switch {
		case u.Kind == catalogue.Department:
			roles = []catalogue.Role{catalogue.Handler}
		case u.Level == catalogue.Town:
			roles = []catalogue.Role{catalogue.Mediator, catalogue.Center}
		case u.Level == catalogue.County:
			roles = []catalogue.Role{catalogue.Office, catalogue.Center}
		}
		c.People = append(c.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("wgy%05d", n)), Name: fmt.Sprintf("王示%d", n),
			Units: []catalogue.UnitID{u.ID}, Roles: roles})
	}
	return c
}

// deed is something that somebody did about a case.
type deed struct {
	id   casework.CaseID
	uid  casework.EntryID
	seen []casework.EntryID
	at   time.Time
	user catalogue.UserID
	unit catalogue.UnitID
	ev   casework.Event
}

// teller makes up cases.
type teller struct {
	*rand.Rand
	t      testing.TB
	cat    catalogue.Catalogue
	ix     *catalogue.Index
	staff  map[catalogue.UnitID][]catalogue.UserID
	places []catalogue.Unit // villages
	n      uint64
}

// newTeller makes up cases of the villages below a unit; of all where it is empty.
func newTeller(t testing.TB, cat catalogue.Catalogue, below catalogue.UnitID) *teller {
	w := &teller{Rand: rand.New(rand.NewPCG(5, uint64(len(below)))), t: t, cat: cat, ix: catalogue.NewIndex(cat), staff: map[catalogue.UnitID][]catalogue.UserID{}}
	for _, p := range cat.People {
		for _, u := range p.Units {
			// The roles of the sample's own people differ; below one county few do it all.
			if strings.HasPrefix(string(p.User), "wgy") && (below == "" || len(w.staff[u]) < 2) {
				w.staff[u] = append(w.staff[u], p.User)
			}
		}
	}
	for _, u := range cat.Units {
		if u.Level == catalogue.Village && u.Kind == catalogue.Area && len(w.staff[u.ID]) > 0 && (below == "" || w.ix.Above(below, u.ID)) {
			w.places = append(w.places, u)
		}
	}
	return w
}

func pick[T any](w *teller, list ...T) T { return list[w.IntN(len(list))] }

func (w *teller) chance(percent int) bool { return w.IntN(100) < percent }

func (w *teller) uuid(at time.Time) uuid.UUID {
	var u uuid.UUID
	w.n++
	binary.BigEndian.PutUint64(u[:], uint64(at.UnixMilli())<<16)
	u[6], u[8] = 0x70, 0x80
	binary.BigEndian.PutUint32(u[12:], uint32(w.n))
	return u
}

// story is a case's life as far as the year goes.
type story struct {
	*teller
	id    casework.CaseID
	kind  casework.Matter
	at    time.Time
	deeds []deed
}

// later lets some days pass, from 8:00 to 18:00; most are few, some are many.
func (s *story) later(days int) {
	n := s.IntN(days + 1)
	if s.chance(10) {
		n += s.IntN(3*days + 1)
	}
	day := s.at.AddDate(0, 0, n)
	at := time.Date(day.Year(), day.Month(), day.Day(), 8, s.IntN(600), s.IntN(60), 0, zone)
	if !at.After(s.at) {
		at = s.at.Add(time.Duration(1+s.IntN(20)) * time.Minute)
	}
	s.at = at
}

// do adds a deed of somebody who serves a unit.
func (s *story) do(unit catalogue.UnitID, ev casework.Event) {
	if s.at.After(today) || len(s.staff[unit]) == 0 {
		return
	}
	d := deed{id: s.id, uid: casework.EntryID{UUID: s.uuid(s.at)}, at: s.at, unit: unit, ev: ev, user: pick(s.teller, s.staff[unit]...)}
	if n := len(s.deeds); n > 0 {
		d.seen = []casework.EntryID{s.deeds[n-1].uid}
	}
	s.deeds = append(s.deeds, d)
}

// act does what the matter's table knows, filled in.
func (s *story) act(unit catalogue.UnitID, a casework.Action, fields map[string]string) {
	ev, ok := (&casework.Case{Matter: s.kind}).NewEvent(a)
	if !ok {
		s.t.Fatalf("%s has no %s", s.kind, a)
	}
	if faults := casework.Fill(ev, fields); len(faults) > 0 {
		s.t.Fatalf("%s: %v", a, faults)
	}
	s.do(unit, ev)
}

const prose = "双方到场，说明情况，意见基本一致"

// tell makes up a case.
func (w *teller) tell() []deed {
	at := first.Add(time.Duration(w.IntN(int(years)*24*60)) * time.Minute)
	s := &story{teller: w, id: casework.CaseID{UUID: w.uuid(at)}, kind: casework.Dispute, at: at}
	village := pick(w, w.places...)
	place := village.Covers[0]
	if w.chance(12) {
		s.kind = casework.Petition
	}
	secret := w.chance(3)
	holder := casework.FirstHolder(place, secret, nil, w.ix)
	from := pick(w, village.ID, village.ID, village.ID, holder)
	s.register(from, holder, place, secret)
	s.later(2)
	if s.chance(70) {
		s.act(holder, casework.ActContact, map[string]string{"way": "phone"})
		s.later(1)
	}
	if s.kind == casework.Petition {
		s.petition(holder)
	} else {
		s.dispute(from, holder)
	}
	return s.deeds
}

func (s *story) register(from, holder catalogue.UnitID, place catalogue.DivisionCode, secret bool) {
	w := s.teller
	fields := casework.Fields{casework.FieldCategory: pick(w, w.cat.Categories...).Code, casework.FieldTitle: "纠纷" + strconv.Itoa(w.IntN(10_000)),
		casework.FieldFacts: fmt.Sprintf("两家为第%d号地界争吵，村里调过%d次没有结果", w.IntN(100_000), w.IntN(4)), casework.FieldDivision: string(place),
		casework.FieldPeople: strconv.Itoa(1 + w.IntN(12)), casework.FieldHappenedOn: s.at.AddDate(0, 0, -w.IntN(30)).Format(time.DateOnly),
		casework.FieldChannel: pick(w, w.cat.Channels...).Code}
	if s.kind == casework.Petition {
		fields[casework.FieldPetitionForm] = pick(w, "letter", "visit", "call", "online")
	} else {
		fields[casework.FieldOrigin] = pick(w, w.cat.Origins...).Code
	}
	s.do(from, &casework.Registered{Matter: s.kind, Number: fmt.Sprintf("%s-%d-%06d", holder, s.at.Year(), s.n), Fields: fields, Holder: holder, Confidential: secret,
		Parties: []casework.Party{{Element: casework.ElementID{UUID: s.uuid(s.at)}, Role: "applicant", Name: "张三"}}})
}

func (s *story) petition(holder catalogue.UnitID) {
	for range s.IntN(3) {
		s.act(holder, casework.ActVisit, map[string]string{"happened_on": s.at.Format(time.DateOnly), "people": strconv.Itoa(1 + s.IntN(9)), "petition_form": "visit"})
		s.later(9)
	}
}

func (s *story) dispute(from, holder catalogue.UnitID) {
	yuan := map[string]string{"form": pick(s.teller, "oral", "written"), "agreement": fmt.Sprintf("一方补偿另一方%d元，今后互不追究", s.IntN(90_000)), "amount": strconv.Itoa(s.IntN(90_000))}
	lead := holder
	switch n := s.IntN(100); {
	case n < 12:
		s.act(holder, casework.ActSettleOnSpot, map[string]string{"agreement": "当场讲和，互不追究"})
		s.end(from, holder)
		return
	case n < 16:
		s.act(holder, casework.ActRefuse, map[string]string{"reason": "已由法院受理"})
		return
	case n < 20:
		return // nobody does anything
	case n < 35: // a department of the county
		s.act(holder, casework.ActAccept, nil)
		s.later(1)
		lead = "441621-zjj"
		if top := s.ix.CountyOf(holder); top != "441621" {
			lead = holder
			break
		}
		s.act(holder, casework.ActAssign, map[string]string{"lead": string(lead)})
		s.later(3)
		s.act(lead, casework.ActSignFor, nil)
	default:
		s.act(holder, casework.ActAccept, nil)
	}
	for range 1 + s.IntN(2) {
		s.later(12)
		s.act(lead, casework.ActMediate, map[string]string{"method": s.cat.Methods[0].Code, "result": prose})
	}
	s.later(10)
	switch n := s.IntN(100); {
	case n < 8:
		s.act(lead, casework.ActFail, map[string]string{"reason": "分歧太大", "remedies": "可以向人民法院起诉"})
		return
	case n < 16:
		return
	}
	yuan["due"] = s.at.AddDate(0, 0, 10+s.IntN(40)).Format(time.DateOnly)
	s.act(lead, casework.ActAgree, yuan)
	s.later(30)
	if s.chance(90) {
		s.act(lead, casework.ActPerform, map[string]string{"extent": "full"})
		s.end(from, holder)
	}
}

// end revisits, is rated, and closes.
func (s *story) end(from, holder catalogue.UnitID) {
	s.later(7)
	if s.chance(85) {
		s.act(from, casework.ActRevisit, map[string]string{"by": "phone", "performed": "yes", "note": prose})
	}
	said := func() string { return pick(s.teller, "satisfied", "satisfied", "basic", "unsatisfied") }
	switch n := s.IntN(100); {
	case n < 40:
		s.act(holder, casework.ActSay, map[string]string{"way": "face", "satisfaction": said(), "efficiency": said(), "leader": said()})
	case n < 60:
		s.act(holder, casework.ActRate, map[string]string{"satisfaction": said(), "efficiency": said(), "leader": said()})
	}
	s.later(5)
	s.act(holder, casework.ActClose, map[string]string{"outcome": "协议已履行", "reply": "已电话告知"})
	if s.chance(4) {
		s.later(40)
		s.act(holder, casework.ActReopen, map[string]string{"reason": "又起争执"})
	}
}
