package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// dispute is a registered dispute at a place, with more fields set.
func dispute(category, place string, more casework.Fields) casework.Case {
	r := registered()
	r.Fields[casework.FieldCategory], r.Fields[casework.FieldDivision] = category, place
	for f, v := range more {
		r.Fields[f] = v
	}
	r.Holder = casework.FirstHolder(catalogue.DivisionCode(place), false, nil, ix)
	return fold(by(grid1, entry(1, nil, r)))
}

// Ensure that a proposal goes by the place first (属地管理), then by the line
// (谁主管谁负责), and says why.
func TestPropose(t *testing.T) {
	const yes = "yes"
	tests := map[string]struct {
		c       casework.Case
		lead    catalogue.UnitID
		co      []catalogue.UnitID
		reasons []casework.ReasonCode
	}{
		"neighbours, the town's office of justice": {dispute("0201", "441621102901", nil),
			"441621102-sfs", nil, []casework.ReasonCode{casework.ReasonLine}},
		"the same in another town": {dispute("0201", "441621109901", nil),
			"441621109-sfs", nil, []casework.ReasonCode{casework.ReasonLine}},
		"a sub-category has a line of its own": {dispute("0402", "441621102901", nil),
			"441621-zjj", nil, []casework.ReasonCode{casework.ReasonLine}},
		"a functional area has its own department": {dispute("0402", "441621109901", nil),
			"jiangdong-zjj", nil, []casework.ReasonCode{casework.ReasonLine}},
		"nobody's duty": {dispute("0804", "441621102901", nil),
			"441621102", nil, []casework.ReasonCode{casework.ReasonPlace}},
		"a line elsewhere only": {dispute("0701", "441621109901", nil),
			"441621109", nil, []casework.ReasonCode{casework.ReasonPlace, casework.ReasonElsewhere}},
		"no civil dispute": {dispute("1101", "441621102901", nil),
			"441621-zjj", nil, []casework.ReasonCode{casework.ReasonNotCivil, casework.ReasonLine}},
		"no civil dispute, no line": {dispute("1201", "441621102901", nil),
			"441621102", nil, []casework.ReasonCode{casework.ReasonNotCivil, casework.ReasonPlace}},
		"across departments": {dispute("0504", "441621102901", casework.Fields{casework.FieldCrossDepartment: yes}),
			"441621-sthjj", []catalogue.UnitID{"441621102-sfs"}, []casework.ReasonCode{casework.ReasonLine, casework.ReasonOtherLine}},
		"across trades, no other line": {dispute("0201", "441621102901", casework.Fields{casework.FieldCrossTrade: yes}),
			"441621102-sfs", nil, []casework.ReasonCode{casework.ReasonLine, casework.ReasonNoOtherLine}},
		"across regions": {dispute("0402", "441621102901", casework.Fields{casework.FieldCrossRegion: yes}),
			"441621-zjj", []catalogue.UnitID{"jiangdong-zjj", "441621"},
			[]casework.ReasonCode{casework.ReasonLine, casework.ReasonRegion, casework.ReasonAbove}},
		"across regions, registered in another town": {dispute("0201", "441621109901", casework.Fields{casework.FieldCrossRegion: yes}),
			"441621109-sfs", []catalogue.UnitID{"441621102", "jiangdong"},
			[]casework.ReasonCode{casework.ReasonLine, casework.ReasonRegion, casework.ReasonAbove}},
		"flagged no": {dispute("0402", "441621102901", casework.Fields{casework.FieldCrossRegion: "no", casework.FieldCrossTrade: "no"}),
			"441621-zjj", nil, []casework.ReasonCode{casework.ReasonLine}},
		"a place that nobody knows": {dispute("0201", "999999", nil), "", nil, []casework.ReasonCode{casework.ReasonNobody}},
	}
	for name, tt := range tests {
		p := casework.Propose(&tt.c, ix, "2026-10-12")
		var reasons []casework.ReasonCode
		for _, r := range p.Reasons {
			reasons = append(reasons, r.Code)
		}
		if p.Action != casework.ActAssign || p.Lead != tt.lead || !slices.Equal(p.Co, tt.co) || !slices.Equal(reasons, tt.reasons) {
			t.Errorf("%s: %s %q %v because %v", name, p.Action, p.Lead, p.Co, reasons)
		}
	}
}

// Ensure that a delegated matter is proposed to the platform of the town that
// claimed it, and else to be handed up, on each day as the claims stand.
func TestPropose_Item(t *testing.T) {
	tests := []struct {
		item, day string
		action    casework.Action
		lead      catalogue.UnitID
		reasons   []casework.ReasonCode
	}{
		{"ZF-002", "2026-10-12", casework.ActAssign, enforce,
			[]casework.ReasonCode{casework.ReasonClaimed, casework.ReasonAgreement, casework.ReasonItemDuty}},
		{"FW-001", "2026-10-12", casework.ActAssign, "441621102-ggw",
			[]casework.ReasonCode{casework.ReasonClaimed, casework.ReasonAgreement, casework.ReasonItemDuty}},
		{"ZF-003", "2025-12-31", casework.ActHandUp, housing,
			[]casework.ReasonCode{casework.ReasonClaimAhead, casework.ReasonFormer, casework.ReasonItemDuty}},
		{"ZF-003", "2026-06-30", casework.ActAssign, enforce,
			[]casework.ReasonCode{casework.ReasonClaimed, casework.ReasonAgreement, casework.ReasonNoDuty}},
		{"ZF-003", "2026-07-01", casework.ActHandUp, housing,
			[]casework.ReasonCode{casework.ReasonClaimOver, casework.ReasonFormer, casework.ReasonItemDuty}},
		{"ZF-004", "2026-10-12", casework.ActHandUp, airBureau,
			[]casework.ReasonCode{casework.ReasonNotClaimed, casework.ReasonFormer, casework.ReasonNoDuty}},
		{"no such item", "2026-10-12", casework.ActHandUp, "",
			[]casework.ReasonCode{casework.ReasonNotClaimed, casework.ReasonNobody}},
	}
	for _, tt := range tests {
		c := fold(matterAt(tt.item, casework.StateRegistered)...)
		p := casework.Propose(&c, ix, tt.day)
		var reasons []casework.ReasonCode
		for _, r := range p.Reasons {
			reasons = append(reasons, r.Code)
		}
		if p.Action != tt.action || p.Lead != tt.lead || !slices.Equal(reasons, tt.reasons) {
			t.Errorf("%s on %s: %s %q because %v", tt.item, tt.day, p.Action, p.Lead, reasons)
		}
		if p.Lead == "" {
			continue
		}
		// What is proposed is also what the county takes.
		var ev casework.Event = &casework.Assigned{Lead: p.Lead, Co: p.Co}
		if p.Action == casework.ActHandUp {
			ev = &casework.HandedUp{Unit: p.Lead, Reason: "超出权限"}
		}
		if why := casework.InWhoseName(&c, []casework.Hand{c.Hand()}, ev, tt.day, ix); why != "" {
			t.Errorf("%s on %s: the proposal is refused: %q", tt.item, tt.day, why)
		}
	}
}

// Ensure that an item that is no longer delegated is handed up, and not offered for
// new work while it can be read.
func TestPropose_RetiredItem(t *testing.T) {
	cat := sample.Catalogue().Clone()
	for i := range cat.Items {
		cat.Items[i].Retired = cat.Items[i].Code == "ZF-002"
	}
	ix := catalogue.NewIndex(cat)
	c := fold(matterAt("ZF-002", casework.StateRegistered)...)
	if p := casework.Propose(&c, ix, "2026-10-12"); p.Action != casework.ActHandUp || p.Lead != "441621-zrzyj" || p.Reasons[0].Code != casework.ReasonRetired {
		t.Errorf("proposed: %+v", p)
	}
	if ix.IsOffered(catalogue.TableItems, "ZF-002") || !ix.IsOffered(catalogue.TableItems, "ZF-001") {
		t.Error("a retired item is offered, or one that is not retired is not")
	}
	if ix.CodeName(catalogue.TableItems, "ZF-002") == "ZF-002" {
		t.Error("a retired item has lost its name")
	}
}

// Ensure that no retired unit is proposed, and that no form takes a retired unit or
// place; a case of such a place stays as it is.
func TestRetired_NewWork(t *testing.T) {
	cat := sample.Catalogue()
	c := dispute("0201", "441621102901", nil)
	was := casework.Propose(&c, ix, "2026-10-12").Lead
	for i := range cat.Units {
		cat.Units[i].Retired = cat.Units[i].ID == was
	}
	for i := range cat.Divisions {
		cat.Divisions[i].Retired = cat.Divisions[i].Code == "441621102901"
	}
	now := catalogue.NewIndex(cat)
	if p := casework.Propose(&c, now, "2026-10-12"); was == "" || p.Lead == was || slices.Contains(p.Co, was) {
		t.Errorf("%s is proposed: %+v", was, p)
	}
	for name, ev := range map[string]casework.Event{
		"lead":           &casework.Assigned{Lead: was},
		"co":             &casework.Assigned{Lead: "441621", Co: []catalogue.UnitID{was}},
		"place.division": &casework.Amended{Fields: casework.Fields{casework.FieldDivision: "441621102901"}},
	} {
		refused := func(ix casework.Lookup) bool {
			return slices.ContainsFunc(ev.Check(ix), func(f casework.Fault) bool { return f.Field == name && f.Problem == casework.UnknownCode })
		}
		if refused(ix) || !refused(now) {
			t.Errorf("%s: refused before %v, after %v", name, refused(ix), refused(now))
		}
	}
	if faults := (&casework.Amended{Fields: casework.Fields{casework.FieldTitle: "改名"}}).Check(now); len(faults) > 0 {
		t.Errorf("a case of a retired place cannot be amended: %v", faults)
	}
}

// Ensure that nobody is proposed who must not see the case, and that no catalogue
// keeps the proposal from ending.
func TestPropose_Bounds(t *testing.T) {
	r := registered()
	r.Fields[casework.FieldCategory], r.Fields[casework.FieldCrossRegion] = "0402", "yes"
	r.Confidential, r.About, r.Holder = true, []catalogue.UnitID{"441621-zjj", "jiangdong-zjj"}, "441621"
	c := fold(by(grid1, entry(1, nil, r)))
	p := casework.Propose(&c, ix, "2026-10-12")
	for _, u := range append(p.Co, p.Lead) {
		if slices.Contains(c.About, u) {
			t.Errorf("%s is proposed, and the case is about it", u)
		}
	}
	cat := sample.Catalogue().Clone()
	for i := range cat.Categories {
		if row := &cat.Categories[i]; row.Code == "04" {
			row.Parent = "0402"
		}
	}
	c = dispute("0402", "441621102901", nil)
	if p := casework.Propose(&c, catalogue.NewIndex(cat), "2026-10-12"); p.Lead != "441621-zjj" {
		t.Errorf("in a circle: %q", p.Lead)
	}
}
