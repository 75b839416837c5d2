package casework_test

import (
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

const (
	longwo    catalogue.UnitID = "441621102"     // 龙窝镇, claimed ZF-001 and ZF-002; ZF-003 until 2026-06-30
	enforce   catalogue.UnitID = "441621102-zfw" // its 综合行政执法委员会
	housing   catalogue.UnitID = "441621-zjj"    // had ZF-003
	airBureau catalogue.UnitID = "441621-sthjj"  // had ZF-004
	village1  catalogue.UnitID = "441621102901"
)

var (
	enforcer1 = casework.Person{User: "enforcer1", Unit: enforce}
)

func matter(item string) *casework.Registered {
	return &casework.Registered{
		Matter: casework.Delegated, Number: "441621102-2026-0001-AAAA", Holder: longwo,
		Fields: casework.Fields{casework.FieldItem: item, casework.FieldObject: "示例砖厂", casework.FieldCategory: "1301",
			casework.FieldTitle: "违法占地", casework.FieldFacts: "村口占地建房", casework.FieldDivision: string(village1)},
	}
}

func inspected(day string) *casework.Inspected {
	return &casework.Inspected{HappenedOn: day, Finding: "file"}
}

func decided(day string) *casework.DecidedMatter {
	return &casework.DecidedMatter{Decision: "penalty", DecidedOn: day, Laws: "土地管理法第七十八条", Document: "龙执罚〔2026〕1号"}
}

// matterAt is a matter of an item that came to a state, with the entries before it.
func matterAt(item string, state casework.State) []casework.Entry {
	out := []casework.Entry{by(grid1, entry(1, nil, matter(item)))}
	add := func(p casework.Person, ev casework.Event) {
		n := len(out) + 1
		out = append(out, by(p, entry(n, []int{n - 1}, ev)))
	}
	lead, handler := enforce, enforcer1
	switch state {
	case casework.StateRegistered:
		return out
	case casework.StateRefused:
		add(mediator1, &casework.Refused{Reason: "不属受理范围"})
		return out
	case casework.StateVoided:
		add(mediator1, &casework.Voided{Reason: "录错"})
		return out
	case casework.StateHandedUp:
		add(mediator1, &casework.HandedUp{Unit: housing, Reason: "本镇不能以自己名义办理"})
		return out
	}
	add(mediator1, &casework.Assigned{Lead: lead})
	for _, step := range []struct {
		state casework.State
		who   casework.Person
		ev    casework.Event
	}{
		{casework.StateAssigned, handler, &casework.SignedFor{}},
		{casework.StateHandling, handler, decided("2026-10-12")},
		{casework.StateResolved, mediator1, &casework.Closed{Outcome: "已处罚", Reply: "已告知"}},
		{casework.StateClosed, casework.Person{}, nil},
	} {
		if state == step.state {
			return out
		}
		if state == casework.StateSuspended && step.state == casework.StateHandling {
			add(handler, &casework.Suspended{Reason: "等待鉴定"})
			return out
		}
		add(step.who, step.ev)
	}
	return out
}

// matterEvents are an event of every action that moves or records, as it is written
// by who may write it.
var matterEvents = map[casework.Action]casework.Event{
	casework.ActAssign:            &casework.Assigned{Lead: enforce},
	casework.ActHandUp:            &casework.HandedUp{Unit: housing, Reason: "超出权限"},
	casework.ActSignFor:           &casework.SignedFor{},
	casework.ActReturn:            &casework.Returned{Reason: "不属本单位"},
	casework.ActInspect:           inspected("2026-10-12"),
	casework.ActDecide:            decided("2026-10-12"),
	casework.ActDisputeCompetence: &casework.CompetenceDisputed{With: "441621-rsj", Reason: "属劳动监察", To: "441621"},
	casework.ActContact:           &casework.Contacted{},
	casework.ActRevisit:           &casework.Revisited{By: "visit", Performed: "yes"},
	casework.ActRate:              &casework.Rated{Satisfaction: "satisfied", Efficiency: "satisfied", Leader: "satisfied"},
	casework.ActClose:             &casework.Closed{Outcome: "已办结", Reply: "已告知"},
	casework.ActRefuse:            &casework.Refused{Reason: "不受理"},
	casework.ActReopen:            &casework.Reopened{Reason: "又发生"},
	casework.ActSuspend:           &casework.Suspended{Reason: "等待鉴定"},
	casework.ActResume:            &casework.Resumed{},
	casework.ActVoid:              &casework.Voided{Reason: "录错"},
}

// Ensure that every action of a delegated matter leads where it should from every
// state, and is contested in every other: the whole matrix, stated.
func TestMatter_Transitions(t *testing.T) {
	const no = ""
	order := []casework.State{casework.StateRegistered, casework.StateAssigned, casework.StateHandedUp, casework.StateHandling,
		casework.StateResolved, casework.StateRefused, casework.StateClosed, casework.StateVoided, casework.StateSuspended}
	matrix := map[casework.Action][]casework.State{
		//                     registered   assigned      handed up     handling     resolved     refused      closed       voided  suspended
		casework.ActAssign:            {"assigned", no, no, no, no, no, no, no, no},
		casework.ActHandUp:            {"handed_up", "handed_up", no, "handed_up", no, no, no, no, no},
		casework.ActSignFor:           {no, "handling", "handling", no, no, no, no, no, no},
		casework.ActReturn:            {no, "registered", "registered", "registered", no, no, no, no, no},
		casework.ActInspect:           {no, no, no, "handling", no, no, no, no, no},
		casework.ActDecide:            {no, no, no, "resolved", no, no, no, no, no},
		casework.ActDisputeCompetence: {"registered", "registered", "registered", "registered", no, no, no, no, no},
		casework.ActContact:           {"registered", "assigned", "handed_up", "handling", no, no, no, no, "suspended"},
		casework.ActRevisit:           {no, no, no, no, "resolved", no, "closed", no, no},
		casework.ActRate:              {no, no, no, no, "resolved", no, "closed", no, no},
		casework.ActClose:             {no, no, no, no, "closed", "closed", no, no, no},
		casework.ActRefuse:            {"refused", no, no, no, no, no, no, no, no},
		casework.ActReopen:            {no, no, no, no, "registered", "registered", "registered", no, no},
		casework.ActSuspend:           {no, "suspended", "suspended", "suspended", no, no, no, no, no},
		casework.ActResume:            {no, no, no, no, no, no, no, no, "handling"},
		casework.ActVoid:              {"voided", "voided", "voided", "voided", "voided", "voided", no, no, "voided"},
	}
	for a, row := range matrix {
		for i, want := range row {
			entries := matterAt("ZF-002", order[i])
			before := fold(entries...)
			if before.State != order[i] {
				t.Fatalf("the matter stands at %s, want %s", before.State, order[i])
			}
			n := len(entries) + 1
			e := entry(n, []int{n - 1}, matterEvents[a])
			c := fold(append(entries, e)...)
			line, _ := c.Line(e.UID)
			switch {
			case want == no && (line.Why != casework.WhyState || c.State != order[i]):
				t.Errorf("%s at %s: %s because %q, then %s", a, order[i], line.Effect, line.Why, c.State)
			case want != no && (line.Effect != casework.Applied || c.State != want):
				t.Errorf("%s at %s leads to %s (%s %s), want %s", a, order[i], c.State, line.Effect, line.Why, want)
			}
		}
	}
}

// Ensure who may do what, and that an unclaimed item is refused before anybody
// fills in a form.
func TestMatter_Allowed(t *testing.T) {
	tests := []struct {
		item   string
		state  casework.State
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{"ZF-002", casework.StateRegistered, mediator1, casework.ActAssign, ""},
		{"ZF-002", casework.StateRegistered, county1, casework.ActAssign, ""},
		{"ZF-002", casework.StateRegistered, grid1, casework.ActAssign, casework.WhyRole},
		{"ZF-002", casework.StateRegistered, mediator2, casework.ActAssign, casework.WhyNotYourUnit},
		{"ZF-002", casework.StateRegistered, mediator1, casework.ActHandUp, ""},
		{"ZF-002", casework.StateRegistered, enforcer1, casework.ActHandUp, casework.WhyNotYourUnit},
		{"ZF-002", casework.StateAssigned, enforcer1, casework.ActSignFor, ""},
		{"ZF-002", casework.StateAssigned, mediator1, casework.ActSignFor, casework.WhyNotLead},
		{"ZF-002", casework.StateHandling, enforcer1, casework.ActHandUp, ""},
		{"ZF-002", casework.StateHandling, enforcer1, casework.ActInspect, ""},
		{"ZF-002", casework.StateHandling, enforcer1, casework.ActDecide, ""},
		{"ZF-002", casework.StateHandling, mediator1, casework.ActDecide, casework.WhyNotLead},
		{"ZF-002", casework.StateHandedUp, bureau1, casework.ActSignFor, ""},
		{"ZF-002", casework.StateHandedUp, enforcer1, casework.ActSignFor, casework.WhyNotYourUnit},
		{"ZF-003", casework.StateHandling, enforcer1, casework.ActDecide, ""}, // it was claimed once: the day decides
		{"ZF-004", casework.StateHandling, enforcer1, casework.ActDecide, casework.WhyNotClaimed},
		{"ZF-004", casework.StateHandling, enforcer1, casework.ActInspect, casework.WhyNotClaimed},
		{"ZF-004", casework.StateHandling, enforcer1, casework.ActHandUp, ""},
		{"ZF-004", casework.StateHandling, enforcer1, casework.ActReturn, ""},
		{"ZF-004", casework.StateHandling, casework.Person{User: "me", Unit: "alone", Alone: true}, casework.ActDecide, ""},
		{"ZF-002", casework.StateResolved, grid1, casework.ActReply, ""},
		{"ZF-002", casework.StateResolved, grid2, casework.ActReply, casework.WhyNotYourUnit},
		{"ZF-002", casework.StateResolved, enforcer1, casework.ActClose, casework.WhyRole},
		{"ZF-002", casework.StateResolved, mediator1, casework.ActClose, ""},
	}
	for _, tt := range tests {
		c := fold(matterAt(tt.item, tt.state)...)
		if why := casework.Allowed(&c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s of %s at %s by %s: %q, want %q", tt.action, tt.item, tt.state, tt.who.User, why, tt.why)
		}
	}
}

// Ensure that a town acts in its own name on the days of its claim and on no
// other, the first and the last included, and that the county holds what does not
// fit. The day is that of the deed where the form states it.
func TestMatter_Claims(t *testing.T) {
	on := func(day string, e casework.Entry) casework.Entry {
		at, err := time.ParseInLocation(time.DateOnly, day, ix.Calendar().Location())
		if err != nil {
			t.Fatal(err)
		}
		e.Stamp.Effective = at.Add(23 * time.Hour) // late on the county's day, which is another in UTC
		return e
	}
	tests := []struct {
		name  string
		item  string
		state casework.State
		who   casework.Person
		ev    casework.Event
		day   string // when it is written
		why   casework.Why
	}{
		{"before the first day", "ZF-003", casework.StateHandling, enforcer1, decided("2025-12-31"), "2026-03-01", casework.WhyNotThen},
		{"on the first day", "ZF-003", casework.StateHandling, enforcer1, decided("2026-01-01"), "2026-03-01", ""},
		{"on the last day", "ZF-003", casework.StateHandling, enforcer1, decided("2026-06-30"), "2026-06-30", ""},
		{"on the last day, written later", "ZF-003", casework.StateHandling, enforcer1, decided("2026-06-30"), "2026-07-10", ""},
		{"after the last day", "ZF-003", casework.StateHandling, enforcer1, decided("2026-07-01"), "2026-07-10", casework.WhyNotThen},
		{"an inspection after it", "ZF-003", casework.StateHandling, enforcer1, inspected("2026-07-01"), "2026-07-10", casework.WhyNotThen},
		{"an inspection in time", "ZF-003", casework.StateHandling, enforcer1, inspected("2026-06-30"), "2026-07-10", ""},
		{"never claimed", "ZF-004", casework.StateHandling, enforcer1, decided("2026-03-01"), "2026-03-01", casework.WhyNotClaimed},
		{"open end", "ZF-002", casework.StateHandling, enforcer1, decided("2030-01-01"), "2030-01-01", ""},
		{"assigned on the last day", "ZF-003", casework.StateRegistered, mediator1, &casework.Assigned{Lead: enforce}, "2026-06-30", ""},
		{"assigned a day later", "ZF-003", casework.StateRegistered, mediator1, &casework.Assigned{Lead: enforce}, "2026-07-01", casework.WhyNotThen},
		{"assigned, never claimed", "ZF-004", casework.StateRegistered, mediator1, &casework.Assigned{Lead: enforce}, "2026-03-01", casework.WhyNotClaimed},
		{"assigned within the town", "ZF-002", casework.StateRegistered, mediator1, &casework.Assigned{Lead: "441621102-sfs"}, "2026-03-01", ""},
		{"assigned to a town without a claim", "ZF-001", casework.StateRegistered, mediator1, &casework.Assigned{Lead: "441621109-zfw"}, "2026-03-01", casework.WhyNotClaimed},
		{"assigned to the county", "ZF-002", casework.StateRegistered, mediator1, &casework.Assigned{Lead: housing}, "2026-03-01", casework.WhyHandUp},
		{"handed up to who had it", "ZF-004", casework.StateRegistered, mediator1, &casework.HandedUp{Unit: airBureau, Reason: "x"}, "2026-03-01", ""},
		{"handed up to whose duty it is", "ZF-003", casework.StateRegistered, mediator1, &casework.HandedUp{Unit: "jiangdong-zjj", Reason: "x"}, "2026-08-01", ""},
		{"handed up to another", "ZF-004", casework.StateRegistered, mediator1, &casework.HandedUp{Unit: housing, Reason: "x"}, "2026-03-01", casework.WhyNoTarget},
		{"handed up within the town", "ZF-004", casework.StateRegistered, mediator1, &casework.HandedUp{Unit: enforce, Reason: "x"}, "2026-03-01", casework.WhyNoTarget},
		{"decided by the county", "ZF-004", casework.StateHandedUp, bureau1, decided("2026-03-01"), "2026-03-01", ""},
	}
	for _, tt := range tests {
		entries := matterAt(tt.item, tt.state)
		c := fold(entries...)
		e := on(tt.day, by(tt.who, entry(len(entries)+1, []int{len(entries)}, tt.ev)))
		if why := casework.Judge(&c, &e, ix); why != tt.why {
			t.Errorf("%s: %q, want %q", tt.name, why, tt.why)
		}
	}
}

// Ensure that a matter which becomes confidential about who handles it goes back to
// who routes it.
func TestMatter_GoesBack(t *testing.T) {
	for _, state := range []casework.State{casework.StateAssigned, casework.StateHandling, casework.StateHandedUp} {
		entries := matterAt("ZF-003", state)
		c := fold(entries...)
		n := len(entries) + 1
		c = fold(append(entries, by(county1, entry(n, []int{n - 1}, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{c.Lead}, Reason: "涉及承办人"})))...)
		if c.State != casework.StateRegistered || c.Lead != "" {
			t.Errorf("from %s it goes to %s, led by %q", state, c.State, c.Lead)
		}
	}
}

// Ensure that each of a town's platforms is a window that takes matters in and is
// then their first desk, while the town answers for them.
func TestMatter_Windows(t *testing.T) {
	for user, unit := range map[catalogue.UserID]catalogue.UnitID{"enforcer1": enforce, "committee1": "441621102-zzw", "center1": longwo} {
		e := by(casework.Person{User: user, Unit: unit}, entry(1, nil, matter("ZF-002")))
		if why := casework.Judge(&casework.Case{ID: theCase}, &e, ix); why != "" {
			t.Errorf("%s: %q", unit, why)
		}
		c := fold(e)
		if c.Registrar != unit || c.Holder != longwo || !slices.Contains(casework.Recipients(&c, ix), unit) {
			t.Errorf("%s: first desk %s, held by %s", unit, c.Registrar, c.Holder)
		}
	}
}

// Ensure that the fold itself does not ask the catalogue: an item that nobody knows
// walks the same way.
func TestMatter_FoldWithoutCatalogue(t *testing.T) {
	if c := fold(matterAt("no such item", casework.StateResolved)...); c.State != casework.StateResolved {
		t.Errorf("it stands at %s", c.State)
	}
}

// Ensure that the limits of a delegated matter start, stop and are due as stated:
// working days for routing, signing and handing up, 90 days for handling (行政处罚法
// art. 60).
func TestMatter_Limits(t *testing.T) {
	// Registered on Monday 2026-10-12 at 10:00, a step an hour.
	tests := map[string]struct {
		entries []casework.Entry
		running map[catalogue.LimitCode]string // last day
	}{
		"registered": {matterAt("ZF-002", casework.StateRegistered), map[catalogue.LimitCode]string{casework.LimitMatterRoute: "2026-10-15"}},
		"assigned":   {matterAt("ZF-002", casework.StateAssigned), map[catalogue.LimitCode]string{casework.LimitMatterSignFor: "2026-10-14"}},
		"handed up":  {matterAt("ZF-003", casework.StateHandedUp), map[catalogue.LimitCode]string{casework.LimitMatterHandUp: "2026-10-15"}},
		"handling":   {matterAt("ZF-002", casework.StateHandling), map[catalogue.LimitCode]string{casework.LimitMatterHandle: "2027-01-10"}},
		"resolved": {matterAt("ZF-002", casework.StateResolved), map[catalogue.LimitCode]string{
			casework.LimitRevisit: "2026-11-11", casework.LimitRate: "2026-10-19"}},
		"closed":  {matterAt("ZF-002", casework.StateClosed), nil},
		"refused": {matterAt("ZF-002", casework.StateRefused), nil},
		"returned": {append(matterAt("ZF-002", casework.StateAssigned), by(enforcer1, entry(3, []int{2}, &casework.Returned{Reason: "x"}))),
			map[catalogue.LimitCode]string{casework.LimitMatterRoute: "2026-10-15"}},
		"handed up late": {append(matterAt("ZF-003", casework.StateHandling), by(enforcer1, entry(4, []int{3}, &casework.HandedUp{Unit: housing, Reason: "认领到期"}))),
			map[catalogue.LimitCode]string{casework.LimitMatterHandUp: "2026-10-15"}},
		"signed for by the county": {append(matterAt("ZF-003", casework.StateHandedUp), by(bureau1, entry(3, []int{2}, &casework.SignedFor{}))),
			map[catalogue.LimitCode]string{casework.LimitMatterHandle: "2027-01-10"}},
	}
	for name, tt := range tests {
		c := fold(tt.entries...)
		got := map[catalogue.LimitCode]string{}
		for _, r := range casework.Limits(&c, ix, start) {
			if !r.Stopped {
				got[r.Limit] = ix.Calendar().LastDay(r.Due).Format(time.DateOnly)
			}
		}
		if len(got) != len(tt.running) {
			t.Errorf("%s: running %v, want %v", name, got, tt.running)
		}
		for l, due := range tt.running {
			if got[l] != due {
				t.Errorf("%s: %s due %s, want %s", name, l, got[l], due)
			}
		}
	}
}

// Ensure that a decision states what 行政处罚法 art. 59 asks for.
func TestDecidedMatter_Check(t *testing.T) {
	tests := map[string]struct {
		ev   casework.DecidedMatter
		want []string
	}{
		"whole":                {*decided("2026-10-12"), nil},
		"penalty, nothing":     {casework.DecidedMatter{Decision: "penalty", DecidedOn: "2026-10-20"}, []string{"laws required", "document required"}},
		"enforcement, no law":  {casework.DecidedMatter{Decision: "enforcement", DecidedOn: "2026-10-20", Document: "1号"}, []string{"laws required"}},
		"service, no document": {casework.DecidedMatter{Decision: "served", DecidedOn: "2026-10-20"}, nil},
		"no day":               {casework.DecidedMatter{Decision: "dismissed"}, []string{"decided_on required"}},
		"served before":        {casework.DecidedMatter{Decision: "served", DecidedOn: "2026-10-20", ServedOn: "2026-10-19"}, []string{"served_on bad_date"}},
		"served that day":      {casework.DecidedMatter{Decision: "served", DecidedOn: "2026-10-20", ServedOn: "2026-10-20"}, nil},
	}
	for name, tt := range tests {
		var got []string
		for _, f := range tt.ev.Check(ix) {
			got = append(got, f.Field+" "+string(f.Problem))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// Ensure that an item is one of the catalogue, and asked for.
func TestMatter_Item(t *testing.T) {
	for item, want := range map[string]casework.Problem{"ZF-002": "", "ZF-999": casework.UnknownCode, "": casework.Required} {
		r := matter(item)
		var got casework.Problem
		for _, f := range r.Check(ix) {
			if f.Field == "item" {
				got = f.Problem
			}
		}
		if got != want {
			t.Errorf("item %q: %q, want %q", item, got, want)
		}
	}
}

// Ensure that the first desk (首问) is reminded once the matter is resolved, until
// the parties were told, and again after it was reopened.
func TestTodo_FirstDesk(t *testing.T) {
	resolved := matterAt("ZF-002", casework.StateResolved)
	told := append(slices.Clone(resolved), by(grid1, entry(5, []int{4}, &casework.Replied{Reply: "已办结", ToldOn: "2026-10-12", Way: "visit"})))
	again := append(slices.Clone(told), by(mediator1, entry(6, []int{5}, &casework.Reopened{Reason: "又发生"})),
		by(mediator1, entry(7, []int{6}, &casework.Assigned{Lead: enforce})), by(enforcer1, entry(8, []int{7}, &casework.SignedFor{})),
		by(enforcer1, entry(9, []int{8}, decided("2026-10-12"))))
	failed := append(caseEntries(casework.StateAccepted), by(mediator1, entry(3, []int{2}, &casework.Mediated{Method: "03", Result: "各不相让"})),
		by(mediator1, entry(4, []int{3}, &casework.Failed{Reason: "谈不拢", Remedies: "可以起诉"})))
	for name, tt := range map[string]struct {
		entries []casework.Entry
		want    bool
	}{
		"handling":            {matterAt("ZF-002", casework.StateHandling), false},
		"resolved":            {resolved, true},
		"told":                {told, false},
		"resolved once more":  {again, true},
		"a dispute, resolved": {caseEntries(casework.StateResolved), true},
		"failed, told, settled after all": {append(failed, by(mediator1, entry(5, []int{4}, &casework.Replied{Reply: "没有谈成", Way: "visit"})),
			by(mediator1, entry(6, []int{5}, &casework.Assigned{Lead: sfs1.Unit})), by(sfs1, entry(7, []int{6}, &casework.SignedFor{})),
			by(sfs1, entry(8, []int{7}, &casework.Agreed{Form: "oral", Agreement: "各让一步"})),
			by(sfs1, entry(9, []int{8}, &casework.Performed{Extent: "full"}))), true},
	} {
		c := fold(tt.entries...)
		if got := casework.Todo(&c, grid1, ix); got != tt.want {
			t.Errorf("%s: waits for the first desk: %v", name, got)
		}
	}
}
