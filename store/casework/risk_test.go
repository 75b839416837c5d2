package casework_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// riskAt is a case in hand with a sign of risk, noted at a county time.
func riskAt(t *testing.T, sign, when string) ([]casework.Entry, casework.Case) {
	t.Helper()
	entries := caseEntries(casework.StateHandling)
	n := len(entries)
	seen := (&casework.RiskSeen{Sign: sign, Note: "当事人持锄头扬言"}).WithDuties(ix)
	entries = append(entries, by(bureau1, done(t, when, entry(n+1, []int{n}, seen))))
	return entries, fold(entries...)
}

// 人民调解法 art. 25: where a matter may become one for the police, it is reported
// to them. Each duty has its clock, which what was done stops, and no other.
func TestRisk_MediationLawArt25(t *testing.T) {
	entries, c := riskAt(t, "weapon", "2026-11-20 10:00")
	if signs := casework.Signs(&c); len(signs) != 1 || signs[0].Code != "weapon" {
		t.Fatalf("signs: %v", signs)
	}
	duties := casework.OpenDuties(&c, ix)
	if len(duties) != 2 || duties[0].Code != catalogue.ReportPolice || duties[1].Code != catalogue.WorkerSafety {
		t.Fatalf("duties: %v", duties)
	}
	light := func(c *casework.Case, now string) casework.Light {
		for _, r := range casework.Limits(c, ix, local(t, now)) {
			if r.Limit == "report_police" {
				return r.Light
			}
		}
		return casework.None
	}
	for now, want := range map[string]casework.Light{"2026-11-20 11:00": casework.Green, "2026-11-20 15:59": casework.Yellow, "2026-11-20 16:00": casework.Red} {
		if got := light(&c, now); got != want {
			t.Errorf("at %s the report is %s, want %s", now, got, want)
		}
	}
	n := len(entries)
	report := (&casework.DutyDone{Of: entries[n-1].UID, Duty: catalogue.ReportPolice, Result: "已报派出所"}).WithLimit(&c, ix)
	entries = append(entries, by(mediator1, done(t, "2026-11-20 12:00", entry(n+1, []int{n}, report))))
	c = fold(entries...)
	if duties := casework.OpenDuties(&c, ix); len(duties) != 1 || duties[0].Code != catalogue.WorkerSafety {
		t.Errorf("duties after the report: %v", duties)
	}
	if got := light(&c, "2026-11-29 12:00"); got != casework.Green {
		t.Errorf("the report that was made in time is %s", got)
	}
}

// Ensure that a sign counts until it is cleared or the case ends, and that what
// clears it names one that was seen.
func TestRisk_Ends(t *testing.T) {
	entries, c := riskAt(t, "threat", "2026-11-20 10:00")
	n := len(entries)
	clear := by(mediator1, entry(n+1, []int{n}, &casework.RiskCleared{Of: entries[n-1].UID, Reason: "双方已和解"}))
	cleared := fold(append(slices.Clone(entries), clear)...)
	if len(casework.Signs(&cleared)) != 0 || len(casework.OpenDuties(&cleared, ix)) != 0 {
		t.Errorf("cleared: %v", casework.Signs(&cleared))
	}
	for _, k := range cleared.Clocks {
		if k.By == entries[n-1].UID && k.Stop.IsZero() {
			t.Errorf("%s runs on", k.Limit)
		}
	}
	wrong := fold(append(slices.Clone(entries), by(mediator1, entry(n+1, []int{n}, &casework.RiskCleared{Of: entries[0].UID, Reason: "无"})))...)
	if len(wrong.Contested) != 1 || len(casework.Signs(&wrong)) != 1 {
		t.Errorf("cleared what was no sign: contested %v, signs %v", wrong.Contested, casework.Signs(&wrong))
	}
	void := fold(append(slices.Clone(entries), by(mediator1, entry(n+1, []int{n}, &casework.Voided{Reason: "重复"})))...)
	if !void.Ended() || len(casework.Signs(&void)) != 0 {
		t.Errorf("a case that has ended shows %v", casework.Signs(&void))
	}
	for _, k := range void.Clocks {
		if k.Stop.IsZero() {
			t.Errorf("%s runs on after the end", k.Limit)
		}
	}
	if why := casework.Allowed(&c, alone, casework.ActClearRisk, ix); why != "" {
		t.Errorf("clearing is refused: %s", why)
	}
	before := fold(caseEntries(casework.StateHandling)...)
	if why := casework.Allowed(&before, alone, casework.ActClearRisk, ix); why != casework.WhyNoSign {
		t.Errorf("clearing without a sign: %q", why)
	}
}

// Ensure that a sign starts each duty's clock once and no limit of the case's own, and
// that clearing it or doing a duty stops none either.
func TestRisk_DutiesAlone(t *testing.T) {
	reg := entry(1, nil, registered(), &casework.RiskSeen{Sign: "threat", Limits: []catalogue.LimitCode{"report_police", "report_police", casework.LimitTriage, casework.LimitHandle}})
	c := fold(by(mediator1, reg))
	if running(&c, "report_police") != 1 || running(&c, casework.LimitTriage) != 1 || running(&c, casework.LimitHandle) != 0 {
		t.Errorf("noted with the registration: %+v", c.Clocks)
	}
	for _, ev := range []casework.Event{&casework.DutyDone{Of: uid(1), Duty: "care", Result: "已办", Limit: casework.LimitTriage}, &casework.RiskCleared{Of: uid(1), Reason: "已和解"}} {
		if c = fold(by(mediator1, reg), by(mediator1, entry(2, []int{1}, ev))); running(&c, casework.LimitTriage) != 1 {
			t.Errorf("%s stops the case's own limit", ev.Kind())
		}
	}
}

// Ensure that a retired duty asks for nothing where a sign is seen from now on, and
// stays open where its clock runs, so that it can be done and the clock stopped.
func TestRisk_RetiredDuty(t *testing.T) {
	entries, before := riskAt(t, "weapon", "2026-11-20 10:00")
	cat := sample.Catalogue()
	for i, d := range cat.RiskDuties {
		cat.RiskDuties[i].Retired = d.Sign == "weapon"
	}
	now := catalogue.NewIndex(cat)
	if open := casework.OpenDuties(&before, now); len(open) != 1 || open[0].Code != catalogue.ReportPolice {
		t.Errorf("of the sign seen before: %v", open)
	}
	last := entries[len(entries)-1].UID
	if done := (&casework.DutyDone{Of: last, Duty: catalogue.ReportPolice}).WithLimit(&before, now); done.Limit != "report_police" {
		t.Errorf("the clock that it stops: %q", done.Limit)
	}
	if seen := (&casework.RiskSeen{Sign: "weapon"}).WithDuties(now); len(seen.Limits) != 0 {
		t.Errorf("a sign seen now starts %v", seen.Limits)
	}
	late := slices.Clone(entries[:len(entries)-1])
	n := len(late)
	late = append(late, by(bureau1, entry(n+1, []int{n}, &casework.RiskSeen{Sign: "weapon"})))
	after := fold(late...)
	if open := casework.OpenDuties(&after, now); len(open) != 0 {
		t.Errorf("of a sign seen now: %v", open)
	}
}

// Ensure that the facts of a case suggest signs from the county's numbers on, and
// one that was noted no more.
func TestRisk_Suggested(t *testing.T) {
	now := local(t, "2027-03-01 09:00")
	codes := func(c *casework.Case) (out []string) {
		for _, s := range casework.Suggested(c, ix, now) {
			out = append(out, s.Code)
		}
		return out
	}
	entries, _ := riskAt(t, "threat", "2026-11-20 10:00")
	n := len(entries)
	for _, tt := range []struct {
		name   string
		events []casework.Event
		want   string
		has    bool
	}{
		{"nine people", []casework.Event{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "9"}}}, "many", false},
		{"ten people", []casework.Event{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "10"}}}, "many", true},
		{"wages of nine", []casework.Event{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "9", casework.FieldCategory: "0701"}}}, "wages", false},
		{"wages of ten", []casework.Event{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "10", casework.FieldCategory: "0701"}}}, "wages", true},
		{"noted already", []casework.Event{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: "10"}}, &casework.RiskSeen{Sign: "many"}}, "many", false},
		{"limits missed for months", nil, "missed_limits", true},
	} {
		all := slices.Clone(entries)
		if tt.events != nil {
			all = append(all, by(mediator1, entry(n+1, []int{n}, tt.events...)))
		}
		c := fold(all...)
		if got := codes(&c); slices.Contains(got, tt.want) != tt.has {
			t.Errorf("%s: suggested %v", tt.name, got)
		}
	}
	early := fold(entries...)
	now = early.UpdatedAt.Add(time.Minute)
	if got := codes(&early); slices.Contains(got, "missed_limits") {
		t.Errorf("suggested %v before anything is due", got)
	}
}

// 反家庭暴力法 art. 28: the court has seventy-two hours from the application, where it is
// urgent twenty-four, and none from the sign alone.
func TestRisk_ProtectionOrder_Art28(t *testing.T) {
	entries, c := riskAt(t, "domestic", "2026-11-20 10:00")
	n := len(entries)
	sign := entries[n-1].UID
	received := ""
	add := func(when, order string) {
		ev := (&casework.DutyDone{Of: sign, Duty: catalogue.ProtectionOrder, Result: "已陪同到法院", Order: order, At: received}).WithLimit(&c, ix)
		m := len(entries)
		entries = append(entries, by(bureau1, done(t, when, entry(m+1, []int{m}, ev))))
	}
	running := func() map[catalogue.LimitCode]string {
		out := map[catalogue.LimitCode]string{}
		c := fold(entries...)
		for _, r := range casework.Limits(&c, ix, local(t, "2026-11-20 11:00")) {
			if (r.Limit == "protection_help" || r.Limit == casework.LimitProtection || r.Limit == casework.LimitProtectionUrgent) && !r.Stopped {
				out[r.Limit] = r.Due.In(start.Location()).Format("2006-01-02 15:04")
			}
		}
		return out
	}
	expect := func(step string, want map[catalogue.LimitCode]string) {
		t.Helper()
		if got := running(); !maps.Equal(got, want) {
			t.Errorf("%s: %v, want %v", step, got, want)
		}
	}
	expect("seen", map[catalogue.LimitCode]string{"protection_help": "2026-11-21 10:00"})
	add("2026-11-20 15:00", "applied")
	expect("applied for", map[catalogue.LimitCode]string{casework.LimitProtection: "2026-11-23 15:00"})
	add("2026-11-20 16:00", "urgent")
	expect("it is urgent", map[catalogue.LimitCode]string{casework.LimitProtectionUrgent: "2026-11-21 16:00"})
	add("2026-11-21 09:00", "decided")
	expect("decided", nil)
	entries = entries[:n]
	add("2026-11-20 15:00", "")
	expect("told, and not applied for", nil)
	for _, tt := range []struct{ at, order, due string }{
		{"2026-11-20 13:30", "applied", "2026-11-23 13:30"},
		{"2026-11-20T05:30:00Z", "applied", "2026-11-23 13:30"},
		{"2026-11-20 13:30", "urgent", "2026-11-21 13:30"},
		{"2026-11-20 17:00", "applied", "2026-11-23 15:00"}, // after the entry: it cannot be
		{"昨天", "applied", "2026-11-23 15:00"},
	} {
		entries, received = entries[:n], tt.at
		add("2026-11-20 15:00", tt.order)
		limit := map[string]catalogue.LimitCode{"applied": casework.LimitProtection, "urgent": casework.LimitProtectionUrgent}[tt.order]
		expect("the court received it at "+tt.at, map[catalogue.LimitCode]string{limit: tt.due})
	}
}
