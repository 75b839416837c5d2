package county_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/wire"
)

// Ensure that what was edited is published as the next version: what was changed
// of a limit from then on, the rest as it was; and that what was made from an older
// version, or is faulty, changes nothing.
func TestRenew(t *testing.T) {
	w := newWorld(t)
	edited := sample.Catalogue()
	edited.Limits[0].Span.N = 48
	edited.People = append(edited.People, catalogue.Person{User: "new", Name: "新", Units: []catalogue.UnitID{"441621"}, Roles: []catalogue.Role{catalogue.Office}})
	dry, err := w.Renew(ctx, edited, true)
	if err != nil || dry.Version != 2 || dry.Changes[catalogue.TableLimits] != 1 || dry.Changes[catalogue.TablePeople] != 1 || len(dry.Changes) != 2 {
		t.Fatalf("dry: %+v, %v", dry, err)
	}
	if cat, _ := w.Catalogue(ctx); cat.Version != 1 {
		t.Fatal("a dry run published")
	}
	done, err := w.Renew(ctx, edited, false)
	if err != nil || done.Version != 2 || done.Units != len(edited.Units) || done.People != len(edited.People) {
		t.Fatalf("%+v, %v", done, err)
	}
	cat, err := w.Catalogue(ctx)
	if err != nil || cat.Version != 2 || !cat.Published.Equal(w.now) {
		t.Fatalf("version %d of %v, %v", cat.Version, cat.Published, err)
	}
	x := catalogue.NewIndex(cat)
	for version, hours := range map[uint64]int{1: 24, 2: 48} {
		if l, _ := x.LimitAt("triage", "", version); l.Span.N != hours {
			t.Errorf("version %d: %+v", version, l)
		}
	}
	stale, err := w.Renew(ctx, edited, false)
	if err != nil || len(stale.Faults) == 0 || stale.Faults[0].Problem != catalogue.Backdated {
		t.Errorf("made from an older version: %+v, %v", stale, err)
	}
	same, err := w.Renew(ctx, cat, false)
	if err != nil || same.Version != 2 || len(same.Changes) != 0 || len(same.Faults) != 0 {
		t.Errorf("nothing changed: %+v, %v", same, err)
	}
	cat.People = cat.People[:len(cat.People)-1] // no grid worker, whom a grid would miss too
	cat.Units[0].Parent = cat.Units[0].ID
	bad, err := w.Renew(ctx, cat, false)
	if err != nil || len(bad.Faults) != 2 {
		t.Errorf("two faults: %+v, %v", bad, err)
	}
	if cat, _ := w.Catalogue(ctx); cat.Version != 2 {
		t.Error("a faulty catalogue was published")
	}
	w.mustVerify()
}

// Ensure that a category that open cases have, or one above it, is not retired,
// and is once the cases have ended.
func TestRenew_InUse(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	first := grid.register(village)
	second := grid.register(village)
	grid.register(village, &casework.Voided{Reason: "填错了"})
	grid.sync()
	for _, code := range []string{"0101", "01"} {
		edited := sample.Catalogue()
		row := 0
		for i := range edited.Categories {
			if edited.Categories[i].Code == code {
				edited.Categories[i].Retired = true
				row = i + 1
			}
		}
		want := catalogue.Fault{Table: catalogue.TableCategories, Row: row, Field: "retired", Problem: catalogue.InUse, Value: code, Cases: 2}
		got, err := w.Renew(ctx, edited, false)
		if err != nil || len(got.Faults) != 1 || got.Faults[0] != want {
			t.Errorf("%s: %+v, %v", code, got.Faults, err)
		}
		edited.Version = 2
		if _, err := w.Publish(ctx, edited); !errors.Is(err, &casework.Refusal{Code: casework.CodeInvalid}) {
			t.Errorf("%s was published: %v", code, err)
		}
	}
	grid.add(first, &casework.Voided{Reason: "重复"})
	grid.add(second, &casework.Voided{Reason: "重复"})
	grid.sync()
	edited := sample.Catalogue()
	edited.Categories[1].Retired = true
	if got, err := w.Renew(ctx, edited, false); err != nil || got.Version != 2 || len(got.Faults) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Ensure that a unit that answers for open cases is not retired, and is once they
// have ended.
func TestRenew_UnitInUse(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	edited := sample.Catalogue()
	row := slices.IndexFunc(edited.Units, func(u catalogue.Unit) bool { return u.ID == "441621102" })
	edited.Units[row].Retired = true
	for i := range edited.People {
		p := &edited.People[i]
		if p.Units = slices.DeleteFunc(p.Units, func(u catalogue.UnitID) bool { return u == "441621102" }); len(p.Units) == 0 {
			p.Left = true
		}
	}
	want := catalogue.Fault{Table: catalogue.TableUnits, Row: row + 1, Field: "retired", Problem: catalogue.InUse, Value: "441621102", Cases: 1}
	if got, err := w.Renew(ctx, edited, true); err != nil || !slices.Equal(got.Faults, []catalogue.Fault{want}) {
		t.Errorf("%+v, %v", got.Faults, err)
	}
	grid.add(id, &casework.Voided{Reason: "填错了"})
	grid.sync()
	if got, err := w.Renew(ctx, edited, false); err != nil || !got.Published {
		t.Errorf("%+v, %v", got, err)
	}
	w.mustVerify()
}

// Ensure that the catalogue of a county of 3,000 people in 400 units is applied
// within seconds and fits what goes over the line, to laptops that join and to
// those that have.
func TestRenew_Large(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	edited := sample.Catalogue()
	for _, u := range edited.Units {
		if u.Level != catalogue.Town || u.Kind != catalogue.Area {
			continue
		}
		for v := range 3 {
			village := catalogue.DivisionCode(fmt.Sprintf("%s%03d", u.Covers[0], 501+v))
			edited.Divisions = append(edited.Divisions, catalogue.Division{Code: village, Name: fmt.Sprintf("示例第%d村", v), Level: catalogue.Village, Parent: u.Covers[0], Remark: "虚构的村（社区）"})
			edited.Units = append(edited.Units, catalogue.Unit{ID: catalogue.UnitID(village), Name: fmt.Sprintf("%s第%d村人民调解委员会", u.Name, v), Kind: catalogue.Area,
				Level: catalogue.Village, Parent: u.ID, Covers: []catalogue.DivisionCode{village}, Phone: "0762-1234567", Remark: "电话为虚构"})
			for g := range 9 {
				edited.Divisions = append(edited.Divisions, catalogue.Division{Code: village + catalogue.DivisionCode(fmt.Sprintf("%02d", g)),
					Name: fmt.Sprintf("示例第%d村第%d网格", v, g), Level: catalogue.Grid, Parent: village, Remark: "虚构的网格"})
			}
		}
	}
	for n := len(edited.People); n < 3000; n++ {
		edited.People = append(edited.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("wgy%05d", n)), Name: fmt.Sprintf("王示%d", n),
			Units: []catalogue.UnitID{edited.Units[n%len(edited.Units)].ID}, Roles: []catalogue.Role{catalogue.GridWorker, catalogue.Mediator}, Remark: "虚构的人员"})
	}
	began := time.Now()
	done, err := w.Renew(ctx, edited, false)
	took := time.Since(began)
	if err != nil || done.Version != 2 || done.People != 3000 || done.Units < 400 || took > 20*time.Second {
		t.Fatalf("%v: %+v, %v", took, done, err)
	}
	reply, err := grid.exchange()
	if err != nil {
		t.Fatal(err)
	}
	packed, err := wire.Encode(reply)
	if err != nil {
		t.Fatal(err)
	}
	joined := w.laptop("wgy02999")
	t.Logf("%d people, %d units, %d places: applied in %v; %d bytes, %d as they travel, of %d and %d that may be",
		done.People, done.Units, len(edited.Divisions), took, len(reply.Catalogue), len(packed), wire.MaxMessage/2, wire.MaxPacked/2)
	if len(reply.Catalogue) == 0 || len(joined.units) != 1 {
		t.Error("the catalogue did not arrive")
	}
}

// Ensure that everybody who serves a unit gets a slip, and nobody else.
func TestSlips(t *testing.T) {
	w := newWorld(t)
	slips, err := w.Slips(ctx, "441621102", time.Hour)
	if err != nil || len(slips) != 2 || slips[0].User != "mediator1" || slips[0].Name != "王样一" || slips[1].User != "center1" || slips[0].Unit != "龙窝镇综治中心" ||
		slips[0].Slip == slips[1].Slip || !slips[0].Expires.Equal(w.now.Add(time.Hour)) {
		t.Errorf("%+v, %v", slips, err)
	}
	if _, err := wire.ParseSlip(slips[1].Slip); err != nil {
		t.Error(err)
	}
	for unit, why := range map[catalogue.UnitID]casework.Why{"x": casework.WhyNoTarget, "441602001": "nobody_serves"} {
		if _, err := w.Slips(ctx, unit, time.Hour); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound, Why: why}) {
			t.Errorf("%s: %v", unit, err)
		}
	}
}
