package casework_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Ensure that whoever suspends a case stops no clock of the law and none of a duty:
// only what the table of its kind names stands still, and a list goes by what runs.
func TestSuspended_Clocks(t *testing.T) {
	type act struct {
		who   casework.Person
		event casework.Event
	}
	reg := petitioned(nil)
	reply := propose("441621-sthjj", "no", "2026-10-12")
	leadReg := registered()
	leadReg.Matter = casework.PublicInterest
	for name, tt := range map[string]struct {
		steps  []act
		paused bool
		limit  catalogue.LimitCode
		first  catalogue.LimitCode // of the row; empty: not asked
	}{
		"a dispute in hand": {[]act{{grid1, registered()}, {mediator1, &casework.Accepted{}},
			{mediator1, &casework.Mediated{Method: "03", Result: "等鉴定"}}, {mediator1, suspend}}, true, casework.LimitHandle, casework.LimitHandle},
		"人民调解法 art. 25: the report to the police": {[]act{{grid1, registered()}, {mediator1, &casework.Accepted{}},
			{mediator1, (&casework.RiskSeen{Sign: "weapon"}).WithDuties(ix)}, {mediator1, suspend}}, false, "report_police", "report_police"},
		"a sign seen while it is suspended": {[]act{{grid1, registered()}, {mediator1, &casework.Accepted{}},
			{mediator1, suspend}, {mediator1, (&casework.RiskSeen{Sign: "weapon"}).WithDuties(ix)}}, false, "report_police", "report_police"},
		"人民法院在线调解规则 art. 26: the court was not asked": {[]act{{grid1, registered()}, {mediator1, entrusted}, {mediator1, &casework.Accepted{}},
			{mediator1, suspend}}, false, casework.LimitEntrusted, casework.LimitEntrusted},
		"人民法院在线调解规则 art. 26: the court agrees": {[]act{{grid1, registered()}, {mediator1, entrusted}, {mediator1, &casework.Accepted{}},
			{mediator1, &casework.Suspended{Reason: "鉴定", CourtAgrees: "yes"}}}, true, casework.LimitEntrusted, ""},
		"信访工作条例 art. 22: handing it on": {[]act{{grid1, reg}, {mediator1, &casework.Accepted{}}, {mediator1, suspend}},
			false, casework.LimitPetitionRegister, casework.LimitPetitionRegister},
		"信访工作条例 art. 23: telling the petitioner": {[]act{{grid1, reg}, {mediator1, &casework.Accepted{}}, {mediator1, suspend}},
			false, casework.LimitPetitionNotice, ""},
		"信访工作条例 art. 34: the opinion": {[]act{{grid1, reg}, {mediator1, &casework.Accepted{}}, {mediator1, suspend}},
			false, casework.LimitPetitionHandle, ""},
		"解释 art. 21: the reply to a proposal": {[]act{{grid1, leadReg}, {mediator1, sendLead.ev}, {procurator, receiveLead.ev},
			{procurator, fileLead.ev}, {procurator, reply}, {procurator, suspend}}, false, casework.LimitReply, casework.LimitReply},
	} {
		var entries []casework.Entry
		for i, s := range tt.steps {
			entries = append(entries, by(s.who, entry(i+1, []int{i}, s.event)))
		}
		c := fold(entries...)
		if c.State != casework.StateSuspended || c.Open() > 0 {
			t.Fatalf("%s: %s, %+v", name, c.State, c.Timeline)
		}
		found := false
		for _, r := range casework.Limits(&c, ix, start.AddDate(0, 0, 1)) {
			if r.Limit == tt.limit && !r.Stopped {
				found = true
				if paused := r.Light == casework.Grey; paused != tt.paused {
					t.Errorf("%s: %s is %s", name, r.Limit, r.Light)
				}
			}
		}
		if r, _ := casework.Overall(&c, ix, start.AddDate(0, 0, 1)); tt.first != "" && r.Limit != tt.first {
			t.Errorf("%s: the row shows %s", name, r.Limit)
		}
		if !found {
			t.Errorf("%s: %s does not run", name, tt.limit)
		}
		end := by(tt.steps[len(tt.steps)-1].who, entry(len(entries)+1, []int{len(entries)}, resume))
		end.Stamp.Effective = start.AddDate(0, 0, 30)
		c = fold(append(entries, end)...)
		for _, k := range c.Clocks {
			if k.Stop.IsZero() && k.Limit == tt.limit && (len(k.Pauses) > 0) != tt.paused {
				t.Errorf("%s: %s was moved: %+v", name, k.Limit, k.Pauses)
			}
		}
	}
	asked := lead(t, sendLead, receiveLead, fileLead, step{procurator, "2026-11-09 10:00", reply})
	if why := casework.Allowed(&asked, ecology, casework.ActSuspend, ix); why == "" {
		t.Error("the department that must answer a proposal suspends the lead")
	}
}
