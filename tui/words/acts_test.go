package words_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/tui/words"
)

func entry(n int) casework.EntryID {
	return casework.EntryID{UUID: uuid.MustParse(fmt.Sprintf("01920001-0000-7000-8000-%012d", n))}
}

// Ensure that what answers an act stands below it, in its order, that lists begin
// with the newest, and that acts which name each other hang nowhere twice.
func TestDoings(t *testing.T) {
	seen := func(n int) casework.Act {
		return casework.Act{By: entry(n), Action: casework.ActRisk, Words: map[string]string{"sign": "threat"}}
	}
	done := func(n, of int) casework.Act {
		return casework.Act{By: entry(n), Action: casework.ActDutyDone, Words: map[string]string{"of": entry(of).String(), "duty": "report_police", "result": "已报"}}
	}
	c := &casework.Case{Matter: casework.Dispute, Acts: []casework.Act{seen(1), seen(2), done(3, 1), done(4, 1), done(5, 99), done(6, 6)}}
	doings := words.Doings(c)
	if len(doings) != 2 || doings[0].Action != casework.ActRisk || doings[1].Action != casework.ActDutyDone {
		t.Fatalf("doings %+v", doings)
	}
	risks := doings[0].Acts
	if risks[0].By != entry(2) || risks[1].By != entry(1) || len(risks[0].Answers) != 0 {
		t.Errorf("risks %+v", risks)
	}
	if a := risks[1].Answers; len(a) != 2 || a[0].By != entry(3) || a[1].By != entry(4) {
		t.Errorf("answers %+v", a)
	}
	if loose := doings[1].Acts; len(loose) != 2 || loose[0].By != entry(6) || loose[1].By != entry(5) {
		t.Errorf("what answers nothing that is there: %+v", loose)
	}
	d := desk(t)
	for _, act := range c.Acts {
		if d.ActName(act, c) == "" || len(d.ActWords(act, c)) == 0 {
			t.Errorf("%s has no words", act.By)
		}
	}
}

// Ensure that values of every type are said as people read them.
func TestDesk_Shown(t *testing.T) {
	d := desk(t)
	party := casework.ElementID(entry(9))
	c := &casework.Case{Matter: casework.Dispute, Parties: []casework.Party{{Element: party, Name: "李四"}}, Acts: []casework.Act{{By: entry(1), Action: casework.ActRisk, Words: map[string]string{"sign": "threat"}}}}
	d.Cases = map[casework.CaseID]string{{UUID: entry(7).UUID}: "7-ABCD 排水沟"}
	for _, tt := range []struct {
		spec        casework.FieldSpec
		value, want string
	}{
		{casework.FieldSpec{Type: casework.TypeTime}, "2021-07-09T07:30:00Z", "2021-07-09 15:30 星期五"},
		{casework.FieldSpec{Type: casework.TypeTime}, "2021-07-09 15:30", "2021-07-09 15:30 星期五"},
		{casework.FieldSpec{Type: casework.TypeBool}, "true", "是"},
		{casework.FieldSpec{Type: casework.TypeBool}, "false", "否"},
		{casework.FieldSpec{Type: casework.TypeElement}, party.String(), "李四"},
		{casework.FieldSpec{Type: casework.TypeMoney}, "1234567.5", "1,234,567.5"},
		{casework.FieldSpec{Type: casework.TypeAct, Of: casework.ActRisk}, entry(1).String(), "记风险  威胁、扬言报复"},
		{casework.FieldSpec{Type: casework.TypeCase}, entry(7).String(), "7-ABCD 排水沟"},
		{casework.FieldSpec{Type: casework.TypeCase}, entry(8).String(), entry(8).String()},
		{casework.FieldSpec{Type: casework.TypePeople}, d.Index().Catalogue().Resolvers[0].ID + ",不认识\x1b", d.Index().Catalogue().Resolvers[0].Name + "；不认识\uFFFD"},
	} {
		if got := d.Shown(tt.spec, tt.value, c); got != tt.want {
			t.Errorf("%s %q is said as %q, want %q", tt.spec.Type, tt.value, got, tt.want)
		}
	}
}

// Ensure that the people of a case's place are offered first, and nobody who left.
func TestDesk_Fields_Roster(t *testing.T) {
	d := desk(t)
	place := d.Index().Catalogue().Resolvers[0].Place
	c := &casework.Case{Matter: casework.Dispute, Fields: map[casework.Field]casework.Register{casework.FieldDivision: {Value: string(place)}}}
	f := d.Fields("", []casework.FieldSpec{{Name: "people", Type: casework.TypePeople}}, c)[0]
	near := d.Index().ResolversAt(place)
	if len(f.Options) < len(near) || f.Options[0].Code != near[0].ID {
		t.Errorf("options begin with %v", f.Options[:min(3, len(f.Options))])
	}
}
