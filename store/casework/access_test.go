package casework_test

import (
	"fmt"
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that of every kind of matter, whatever a person's role, her unit is sent
// what its part in the case gives it and nothing else (信访工作条例 art. 30 for
// what is about it), and that she may say a word to what she is sent unless she
// only reads.
func TestVisibility(t *testing.T) {
	const yes, no = true, false
	type cells struct{ open, secret, about bool } // about: confidential, and about this very unit
	table := []struct {
		relation string
		unit     catalogue.UnitID
		want     cells
	}{
		{"the village of the place", "441621102901", cells{yes, no, no}},
		{"the town of the place", "441621102", cells{yes, no, no}},
		{"the county of the place", "441621", cells{yes, no, no}},
		{"a village beside it", "441621102902", cells{no, no, no}},
		{"another town", "441621109", cells{no, no, no}},
		{"another county", "441602", cells{no, no, no}},
		{"the area above its holder", "jiangdong", cells{no, no, no}},
		{"a department of the county", "441621-rsj", cells{no, no, no}},
		{"an office of the town", "441621102-sfs", cells{no, no, no}},
		{"the court", "441621-fy", cells{no, no, no}},
		{"the procuratorate", "441621-jcy", cells{no, no, no}},
		{"registered it", "441621109901", cells{yes, yes, no}},
		{"holds it", "441621108", cells{yes, yes, no}},
		{"leads it", "441621-zjj", cells{yes, yes, no}},
		{"helps", "441621-zrzyj", cells{yes, yes, no}},
		{"was called in", "441621-gaj", cells{yes, yes, no}},
		{"looks in by 应急查阅", "441621-xfj", cells{yes, yes, no}},
		{"a village of its holder", "441621108901", cells{no, no, no}},
	}
	cat := sample.Catalogue()
	for _, row := range table {
		for _, role := range catalogue.Roles() {
			cat.People = append(cat.People, catalogue.Person{User: who(row.unit, role), Name: "某", Units: []catalogue.UnitID{row.unit}, Roles: []catalogue.Role{role}})
		}
	}
	ix := catalogue.NewIndex(cat)
	for _, m := range casework.Matters {
		mt, _ := casework.TableOf(m)
		for _, row := range table {
			if _, ok := ix.Unit(row.unit); !ok {
				t.Fatalf("no unit %s", row.unit)
			}
			for kind, want := range map[string]bool{"open": row.want.open, "secret": row.want.secret, "about": row.want.about} {
				c := casework.Case{ID: theCase, Matter: m, State: mt.Register.To, Registrar: "441621109901", Holder: "441621108", Lead: "441621-zjj",
					Co: []catalogue.UnitID{"441621-zrzyj"}, Joined: []catalogue.UnitID{"441621-gaj"}, Glass: []casework.Glass{{Unit: "441621-xfj", By: uid(9)}},
					Fields: map[casework.Field]casework.Register{casework.FieldDivision: {Value: "441621102901"}}}
				c.Confidential = kind != "open"
				if kind == "about" {
					c.About = []catalogue.UnitID{row.unit}
				}
				if got := slices.Contains(casework.Recipients(&c, ix), row.unit); got != want {
					t.Errorf("%s, %s: delivered to %s: %v, want %v", m, kind, row.relation, got, want)
				}
				for _, role := range catalogue.Roles() {
					may := casework.May(&c, c.Hand(), casework.Person{User: who(row.unit, role), Unit: row.unit}, casework.ActNote, ix) == ""
					// The holder's superiors answer for it, shown or not; jiangdong is one.
					superior := row.unit == "jiangdong"
					if wantMay := (want || superior && kind != "about") && role != catalogue.Leader; may != wantMay {
						t.Errorf("%s, %s: %s of %s may note: %v, want %v", m, kind, role, row.relation, may, wantMay)
					}
				}
			}
		}
	}
}

func who(unit catalogue.UnitID, role catalogue.Role) catalogue.UserID {
	return catalogue.UserID(fmt.Sprintf("%s@%s", role, unit))
}

// secretCase is confidential, of a village of 龙窝镇, held by the county and about
// the units given.
func secretCase(about ...catalogue.UnitID) []casework.Entry {
	r := registered()
	r.Fields[casework.FieldDivision] = "441621102901"
	r.Confidential, r.About, r.Holder = true, about, "441621"
	return []casework.Entry{by(grid1, entry(1, nil, r))}
}

// Ensure that who stands above may look into a confidential case, with a reason,
// and nobody else.
func TestJudge_BreakGlass(t *testing.T) {
	const town = catalogue.UnitID("441621102")
	center1 := casework.Person{User: "center1", Unit: town}
	procurator1 := casework.Person{User: "procurator1", Unit: "441621-jcy"}
	leader1 := casework.Person{User: "leader1", Unit: "441621"}
	open := by(grid1, entry(1, nil, registered()))
	tests := map[string]struct {
		entries []casework.Entry
		who     casework.Person
		want    casework.Why
	}{
		"the town's centre":                {secretCase(), center1, ""},
		"the procuratorate, 宪法 art. 134":   {secretCase(), procurator1, ""},
		"about the town itself":            {secretCase(town), center1, casework.WhyConfidential},
		"about the procuratorate":          {secretCase("441621-jcy"), procurator1, casework.WhyConfidential},
		"the town's mediator":              {secretCase(), mediator1, casework.WhyRole},
		"another town's":                   {secretCase(), mediator2, casework.WhyRole},
		"a department":                     {secretCase(), bureau1, casework.WhyRole},
		"a leader":                         {secretCase(), leader1, casework.WhyReadsOnly},
		"the holder sees it":               {secretCase(), county1, casework.WhySeen},
		"an open case goes its way":        {[]casework.Entry{open}, procurator1, casework.WhyNotSecret},
		"an open case that is shown":       {[]casework.Entry{open}, county1, casework.WhySeen},
		"a case that the county never met": {nil, center1, casework.WhyNoCase},
	}
	for name, tt := range tests {
		c := fold(tt.entries...)
		e := by(tt.who, entry(5, nil, &casework.BrokeGlass{Reason: "群众当面反映有人身危险"}))
		if why := casework.Judge(&c, &e, ix); why != tt.want {
			t.Errorf("%s: %q, want %q", name, why, tt.want)
		}
	}
}

// Ensure that a complaint about a unit reaches neither it nor those below it, whoever
// they are to the case, nor lets them look in, while those above and the procuratorate
// go on (信访工作条例 art. 30, 宪法 art. 136).
func TestAbout_Below_PetitionRulesArt30(t *testing.T) {
	const town, village, office = catalogue.UnitID("441621102"), catalogue.UnitID("441621102901"), catalogue.UnitID("441621102-zzw")
	cat := sample.Catalogue()
	cat.People = append(cat.People, catalogue.Person{User: "inner", Name: "内", Units: []catalogue.UnitID{office}, Roles: []catalogue.Role{catalogue.Center}})
	cat.Units = append(cat.Units, catalogue.Unit{ID: "group", Name: "组", Kind: catalogue.Department, Level: catalogue.Village, Parent: village})
	cat.People = append(cat.People, catalogue.Person{User: "member", Name: "员", Units: []catalogue.UnitID{"group"}, Roles: []catalogue.Role{catalogue.Center}})
	ix := catalogue.NewIndex(cat)
	inner, member := casework.Person{User: "inner", Unit: office}, casework.Person{User: "member", Unit: "group"}
	procurator := casework.Person{User: "procurator1", Unit: "441621-jcy"}
	for name, tt := range map[string]struct {
		about catalogue.UnitID
		who   casework.Person
		want  casework.Why
	}{
		"about nobody, the town's office":           {"", inner, ""},
		"about the town, its office":                {town, inner, casework.WhyConfidential},
		"about the town, the procuratorate":         {town, procurator, ""},
		"about the county, the town's office":       {"441621", inner, casework.WhyConfidential},
		"about the county, the procuratorate":       {"441621", procurator, ""},
		"about the village, a group of the village": {village, member, casework.WhyConfidential},
		"about the village, the town's office":      {village, inner, ""},
	} {
		entries := secretCase()
		if tt.about != "" {
			entries = secretCase(tt.about)
		}
		c := fold(entries...)
		e := by(tt.who, entry(5, nil, &casework.BrokeGlass{Reason: "群众当面反映有人身危险"}))
		if why := casework.Judge(&c, &e, ix); why != tt.want {
			t.Errorf("%s: %q, want %q", name, why, tt.want)
		}
	}
	c := fold(append(secretCase(town), by(county1, entry(2, []int{1}, &casework.CalledOut{Unit: office, Note: "核实"})))...)
	if see := casework.Recipients(&c, ix); slices.Contains(see, village) || slices.Contains(see, office) || !slices.Contains(see, "441621") {
		t.Errorf("a complaint about the town goes to %v", see)
	}
	call := by(county1, entry(3, []int{1}, &casework.CalledOut{Unit: office, Note: "核实"}))
	if why := casework.Judge(&c, &call, ix); why != casework.WhyConfidential {
		t.Errorf("the town's office may be called: %q", why)
	}
	// Where the county itself is accused, nobody is left but those below it.
	county := fold(secretCase("441621")...)
	if see := casework.Recipients(&county, ix); !slices.Contains(see, village) || slices.Contains(see, "441621") {
		t.Errorf("a complaint about the county goes to %v", see)
	}
	// One that becomes such a complaint leaves those below who had it in hand.
	open := caseAt(casework.StateHandling)
	said := (&casework.Confided{Confidential: "yes", About: []catalogue.UnitID{town}, Reason: "反映镇领导"}).WithBelow(&open, ix)
	if want := []catalogue.UnitID{town, "441621102-sfs"}; !slices.Equal(said.About, want) {
		t.Errorf("it is about %v, want %v", said.About, want)
	}
}

// Ensure that an 应急查阅 shows the case to the unit until it is closed, reminds
// the holder and the registrar until they said a word, and never shows it to whom
// it is about, not even by somebody's release.
func TestGlass(t *testing.T) {
	const town = catalogue.UnitID("441621102")
	center1 := casework.Person{User: "center1", Unit: town}
	glass := by(center1, entry(2, nil, &casework.BrokeGlass{Reason: "有人身危险"}))
	entries := append(secretCase(), glass)
	c := fold(entries...)
	if !slices.Contains(casework.Recipients(&c, ix), town) || len(c.ActsOf(casework.ActBreakGlass)) != 1 {
		t.Errorf("it does not show the case: %v", casework.Recipients(&c, ix))
	}
	for _, p := range []casework.Person{grid1, county1} {
		if before := fold(secretCase()...); p == grid1 && casework.Todo(&before, p, ix) {
			t.Errorf("%s has it in 待办 without cause", p.User)
		}
		if !casework.Todo(&c, p, ix) {
			t.Errorf("%s is not told", p.User)
		}
	}
	unaware := fold(append(slices.Clone(entries), by(grid1, entry(3, []int{1}, &casework.Noted{Note: "另一件事"})))...)
	if !casework.Todo(&unaware, grid1, ix) {
		t.Error("a word of before ends the reminder")
	}
	heeded := fold(append(slices.Clone(entries), by(grid1, entry(3, []int{1, 2}, &casework.Noted{Note: "知道了"})))...)
	if casework.Todo(&heeded, grid1, ix) {
		t.Error("her word does not end the reminder")
	}
	for _, p := range []casework.Person{county1, center1} {
		end := by(p, entry(3, []int{1, 2}, &casework.ClosedGlass{Glass: uid(2)}))
		if why := casework.Judge(&c, &end, ix); why != "" {
			t.Errorf("closed by %s: %q", p.User, why)
		}
		done := fold(append(slices.Clone(entries), end, by(county1, entry(4, []int{2}, &casework.ClosedGlass{Glass: uid(2)})))...)
		if slices.Contains(casework.Recipients(&done, ix), town) || len(done.Contested) > 0 {
			t.Errorf("closed by %s: %v, contested %v", p.User, casework.Recipients(&done, ix), done.Contested)
		}
	}
	if why := casework.Allowed(&c, grid1, casework.ActCloseGlass, ix); why != casework.WhyRole {
		t.Errorf("closed by the registrar: %q", why)
	}
	held := glass
	held.Stamp = &casework.Stamp{Epoch: glass.Stamp.Epoch, N: 2, Verdict: casework.Held, Why: casework.WhyConfidential}
	accused := fold(append(secretCase(town), held, by(county1, entry(3, []int{1}, &casework.Released{Entry: uid(2)})))...)
	if slices.Contains(casework.Recipients(&accused, ix), town) || len(accused.Glass) > 0 {
		t.Error("a release shows the accused what is about them")
	}
}

// Ensure that a leader sees what the level sees, registers nothing and does nothing,
// whatever the case, and cannot slip in what nobody here can read.
func TestAllowed_Leader(t *testing.T) {
	leader := casework.Person{User: "leader1", Unit: "441621"}
	for _, m := range casework.Matters {
		if why := casework.MayRegister(m, leader, ix); why != casework.WhyReadsOnly {
			t.Errorf("registers %s: %q", m, why)
		}
	}
	lead := fold(by(grid1, entry(1, nil, registered())), by(mediator1, entry(2, []int{1}, &casework.Accepted{})),
		by(mediator1, entry(3, []int{2}, &casework.Assigned{Lead: "441621-zjj"})))
	if !slices.Contains(casework.Recipients(&lead, ix), leader.Unit) {
		t.Error("the case is not delivered to the leader's unit")
	}
	for _, o := range casework.Offers(&lead, leader, ix) {
		if o.WhyNot != casework.WhyReadsOnly {
			t.Errorf("%s: %q", o.Action, o.WhyNot)
		}
	}
	unread := by(leader, entry(4, []int{3}, &casework.Unknown{N: 999}))
	if why := casework.Judge(&lead, &unread, ix); why != casework.WhyReadsOnly {
		t.Errorf("an unknown record: %q", why)
	}
}

// Ensure that what is told of a unit's places is what its laptops are sent: all
// its places but those that a functional area took over.
func TestReach(t *testing.T) {
	for unit, want := range map[catalogue.UnitID]string{
		"441621102901": "[{441621102901 []}]",
		"441621102":    "[{441621102 []}]",
		"441621-zjj":   "[]",
	} {
		if got := fmt.Sprint(casework.Reach(unit, ix)); got != want {
			t.Errorf("%s: %s, want %s", unit, got, want)
		}
	}
	got := casework.Reach("441621", ix)
	if len(got) != 1 || got[0].Place != "441621" || !slices.Contains(got[0].Except, "441621109") {
		t.Errorf("441621: %v", got)
	}
	for _, d := range ix.Catalogue().Divisions {
		c := casework.Case{State: casework.StateRegistered, Fields: map[casework.Field]casework.Register{casework.FieldDivision: {Value: string(d.Code)}}}
		if in := covers(got[0], d.Code); in != slices.Contains(casework.Recipients(&c, ix), "441621") {
			t.Errorf("%s: told %v", d.Code, in)
		}
	}
}

func covers(p casework.Covered, code catalogue.DivisionCode) bool {
	for code != "" && !slices.Contains(p.Except, code) {
		if code == p.Place {
			return true
		}
		d, _ := ix.Division(code)
		code = d.Parent
	}
	return false
}

// Ensure that a unit that wrote much without having seen who looks in is still asked
// to take note of it.
func TestTodo_ManyLookIn(t *testing.T) {
	c := fold(secretCase()...)
	for i := range 500 {
		c.Glass = append(c.Glass, casework.Glass{Unit: "441621102", By: uid(10_000 + i)})
	}
	for i := range 2000 {
		c.Timeline = append(c.Timeline, casework.Line{UID: uid(100 + i), Unit: c.Holder, Effect: casework.Applied, Parents: []casework.EntryID{uid(99 + i)}})
	}
	if !casework.Todo(&c, county1, ix) {
		t.Error("it does not wait for who holds it")
	}
}

// Ensure that of a confidential case only who answers for it or leads it calls others
// to it, who see it from then on; of an open one a co-handler may, too (信访工作条例
// art. 30).
func TestCalledOut_Confidential(t *testing.T) {
	open := append(caseEntries(casework.StateHandling),
		by(bureau1, entry(5, []int{4}, &casework.Noted{Note: "在办"})))
	secret := append(slices.Clone(open),
		by(county1, entry(6, []int{5}, &casework.Confided{Confidential: "yes", Reason: "涉及隐私", Holder: "441621"})))
	sfs1 := casework.Person{User: "sfs1", Unit: "441621102-sfs"}
	for name, tt := range map[string]struct {
		entries []casework.Entry
		who     casework.Person
		want    casework.Why
	}{
		"open, a co-handler":        {open, sfs1, ""},
		"open, the registrar":       {open, grid1, ""},
		"secret, a co-handler":      {secret, sfs1, casework.WhyHoldersOnly},
		"secret, the registrar":     {secret, grid1, casework.WhyHoldersOnly},
		"secret, the lead":          {secret, bureau1, ""},
		"secret, the holder":        {secret, mediator1, ""},
		"secret, one above":         {secret, county1, ""},
		"secret, a stranger to it":  {secret, mediator2, casework.WhyNotYourUnit},
		"secret, alone on a laptop": {secret, alone, ""},
	} {
		c := fold(tt.entries...)
		if why := casework.Allowed(&c, tt.who, casework.ActCallOut, ix); why != tt.want {
			t.Errorf("%s: %q, want %q", name, why, tt.want)
		}
	}
}
