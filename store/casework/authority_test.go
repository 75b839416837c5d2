package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

var ix = catalogue.NewIndex(sample.Catalogue())

var (
	grid1     = casework.Person{User: "grid1", Unit: "441621102901"}
	grid2     = casework.Person{User: "grid2", Unit: "441621109901"}
	mediator1 = casework.Person{User: "mediator1", Unit: "441621102"}
	mediator2 = casework.Person{User: "mediator2", Unit: "441621109"}
	county1   = casework.Person{User: "county1", Unit: "441621"}
	bureau1   = casework.Person{User: "bureau1", Unit: "441621-zjj"}
	alone     = casework.Person{User: "me", Unit: "alone", Alone: true}
)

// by sets who wrote an entry.
func by(p casework.Person, e casework.Entry) casework.Entry {
	e.Actor, e.Unit = p.User, p.Unit
	return e
}

func caseAt(state casework.State) casework.Case { return fold(caseEntries(state)...) }

// caseEntries are those of a case that came to a state.
func caseEntries(state casework.State) []casework.Entry {
	steps := []casework.Entry{by(grid1, entry(1, nil, registered()))}
	add := func(p casework.Person, ev casework.Event) {
		n := len(steps) + 1
		steps = append(steps, by(p, entry(n, []int{n - 1}, ev)))
	}
	switch state {
	case casework.StateRegistered:
	case casework.StateRefused:
		add(mediator1, &casework.Refused{Reason: "理由"})
	case casework.StateResolved:
		add(grid1, &casework.SettledOnSpot{Agreement: "各让一步", Extent: "full"})
	default:
		add(mediator1, &casework.Accepted{})
		if state != casework.StateAccepted {
			add(mediator1, &casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"441621102-sfs"}})
		}
		if state == casework.StateHandling {
			add(bureau1, &casework.SignedFor{})
		}
	}
	return steps
}

// Ensure that the table says who may do what, and why not.
func TestAllowed(t *testing.T) {
	tests := []struct {
		state  casework.State
		who    casework.Person
		action casework.Action
		why    casework.Why
	}{
		{casework.StateRegistered, mediator1, casework.ActAccept, ""},
		{casework.StateRegistered, county1, casework.ActAccept, ""},
		{casework.StateRegistered, alone, casework.ActAccept, ""},
		{casework.StateRegistered, grid1, casework.ActAccept, casework.WhyRole},
		{casework.StateRegistered, mediator2, casework.ActAccept, casework.WhyNotYourUnit},
		{casework.StateRegistered, grid1, casework.ActSettleOnSpot, ""},
		{casework.StateRegistered, grid2, casework.ActNote, casework.WhyNotYourUnit},
		{casework.StateRegistered, grid1, casework.ActVoid, ""},
		{casework.StateAccepted, grid1, casework.ActVoid, casework.WhyRole},
		{casework.StateRegistered, mediator1, casework.ActAssign, casework.WhyState},
		{casework.StateAccepted, mediator1, casework.ActAssign, ""},
		{casework.StateAssigned, bureau1, casework.ActSignFor, ""},
		{casework.StateAssigned, mediator1, casework.ActSignFor, casework.WhyNotLead},
		{casework.StateAssigned, mediator2, casework.ActSignFor, casework.WhyNotYourUnit},
		{casework.StateHandling, bureau1, casework.ActReturn, ""},
		{casework.StateHandling, bureau1, casework.ActMediate, ""},
		{casework.StateHandling, bureau1, casework.ActClose, casework.WhyRole},
		{casework.StateResolved, mediator1, casework.ActClose, ""},
		{casework.StateResolved, grid1, casework.ActRate, ""},
		{casework.StateRegistered, mediator1, casework.ActSettle, casework.WhyNotContested},
		{casework.StateRegistered, county1, casework.ActRelease, casework.WhyNotHeld},
		{casework.StateRegistered, casework.Person{User: "nobody", Unit: "441621102"}, casework.ActNote, casework.WhyNoSuchUser},
		{casework.StateRegistered, casework.Person{User: "mediator1", Unit: "441621109"}, casework.ActNote, casework.WhyNotInUnit},
	}
	for _, tt := range tests {
		c := caseAt(tt.state)
		if c.State != tt.state {
			t.Fatalf("the case stands at %s, want %s", c.State, tt.state)
		}
		if why := casework.Allowed(&c, tt.who, tt.action, ix); why != tt.why {
			t.Errorf("%s %s at %s: %q, want %q", tt.who.User, tt.action, tt.state, why, tt.why)
		}
	}
}

// Ensure that a case with records of a newer version takes notes only.
func TestAllowed_Unknown(t *testing.T) {
	c := fold(by(grid1, entry(1, nil, registered())), entry(2, []int{1}, &casework.Unknown{N: 999}))
	if why := casework.Allowed(&c, mediator1, casework.ActAccept, ix); why != casework.WhyUnknown {
		t.Errorf("accept: %q", why)
	}
	if why := casework.Allowed(&c, mediator1, casework.ActNote, ix); why != "" {
		t.Errorf("note: %q", why)
	}
}

// held is a registration in 龙窝镇 with a holder of the writer's choice.
func held(holder catalogue.UnitID, confidential bool) *casework.Registered {
	r := registered()
	r.Holder, r.Confidential = holder, confidential
	return r
}

// Ensure that a unit that a case is about cannot lift its confidentiality, even
// if it registered the case.
func TestJudge_AccusedRegistrar(t *testing.T) {
	c := fold(by(grid1, entry(1, nil, registered())),
		by(mediator1, entry(2, []int{1}, &casework.Confided{Confidential: "yes", About: []catalogue.UnitID{grid1.Unit}, Reason: "涉及村干部"})))
	lift := by(grid1, entry(3, []int{1}, &casework.Confided{Confidential: "no", Reason: "x"}))
	if why := casework.Judge(&c, &lift, ix); why != casework.WhyConfidential {
		t.Errorf("lifting it: %q", why)
	}
	note := by(grid1, entry(3, []int{1}, &casework.Noted{Note: "补充"}))
	if why := casework.Judge(&c, &note, ix); why != "" {
		t.Errorf("adding to her own words: %q", why)
	}
}

// Ensure that a case does not stay in the hands of units that it becomes
// confidential about.
func TestConfided_HandsOver(t *testing.T) {
	const town, village = catalogue.UnitID("441621102"), catalogue.UnitID("441621102901")
	confide := func(n int, holder catalogue.UnitID, about ...catalogue.UnitID) casework.Entry {
		return by(county1, entry(n, []int{n - 1}, &casework.Confided{Confidential: "yes", About: about, Reason: "涉及干部", Holder: holder}))
	}
	first := by(grid1, entry(1, nil, registered()))
	accepted := by(mediator1, entry(2, []int{1}, &casework.Accepted{}))
	assigned := by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"441621102-sfs"}}))
	secret := registered()
	secret.Confidential, secret.About, secret.Holder = true, []catalogue.UnitID{town, village, "441621"}, ""
	tests := map[string]struct {
		entries []casework.Entry
		holder  catalogue.UnitID
		lead    catalogue.UnitID
		state   casework.State
	}{
		"about the holder":         {[]casework.Entry{first, accepted, confide(3, "441621", town)}, "441621", "", casework.StateAccepted},
		"about somebody else":      {[]casework.Entry{first, accepted, confide(3, "441621", village)}, town, "", casework.StateAccepted},
		"about the lead":           {[]casework.Entry{first, accepted, assigned, confide(4, "441621", "441621-zjj")}, town, "", casework.StateAccepted},
		"about a co-handler":       {[]casework.Entry{first, accepted, assigned, confide(4, "441621", "441621102-sfs")}, town, "441621-zjj", casework.StateAssigned},
		"about everybody":          {[]casework.Entry{first, accepted, confide(3, "", town, village, "441621")}, "", "", casework.StateAccepted},
		"naming an accused holder": {[]casework.Entry{first, accepted, confide(3, "441621", town, "441621")}, "", "", casework.StateAccepted},
		"opened again":             {[]casework.Entry{by(grid1, entry(1, nil, secret)), by(county1, entry(2, []int{1}, &casework.Confided{Confidential: "no", Reason: "查清", Holder: town}))}, town, "", casework.StateRegistered},
	}
	for name, tt := range tests {
		c := fold(tt.entries...)
		if c.Holder != tt.holder || c.Lead != tt.lead || c.State != tt.state {
			t.Errorf("%s: %s, held by %q and led by %q", name, c.State, c.Holder, c.Lead)
		}
		for _, u := range c.About {
			if c.Confidential && slices.Contains(append(c.Co, c.Holder, c.Lead), u) {
				t.Errorf("%s: %s still has it", name, u)
			}
		}
		if c.Lead == "" && len(c.Co) > 0 {
			t.Errorf("%s: nobody leads, and %v help", name, c.Co)
		}
	}
}

// Ensure that an acceptance of the accused that somebody releases gives her
// nothing.
func TestReleased_AccusedAccepts(t *testing.T) {
	secret := registered()
	secret.Confidential, secret.About, secret.Holder = true, []catalogue.UnitID{"441621102"}, "441621"
	late := by(mediator1, entry(2, []int{1}, &casework.Accepted{}))
	late.Stamp.Verdict, late.Stamp.Why = casework.Held, casework.WhyConfidential
	c := fold(by(grid1, entry(1, nil, secret)), late, by(county1, entry(3, []int{1}, &casework.Released{Entry: late.UID})))
	if line, _ := c.Line(late.UID); c.Holder != "441621" || line.Why != casework.WhyConfidential {
		t.Errorf("held by %s, %s %s", c.Holder, line.Effect, line.Why)
	}
}

// Ensure that authority is judged as the case stood for the writer.
func TestJudge(t *testing.T) {
	moved := fold(
		by(grid1, entry(1, nil, registered())),
		by(mediator1, entry(2, []int{1}, &casework.Accepted{})),
		by(mediator1, entry(3, []int{2}, &casework.Escalated{To: "441621", Reason: "超出权限"})),
	)
	away := registered()
	away.Fields[casework.FieldDivision] = "999999999999"
	nowhere := fold(by(grid1, entry(1, nil, away)), by(mediator1, entry(2, []int{1}, &casework.Accepted{})))
	tests := map[string]struct {
		c    casework.Case
		e    casework.Entry
		want casework.Why
	}{
		"register":                {casework.Case{ID: theCase}, by(grid1, entry(1, nil, registered())), ""},
		"register for another":    {casework.Case{ID: theCase}, by(casework.Person{User: "grid1", Unit: "441621109"}, entry(1, nil, registered())), casework.WhyNotInUnit},
		"register and settle":     {casework.Case{ID: theCase}, by(grid1, entry(1, nil, registered(), &casework.SettledOnSpot{})), ""},
		"register and accept":     {casework.Case{ID: theCase}, by(grid1, entry(1, nil, registered(), &casework.Accepted{})), casework.WhyRole},
		"late, the case went up":  {moved, by(mediator1, entry(4, []int{2}, &casework.Assigned{Lead: "441621-zjj"})), ""},
		"after the case went up":  {moved, by(mediator1, entry(4, []int{3}, &casework.Assigned{Lead: "441621-zjj"})), casework.WhyNotYourUnit},
		"two levels at once":      {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Escalated{To: "441622"})), casework.WhyLevel},
		"a stranger's note":       {caseAt(casework.StateAccepted), by(grid2, entry(4, []int{2}, &casework.Noted{Note: "x"})), casework.WhyNotYourUnit},
		"an event of the future":  {caseAt(casework.StateAccepted), by(grid1, entry(4, []int{2}, &casework.Unknown{N: 999})), ""},
		"an unknown person":       {caseAt(casework.StateAccepted), by(casework.Person{User: "x"}, entry(4, nil, &casework.Noted{})), casework.WhyNoSuchUser},
		"no parents, no excuse":   {moved, by(mediator1, entry(4, nil, &casework.Assigned{Lead: "441621-zjj"})), casework.WhyNotYourUnit},
		"late void":               {caseAt(casework.StateAccepted), by(grid1, entry(4, []int{1}, &casework.Voided{Reason: "录错"})), ""},
		"void after acceptance":   {caseAt(casework.StateAccepted), by(grid1, entry(4, []int{2}, &casework.Voided{Reason: "录错"})), casework.WhyRole},
		"a stranger's unknown":    {caseAt(casework.StateAccepted), by(grid2, entry(4, []int{2}, &casework.Unknown{N: 999})), casework.WhyNotYourUnit},
		"invented unit":           {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Assigned{Lead: "nowhere"})), casework.WhyNoTarget},
		"invented co-handler":     {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"x"}})), casework.WhyNoTarget},
		"holder past the place":   {casework.Case{ID: theCase}, by(mediator2, entry(1, nil, held("441621109", false))), casework.WhyNoTarget},
		"confidential to oneself": {casework.Case{ID: theCase}, by(mediator1, entry(1, nil, held("441621102", true))), casework.WhyNoTarget},
		"confide to a town":       {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Confided{Confidential: "yes", Reason: "x", Holder: "441621109"})), casework.WhyNoTarget},
		"confide to a department": {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Confided{Confidential: "yes", Reason: "x", Holder: "441621-zjj"})), casework.WhyNoTarget},
		"confide to nobody known": {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Confided{Confidential: "no", Reason: "x", Holder: "x"})), casework.WhyNoTarget},
		"confide, place unknown":  {nowhere, by(mediator1, entry(4, []int{2}, &casework.Confided{Confidential: "yes", Reason: "x", Holder: "441621"})), ""},
		"open, place amended":     {caseAt(casework.StateAccepted), by(mediator1, entry(4, []int{2}, &casework.Confided{Confidential: "no", Reason: "x", Holder: "441621109"})), ""},
		"confide at once":         {casework.Case{ID: theCase}, by(grid1, entry(1, nil, registered(), &casework.Confided{Confidential: "yes", Reason: "x", Holder: "441621"})), ""},
		"what does not fit lands": {caseAt(casework.StateAssigned), by(grid1, entry(4, []int{1}, &casework.Refused{Reason: "不需要了"})), ""},
	}
	for name, tt := range tests {
		if why := casework.Judge(&tt.c, &tt.e, ix); why != tt.want {
			t.Errorf("%s: %q, want %q", name, why, tt.want)
		}
	}
}

// Ensure that what builds on a held entry is held behind it.
func TestJudge_ParentHeld(t *testing.T) {
	held := by(grid1, entry(2, []int{1}, &casework.Accepted{}))
	held.Stamp.Verdict, held.Stamp.Why = casework.Held, casework.WhyRole
	c := fold(by(grid1, entry(1, nil, registered())), held)
	next := by(grid1, entry(3, []int{2}, &casework.Noted{Note: "接着记"}))
	if why := casework.Judge(&c, &next, ix); why != casework.WhyParentHeld {
		t.Errorf("%q", why)
	}
}

// Ensure that a case goes where it may be seen and nowhere else.
func TestRecipients(t *testing.T) {
	place := func(code catalogue.DivisionCode) *casework.Registered {
		r := registered()
		r.Fields[casework.FieldDivision] = string(code)
		return r
	}
	secret := func(about ...catalogue.UnitID) *casework.Registered {
		r := place("441621102901")
		r.Confidential, r.About = true, about
		r.Holder = casework.FirstHolder("441621102901", true, about, ix)
		return r
	}
	units := func(ids ...catalogue.UnitID) []catalogue.UnitID { slices.Sort(ids); return ids }
	tests := map[string]struct {
		c    casework.Case
		want []catalogue.UnitID
	}{
		"village":          {fold(by(grid1, entry(1, nil, place("441621102901")))), units("441621", "441621102", "441621102901")},
		"functional area":  {fold(by(grid1, entry(1, nil, place("441621109")))), units("jiangdong", "441621109", "441621102", "441621102901")},
		"assigned":         {caseAt(casework.StateAssigned), units("441621", "441621102", "441621102901", "441621-zjj", "441621102-sfs")},
		"confidential":     {fold(by(grid1, entry(1, nil, secret()))), units("441621", "441621102901")},
		"about the county": {fold(by(grid1, entry(1, nil, secret("441621")))), units("441621102901")},
		"about the author": {fold(by(grid1, entry(1, nil, secret("441621102901", "441621")))), nil},
		"not registered":   {casework.Case{ID: theCase}, nil},
	}
	for name, tt := range tests {
		if got := casework.Recipients(&tt.c, ix); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// Ensure that 待办 holds what waits for a person and nothing else.
func TestTodo(t *testing.T) {
	late := fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Accepted{})),
		by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj"})),
		by(grid1, entry(4, []int{1}, &casework.Refused{Reason: "不需要了"})))
	ended := fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Voided{Reason: "录错"})),
		by(grid1, entry(3, []int{1}, &casework.SettledOnSpot{Agreement: "各让一步", Extent: "full"})))
	tests := map[string]struct {
		c    casework.Case
		who  casework.Person
		want bool
	}{
		"too late, at its author":      {ended, grid1, true},
		"too late, at who decides":     {ended, mediator1, true},
		"too late, at another town":    {ended, mediator2, false},
		"ended, nothing waits":         {caseAt(casework.StateVoided), mediator1, false},
		"new, at the town":             {caseAt(casework.StateRegistered), mediator1, true},
		"new, at another town":         {caseAt(casework.StateRegistered), mediator2, false},
		"new, the county waits":        {caseAt(casework.StateRegistered), county1, false},
		"assigned, at the bureau":      {caseAt(casework.StateAssigned), bureau1, true},
		"assigned, the town waits":     {caseAt(casework.StateAssigned), mediator1, false},
		"contested, at its author":     {late, grid1, true},
		"contested, at who decides":    {late, mediator1, true},
		"resolved, to close":           {caseAt(casework.StateResolved), mediator1, true},
		"anything open, working alone": {caseAt(casework.StateRegistered), alone, true},
	}
	for name, tt := range tests {
		if got := casework.Todo(&tt.c, tt.who, ix); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

// Ensure that a held registration can be seen and released by those above, and
// not by its author.
func TestJudge_HeldRegistration(t *testing.T) {
	held := by(grid1, entry(1, nil, registered(), &casework.Accepted{}))
	held.Stamp.Verdict, held.Stamp.Why = casework.Held, casework.WhyRole
	c := fold(held)
	if c.Exists() {
		t.Fatal("a held registration made a case")
	}
	want := []catalogue.UnitID{"441621", "441621102", "441621102901"}
	if got := casework.Recipients(&c, ix); !slices.Equal(got, want) {
		t.Errorf("recipients %v, want %v", got, want)
	}
	release := func(p casework.Person) casework.Entry { return by(p, entry(2, nil, &casework.Released{Entry: uid(1)})) }
	own, office := release(grid1), release(county1)
	if why := casework.Judge(&c, &own, ix); why != casework.WhyRole {
		t.Errorf("released by its author: %q", why)
	}
	if why := casework.Judge(&c, &office, ix); why != "" {
		t.Errorf("released by the county: %q", why)
	}
	if why := casework.Allowed(&c, county1, casework.ActRelease, ix); why != "" || !casework.Todo(&c, county1, ix) {
		t.Errorf("offered to the county: %q, in 待办: %v", why, casework.Todo(&c, county1, ix))
	}
	if c.Value(casework.FieldTitle) == "" {
		t.Error("nobody can tell what is held")
	}
	if c = fold(held, office); c.State != casework.StateAccepted || len(c.HeldNow) != 0 {
		t.Errorf("released: state %q, held %v", c.State, c.HeldNow)
	}
}

// Ensure that a stranger whose words in a case were held back is no nearer to it:
// what nobody here can read is not taken from her, or one such entry would
// leave the case to notes alone.
func TestJudge_UnreadAfterHeld(t *testing.T) {
	note := by(grid2, entry(2, []int{1}, &casework.Noted{Note: "与我无关"}))
	note.Stamp.Verdict, note.Stamp.Why = casework.Held, casework.WhyNotYourUnit
	c := fold(by(grid1, entry(1, nil, registered())), note)
	unread := by(grid2, entry(3, []int{1}, &casework.Unknown{N: 999}))
	if why := casework.Judge(&c, &unread, ix); why != casework.WhyNotYourUnit {
		t.Errorf("a stranger's unknown record: %q", why)
	}
}

// Ensure that a form for a new case opens on the kind that is most of the person's work,
// as role and duties tell it, and never on one that she may not register.
func TestMainMatter(t *testing.T) {
	sampled := sample.Catalogue()
	for user, want := range map[catalogue.UserID]casework.Matter{
		"grid1": casework.Dispute, "mediator1": casework.Dispute, "center1": casework.Dispute, "county1": casework.Dispute,
		"bureau1": casework.Dispute, "sfs1": casework.Dispute, "court1": casework.Dispute, "committee1": casework.Dispute,
		"petition1": casework.Petition, "procurator1": casework.PublicInterest, "enforcer1": casework.Delegated,
	} {
		i := slices.IndexFunc(sampled.People, func(p catalogue.Person) bool { return p.User == user })
		p := casework.Person{User: user, Unit: sampled.People[i].Units[0]}
		if got := casework.MainMatter(p, ix); got != want {
			t.Errorf("%s: %s, want %s", user, got, want)
		}
		if why := casework.MayRegister(want, p, ix); why != "" {
			t.Errorf("%s may not register a %s: %s", user, want, why)
		}
	}
	alone := casework.Person{Alone: true}
	if got := casework.MainMatter(alone, ix); got != casework.Dispute {
		t.Errorf("alone: %s", got)
	}
	for _, tt := range []struct {
		name   string
		duties []catalogue.Duty
		want   casework.Matter
	}{
		{"civil and other categories", []catalogue.Duty{{Unit: "441621-xfj", Category: "04"}, {Unit: "441621-xfj", Category: "14"}}, casework.Dispute},
		{"a duty that ended", []catalogue.Duty{{Unit: "441621-xfj", Category: "04", Retired: true}, {Unit: "441621-xfj", Category: "1401"}}, casework.Petition},
		{"items alone", []catalogue.Duty{{Unit: "441621-xfj", Item: "ZF-001"}}, casework.Delegated},
		{"none", nil, casework.Dispute},
	} {
		cat := sample.Catalogue()
		cat.Duties = tt.duties
		if got := casework.MainMatter(casework.Person{User: "petition1", Unit: "441621-xfj"}, catalogue.NewIndex(cat)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
