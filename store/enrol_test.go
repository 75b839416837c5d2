package store_test

import (
	"slices"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that every code that keeps a profile from joining is listed beforehand,
// those of earlier values and of all kinds of events too, and that mapping what
// was listed is enough.
func TestStore_Enrol_EveryCode(t *testing.T) {
	ours := sample.Catalogue()
	s := create(t, t.TempDir(), options(newClock()))
	saved := register(t, s, "排水沟纠纷")
	do := func(ev casework.Event) {
		t.Helper()
		must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: []casework.Event{ev}}))
	}
	do(&casework.Amended{Fields: casework.Fields{casework.FieldCategory: "0101"}})
	do(&casework.PartyAdded{Role: "respondent", Name: "李示", Gender: ours.Genders[0].Code, IDType: ours.IDTypes[0].Code})
	do(&casework.Accepted{})
	do(&casework.Assigned{Lead: "441621-zjj", Co: []catalogue.UnitID{"441621"}})
	do(&casework.SignedFor{})
	do(&casework.Mediated{Method: ours.Methods[0].Code, Result: "各让一步"})

	theirs := sample.Catalogue()
	theirs.Version++
	without := func(rows []catalogue.Code, code string) []catalogue.Code {
		return slices.DeleteFunc(slices.Clone(rows), func(r catalogue.Code) bool { return r.Code == code })
	}
	theirs.Categories = without(theirs.Categories, "0201")
	theirs.Methods = without(theirs.Methods, ours.Methods[0].Code)
	theirs.Genders = without(theirs.Genders, ours.Genders[0].Code)
	theirs.Units = slices.DeleteFunc(theirs.Units, func(u catalogue.Unit) bool { return u.ID == "441621-zjj" })
	want := []store.UnmappedCode{
		{Table: catalogue.TableCategories, Code: "0201"},
		{Table: catalogue.TableGenders, Code: ours.Genders[0].Code},
		{Table: catalogue.TableMethods, Code: ours.Methods[0].Code},
		{Table: catalogue.TableUnits, Code: "441621-zjj"},
	}
	got := must[[]store.UnmappedCode](t)(s.Unmapped(theirs))
	for i := range got {
		if got[i].Name == got[i].Code {
			t.Errorf("%s %s has no name", got[i].Table, got[i].Code)
		}
		got[i].Name = ""
	}
	if !slices.Equal(got, want) {
		t.Fatalf("unmapped %+v", got)
	}

	to := map[catalogue.Table]string{catalogue.TableCategories: "0101", catalogue.TableGenders: theirs.Genders[0].Code,
		catalogue.TableMethods: theirs.Methods[0].Code, catalogue.TableUnits: "441621"}
	codes := map[catalogue.Table]map[string]string{}
	for _, u := range got {
		enrolment := store.Enrolment{User: "grid1", Units: []catalogue.UnitID{village}, Epoch: epochOf(1), Catalogue: theirs,
			Codes: codes, County: store.County{Name: "紫金县"}}
		if err := s.Enrol(enrolment); code(err) != casework.CodeInvalid {
			t.Errorf("without %s %s: %v", u.Table, u.Code, err)
		}
		codes[u.Table] = map[string]string{u.Code: to[u.Table]}
	}
	ok(t, s.Enrol(store.Enrolment{User: "grid1", Units: []catalogue.UnitID{village}, Epoch: epochOf(1), Catalogue: theirs,
		Codes: codes, County: store.County{Name: "紫金县"}}))
	entries := must[[]casework.Entry](t)(s.Entries(saved.Case))
	for _, e := range entries {
		for _, ev := range e.Events {
			for _, f := range ev.Check(s.Catalogue()) {
				t.Errorf("%s: %+v", ev.Kind(), f)
			}
		}
	}
	if v := view(t, s, saved.Case); v.Lead != "441621" || len(entries) != 7 {
		t.Errorf("lead %s, %d entries", v.Lead, len(entries))
	}
	checkClean(t, s)
}
