package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that every action of the table has an event of its own name, fields
// that can be filled in, and a number that decodes to it.
func TestTable_Events(t *testing.T) {
	table, ok := casework.TableOf(casework.Dispute)
	if !ok {
		t.Fatal("no table for disputes")
	}
	for _, r := range table.Rules {
		e := r.New()
		if e.Kind() != string(r.Action) {
			t.Errorf("the rule of %s makes %s", r.Action, e.Kind())
		}
		again, ok := casework.NewEvent(e.Num())
		if !ok || again.Kind() != e.Kind() {
			t.Errorf("number %d of %s decodes to another kind", e.Num(), e.Kind())
		}
		if own := r.Action == casework.ActUrge; len(r.From) == 0 || !own && (r.Who == 0 || len(r.Roles) == 0) {
			t.Errorf("%s: a rule needs states, units and roles", r.Action)
		}
	}
}

// Ensure that forms are filled from text and every fault is named.
func TestFill(t *testing.T) {
	tests := []struct {
		event  casework.Event
		in     string
		faults string
	}{
		{&casework.Agreed{}, "form=oral;agreement=各让一步;due=2026-11-01", ""},
		{&casework.Agreed{}, "form=handshake;due=1.11.", "agreement:required due:bad_date form:bad_choice"},
		{&casework.Agreed{}, "colour=red", "colour:unknown_field"},
		{&casework.Mediated{}, "method=03;result=谈成", ""},
		{&casework.Mediated{}, "method=77;result=谈成", "method:unknown_code"},
		{&casework.Assigned{}, "lead=441621-zjj;co=441621102-sfs,441621", ""},
		{&casework.Assigned{}, "lead=nowhere;co=441621,nobody", "co:unknown_code lead:unknown_code"},
		{&casework.Settled{}, "entry=xyz;choice=keep", "entry:bad_type"},
		{&casework.Noted{}, "", "note:required"},
		{&casework.PartyAdded{}, "role=applicant;name=" + strings.Repeat("长", 81), "name:too_long"},
	}
	for _, tt := range tests {
		in := map[string]string{}
		for _, kv := range strings.Split(tt.in, ";") {
			if k, v, ok := strings.Cut(kv, "="); ok {
				in[k] = v
			}
		}
		faults := casework.Fill(tt.event, in)
		if len(faults) == 0 {
			faults = tt.event.Check(ix)
		}
		var got []string
		for _, f := range faults {
			got = append(got, f.Field+":"+string(f.Problem))
		}
		slices.Sort(got)
		if s := strings.Join(got, " "); s != tt.faults {
			t.Errorf("%s %q: faults %q, want %q", tt.event.Kind(), tt.in, s, tt.faults)
		}
	}
}

// Ensure that a new case is checked whole.
func TestRegistered_Check(t *testing.T) {
	if faults := registered().Check(ix); len(faults) != 0 {
		t.Errorf("a good case: %v", faults)
	}
	bad := &casework.Registered{Matter: "quarrel", Fields: casework.Fields{casework.FieldCategory: "0000", casework.FieldPeople: "0", "mood": "x"},
		Parties: []casework.Party{{Role: "judge"}}, About: []catalogue.UnitID{"nowhere"}}
	var got []string
	for _, f := range bad.Check(ix) {
		got = append(got, f.Field)
	}
	slices.Sort(got)
	want := "about_units category facts kind mood parties[0].name parties[0].role people place.division title"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("faults at %s\nwant      %s", s, want)
	}
}

// Ensure that lights follow the catalogue's lengths and the working days.
func TestLimits(t *testing.T) {
	c := caseAt(casework.StateRegistered) // registered Monday 2026-10-12 10:00, 24 hours to triage
	tests := []struct {
		after time.Duration
		light casework.Light
	}{
		{time.Hour, casework.Green}, {17 * time.Hour, casework.Yellow}, {23 * time.Hour, casework.Yellow}, {24 * time.Hour, casework.Red}, {100 * time.Hour, casework.Red},
	}
	for _, tt := range tests {
		r, ok := casework.Overall(&c, ix, c.RegisteredAt.Add(tt.after))
		if !ok || r.Limit != casework.LimitTriage || r.Light != tt.light {
			t.Errorf("after %v: %v %s %s, want %s", tt.after, ok, r.Limit, r.Light, tt.light)
		}
	}
	done := caseAt(casework.StateRefused)
	if r, ok := casework.Overall(&done, ix, start); ok || r.Light != casework.None {
		t.Errorf("refused: %v %s", ok, r.Light)
	}
	// The agreement's own day is the limit of its performance; it ends with that day.
	due := fold(entry(1, nil, registered()), entry(2, []int{1}, &casework.SettledOnSpot{Agreement: "下月付清", Extent: "later", Due: "2026-11-01"}))
	r, ok := casework.Overall(&due, ix, start)
	if want := time.Date(2026, 11, 2, 0, 0, 0, 0, start.Location()); !ok || r.Limit != casework.LimitPerform || !r.Due.Equal(want) {
		t.Errorf("performance: %v %s due %v, want %v", ok, r.Limit, r.Due, want)
	}
}

// Ensure that yes and no are taken as people write them, and nothing else is.
func TestFill_YesAndNo(t *testing.T) {
	for text, want := range map[string]string{"true": "true", "yes": "true", "是": "true", "1": "true", "false": "", "no": "", "否": "", "maybe": "bad"} {
		ev := new(casework.Appointed)
		got := ""
		if faults := casework.Fill(ev, map[string]string{"notice": text}); len(faults) > 0 {
			got = "bad"
		} else if words := casework.Words(ev); words["notice"] != "" {
			got = words["notice"]
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
