package sim_test

import (
	"errors"
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/agent"
	"casedesk/sync/county"
)

// revokeAgain repeats the revocations that a restore lost, as the manual says.
// It reports whether all of these laptops are known to the county.
func (w *world) revokeAgain() bool {
	known := true
	for _, l := range w.live() {
		if l.revoked {
			_, err := w.county.Revoke(ctx, l.device())
			known = known && err == nil
		}
	}
	return known
}

func (w *world) revoke(l *laptop) {
	if !l.enrolled() || l.revoked || slices.ContainsFunc(w.laptops, func(o *laptop) bool { return o.revoked }) || w.chance(50) {
		return
	}
	if _, err := w.county.Revoke(ctx, l.device()); err != nil {
		return // the county was restored to before it knew the laptop
	}
	w.log("%s is revoked", l.name)
	for _, o := range w.live() { // its clones have its key
		o.revoked = o.revoked || o.enrolled() && o.device() == l.device()
	}
}

// enrol joins a laptop that has worked alone so far, by a slip that may have to
// be shown twice.
func (w *world) enrol(l *laptop) {
	if l.enrolled() || w.left(l.user) {
		return
	}
	if l.slip == "" || w.chance(20) {
		issued, err := w.county.Slip(ctx, l.user, 1000*time.Hour)
		w.ok(err)
		l.slip = issued.Slip
	}
	if w.chance(30) {
		w.net.lose.Store(1)
		if err := agent.Enrol(ctx, l.store, l.slip, l.config()); err == nil {
			w.t.Fatalf("%s enrolled without an answer", l.name)
		}
		w.net.lose.Store(0)
	}
	w.pass(time.Minute)
	var refusal *casework.Refusal
	err := agent.Enrol(ctx, l.store, l.slip, l.config())
	if errors.As(err, &refusal) && (refusal.Code == casework.CodeNotFound || refusal.Code == casework.CodeExpired) {
		l.slip = "" // a restored county does not know the slip
		return
	}
	w.log("%s enrols: %v", l.name, err)
	w.ok(err)
	for id := range l.drafts { // codes and units are others now
		w.ok(l.store.DeleteDraft(id))
	}
	clear(l.drafts)
}

// left reports whether a person serves no longer, as the county knows it.
func (w *world) left(user catalogue.UserID) bool {
	person, _ := catalogue.NewIndex(w.published()).Person(user)
	return person.Left
}

// moves are the changes that send somebody to another unit.
var moves = map[catalogue.UserID]int{"grid1": 2, "mediator1": 3, "county1": 4}

// townMoves is the change that takes a town from the county's units, or gives it back.
const townMoves = 0

// publish changes who serves where.
func (w *world) publish(*laptop) { w.change(w.rand.IntN(6)) }

func (w *world) change(what int) {
	w.cat.Version++
	unit := func(id catalogue.UnitID) *catalogue.Unit {
		return &w.cat.Units[slices.IndexFunc(w.cat.Units, func(u catalogue.Unit) bool { return u.ID == id })]
	}
	switch what {
	case townMoves, 1: // a town moves between the county and the functional area
		town := pick(w, []catalogue.UnitID{"441621109", "441621108"})
		u, area := unit(town), unit("jiangdong")
		area.Covers = slices.DeleteFunc(slices.Clone(area.Covers), func(d catalogue.DivisionCode) bool { return d == catalogue.DivisionCode(town) })
		if u.Parent == "jiangdong" {
			u.Parent = "441621"
		} else {
			u.Parent, area.Covers = "jiangdong", append(area.Covers, catalogue.DivisionCode(town))
		}
	case 2:
		w.person("grid1").Units = []catalogue.UnitID{pick(w, []catalogue.UnitID{"441621102901", "441621102902", "441621109901"})}
	case 3:
		w.person("mediator1").Units = [][]catalogue.UnitID{{"441621102"}, {"441621102", "441621108"}, {"441621109"}}[w.rand.IntN(3)]
	case 4:
		w.person("county1").Units = [][]catalogue.UnitID{{"441621"}, {"441621", "jiangdong"}, {"jiangdong"}}[w.rand.IntN(3)]
	case 5: // somebody leaves, or comes back
		p := w.person(pick(w, []catalogue.UserID{"grid2", "bureau1"}))
		p.Left = !p.Left
	}
	w.issue()
	w.log("catalogue %d is published: %d", w.cat.Version, what)
}

func (w *world) person(user catalogue.UserID) *catalogue.Person {
	return &w.cat.People[slices.IndexFunc(w.cat.People, func(p catalogue.Person) bool { return p.User == user })]
}

func (w *world) issue() {
	w.t.Helper()
	_, err := w.county.Publish(ctx, w.cat.Clone())
	w.ok(err)
}

// knowsRevoked reports whether the county has a laptop for revoked.
func (w *world) knowsRevoked(l *laptop) bool {
	w.t.Helper()
	list, err := w.county.Devices(ctx)
	w.ok(err)
	return slices.ContainsFunc(list, func(d county.Device) bool { return d.Device == l.device() && d.Revoked })
}
