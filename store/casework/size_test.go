package casework_test

import (
	"fmt"
	"strings"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that what one person may write in a case is counted by events, however few
// entries they come in.
func TestTooLarge_Events(t *testing.T) {
	c := &casework.Case{Timeline: []casework.Line{{Actor: "a", Kinds: make([]string, 1990)}, {Actor: "a", Effect: casework.HeldBack, Kinds: make([]string, 200)}}}
	notes := func(n int) (out []casework.Event) {
		for range n {
			out = append(out, &casework.Noted{Note: "无"})
		}
		return out
	}
	for _, tt := range []struct {
		actor catalogue.UserID
		n     int
		want  bool
	}{{"a", 10, false}, {"a", 11, true}, {"b", 200, false}} {
		if got := casework.TooLarge(c, &casework.Entry{Actor: tt.actor, Events: notes(tt.n)}); got != tt.want {
			t.Errorf("%s writes %d more: %v", tt.actor, tt.n, got)
		}
	}
}

// Ensure what no form would let anybody write is found, wherever it stands.
func TestTooLarge(t *testing.T) {
	long := strings.Repeat("事", 10_001)
	units := func(n int) (out []catalogue.UnitID) {
		for i := range n {
			out = append(out, catalogue.UnitID(fmt.Sprint(i)))
		}
		return out
	}
	many := &casework.Case{Parties: make([]casework.Party, 500)}
	for name, test := range map[string]struct {
		c    *casework.Case
		ev   casework.Event
		want bool
	}{
		"a long note":        {ev: &casework.Noted{Note: long[3:]}},
		"a longer one":       {ev: &casework.Noted{Note: long}, want: true},
		"a field":            {ev: &casework.Amended{Fields: casework.Fields{casework.FieldFacts: long}}, want: true},
		"a field's name":     {ev: &casework.Amended{Fields: casework.Fields{casework.Field(long): ""}}, want: true},
		"helpers":            {ev: &casework.Assigned{Lead: "a", Co: units(200)}},
		"too many helpers":   {ev: &casework.Assigned{Lead: "a", Co: units(201)}, want: true},
		"units it is about":  {ev: &casework.Registered{About: units(201)}, want: true},
		"parties":            {ev: &casework.Registered{Parties: make([]casework.Party, 201)}, want: true},
		"a party's name":     {ev: &casework.Registered{Parties: []casework.Party{{Name: long}}}, want: true},
		"a holder":           {ev: &casework.Registered{Holder: catalogue.UnitID(long)}, want: true},
		"one party more":     {c: many, ev: &casework.PartyAdded{Name: "张三"}, want: true},
		"a note about many":  {c: many, ev: &casework.Noted{Note: "无"}},
		"a later version's":  {ev: &casework.Unknown{N: 900, Payload: make([]byte, 64<<10)}},
		"and a huge one":     {ev: &casework.Unknown{N: 900, Payload: make([]byte, 64<<10+1)}, want: true},
		"a log's beginning":  {ev: &casework.LogOpened{Key: make([]byte, 32), LastHash: make([]byte, 32)}},
		"a key that is none": {ev: &casework.LogOpened{Key: make([]byte, 4096)}, want: true},
	} {
		c := test.c
		if c == nil {
			c = new(casework.Case)
		}
		if got := casework.TooLarge(c, &casework.Entry{Events: []casework.Event{test.ev}}); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
