package sim_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// The scenes below are what random runs found, told as shortly as they can be.

// joined is an enrolled laptop of a person.
func (w *world) joined(user catalogue.UserID) *laptop {
	w.t.Helper()
	l := w.newLaptop(user)
	l.create()
	for !l.enrolled() {
		w.enrol(l)
	}
	l.sync("at first")
	return l
}

// twin is a laptop made of a copy of l's file.
func (w *world) twin(l *laptop) *laptop {
	w.t.Helper()
	w.cloneFile(l)
	return w.laptops[len(w.laptops)-1]
}

// takes saves a new case in grid1's village.
func (l *laptop) takes(about ...catalogue.UnitID) casework.CaseID {
	l.w.t.Helper()
	saved, err := l.store.Append(store.Work{Events: []casework.Event{&casework.Registered{Matter: casework.Dispute,
		Confidential: len(about) > 0, About: about, Fields: casework.Fields{
			casework.FieldCategory: "0101", casework.FieldTitle: l.w.word(), casework.FieldFacts: l.w.word(),
			casework.FieldDivision: "441621102901"}}}})
	l.w.ok(err)
	l.kept(saved, nil)
	return saved.Case
}

// does saves an event on a case as it is now.
func (l *laptop) does(id casework.CaseID, ev casework.Event) {
	l.w.t.Helper()
	saved, err := l.store.Append(store.Work{Case: id, Events: []casework.Event{ev}})
	l.w.ok(err)
	l.kept(saved, nil)
}

// saved backs the county up.
func (w *world) saved() backup {
	w.t.Helper()
	w.backUp(nil)
	return w.backups[len(w.backups)-1]
}

// Ensure that a case that became confidential while the county was put back to
// before it leaves the laptops that only the lost lines had shown it.
func TestScene_ShownByLostLines(t *testing.T) {
	w := newWorld(t, 1)
	grid, office := w.joined("grid1"), w.joined("county1")
	before := w.saved()
	id := grid.takes()
	grid.sync("well")
	office.sync("well")
	grid.does(id, &casework.Confided{Confidential: "yes", Reason: "涉及隐私"})
	grid.sync("well")
	w.restore(before)
	grid.sync("well")
	office.sync("well")
	w.checkHidden(office, id)
	w.heal()
}

// Ensure that a laptop whose log went another way on its twin hands in again what
// the restored county had taken from it before, with its place in the order.
func TestScene_LostBranch(t *testing.T) {
	w := newWorld(t, 1)
	grid := w.joined("grid1")
	before := w.saved()
	twin := w.twin(grid)
	grid.takes()
	grid.sync("well")
	twin.takes()
	w.restore(before)
	twin.sync("well")
	grid.sync("well")
	w.heal()
	// Two entries have one name now. Another restore must not mix them up.
	w.restore(before)
	twin.sync("well")
	grid.sync("well")
	w.heal()
}

// Ensure that a laptop learns that the county has its words again when a twin
// handed them in, although no feed shows them to it.
func TestScene_TwinHandsIn(t *testing.T) {
	w := newWorld(t, 1)
	grid := w.joined("grid1")
	before := w.saved()
	alone := grid.takes("441621102901", "441621102", "441621")
	grid.sync("well")
	twin := w.twin(grid)
	w.restore(before)
	twin.sync("well")
	grid.does(alone, &casework.Noted{Note: "再说一句"})
	grid.sync("well")
	if v, err := grid.store.Case(alone); err != nil || v.Receipt == store.SavedHere {
		t.Errorf("the receipt is %s: %v", v.Receipt, err)
	}
	w.heal()
}

// Ensure that nothing is left to see for somebody who serves no longer, and that
// she sees everything again when she comes back.
func TestScene_Left(t *testing.T) {
	w := newWorld(t, 1)
	grid, mediator := w.joined("grid1"), w.joined("mediator1")
	id := grid.takes()
	grid.sync("well")
	mediator.sync("well")
	for _, left := range []bool{true, false} {
		w.person("mediator1").Left = left
		w.cat.Version++
		w.issue()
		mediator.sync("well")
		if v, err := mediator.store.Case(id); err != nil || (v.Gone != nil) != left {
			t.Errorf("left %v: %+v, %v", left, v.Gone, err)
		}
	}
	w.heal()
}

// Ensure that one exchange is enough where a case is shown again of which the own
// words were destroyed meanwhile.
func TestScene_ShownAgain(t *testing.T) {
	w := newWorld(t, 1)
	grid, mediator := w.joined("grid1"), w.joined("mediator1")
	id := grid.takes()
	grid.sync("well")
	mediator.sync("well")
	mediator.does(id, &casework.Noted{Note: w.word()})
	mediator.sync("well")
	w.saved()
	for _, unit := range []catalogue.UnitID{"441621109", "441621102"} {
		w.person("mediator1").Units = []catalogue.UnitID{unit}
		w.cat.Version++
		w.issue()
		mediator.sync("well")
	}
	v, err := mediator.store.Case(id)
	if err != nil || len(v.Case.Notes) != 1 || v.Gone != nil {
		t.Errorf("after one exchange: %d notes, %+v, %v", len(v.Case.Notes), v.Gone, err)
	}
	w.heal()
}

// Ensure that a laptop that is to let a case go, and is the last to have it, hands
// it to the restored county first.
func TestScene_LastToHaveIt(t *testing.T) {
	w := newWorld(t, 1)
	grid, mediator := w.joined("grid1"), w.joined("mediator1")
	before, file := w.saved(), grid.copyFile()
	id := grid.takes()
	grid.sync("well")
	mediator.sync("well")
	w.restore(before)
	w.ruined = true
	grid.die(file)
	w.person("mediator1").Units = []catalogue.UnitID{"441621109"}
	w.cat.Version++
	w.issue()
	mediator.sync("well")
	if v, err := mediator.store.Case(id); err != nil || v.Gone == nil {
		t.Errorf("the case was not let go: %v", err)
	}
	if len(w.atCounty().cases[id]) != 1 {
		t.Error("the case is lost")
	}
	w.heal()
}
