package report_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/report"

	"github.com/google/uuid"
)

var (
	zone  = time.FixedZone("", 8*3600)
	today = time.Date(2026, 11, 12, 15, 30, 0, 0, zone)
	ix    = sync.OnceValue(func() *catalogue.Index { return catalogue.NewIndex(sample.Catalogue()) })
)

// world makes cases that people of the sample county work on: everything that the tables
// let them do, at random, over a year and more.
type world struct {
	rand   *rand.Rand
	cat    catalogue.Catalogue
	people map[catalogue.UnitID][]catalogue.UserID
	n      uint64
}

func newWorld(seed uint64) *world {
	w := &world{rand: rand.New(rand.NewPCG(seed, 1)), cat: sample.Catalogue(), people: map[catalogue.UnitID][]catalogue.UserID{}}
	for _, p := range w.cat.People {
		for _, u := range p.Units {
			w.people[u] = append(w.people[u], p.User)
		}
	}
	return w
}

func pick[T any](w *world, list []T) T { return list[w.rand.IntN(len(list))] }

func (w *world) chance(percent int) bool { return w.rand.IntN(100) < percent }

func (w *world) uuid() uuid.UUID {
	var u uuid.UUID
	w.n++
	binary.BigEndian.PutUint64(u[8:], w.n)
	binary.BigEndian.PutUint32(u[2:], w.rand.Uint32())
	return u
}

var (
	places = []catalogue.DivisionCode{"441621102901", "441621102902", "441621102903", "441621109901", "441621102", "441602006901", "441621"}
	texts  = []string{"两家为排水沟争吵多年，村里调过三次没有结果", "因工程款拖欠发生争执", "两家为排水沟争吵", "借款到期不还，双方各执一词，多次协商未果"}
)

// history is a case from its registration on, with the entries that made it.
func (w *world) history() (casework.Case, []casework.Entry) {
	at := today.Add(-time.Duration(w.rand.IntN(500*24*60)) * time.Minute)
	id := casework.CaseID{UUID: w.uuid()}
	c := casework.Case{ID: id}
	var entries []casework.Entry
	do := func(user catalogue.UserID, unit catalogue.UnitID, evs ...casework.Event) {
		w.n++
		e := casework.Entry{Name: casework.Name{Log: casework.LogID{UUID: uuid.UUID{15: 1}}, Seq: w.n}, UID: casework.EntryID{UUID: w.uuid()}, Case: id,
			Actor: user, Unit: unit, Wall: at, Schema: casework.Schema, Catalogue: 1, Events: evs, Parents: slices.Clone(c.Heads),
			Stamp: &casework.Stamp{N: w.n, Verdict: casework.Admitted, Received: at, Effective: at}}
		if w.chance(2) { // it was written without what came before in view
			e.Parents = nil
		}
		entries = append(entries, e)
		c.Apply(&entries[len(entries)-1], func(uid casework.EntryID) *casework.Entry {
			for i := range entries {
				if entries[i].UID == uid {
					return &entries[i]
				}
			}
			return nil
		})
	}
	user := pick(w, []catalogue.UserID{"grid1", "grid2", "grid3", "grid4", "mediator1", "mediator2", "center1", "petition1", "procurator1", "county1"})
	person, _ := ix().Person(user)
	do(user, pick(w, person.Units), w.registration(at))
	for range w.rand.IntN(25) {
		gap := time.Duration(w.rand.IntN(12*24*60)) * time.Minute
		if w.chance(30) {
			gap = time.Duration(w.rand.IntN(20)) * time.Minute
		}
		if at = at.Add(gap); at.After(today) {
			break
		}
		if len(c.Clocks) > 0 && w.chance(8) {
			k := pick(w, c.Clocks)
			do("countyd", "", &casework.Urged{Grade: pick(w, []casework.Grade{casework.GradeYellow, casework.GradeRed, casework.GradeUp}), Limit: k.Limit, Start: k.By, To: c.Holder})
			continue
		}
		unit := pick(w, append(casework.Turn(&c), c.Holder, c.Registrar, "441621"))
		if len(w.people[unit]) == 0 {
			continue
		}
		user := pick(w, w.people[unit])
		offers := slices.DeleteFunc(casework.Offers(&c, casework.Person{User: user, Unit: unit}, ix()), func(o casework.Offer) bool {
			return !o.Allowed || o.Action == casework.ActAmend || o.Action == casework.ActVoid && !w.chance(5) || o.Action == casework.ActMerge && !w.chance(5)
		})
		if forward := slices.DeleteFunc(slices.Clone(offers), func(o casework.Offer) bool { return o.Group != casework.GroupProceed }); len(forward) > 0 && w.chance(70) {
			offers = forward
		}
		if len(offers) == 0 {
			continue
		}
		o := pick(w, offers)
		ev, ok := c.NewEvent(o.Action)
		if !ok || len(casework.Fill(ev, w.fill(&c, o, at))) > 0 {
			continue
		}
		do(user, unit, ev)
	}
	return c, entries
}

func (w *world) registration(at time.Time) *casework.Registered {
	fields := casework.Fields{casework.FieldCategory: pick(w, w.cat.Categories).Code, casework.FieldTitle: "纠纷" + strconv.Itoa(w.rand.IntN(1000)),
		casework.FieldFacts: pick(w, texts), casework.FieldDivision: string(pick(w, places)), casework.FieldPeople: strconv.Itoa(1 + w.rand.IntN(700)),
		casework.FieldHappenedOn: at.AddDate(0, 0, -w.rand.IntN(40)).Format(time.DateOnly), casework.FieldChannel: pick(w, w.cat.Channels).Code}
	reg := &casework.Registered{Matter: casework.Dispute, Number: fmt.Sprintf("441621102-%d-%06d", at.Year(), w.n), Fields: fields, Confidential: w.chance(5)}
	if w.chance(50) {
		reg.Matter = pick(w, casework.Matters)
	}
	if w.chance(20) {
		fields[casework.FieldPeople] = ""
	}
	if reg.Matter != casework.Delegated && w.chance(60) {
		fields[casework.FieldScale], fields[casework.FieldCause] = pick(w, w.cat.Scales).Code, pick(w, w.cat.Causes).Code
		fields[casework.FieldBacklog] = pick(w, []string{"yes", "no"})
	}
	switch reg.Matter {
	case casework.Dispute:
		fields[casework.FieldOrigin] = pick(w, w.cat.Origins).Code
		fields[casework.FieldDifficulty] = pick(w, []string{"simple", "ordinary", "complex", ""})
		fields[casework.FieldMajor] = pick(w, []string{"yes", "no", ""})
	case casework.Petition:
		fields[casework.FieldPetitionForm] = pick(w, []string{"letter", "visit", "call", "online"})
	case casework.Delegated:
		fields[casework.FieldItem] = pick(w, w.cat.Items).Code
	}
	for range w.rand.IntN(3) {
		reg.Parties = append(reg.Parties, casework.Party{Element: casework.ElementID{UUID: w.uuid()}, Role: "applicant", Name: "张三"})
	}
	reg.Holder = casework.FirstHolder(catalogue.DivisionCode(fields[casework.FieldDivision]), reg.Confidential, nil, ix())
	return reg
}

// fill writes something plausible into a form.
func (w *world) fill(c *casework.Case, o casework.Offer, at time.Time) map[string]string {
	in := map[string]string{}
	units := []catalogue.UnitID{"441621102", "441621-zjj", "441621102-sfs", "441621102-ft", "441621-jcy", "441621", c.Holder}
	for _, s := range o.Fields {
		if !s.Required && w.chance(40) {
			continue
		}
		switch s.Type {
		case casework.TypeText, casework.TypeLong:
			in[s.Name] = pick(w, texts)
			if s.Name == "instalments" {
				in[s.Name] = at.AddDate(0, 0, w.rand.IntN(60)).Format(time.DateOnly) + " 500"
			}
		case casework.TypeTime:
			in[s.Name] = at.Add(-time.Duration(w.rand.IntN(500)) * time.Minute).Format(time.RFC3339)
		case casework.TypeMoney:
			in[s.Name] = fmt.Sprintf("%d.%02d", w.rand.IntN(10_000), w.rand.IntN(100))
		case casework.TypePeople:
			in[s.Name] = pick(w, w.cat.Resolvers).ID
		case casework.TypeCase:
			in[s.Name] = uuid.UUID{0: 9}.String()
		case casework.TypeLimit:
			in[s.Name] = string(casework.LimitHandle)
			if len(c.Clocks) > 0 {
				in[s.Name] = string(pick(w, c.Clocks).Limit)
			}
		case casework.TypeAct:
			if acts := c.ActsOf(s.Of); len(acts) > 0 {
				in[s.Name] = pick(w, acts).By.String()
			}
		case casework.TypeDate:
			in[s.Name] = at.AddDate(0, 0, w.rand.IntN(60)).Format(time.DateOnly)
			if s.Past {
				in[s.Name] = at.AddDate(0, 0, -w.rand.IntN(20)).Format(time.DateOnly)
			}
		case casework.TypeNumber:
			in[s.Name] = strconv.Itoa(1 + w.rand.IntN(2))
		case casework.TypeBool:
			in[s.Name] = strconv.FormatBool(w.chance(50))
		case casework.TypeChoice:
			in[s.Name] = pick(w, s.Choices)
		case casework.TypeCode:
			in[s.Name] = pick(w, w.cat.Codes(s.Table)).Code
		case casework.TypeDivision:
			in[s.Name] = string(pick(w, places))
		case casework.TypeUnit:
			in[s.Name] = string(pick(w, units))
			if o.Action == casework.ActEscalate {
				in[s.Name] = string(ix().Parent(c.Holder))
			}
		case casework.TypeUnits:
			in[s.Name] = string(pick(w, units))
		case casework.TypeEntry:
			if waiting := slices.Concat(c.Contested, c.HeldNow); len(waiting) > 0 {
				in[s.Name] = pick(w, waiting).String()
			}
		case casework.TypeElement:
			if len(c.Parties) > 0 {
				in[s.Name] = pick(w, c.Parties).Element.String()
			}
		}
	}
	return in
}

// cases and their facts, made once for all tests.
var made = sync.OnceValues(func() ([]casework.Case, []report.Fact) {
	w := newWorld(7)
	var cases []casework.Case
	var facts []report.Fact
	for range 700 {
		c, _ := w.history()
		cases = append(cases, c)
		facts = append(facts, report.FactOf(&c, ix()))
	}
	return cases, facts
})

func period(t testing.TB, name string) report.Period {
	p, err := report.ParsePeriod(name, zone, today)
	if err != nil {
		t.Helper()
		t.Fatal(err)
	}
	return p
}

func sheetOf(t testing.TB, name report.Name, in report.Input) report.Sheet {
	t.Helper()
	r, ok := report.Find(name)
	if !ok {
		t.Fatalf("no report %s", name)
	}
	if in.Index == nil {
		in.Index = ix()
	}
	if in.Now.IsZero() {
		in.Now = today
	}
	return r.Make(&in)
}
