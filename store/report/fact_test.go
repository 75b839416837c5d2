package report_test

import (
	"reflect"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/record"
	"casedesk/store/report"

	"github.com/google/uuid"
)

// did is what somebody did at a time.
type did struct {
	at    string // "2006-01-02 15:04"
	unit  catalogue.UnitID
	event casework.Event
}

// caseOf folds what was done, each with what came before in view.
func caseOf(t testing.TB, deeds ...did) casework.Case {
	t.Helper()
	id := casework.CaseID{UUID: uuid.UUID{1: 7}}
	var entries []casework.Entry
	var seen []casework.EntryID
	for n, d := range deeds {
		at, err := time.ParseInLocation("2006-01-02 15:04", d.at, zone)
		if err != nil {
			t.Fatal(err)
		}
		uid := casework.EntryID{UUID: uuid.UUID{15: byte(n + 1)}}
		entries = append(entries, casework.Entry{Name: casework.Name{Seq: uint64(n + 1)}, UID: uid, Case: id, Parents: seen, Actor: "mediator1", Unit: d.unit,
			Wall: at, Schema: casework.Schema, Catalogue: 1, Events: []casework.Event{d.event},
			Stamp: &casework.Stamp{N: uint64(n + 1), Verdict: casework.Admitted, Received: at, Effective: at}})
		seen = []casework.EntryID{uid}
	}
	c := casework.Fold(id, entries)
	for _, l := range c.Timeline {
		if l.Effect != casework.Applied {
			t.Fatalf("%v: %s %s", l.Kinds, l.Effect, l.Why)
		}
	}
	return c
}

const (
	village catalogue.UnitID = "441621102901"
	town    catalogue.UnitID = "441621102"
	bureau  catalogue.UnitID = "441621-zjj"
)

func registration(m casework.Matter) *casework.Registered {
	return &casework.Registered{Matter: m, Number: "441621102-2026-0001", Holder: town, Fields: casework.Fields{casework.FieldCategory: "0201",
		casework.FieldTitle: "排水沟纠纷", casework.FieldFacts: "两家为排水沟争吵", casework.FieldDivision: string(village), casework.FieldHappenedOn: "2026-09-20",
		casework.FieldPeople: "3"}}
}

// handled is a dispute that the town assigned to the bureau.
func handled() []did {
	return []did{
		{"2026-10-08 09:00", village, registration(casework.Dispute)},
		{"2026-10-08 10:00", village, &casework.Contacted{}},
		{"2026-10-08 11:00", town, &casework.Accepted{}},
		{"2026-10-09 09:00", town, &casework.Assigned{Lead: bureau}},
		{"2026-10-09 15:00", bureau, &casework.SignedFor{}},
	}
}

var (
	agreed    = &casework.Agreed{Form: "oral", Agreement: "共同出资修好排水沟", Due: "2026-10-31", Amount: "1200.50"}
	performed = &casework.Performed{Extent: "full"}
)

// Ensure that a case's facts are what was done on it.
func TestFactOf_Life(t *testing.T) {
	c := caseOf(t, append(handled(),
		did{"2026-10-20 10:00", bureau, &casework.Mediated{Method: "03", Result: "双方愿意协商"}},
		did{"2026-10-21 10:00", bureau, agreed},
		did{"2026-10-30 10:00", bureau, performed},
		did{"2026-11-02 10:00", village, &casework.Revisited{By: "visit", Performed: "yes"}},
		did{"2026-11-02 10:05", village, &casework.Said{Way: "face", Satisfaction: "satisfied", Efficiency: "basic", Leader: "satisfied"}},
		did{"2026-11-03 10:00", town, &casework.Closed{Outcome: "已履行", Reply: "已告知"}},
	)...)
	f := report.FactOf(&c, ix())
	at := func(s string) int64 {
		m, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return m.UnixMilli()
	}
	for _, m := range []struct {
		name string
		got  int64
		want string
	}{
		{"registered", f.Registered, "2026-10-08 09:00"}, {"contacted", f.Contacted, "2026-10-08 10:00"}, {"accepted", f.Accepted, "2026-10-08 11:00"},
		{"handled", f.Handled, "2026-10-09 15:00"}, {"agreed", f.Agreement.At, "2026-10-21 10:00"}, {"resolved", f.Resolved, "2026-10-30 10:00"},
		{"revisited", f.Agreement.Revisited, "2026-11-02 10:00"}, {"closed", f.Closed, "2026-11-03 10:00"},
	} {
		if m.got != at(m.want) {
			t.Errorf("%s %s, want %s", m.name, time.UnixMilli(m.got).In(zone), m.want)
		}
	}
	if f.Unit() != bureau || f.ResolvedAt != catalogue.County || f.Agreement.Amount != 120050 || f.Passed != 1 || f.Happened != "2026-09-20" || f.People != 3 {
		t.Errorf("%+v", f)
	}
	if want := []report.Rating{{At: at("2026-11-02 10:05"), Way: "face", Satisfaction: "satisfied", Efficiency: "basic", Leader: "satisfied"}}; !reflect.DeepEqual(f.Ratings, want) {
		t.Errorf("ratings %+v", f.Ratings)
	}
	keepers := map[catalogue.LimitCode]catalogue.UnitID{}
	for _, l := range f.Limits {
		keepers[l.Code] = l.Unit
	}
	for code, want := range map[catalogue.LimitCode]catalogue.UnitID{"triage": town, "route": town, "sign_for": bureau, "handle": bureau, "revisit": town} {
		if keepers[code] != want {
			t.Errorf("%s is %s's to keep, want %s", code, keepers[code], want)
		}
	}
}

// Ensure that an extension that came after the limit had run out mends nothing, and one in
// time does.
func TestFactOf_Extended(t *testing.T) {
	for _, tt := range []struct {
		extended string
		late     string
	}{{"2026-11-07 09:00", "0"}, {"2026-11-10 09:00", "1"}} { // thirty days from 9 October end with 8 November
		c := caseOf(t, append(handled(), did{tt.extended, town, &casework.Extended{Limit: casework.LimitHandle, Until: "2026-11-20", Reason: "鉴定"}},
			did{"2026-11-11 09:00", bureau, agreed}, did{"2026-11-11 10:00", bureau, performed})...)
		s := sheetOf(t, "supervision", report.Input{Facts: []report.Fact{report.FactOf(&c, ix())}, Period: period(t, "2026-11")})
		if got, _ := find(t, &s, total, "late"); got != tt.late {
			t.Errorf("extended on %s: late %s, want %s", tt.extended, got, tt.late)
		}
		if got, _ := find(t, &s, total, "extended"); got != "1" {
			t.Errorf("extended on %s: %s extensions", tt.extended, got)
		}
	}
}

// Ensure that what was late before a case was taken up again does not weigh on what came
// after, and that its first end no longer counts.
func TestFactOf_Reopened(t *testing.T) {
	c := caseOf(t, append(handled(),
		did{"2026-10-20 09:00", bureau, agreed}, did{"2026-10-20 10:00", bureau, performed},
		did{"2026-10-25 09:00", town, &casework.Reopened{Reason: "反悔"}},
		did{"2026-10-26 09:00", town, &casework.Mediated{Method: "03", Result: "再次协商"}},
	)...)
	f := report.FactOf(&c, ix())
	if f.Resolved != 0 || f.Reopened == 0 || f.Unit() != town {
		t.Errorf("settled %d, taken up again %d, with %s", f.Resolved, f.Reopened, f.Unit())
	}
	s := sheetOf(t, "overview", report.Input{Facts: []report.Fact{f}, Period: period(t, "2026-10")})
	if got, _ := find(t, &s, keyed("formula.resolved"), "this"); got != "0" {
		t.Errorf("%s settled", got)
	}
	again := caseOf(t, append(handled(), // late the first time
		did{"2026-11-09 09:00", bureau, agreed}, did{"2026-11-09 10:00", bureau, performed},
		did{"2026-11-10 09:00", town, &casework.Reopened{Reason: "反悔"}},
		did{"2026-11-10 10:00", town, &casework.Mediated{Method: "03", Result: "再次协商"}},
		did{"2026-11-11 09:00", town, agreed}, did{"2026-11-11 10:00", town, performed})...)
	s = sheetOf(t, "overview", report.Input{Facts: []report.Fact{report.FactOf(&again, ix())}, Period: period(t, "2026-11")})
	if got, _ := find(t, &s, keyed("formula.on_time_rate"), "this"); got != "100.0%" {
		t.Errorf("settled again in time: %s", got)
	}
}

// Ensure that a case that failed, was refused or answered in words is not settled.
func TestFactOf_NotSettled(t *testing.T) {
	closed := did{"2026-11-03 10:00", town, &casework.Closed{Outcome: "告知起诉", Reply: "已告知"}}
	for name, deeds := range map[string][]did{
		"failed": append(handled(), did{"2026-10-20 10:00", bureau, &casework.Failed{Reason: "差距太大", Remedies: "可以起诉"}}, closed),
		"agreed, then failed": append(handled(), did{"2026-10-20 10:00", bureau, agreed}, did{"2026-10-22 10:00", bureau, &casework.Performed{Extent: "partial"}},
			did{"2026-10-25 10:00", bureau, &casework.Failed{Reason: "不履行", Remedies: "可以起诉"}}, closed),
		"refused":   {handled()[0], {"2026-10-09 10:00", town, &casework.Refused{Reason: "不属于受理范围"}}, closed},
		"performed": append(handled(), did{"2026-10-20 10:00", bureau, agreed}, did{"2026-10-22 10:00", bureau, &casework.Performed{Extent: "partial"}}),
	} {
		c := caseOf(t, deeds...)
		if f := report.FactOf(&c, ix()); f.Resolved != 0 {
			t.Errorf("%s: settled", name)
		}
	}
}

// Ensure that facts come back as they were kept, and are small.
func TestFact_Encoded(t *testing.T) {
	_, facts := made()
	sum := 0
	for _, f := range facts {
		b, err := record.Marshal(&f)
		if err != nil {
			t.Fatal(err)
		}
		sum += len(b)
		var got report.Fact
		if err := record.Unmarshal(b, &got); err != nil || !reflect.DeepEqual(got, f) {
			t.Fatalf("%v\n%+v\n%+v", err, got, f)
		}
	}
	if average := sum / len(facts); average > 1000 {
		t.Errorf("a fact takes %d bytes", average)
	} else {
		t.Logf("a fact takes %d bytes", average)
	}
}

// Ensure that a limit that counts from before its entry hides none of those after it.
func TestFactOf_CountsFromBefore(t *testing.T) {
	seen := casework.EntryID{UUID: uuid.UUID{15: 2}}
	c := caseOf(t, handled()[0],
		did{"2026-10-08 09:30", village, &casework.RiskSeen{Sign: "domestic", Limits: []catalogue.LimitCode{"protection_help"}}},
		did{"2026-10-08 10:00", town, &casework.DutyDone{Of: seen, Duty: catalogue.ProtectionOrder, Result: "已递交法院", At: "2026-10-08 09:40", Order: "urgent", Limit: "protection_help"}},
		did{"2026-10-08 11:00", town, &casework.Accepted{}})
	f := report.FactOf(&c, ix())
	var codes []catalogue.LimitCode
	for _, l := range f.Limits {
		codes = append(codes, l.Code)
	}
	if want := []catalogue.LimitCode{"triage", "protection_help", "protection_order_urgent", "route"}; !reflect.DeepEqual(codes, want) {
		t.Errorf("limits %v, want %v", codes, want)
	}
}
