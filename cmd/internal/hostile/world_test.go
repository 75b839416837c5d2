package hostile_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/agent"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

var ctx = context.Background()

const passphrase = "correct horse"

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newID(t testing.TB) uuid.UUID {
	t.Helper()
	id, err := uuid.NewV7()
	must(t, err)
	return id
}

// world is a county whose catalogue, cases and laptops say what a text says: a
// hostile one, or a harmless one.
type world struct {
	t      testing.TB
	say    string
	county string // folders
	desk   string
	office *county.County
	close  func()
}

// newWorld founds it, lets a hostile laptop hand in everything that it can write,
// and has another person's laptop take all of it down.
func newWorld(t testing.TB, say string) *world {
	t.Helper()
	w := &world{t: t, say: say, county: filepath.Join(t.TempDir(), "county"), desk: filepath.Join(t.TempDir(), "desk")}
	secret, err := seal.NewCountySecret()
	must(t, err)
	key, err := county.NewKey(rand.Reader, secret.Public())
	must(t, err)
	must(t, os.MkdirAll(w.county, 0o700))
	must(t, county.WriteKey(w.county, key))
	l, err := boltledger.Open(filepath.Join(w.county, county.LedgerFile), boltledger.Options{})
	must(t, err)
	conf := county.Config{Ledger: l, Key: key, Clock: time.Now, Random: rand.Reader}
	w.office, err = county.Found(ctx, conf, say, w.catalogue())
	must(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	server, err := w.office.Server()
	must(t, err)
	go server.ServeTLS(listener, "", "")
	must(t, w.office.SetAddress(ctx, "https://"+listener.Addr().String()))
	w.close = func() { server.Close(); l.Close() }

	w.handIn(key)
	s, _, err := store.Create(w.desk, passphrase, store.Options{Name: w.short(), Catalogue: sample.Catalogue(), Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	must(t, err)
	defer s.Close()
	c := agent.Config{Dial: new(net.Dialer).DialContext, Program: "test"}
	must(t, agent.Enrol(ctx, s, w.slip("mediator1"), c))
	out, err := agent.New(s, c).Sync(ctx, nil)
	if err != nil || out.Received == 0 {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, action := range []casework.Action{casework.ActRegister, casework.ActNote} {
		d := store.DraftWork{Action: action, Values: map[string]string{"title": say, "facts": say, "note": say, "category": say, "place": say, say: say, "parties[0].name": say}, Focus: say}
		_, err := s.SaveDraft(d)
		must(t, err)
	}
	return w
}

// catalogue has the text in every name that may hold it.
func (w *world) catalogue() catalogue.Catalogue {
	c := sample.Catalogue()
	try := func(s *string) {
		was := *s
		if *s += w.say; len(catalogue.Validate(c)) > 0 {
			*s = was + "\ue000\u2028e" + string(make([]rune, 0)) // what a catalogue may hold all the same
			for range 40 {
				*s += "\u0301"
			}
			if len(catalogue.Validate(c)) > 0 {
				*s = was
			}
		}
	}
	for i := range c.Units[:3] {
		try(&c.Units[i].Name)
	}
	for i := range c.Units {
		if c.Units[i].ID == "441621102" {
			try(&c.Units[i].Name)
		}
	}
	for i := range c.People {
		try(&c.People[i].Name)
	}
	for i := range c.Divisions {
		if c.Divisions[i].Code == "441621102901" {
			try(&c.Divisions[i].Name)
		}
	}
	try(&c.Categories[1].Name)
	try(&c.Methods[0].Name)
	return c
}

func (w *world) slip(user catalogue.UserID) string {
	w.t.Helper()
	issued, err := w.office.Slip(ctx, user, time.Hour)
	must(w.t, err)
	return issued.Slip
}

// handIn writes an entry of every kind with the text in every field, and others
// whose headers hold it.
func (w *world) handIn(county *county.Key) {
	t := w.t
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	slip, err := wire.ParseSlip(w.slip("county1"))
	must(t, err)
	_, err = w.office.Enrol(ctx, key.Public().(ed25519.PublicKey), &wire.EnrolRequest{Version: 1, Code: slip.Code[:], Name: w.short(), Program: w.short()})
	must(t, err)
	req := &wire.Request{Version: 1, Program: w.short(), Clock: wire.Clock{Wall: time.Now().UnixMilli(), Boot: w.short()}}
	log, prev := casework.LogID{UUID: newID(t)}, casework.Hash{}
	write := func(id casework.CaseID, bend func(*casework.Entry), events ...casework.Event) casework.EntryID {
		e := &casework.Entry{Name: casework.Name{Log: log, Seq: uint64(len(req.Up)) + 1}, UID: casework.EntryID{UUID: newID(t)}, Case: id, Actor: "county1", Unit: "441621",
			Wall: time.Now(), Schema: 1, Catalogue: 1, Events: events}
		bend(e)
		raw, err := record.Seal(e, prev, make([]byte, record.SaltSize), key)
		must(t, err)
		rec, err := record.Open(raw)
		must(t, err)
		prev = rec.Hash
		req.Up = append(req.Up, wire.Item{Raw: raw})
		return e.UID
	}
	plain := func(*casework.Entry) {}
	write(casework.CaseID{}, plain, &casework.LogOpened{Profile: w.say, Name: w.say, Reason: casework.LogCreated, Key: key.Public().(ed25519.PublicKey)})
	for n := range 4 {
		id := casework.CaseID{UUID: newID(t)}
		reg := &casework.Registered{}
		w.fill(reflect.ValueOf(reg).Elem())
		reg.Matter, reg.Holder, reg.Confidential, reg.About, reg.Origin = casework.Dispute, "441621102", false, nil, casework.Origin{}
		reg.Fields = casework.Fields{}
		for _, spec := range casework.AllFields {
			reg.Fields[casework.Field(spec.Name)] = w.say
		}
		reg.Fields[casework.FieldDivision] = "441621102901"
		if n > 0 {
			reg.Fields[casework.FieldCategory] = "0101"
		}
		first := write(id, plain, reg)
		write(id, func(e *casework.Entry) { e.Actor = catalogue.UserID(w.say) }, &casework.Noted{Note: w.say})
		write(id, func(e *casework.Entry) { e.Unit = catalogue.UnitID(w.say) }, &casework.Noted{Note: w.say})
		write(id, func(e *casework.Entry) { e.Clock.Boot = w.say }, &casework.Noted{Note: w.say})
		if n == 0 {
			continue // the rest may leave no state in which much can be done
		}
		for num := casework.NumAmended; num <= casework.NumResumed; num++ {
			ev, ok := casework.NewEvent(num)
			if !ok || n == 1 && num >= casework.NumAccepted || num == casework.NumVoided || num == casework.NumRefused || num == casework.NumConfided || num == casework.NumSuspended {
				continue
			}
			w.fill(reflect.ValueOf(ev).Elem())
			parents := []casework.EntryID{first}
			write(id, func(e *casework.Entry) { e.Parents = parents }, ev)
		}
		// Two who wrote the same, unseen by each other.
		for range 2 {
			write(id, func(e *casework.Entry) { e.Parents = []casework.EntryID{first} },
				&casework.Amended{Fields: casework.Fields{casework.FieldTitle: w.say, casework.FieldFacts: w.say + "2", casework.FieldDetail: w.say}})
		}
		write(id, plain, &casework.Unknown{N: 900, Payload: []byte(w.say)})
	}
	reply, err := w.office.Exchange(ctx, key.Public().(ed25519.PublicKey), req)
	must(t, err)
	if len(reply.Stamps) != len(req.Up) {
		t.Fatalf("of %d entries %d were taken", len(req.Up), len(reply.Stamps))
	}
}

// short is as much of the text as a short field takes.
func (w *world) short() string { return w.say[:min(len(w.say), wire.MaxText)] }

// fill puts the text into every string of a value.
func (w *world) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(w.say)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				w.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			w.fill(v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for _, spec := range casework.AllFields {
			key := reflect.New(v.Type().Key()).Elem()
			key.SetString(spec.Name)
			value := reflect.New(v.Type().Elem()).Elem()
			if w.fill(value); spec.Name == string(casework.FieldDivision) {
				value.SetString("441621102901") // or the case leaves for where nobody is
			}
			v.SetMapIndex(key, value)
		}
	}
}
