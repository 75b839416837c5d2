package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that a field which is for some cases only is asked for on those, and on no
// others; what it is filled in with elsewhere is a fault.
func TestFieldsOn(t *testing.T) {
	plain := casework.Case{Matter: casework.Dispute, State: casework.StateHandling}
	petition, entrusted, parts := plain, plain, plain
	petition.Matter = casework.Petition
	entrusted.Entrustment = casework.Entrustment{By: uid(1)}
	answered := entrusted
	answered.Entrustment.Result = "success"
	parts.Agreement.Instalments = []casework.Instalment{{On: "2026-12-01", Amount: "1"}}
	_, weapon := riskAt(t, "weapon", "2026-11-20 10:00")
	_, domestic := riskAt(t, "domestic", "2026-11-20 10:00")
	all := map[string]bool{}
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, r := range table.Rules {
			for _, s := range casework.FieldsOf(r.New()) {
				if s.If != "" {
					all[string(r.Action)+" "+s.Name] = true
				}
			}
		}
	}
	for _, tt := range []struct {
		field    string
		event    casework.Event
		on       casework.Case
		notOn    []casework.Case
		required string // another field of it
	}{
		{"court_agrees", &casework.Suspended{CourtAgrees: "yes"}, entrusted, []casework.Case{plain, petition, answered}, "reason"},
		{"told_petitioner", &casework.Extended{Told: "yes"}, petition, []casework.Case{plain, entrusted}, "until"},
		{"instalment", &casework.Performed{Instalment: 1}, parts, []casework.Case{plain}, "extent"},
		{"instalment", &casework.Breached{Instalment: 1}, parts, []casework.Case{plain}, "what"},
		{"order", &casework.DutyDone{Order: "applied"}, domestic, []casework.Case{plain, weapon}, "result"},
	} {
		delete(all, tt.event.Kind()+" "+tt.field)
		asked := func(c *casework.Case, name string) bool {
			return slices.ContainsFunc(casework.FieldsOn(c, tt.event, ix), func(s casework.FieldSpec) bool { return s.Name == name })
		}
		if !asked(&tt.on, tt.field) || casework.Unasked(&tt.on, tt.event, ix) != nil {
			t.Errorf("%s %s is not asked for", tt.event.Kind(), tt.field)
		}
		for _, c := range tt.notOn {
			if asked(&c, tt.field) || !asked(&c, tt.required) {
				t.Errorf("%s: asked for %v", tt.event.Kind(), casework.FieldsOn(&c, tt.event, ix))
			}
			want := []casework.Fault{{Field: tt.field, Problem: casework.NoConcern}}
			if got := casework.Unasked(&c, tt.event, ix); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", tt.event.Kind(), got, want)
			}
		}
	}
	for name := range all {
		t.Errorf("no case is known that %s concerns", name)
	}
	// A sign that is gone does not end what the court has before it (反家庭暴力法 art. 28).
	entries, c := riskAt(t, "domestic", "2026-11-20 10:00")
	n := len(entries)
	entries = append(entries, entry(n+1, []int{n}, &casework.RiskCleared{Of: entries[n-1].UID, Reason: "搬走了"}))
	if c = fold(entries...); !slices.ContainsFunc(casework.FieldsOn(&c, &casework.DutyDone{Duty: catalogue.ProtectionOrder}, ix), func(s casework.FieldSpec) bool { return s.Name == "order" }) {
		t.Error("the court's decision cannot be noted any more")
	}
}
