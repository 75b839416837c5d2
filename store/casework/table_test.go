package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that every table is whole: each state that a rule names is described,
// can be reached and, unless it is an end, left; each limit that is started is in
// the sample catalogue; and each action's event is of the action's kind.
func TestTables_Whole(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	for _, m := range casework.Matters {
		table, ok := casework.TableOf(m)
		if !ok || table.Matter != m {
			t.Errorf("%s has no table", m)
			continue
		}
		described := map[casework.State]bool{}
		for _, s := range table.States {
			described[s.State] = true
			if s.Turn == 0 && !s.Ended && s.State != casework.StateSuspended {
				t.Errorf("%s: in %s it is nobody's turn", m, s.State)
			}
			if s.Ended != s.State.Ended() {
				t.Errorf("%s: %s ends a case in one table and not in another", m, s.State)
			}
		}
		reached := map[casework.State]bool{table.Register.To: true, casework.StateSuspended: true}
		left := map[casework.State]bool{}
		for _, r := range append(slices.Clone(table.Rules), table.Register) {
			if got := r.New().Kind(); got != string(r.Action) {
				t.Errorf("%s: %s writes an event %s", m, r.Action, got)
			}
			if ev, ok := casework.NewEvent(r.New().Num()); !ok || ev.Kind() != r.New().Kind() {
				t.Errorf("%s: the number of %s does not make one", m, r.Action)
			}
			if own := r.Action == casework.ActUrge; own != (len(r.Roles) == 0 || r.Who == 0) { // the county alone urges
				t.Errorf("%s: who may %s", m, r.Action)
			}
			if slices.Contains(r.Roles, catalogue.Leader) {
				t.Errorf("%s: a leader reads only, and may %s", m, r.Action)
			}
			for _, s := range append(append(slices.Clone(r.From), r.Or...), r.To) {
				if s != "" && !described[s] {
					t.Errorf("%s: %s names %s, which is not described", m, r.Action, s)
				}
			}
			if r.To != "" {
				for _, s := range append(slices.Clone(r.Or), r.To) {
					reached[s] = true
				}
				for _, s := range r.From {
					left[s] = true
				}
			}
			for _, l := range slices.Concat(r.Starts, r.Stops) {
				if _, ok := ix.LimitAt(l, labour, 1); !ok {
					t.Errorf("%s: %s starts or stops %s, which the sample lacks", m, r.Action, l)
				}
			}
		}
		for _, s := range append(slices.Clone(table.Back.From), table.Back.To) {
			if s != "" && !described[s] {
				t.Errorf("%s: it goes back from or to %s, which is not described", m, s)
			}
		}
		for _, l := range slices.Concat(table.Back.Starts, table.Back.Stops) {
			if _, ok := ix.LimitAt(l, labour, 1); !ok {
				t.Errorf("%s: going back starts or stops %s, which the sample lacks", m, l)
			}
		}
		for s := range described {
			if !reached[s] {
				t.Errorf("%s: nothing leads to %s", m, s)
			}
			if !left[s] && !s.Ended() {
				t.Errorf("%s: nothing leads from %s", m, s)
			}
		}
	}
}

// Ensure that every role has something that it may do, but for the leader's.
func TestTables_Roles(t *testing.T) {
	can := map[catalogue.Role]bool{catalogue.Leader: true}
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, r := range table.Rules {
			for _, role := range r.Roles {
				can[role] = true
			}
		}
	}
	for _, role := range catalogue.Roles() {
		if !can[role] {
			t.Errorf("%s may do nothing", role)
		}
	}
}
