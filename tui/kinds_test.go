package tui_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that every kind of matter can be registered through the form by whoever
// may, that the form opens on a dispute, and that what was typed stays when the
// kind is changed.
func TestDesk_Kinds(t *testing.T) {
	for _, m := range casework.Matters[1:] {
		clk := newClock()
		s := alone(t, clk)
		d := sit(t, s, clk, 120, 60)
		d.Press("f2", "f3", "esc")
		d.Refuse("稿 1") // nothing was written
		d.Press("f2")
		d.Expect("登记矛盾纠纷")
		d.Type("ll")
		d.Press("enter")
		d.Type("河边堆放垃圾")
		for range casework.Matters {
			if d.Shows("登记" + chinese.T("matter."+string(m))) {
				break
			}
			d.Press("f3")
		}
		d.Expect("河边堆放垃圾")
		fillRequired(d, m)
		if m == casework.PublicInterest {
			d.Golden("intake_lead")
		}
		d.Advance(kit.DraftWait)
		drafts := must[[]store.DraftWork](t)(s.Drafts())
		if len(drafts) != 1 || drafts[0].Matter != m {
			t.Fatalf("%s: kept as %+v", m, drafts)
		}
		d.Press("esc", "enter")
		d.Expect("登记" + chinese.T("matter."+string(m)))
		d.Press("f2")
		d.Expect("已登记")
		if v := firstCase(t, s); v.Matter != m || v.Title != "河边堆放垃圾" {
			t.Errorf("%s: registered as %s %q", m, v.Matter, v.Title)
		}
		d.Press("esc")
		d.Expect("河边堆放垃圾")
		d.Press("enter")
		d.Press("f2")
		d.Expect(chinese.T("group.proceed"))
		if m == casework.PublicInterest {
			d.Golden("menu_lead")
		}
	}
}

// fillRequired fills in what a kind of matter must have beside category and title.
func fillRequired(d *tuitest.Driver, m casework.Matter) {
	at := func(label string) {
		d.Press("f4")
		d.Type(label)
		d.Press("enter")
	}
	at(chinese.T("intake.parties"))
	d.Press("enter", "1", "enter")
	d.Type("张三")
	d.Press("f2")
	for _, spec := range casework.FieldsOfMatter(m) {
		if !spec.Required || spec.Name == "category" || spec.Name == "title" {
			continue
		}
		at(chinese.Field(spec.Name))
		switch spec.Type {
		case casework.TypeChoice, casework.TypeNumber, casework.TypeBool:
			d.Type("1")
		case casework.TypeDate:
			d.Type("今天")
		case casework.TypeDivision:
			d.Type("slxtc")
			d.Press("enter")
		case casework.TypeText, casework.TypeLong:
			d.Type("沿河两百米都是。")
		default:
			d.Press("enter", "enter")
		}
	}
}

// Ensure that only kinds are offered that the person may register, and that no
// question is asked of one who may register one kind, or none.
func TestDesk_KindsOffered(t *testing.T) {
	for _, tt := range []struct {
		user catalogue.UserID
		unit catalogue.UnitID
	}{{"grid1", "441621102901"}, {"court1", ""}, {"leader1", ""}} {
		clk, c := newClock(), newCounty(t)
		if tt.unit == "" {
			person, _ := catalogueIndex().Person(tt.user)
			tt.unit = person.Units[0]
		}
		s := c.laptop(clk, tt.user, tt.unit)
		var may []casework.Matter
		for _, m := range casework.Matters {
			if casework.MayRegister(m, s.Person(tt.unit), s.Catalogue()) == "" {
				may = append(may, m)
			}
		}
		d := sit(t, s, clk, 80, 24)
		d.Press("f2")
		switch len(may) {
		case 0:
			d.Expect("不能登记")
		case 1:
			d.Expect("登记" + chinese.T("matter."+string(may[0])))
			d.Refuse("事项种类")
		default:
			d.Expect("登记" + chinese.T("matter."+string(may[0])))
			d.Expect("事项种类")
			d.Expect(">*类别")
		}
	}
}

func catalogueIndex() *catalogue.Index { return catalogue.NewIndex(sample.Catalogue()) }

// Ensure that the form opens on the kind that is most of the person's work, and that
// the others are one key away.
func TestDesk_MainKind(t *testing.T) {
	for user, at := range map[catalogue.UserID]struct {
		unit catalogue.UnitID
		kind casework.Matter
	}{
		"petition1":   {"441621-xfj", casework.Petition},
		"procurator1": {"441621-jcy", casework.PublicInterest},
		"enforcer1":   {"441621102-zfw", casework.Delegated},
		"grid1":       {"441621102901", casework.Dispute},
	} {
		clk, c := newClock(), newCounty(t)
		d := sit(t, c.laptop(clk, user, at.unit), clk, 80, 24)
		d.Press("f2")
		d.Expect("登记" + chinese.T("matter."+string(at.kind)))
		if user == "petition1" {
			d.Golden("intake_petition_80x24")
		}
		for range casework.Matters[1:] {
			d.Press("f3")
			d.Refuse("登记" + chinese.T("matter."+string(at.kind)) + " ")
		}
		d.Press("f3")
		d.Expect("登记" + chinese.T("matter."+string(at.kind)))
		d.Refuse(">*" + chinese.T("field.kind")) // nothing was asked before she can write
	}
}
