package county_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
	"casedesk/sync/notify"
)

// The town whose case is urged, and another; the sample gives towns no telephone.
const (
	longwo, longwoPhone = "441621102", "13800000001"
	nearby, nearbyPhone = "441621103", "13800000002"
)

// posted is a text as the gateway got it.
type posted struct{ ID, To, Text string }

// gateway is a real HTTP server that takes texts as it is told to.
type gateway struct {
	t     *testing.T
	srv   *httptest.Server
	mu    sync.Mutex
	got   []posted
	serve func(w http.ResponseWriter, p posted) // nil: it takes them
}

func newGateway(t *testing.T) *gateway {
	g := &gateway{t: t}
	g.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var p posted
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			t.Error(err)
		}
		if p.ID != r.Header.Get("Idempotency-Key") {
			t.Errorf("%q is not the key of %q", r.Header.Get("Idempotency-Key"), p.ID)
		}
		g.mu.Lock()
		g.got = append(g.got, p)
		n, serve := len(g.got), g.serve
		g.mu.Unlock()
		if serve != nil {
			serve(w, p)
			return
		}
		fmt.Fprintf(w, `{"receipt":"R%d"}`, n)
	}))
	t.Cleanup(g.srv.Close)
	return g
}

// answers lets it answer with a status from now on; 0: it takes texts.
func (g *gateway) answers(status int, header ...string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.serve = nil
	if status != 0 {
		g.serve = func(w http.ResponseWriter, _ posted) {
			for i := 0; i < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
		}
	}
}

func (g *gateway) out(w *world) notify.Out {
	o, err := notify.NewGateway(g.srv.URL, []byte("0123456789abcdef"), notify.GatewayOptions{Clock: func() time.Time { return w.now }, Patience: 2 * time.Second})
	if err != nil {
		g.t.Fatal(err)
	}
	return o
}

// took returns what came since it was last asked.
func (g *gateway) took() []posted {
	g.mu.Lock()
	defer g.mu.Unlock()
	got := g.got
	g.got = nil
	return got
}

// desk is a county at ten in the morning with a case whose triage is overdue.
type desk struct {
	*world
	t     *testing.T
	grid  *laptop
	gate  *gateway
	cases []casework.CaseID
}

func newDesk(t *testing.T, settings ...catalogue.Setting) *desk {
	o := &desk{world: newWorld(t), t: t, gate: newGateway(t)}
	o.publish(2, map[catalogue.UnitID]string{longwo: longwoPhone, nearby: nearbyPhone}, settings...)
	o.grid = o.laptop("grid1")
	o.now = time.Date(2026, 3, 2, 2, 0, 0, 0, time.UTC)
	o.register(1)
	o.now = o.now.Add(48 * time.Hour)
	return o
}

// publish gives units telephones and the county settings.
func (o *desk) publish(version uint64, phones map[catalogue.UnitID]string, settings ...catalogue.Setting) {
	o.t.Helper()
	cat := sample.Catalogue()
	cat.Version, cat.Settings = version, settings
	cat.Units = slices.Clone(cat.Units)
	for i := range cat.Units {
		if phone, ok := phones[cat.Units[i].ID]; ok {
			cat.Units[i].Phone = phone
		}
	}
	if _, err := o.Publish(ctx, cat); err != nil {
		o.t.Fatal(err)
	}
}

// register logs n more cases.
func (o *desk) register(n int) {
	o.t.Helper()
	for range n {
		id := casework.CaseID{UUID: o.grid.id()}
		r := registered("441621102901")
		r.Number = fmt.Sprintf("441621102-2026-%05d-PTX%d", len(o.cases)+1, len(o.cases)+1)
		o.grid.write(id, casework.EntryID{UUID: o.grid.id()}, nil, r)
		o.cases = append(o.cases, id)
	}
	o.grid.sync()
}

// urging is the county's word that the newest limit of a case that runs is overdue.
func (o *desk) urging(id casework.CaseID, to catalogue.UnitID, g casework.Grade) *casework.Urged {
	c, ix := o.grid.fold(id), catalogue.NewIndex(sample.Catalogue())
	for _, r := range slices.Backward(casework.Limits(&c, ix, o.now)) {
		if !r.Stopped {
			return &casework.Urged{Grade: g, Limit: r.Limit, Start: r.By, To: to, Due: ix.Calendar().LastDay(r.Due).Format(time.DateOnly)}
		}
	}
	o.t.Fatal("no limit runs")
	return nil
}

// urge queues red urgings of cases, for the town.
func (o *desk) urge(ids ...casework.CaseID) {
	o.t.Helper()
	o.urgeTo(longwo, ids...)
}

func (o *desk) urgeTo(to catalogue.UnitID, ids ...casework.CaseID) {
	o.t.Helper()
	for _, id := range ids {
		if err := o.Queue(ctx, id, o.urging(id, to, casework.GradeRed)); err != nil {
			o.t.Fatal(err)
		}
	}
}

// pass sends what may be sent, and returns what the gateway got.
func (o *desk) pass() []posted {
	o.t.Helper()
	if err := o.SendMessages(ctx, o.gate.out(o.world)); err != nil {
		o.t.Fatal(err)
	}
	return o.gate.took()
}

// states returns the messages' states and reasons, in the order in which they were made.
func (o *desk) states() (all []string) {
	o.t.Helper()
	list, err := o.Messages(ctx, "")
	if err != nil {
		o.t.Fatal(err)
	}
	for _, m := range list {
		if _, east := m.Made.Zone(); east != 8*60*60 {
			o.t.Errorf("made at %v, which is not the county's time", m.Made)
		}
		all = append(all, strings.TrimSuffix(string(m.State)+" "+string(m.Why), " "))
	}
	return all
}

func (o *desk) want(states ...string) {
	o.t.Helper()
	if got := o.states(); !slices.Equal(got, states) {
		o.t.Errorf("messages are %q, want %q", got, states)
	}
}

// Ensure that an urging becomes one text to its unit, once, that says what it may and
// nothing else, and that its receipt is kept.
func TestMessages_One(t *testing.T) {
	o := newDesk(t, catalogue.Setting{Code: catalogue.OverseerOffice, Value: "0762-1234567"})
	o.urge(o.cases[0])
	o.urge(o.cases[0]) // the same once more
	o.want("waiting")
	got := o.pass()
	if len(got) != 1 || got[0].To != longwoPhone {
		t.Fatalf("%+v", got)
	}
	const want = "督办：441621102-2026-00001-PTX1，龙窝镇综治中心受理审查期限3月3日已过，请马上办理。电话07620000002"
	if got[0].Text != want || notify.Parts(want) > 2 {
		t.Errorf("%q in %d parts", got[0].Text, notify.Parts(got[0].Text))
	}
	list, err := o.Messages(ctx, county.MessageSent)
	if err != nil || len(list) != 1 || list[0].Receipt != "R1" || list[0].Tries != 1 || list[0].Phone != "138****0001" || list[0].Done == nil || list[0].Texted != got[0].ID {
		t.Errorf("%+v, %v", list, err)
	}
	o.now = o.now.Add(time.Hour)
	if got := o.pass(); len(got) != 0 {
		t.Errorf("sent again: %+v", got)
	}
}

// Ensure which grades are sent, and what each says; and that a case's number is sent
// only where it is one.
func TestMessages_Grades(t *testing.T) {
	for _, tt := range []struct {
		least string
		grade casework.Grade
		to    catalogue.UnitID
		want  string // empty: nothing
	}{
		{"red", casework.GradeYellow, longwo, ""},
		{"none", casework.GradeUp, longwo, ""},
		{"yellow", casework.GradeYellow, longwo, "提醒：441621102-2026-00001-PTX1，龙窝镇综治中心受理审查期限3月3日到期，请及时办理。电话07620000002"},
		{"yellow", casework.GradeRed, longwo, "督办：441621102-2026-00001-PTX1，龙窝镇综治中心受理审查期限3月3日已过，请马上办理。电话07620000002"},
		{"red", casework.GradeUp, "441621", "提级督办：441621102-2026-00001-PTX1，龙窝镇综治中心受理审查期限3月3日已过，督办后仍未办理，请紫金县平安办过问。电话13800000001"},
	} {
		o := newDesk(t, catalogue.Setting{Code: catalogue.UrgeByMessage, Value: tt.least})
		if err := o.Queue(ctx, o.cases[0], o.urging(o.cases[0], tt.to, tt.grade)); err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, p := range o.pass() {
			text += p.Text
		}
		if text != tt.want {
			t.Errorf("%s from %s: %q, want %q", tt.grade, tt.least, text, tt.want)
		}
	}
	o := newDesk(t)
	id := casework.CaseID{UUID: o.grid.id()}
	r := registered("441621102901")
	r.Number = "张三打人一案"
	o.grid.write(id, casework.EntryID{UUID: o.grid.id()}, nil, r)
	o.grid.sync()
	o.now = o.now.Add(48 * time.Hour)
	o.urge(id)
	if got := o.pass(); len(got) != 1 || strings.Contains(got[0].Text, "张三") || !strings.Contains(got[0].Text, id.String()[:8]) {
		t.Errorf("%+v", got)
	}
}

// Ensure that of a confidential case a text says the number alone, that nobody is told
// whom the case is kept from, and that one that became confidential meanwhile counts.
func TestMessages_Confidential(t *testing.T) {
	o := newDesk(t)
	o.grid = o.laptop("mediator1")
	o.grid.sync()
	o.grid.add(o.cases[0], &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{nearby}, Reason: "x"})
	o.grid.sync()
	if c := o.grid.fold(o.cases[0]); !c.Confidential || c.Holder != longwo {
		t.Fatalf("%v %s", c.Confidential, c.Holder)
	}
	if err := o.Queue(ctx, o.cases[0], o.urging(o.cases[0], nearby, casework.GradeRed)); err != nil {
		t.Fatal(err)
	}
	o.want()
	o.urge(o.cases[0])
	if got := o.pass(); len(got) != 1 || got[0].Text != "督办：441621102-2026-00001-PTX1，请登录查看。电话07620000002" {
		t.Errorf("%+v", got)
	}

	o = newDesk(t)
	o.urge(o.cases[0])
	o.grid = o.laptop("mediator1")
	o.grid.sync()
	o.grid.add(o.cases[0], &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{longwo}, Reason: "x", Holder: "441621"})
	o.grid.sync()
	if got := o.pass(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	o.want("dropped not_theirs")
}

// Ensure that no text goes out in quiet hours, also over midnight, in the county's zone.
func TestMessages_Quiet(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2026, 3, 4, hour-8, minute, 0, 0, time.UTC) }
	for _, tt := range []struct {
		from, to string
		at       time.Time
		sent     bool
	}{
		{"20:00", "08:00", at(19, 59), true},
		{"20:00", "08:00", at(20, 0), false},
		{"20:00", "08:00", at(23, 59), false},
		{"20:00", "08:00", at(24, 0), false},
		{"20:00", "08:00", at(31, 59), false},
		{"20:00", "08:00", at(32, 0), true},
		{"12:00", "14:30", at(11, 59), true},
		{"12:00", "14:30", at(12, 0), false},
		{"12:00", "14:30", at(14, 29), false},
		{"12:00", "14:30", at(14, 30), true},
		{"00:00", "00:00", at(24, 0), true},
	} {
		o := newDesk(t, catalogue.Setting{Code: catalogue.QuietFrom, Value: tt.from}, catalogue.Setting{Code: catalogue.QuietTo, Value: tt.to})
		o.urge(o.cases[0])
		o.now = tt.at
		if got := o.pass(); len(got) == 1 != tt.sent {
			t.Errorf("%s to %s, at %s: %d sent", tt.from, tt.to, tt.at, len(got))
		}
		if !tt.sent {
			o.want("waiting quiet")
		}
	}
}

// Ensure that what waits for a unit is one text with its counts and first numbers, the
// worst first, and that each unit has its own.
func TestMessages_Digest(t *testing.T) {
	o := newDesk(t, catalogue.Setting{Code: catalogue.UrgeByMessage, Value: "yellow"})
	o.register(12)
	for i, id := range o.cases[1:12] {
		grade := casework.GradeYellow
		if i >= 8 {
			grade = casework.GradeRed
		}
		if err := o.Queue(ctx, id, o.urging(id, longwo, grade)); err != nil {
			t.Fatal(err)
		}
	}
	o.now = o.now.Add(48 * time.Hour)
	o.urgeTo(nearby, o.cases[12])
	got := o.pass()
	slices.SortFunc(got, func(a, b posted) int { return strings.Compare(a.To, b.To) })
	if len(got) != 2 || got[0].To != longwoPhone || got[1].To != nearbyPhone {
		t.Fatalf("%+v", got)
	}
	text := got[0].Text
	if !strings.HasPrefix(text, "督办：龙窝镇综治中心共11项，已过期3项：") || notify.Length(text) > notify.MaxText ||
		!strings.HasSuffix(text, "等，请登录查看。电话07620000002") {
		t.Errorf("%q", text)
	}
	for i, worst := range []string{"00010-PTX10", "00011-PTX11", "00012-PTX12"} {
		if strings.Contains(text, worst) != true {
			t.Errorf("%d: %s is not in %q", i, worst, text)
		}
	}
	if !strings.Contains(got[1].Text, "-00013-PTX13，") {
		t.Errorf("%q", got[1].Text)
	}
	o.want(slices.Repeat([]string{"sent"}, 12)...)
}

// Ensure that a unit is sent so many texts a day, and that the rest is the next day's
// one text.
func TestMessages_Cap(t *testing.T) {
	o := newDesk(t, catalogue.Setting{Code: catalogue.DailyCap, Value: "2"})
	o.register(4)
	o.now = o.now.Add(48 * time.Hour)
	for i, id := range o.cases {
		o.urge(id)
		if got := o.pass(); len(got) != min(1, max(0, 2-i)) {
			t.Fatalf("text %d of the day: %+v", i+1, got)
		}
	}
	list, err := o.Messages(ctx, county.MessageWaiting)
	if err != nil || len(list) != 3 || list[0].Why != "cap" {
		t.Errorf("%+v, %v", list, err)
	}
	o.now = o.now.Add(14 * time.Hour) // 00:00 of the next day, which is quiet
	if got := o.pass(); len(got) != 0 {
		t.Errorf("at night: %+v", got)
	}
	o.now = o.now.Add(8 * time.Hour)
	got := o.pass()
	if len(got) != 1 || !strings.Contains(got[0].Text, "共3项") {
		t.Errorf("next day: %+v", got)
	}
	if n, err := o.CountsLeft(ctx); n != 1 || err != nil {
		t.Errorf("%d counts are kept, %v", n, err)
	}
}

// Ensure that a text whose sender died after the gateway had it is sent again as it was,
// under the same key, once nobody can be at it any more.
func TestMessages_Crash(t *testing.T) {
	o := newDesk(t)
	o.urge(o.cases[0])
	out := o.gate.out(o.world)
	o.gate.serve = func(w http.ResponseWriter, _ posted) {
		o.conf.Ledger.Close() // the server dies here: nothing of the answer is written down
		fmt.Fprint(w, `{"receipt":"R1"}`)
	}
	if err := o.SendMessages(ctx, out); err == nil {
		t.Fatal("the ledger was closed, and nobody noticed")
	}
	first := o.gate.took()
	o.gate.answers(0)
	o.open(o.conf)
	if got := o.pass(); len(first) != 1 || len(got) != 0 {
		t.Fatalf("%+v, then at once %+v", first, got)
	}
	o.now = o.now.Add(time.Minute)
	o.register(1) // what comes meanwhile does not change it
	o.urge(o.cases[1])
	o.now = o.now.Add(5 * time.Minute)
	got := o.pass()
	if len(got) != 1 || got[0] != first[0] {
		t.Errorf("%+v, want %+v", got, first)
	}
	o.want("sent", "waiting")
}

// Ensure that several servers on one ledger send each text once.
func TestMessages_TwoServers(t *testing.T) {
	o := newDesk(t)
	o.register(4)
	o.now = o.now.Add(48 * time.Hour)
	o.urgeTo(nearby, o.cases[0])
	o.urge(o.cases[1:]...)
	out := o.gate.out(o.world)
	var wait sync.WaitGroup
	for range 4 {
		c, err := county.New(ctx, o.conf)
		if err != nil {
			t.Fatal(err)
		}
		wait.Go(func() {
			for range 3 {
				if err := c.SendMessages(ctx, out); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	seen := map[string]bool{}
	for _, p := range o.gate.took() {
		if seen[p.ID] {
			t.Errorf("sent twice: %+v", p)
		}
		seen[p.ID] = true
	}
	if len(seen) != 2 {
		t.Errorf("%d texts", len(seen))
	}
}

// Ensure that a message that lost its reason before it was sent is dropped and says why.
func TestMessages_Dropped(t *testing.T) {
	for name, tt := range map[string]struct {
		before []casework.Event
		lose   func(o *desk)
		want   string
	}{
		"accepted": {nil, func(o *desk) { o.grid.add(o.cases[0], &casework.Accepted{}) }, "dropped stopped"},
		"voided":   {nil, func(o *desk) { o.grid.add(o.cases[0], &casework.Voided{Reason: "x"}) }, "dropped stopped"},
		"suspended": {[]casework.Event{&casework.Accepted{}, &casework.Mediated{Method: "01", Result: "x"}},
			func(o *desk) { o.grid.add(o.cases[0], &casework.Suspended{Reason: "x"}) }, "dropped paused"},
		"extended": {[]casework.Event{&casework.Accepted{}, &casework.Mediated{Method: "01", Result: "x"}},
			func(o *desk) {
				o.grid.add(o.cases[0], &casework.Extended{Limit: casework.LimitHandle, Until: "2026-04-20", Reason: "x"})
			}, "dropped later"},
		"switched off": {nil, func(o *desk) {
			o.publish(3, map[catalogue.UnitID]string{longwo: longwoPhone}, catalogue.Setting{Code: catalogue.UrgeByMessage, Value: "none"})
		}, "dropped setting"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, tried := range []bool{false, true} {
				o := newDesk(t)
				o.grid = o.laptop("mediator1")
				o.grid.sync()
				if tt.before != nil {
					o.grid.add(o.cases[0], tt.before...)
					o.grid.sync()
					o.now = time.Date(2026, 4, 10, 2, 0, 0, 0, time.UTC)
				}
				o.urge(o.cases[0])
				if tried {
					o.gate.answers(http.StatusBadGateway)
					if got := o.pass(); len(got) != 1 {
						t.Fatalf("%+v", got)
					}
					o.gate.answers(0)
				}
				tt.lose(o)
				o.grid.sync()
				o.now = o.now.Add(10 * time.Minute)
				if got := o.pass(); len(got) != 0 {
					t.Errorf("tried before %v: %+v", tried, got)
				}
				o.want(tt.want)
			}
		})
	}
}

// Ensure that a message for a unit without a telephone is kept and shown as what it is,
// goes when the unit has one, and is dropped with its reason meanwhile.
func TestMessages_Nobody(t *testing.T) {
	o := newDesk(t)
	o.publish(3, map[catalogue.UnitID]string{longwo: "请打村里广播"})
	o.register(1)
	o.now = o.now.Add(48 * time.Hour)
	o.urge(o.cases...)
	if got := o.pass(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	o.want("nobody no_phone", "nobody no_phone")
	list, err := o.Messages(ctx, county.MessageNobody)
	if err != nil || len(list) != 2 || list[0].Phone != "" {
		t.Errorf("%+v, %v", list, err)
	}
	mediator := o.laptop("mediator1")
	mediator.sync()
	mediator.add(o.cases[0], &casework.Accepted{})
	mediator.sync()
	o.now = o.now.Add(2 * time.Hour)
	o.pass()
	list, err = o.Messages(ctx, county.MessageDropped)
	if err != nil || len(list) != 1 || list[0].Why != "stopped" {
		t.Errorf("%+v, %v", list, err)
	}
	o.publish(4, map[catalogue.UnitID]string{longwo: longwoPhone})
	if got := o.pass(); len(got) != 1 || got[0].To != longwoPhone {
		t.Errorf("%+v", got)
	}
}

// Ensure that a gateway in trouble is tried again, later and later, with the same text
// under the same key, and that nothing is lost.
func TestMessages_Retry(t *testing.T) {
	o := newDesk(t, catalogue.Setting{Code: catalogue.QuietFrom, Value: "00:00"}, catalogue.Setting{Code: catalogue.QuietTo, Value: "00:00"})
	o.urge(o.cases[0])
	o.gate.answers(http.StatusInternalServerError)
	first := o.pass()
	tries := 1
	for range 24 * 60 {
		o.now = o.now.Add(time.Minute)
		for _, p := range o.pass() {
			if tries++; p != first[0] {
				t.Fatalf("%+v, want %+v", p, first[0])
			}
		}
	}
	if tries < 24 || tries > 40 {
		t.Errorf("%d tries in a day", tries)
	}
	o.want("waiting status")
	o.gate.answers(0)
	o.now = o.now.Add(2 * time.Hour)
	if got := o.pass(); len(got) != 1 || got[0] != first[0] {
		t.Errorf("%+v", got)
	}
	o.want("sent")
}

// Ensure that a gateway that asks to be left alone is, for every unit.
func TestMessages_RetryAfter(t *testing.T) {
	o := newDesk(t)
	o.register(1)
	o.now = o.now.Add(48 * time.Hour)
	o.urge(o.cases[0])
	o.urgeTo(nearby, o.cases[1])
	o.gate.answers(http.StatusTooManyRequests, "Retry-After", "1800")
	if got := o.pass(); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	o.gate.answers(0)
	for range 29 {
		o.now = o.now.Add(time.Minute)
		if got := o.pass(); len(got) != 0 {
			t.Fatalf("%+v", got)
		}
	}
	o.now = o.now.Add(time.Minute)
	if got := o.pass(); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

// Ensure that what is refused for ever fails alone, and goes again when it is told to,
// as another text.
func TestMessages_Refused(t *testing.T) {
	o := newDesk(t)
	o.register(2)
	o.now = o.now.Add(48 * time.Hour)
	o.urge(o.cases[0])
	o.urgeTo(nearby, o.cases[1:]...)
	o.gate.serve = func(w http.ResponseWriter, p posted) {
		if p.To == longwoPhone {
			w.WriteHeader(http.StatusUnprocessableEntity)
			return
		}
		fmt.Fprint(w, `{"receipt":"R"}`)
	}
	first := o.pass()
	if len(first) != 2 {
		t.Fatalf("%+v", first)
	}
	failed, err := o.Messages(ctx, county.MessageFailed)
	if err != nil || len(failed) != 1 || failed[0].Why != "refused" || failed[0].Status != 422 {
		t.Fatalf("%+v, %v", failed, err)
	}
	o.gate.answers(0)
	o.now = o.now.Add(time.Hour)
	if got := o.pass(); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	for id, want := range map[string]casework.Code{"zz": casework.CodeNotFound, sentID(t, o): casework.CodeNotAllowed} {
		if _, err := o.RetryMessages(ctx, id); !errors.Is(err, &casework.Refusal{Code: want}) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if n, err := o.RetryMessages(ctx, failed[0].ID[:6]); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	got := o.pass()
	if len(got) != 1 || got[0].To != longwoPhone || slices.Contains(first, got[0]) {
		t.Errorf("%+v after %+v", got, first)
	}
	if n, err := o.RetryMessages(ctx, ""); n != 0 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

func sentID(t *testing.T, o *desk) string {
	t.Helper()
	list, err := o.Messages(ctx, county.MessageSent)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	return list[0].ID
}

// Ensure that one telephone that stalls the gateway keeps no other text waiting, and
// that a gateway that is gone is not tried for every unit.
func TestMessages_OneBroken(t *testing.T) {
	o := newDesk(t)
	o.register(1)
	o.now = o.now.Add(48 * time.Hour)
	o.urge(o.cases[0])
	o.urgeTo(nearby, o.cases[1])
	o.gate.serve = func(w http.ResponseWriter, p posted) {
		if p.To == longwoPhone {
			w.WriteHeader(http.StatusGatewayTimeout)
			return
		}
		fmt.Fprint(w, `{"receipt":"R"}`)
	}
	if got := o.pass(); len(got) != 2 {
		t.Errorf("%+v", got)
	}
	list, err := o.Messages(ctx, county.MessageSent)
	if err != nil || len(list) != 1 || list[0].Unit != nearby {
		t.Errorf("%+v, %v", list, err)
	}

	o = newDesk(t)
	o.register(4)
	units := []catalogue.UnitID{"441621100", "441621105", longwo, nearby, "441621104"}
	phones := map[catalogue.UnitID]string{}
	for i, unit := range units {
		phones[unit] = fmt.Sprintf("1380000000%d", i)
	}
	o.publish(3, phones)
	for i, unit := range units {
		if err := o.Queue(ctx, o.cases[i], o.urging(o.cases[i], unit, casework.GradeRed)); err != nil {
			t.Fatal(err)
		}
	}
	o.gate.answers(http.StatusBadGateway)
	if got := o.pass(); len(got) != 3 {
		t.Errorf("a gateway that was gone was tried %d times", len(got))
	}
	o.gate.answers(0)
	o.now = o.now.Add(2 * time.Minute)
	if got := o.pass(); len(got) != 5 {
		t.Errorf("%+v", got)
	}
}

// Ensure that a modem's folder is a way out like the nearby: what it took is told as
// being with it until gammu has dealt with it, one that failed can go again.
func TestMessages_Modem(t *testing.T) {
	o := newDesk(t)
	dir := t.TempDir()
	outbox := filepath.Join(dir, "outbox")
	for _, name := range []string{"outbox", "sent", "error"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	modem := notify.NewModem(outbox)
	send := func() []os.DirEntry {
		t.Helper()
		if err := o.SendMessages(ctx, modem); err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(outbox)
		if err != nil {
			return nil
		}
		return files
	}
	o.urge(o.cases[0])
	files := send()
	if len(files) != 1 || !strings.Contains(files[0].Name(), "_"+longwoPhone+"_") {
		t.Fatalf("%v", files)
	}
	o.want("waiting handed")
	gone := filepath.Join(dir, "gone")
	if err := os.Rename(outbox, gone); err != nil {
		t.Fatal(err)
	}
	send()
	o.want("waiting missing")
	if err := os.Rename(gone, outbox); err != nil {
		t.Fatal(err)
	}
	send()
	o.want("waiting handed")
	if err := os.Rename(filepath.Join(outbox, files[0].Name()), filepath.Join(dir, "error", files[0].Name())); err != nil {
		t.Fatal(err)
	}
	send()
	o.want("failed modem")
	if n, err := o.RetryMessages(ctx, ""); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
	again := send()
	if len(again) != 1 || again[0].Name() == files[0].Name() {
		t.Fatalf("%v", again)
	}
	if err := os.Rename(filepath.Join(outbox, again[0].Name()), filepath.Join(dir, "sent", again[0].Name())); err != nil {
		t.Fatal(err)
	}
	send()
	o.want("sent")
}

// Ensure that the sender is woken by what is queued, and ends when it is told to.
func TestKeepSending(t *testing.T) {
	o := newDesk(t)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	out := o.gate.out(o.world)
	go func() {
		o.KeepSending(ctx, out)
		close(ended)
	}()
	time.Sleep(50 * time.Millisecond) // it has looked, and sleeps
	o.urge(o.cases[0])
	for began := time.Now(); len(o.gate.took()) == 0; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatal("nothing was sent")
		}
	}
	cancel()
	<-ended
}

// Ensure that a case that cannot be read keeps no other's text from being sent, and that
// nothing is said of it.
func TestMessages_Damaged(t *testing.T) {
	for name, hurt := range map[string]func(*county.County, context.Context, casework.CaseID) error{
		"entries": (*county.County).Hurt, "row": (*county.County).HurtRow,
	} {
		t.Run(name, func(t *testing.T) {
			o := newDesk(t)
			o.register(2)
			o.now = o.now.Add(48 * time.Hour)
			o.urge(o.cases[0], o.cases[1])
			o.urgeTo(nearby, o.cases[2])
			if err := hurt(o.County, ctx, o.cases[0]); err != nil {
				t.Fatal(err)
			}
			got := o.pass()
			if len(got) != 2 || strings.Contains(got[0].Text+got[1].Text, "PTX1，") {
				t.Errorf("%+v", got)
			}
			list, err := o.Messages(ctx, county.MessageWaiting)
			if err != nil || len(list) != 1 {
				t.Errorf("%+v, %v", list, err)
			}
		})
	}
}

// Ensure that a text, or a message, whose row cannot be read keeps no other from being sent.
func TestMessages_DamagedRow(t *testing.T) {
	for name, hurt := range map[string]func(o *desk, m county.Message) error{
		"text":    func(o *desk, m county.Message) error { return o.HurtText(ctx, m.Texted) },
		"message": func(o *desk, m county.Message) error { return o.HurtMessage(ctx, m.ID) },
	} {
		t.Run(name, func(t *testing.T) {
			o := newDesk(t)
			o.register(1)
			o.now = o.now.Add(48 * time.Hour)
			o.urge(o.cases[0])
			o.gate.answers(http.StatusBadGateway)
			if got := o.pass(); len(got) != 1 {
				t.Fatalf("%+v", got)
			}
			o.gate.answers(0)
			list, err := o.Messages(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			if err := hurt(o, list[0]); err != nil {
				t.Fatal(err)
			}
			o.urgeTo(nearby, o.cases[1])
			o.now = o.now.Add(10 * time.Minute)
			o.pass()
			o.urgeTo(nearby, o.cases[0])
			if got := o.pass(); len(got) != 1 || got[0].To != nearbyPhone {
				t.Errorf("%+v", got)
			}
		})
	}
}

// Ensure that a limit that was given more time is told of again when that is over, too,
// and every unit that is urged about a limit.
func TestMessages_Again(t *testing.T) {
	o := newDesk(t)
	o.grid = o.laptop("mediator1")
	o.grid.sync()
	o.grid.add(o.cases[0], &casework.Accepted{}, &casework.Mediated{Method: "01", Result: "x"})
	o.grid.sync()
	for i, day := range []time.Time{time.Date(2026, 4, 10, 2, 0, 0, 0, time.UTC), time.Date(2026, 4, 24, 2, 0, 0, 0, time.UTC)} {
		o.now = day
		for range 2 { // urged again by a county that had lost it
			o.urge(o.cases[0])
			if got := o.pass(); len(got) > 1 {
				t.Fatalf("%+v", got)
			}
		}
		if got := o.states(); len(got) != i+1 {
			t.Fatalf("%d messages: %q", len(got), got)
		}
		if i == 0 {
			o.grid.add(o.cases[0], &casework.Extended{Limit: casework.LimitHandle, Until: "2026-04-20", Reason: "x"})
			o.grid.sync()
		}
	}
	o.urgeTo(nearby, o.cases[0])
	o.pass()
	o.want("sent", "sent", "sent")
}

// Ensure that a county that was restored waits for what laptops give back before it tells
// again what may be done.
func TestMessages_Restored(t *testing.T) {
	o := newDesk(t)
	o.register(1)
	o.now = o.now.Add(48 * time.Hour)
	o.urge(o.cases...)
	file := filepath.Join(t.TempDir(), "county.backup")
	if _, err := o.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if got := o.pass(); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	mediator := o.laptop("mediator1")
	mediator.sync()
	mediator.add(o.cases[0], &casework.Accepted{})
	mediator.sync()
	o.world = o.restored(file)
	if got := o.pass(); len(got) != 0 {
		t.Errorf("sent before laptops were there: %+v", got)
	}
	mediator.move(o.world)
	mediator.sync()
	o.now = o.now.Add(15 * time.Minute)
	if got := o.pass(); len(got) != 1 || !strings.Contains(got[0].Text, "PTX2") {
		t.Errorf("%+v", got)
	}
	o.want("dropped stopped", "sent")
}

// Ensure that a gateway that asked to be left alone while the county's clock was wrong is
// not left alone for years.
func TestMessages_RetryAfterClock(t *testing.T) {
	o := newDesk(t)
	o.urge(o.cases[0])
	right := o.now
	o.now = o.now.AddDate(10, 0, 0)
	o.gate.answers(http.StatusTooManyRequests, "Retry-After", "1800")
	if got := o.pass(); len(got) != 1 {
		t.Fatalf("%+v", got)
	}
	o.gate.answers(0)
	o.now = right
	if got := o.pass(); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

// Ensure that the duty that follows from a sign of risk is not named: it would tell what
// the case is about.
func TestMessages_Duty(t *testing.T) {
	o := newDesk(t)
	o.grid.add(o.cases[0], &casework.RiskSeen{Sign: "violence", Note: "x", Limits: []catalogue.LimitCode{"report_police"}})
	o.grid.sync()
	o.now = o.now.Add(48 * time.Hour)
	e := o.urging(o.cases[0], longwo, casework.GradeRed)
	if e.Limit == casework.LimitTriage {
		t.Fatal("the sign brought no duty")
	}
	if err := o.Queue(ctx, o.cases[0], e); err != nil {
		t.Fatal(err)
	}
	if got := o.pass(); len(got) != 1 || !strings.Contains(got[0].Text, "综治中心一项职责期限") {
		t.Errorf("%s: %+v", e.Limit, got)
	}
}
