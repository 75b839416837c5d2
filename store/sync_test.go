package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
)

const (
	town    = catalogue.UnitID("441621102")
	village = catalogue.UnitID("441621102901")
)

func view(t testing.TB, s *store.Store, id casework.CaseID) store.View {
	t.Helper()
	return must[store.View](t)(s.Case(id))
}

// Ensure that receipts climb only when it is true, and that another's laptop sees
// the case with its words.
func TestStore_Exchange(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	saved := register(t, grid, "排水沟纠纷")
	if saved.Receipt != store.SavedHere || saved.State != casework.StateRegistered {
		t.Errorf("saved %+v", saved)
	}
	if got := grid.Unsent(); got != 2 {
		t.Errorf("%d unsent, want the log's opening and the case", got)
	}
	c.exchange(grid)
	if got := view(t, grid, saved.Case); got.Receipt != store.Delivered || got.Receipts[saved.UID] != store.Delivered {
		t.Errorf("after delivery: %s, %v", got.Receipt, got.Receipts)
	}
	c.backed = store.Mark{Epoch: c.epoch, N: c.n}
	c.exchange(grid)
	if got := view(t, grid, saved.Case); got.Receipt != store.BackedUp {
		t.Errorf("after a backup: %s", got.Receipt)
	}

	c.exchange(mediator)
	v := view(t, mediator, saved.Case)
	if !v.Todo || v.Mine || v.Title != "排水沟纠纷" || v.Light != casework.Green || v.Due.IsZero() {
		t.Errorf("the mediator's row: %+v", v.Row)
	}
	done := must[store.Saved](t)(mediator.Append(store.Work{Case: saved.Case, Parents: v.Case.Heads,
		Events: []casework.Event{&casework.Accepted{}}}))
	if done.State != casework.StateAccepted {
		t.Errorf("state %s", done.State)
	}
	if got := view(t, mediator, saved.Case).Receipt; got != store.SavedHere {
		t.Errorf("receipt with an unsent entry: %s", got)
	}
	c.exchange(mediator)
	c.exchange(grid)
	if got := view(t, grid, saved.Case); got.State != casework.StateAccepted || len(got.Case.Timeline) != 2 {
		t.Errorf("the answer did not travel back: %+v", got.Row)
	}
	entries := must[[]casework.Entry](t)(grid.Entries(saved.Case))
	if len(entries) != 2 || entries[0].UID != saved.UID || entries[1].UID != done.UID || entries[1].Stamp == nil {
		t.Errorf("entries %+v", entries)
	}
	same(t, grid, mediator)
	checkClean(t, grid)
	checkClean(t, mediator)
}

// same fails unless two stores hold the same cases.
func same(t testing.TB, a, b *store.Store) {
	t.Helper()
	x, y := digests(t, a), digests(t, b)
	if len(x) != len(y) {
		t.Errorf("%d cases and %d", len(x), len(y))
	}
	for id, d := range x {
		if y[id] != d {
			t.Errorf("case %s differs", id)
		}
	}
}

// Ensure that what the county holds back shows as such to its author, with its
// reason, and lies among her tasks.
func TestStore_Held(t *testing.T) {
	c := newCounty(t, village)
	grid := c.laptop("grid1", village)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.hold = casework.WhyNotYourUnit
	done := must[store.Saved](t)(grid.Append(store.Work{Case: saved.Case, Events: note("再说一句")}))
	c.exchange(grid)
	v := view(t, grid, saved.Case)
	line, _ := v.Case.Line(done.UID)
	if v.Receipt != store.Withheld || v.Receipts[done.UID] != store.Withheld || line.Why != casework.WhyNotYourUnit || !v.Todo {
		t.Errorf("receipt %s, line %+v, todo %v", v.Receipt, line, v.Todo)
	}
}

// Ensure that a page taken twice, or for another cursor, changes nothing.
func TestStore_Absorb_Again(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	page := c.answer(mediator.Position(), nil)
	got := must[store.Taken](t)(mediator.Absorb(page))
	if got.Entries != 1 || got.Skipped != 0 {
		t.Errorf("first time: %+v", got)
	}
	if got = must[store.Taken](t)(mediator.Absorb(page)); got.Entries != 0 || got.Skipped != 1 {
		t.Errorf("second time: %+v", got)
	}
	later := *page
	later.Feeds = slices.Clone(page.Feeds)
	later.Feeds[0].From, later.Feeds[0].To = 7, 8
	if got = must[store.Taken](t)(mediator.Absorb(&later)); got.Entries != 0 || got.Skipped != 1 {
		t.Errorf("page of another place: %+v", got)
	}
	if v := view(t, mediator, saved.Case); len(v.Case.Timeline) != 1 {
		t.Errorf("timeline of %d", len(v.Case.Timeline))
	}
	checkClean(t, mediator)
}

// Ensure that a county which is an older copy of itself is told from damage, and
// that nothing here changes by it.
func TestStore_Absorb_CountyOlder(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	before := s.Position()
	older := epochOf(0)
	_, err := s.Absorb(&store.Page{Epoch: older})
	if !errors.Is(err, &casework.Refusal{Code: casework.CodeVerifyFailed, Why: store.WhyCountyOlder}) {
		t.Errorf("refused as %v", err)
	}
	if after := s.Position(); !reflect.DeepEqual(before, after) {
		t.Errorf("position %+v, was %+v", after, before)
	}
}

// Ensure that an exchange without news writes nothing, so that an idle laptop
// leaves its disk alone.
func TestStore_Absorb_Idle(t *testing.T) {
	c := newCounty(t, village)
	grid := c.laptop("grid1", village)
	register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	file := filepath.Join(grid.Dir(), "desk.db")
	before := must[os.FileInfo](t)(os.Stat(file)).ModTime()
	w := grid.Watch()
	defer w.Stop()
	must[store.Taken](t)(grid.Absorb(c.answer(grid.Position(), nil)))
	select {
	case <-w.C:
		change, all := w.Take()
		t.Errorf("something changed: %+v, %v", change, all)
	default:
	}
	if after := must[os.FileInfo](t)(os.Stat(file)).ModTime(); !after.Equal(before) {
		t.Error("the file was written to")
	}
}

// Ensure that a county that was restored gets back what it lost, own and others'
// entries, that marks fall back meanwhile, and that nothing doubles.
func TestStore_Restore(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	first := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	kept, lines := c.n, len(c.feeds[town])
	second := register(t, grid, "宅基地纠纷")
	c.exchange(grid)
	c.exchange(mediator)
	late := must[store.Saved](t)(mediator.Append(store.Work{Case: second.Case, Events: note("调解员的话")}))
	c.exchange(mediator)
	c.exchange(grid)
	before := digests(t, grid)
	same(t, grid, mediator)

	c.restore(kept, lines)
	// The grid worker's laptop is the first to come; it also holds the mediator's
	// words. It learns of the restore before it offers anything.
	must[store.Taken](t)(grid.Absorb(c.answer(store.Position{Logs: grid.Position().Logs}, nil)))
	if got := view(t, grid, second.Case); got.Receipt != store.SavedHere {
		t.Errorf("a mark above the cut: %s", got.Receipt)
	}
	if got := view(t, grid, first.Case); got.Receipt != store.Delivered {
		t.Errorf("a mark below the cut: %s", got.Receipt)
	}
	items, next, err := grid.Refill(0, 1<<20)
	ok(t, err)
	if len(items) != 1 || next != 0 || len(items[0].Stamp) == 0 {
		t.Fatalf("refill of %d entries, next %d", len(items), next)
	}
	if rec := must[*record.Record](t)(record.Open(items[0].Raw)); rec.Entry.UID != late.UID {
		t.Errorf("refill offers %s", rec.Entry.UID)
	}
	c.exchange(mediator)
	c.exchange(grid)
	c.exchange(mediator)
	for _, s := range []*store.Store{grid, mediator} {
		if got := digests(t, s); len(got) != len(before) || got[first.Case] != before[first.Case] || got[second.Case] != before[second.Case] {
			t.Errorf("digests %v, want %v", got, before)
		}
		if got := view(t, s, second.Case); got.Receipt != store.Delivered {
			t.Errorf("after the refill: %s", got.Receipt)
		}
		if left, _, _ := s.Refill(0, 1<<20); len(left) > 0 {
			t.Errorf("%d entries are offered again", len(left))
		}
		checkClean(t, s)
	}
}

// Ensure that a withdrawn case lets go of others' words and leaves a stub, keeps
// own words until they are backed up, and comes back whole.
func TestStore_Withdrawn(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(mediator)
	must[store.Saved](t)(mediator.Append(store.Work{Case: saved.Case, Events: note("调解员的话")}))
	c.exchange(mediator)
	c.exchange(grid)
	want := digests(t, mediator)[saved.Case]

	c.withdraw(town, saved.Case, "441621")
	c.exchange(mediator)
	v := view(t, mediator, saved.Case)
	if v.Gone == nil || v.Gone.To != "441621" || v.Number != saved.Number || v.Title != "" || v.Case.Exists() {
		t.Errorf("stub %+v", v.Row)
	}
	if _, err := mediator.Append(store.Work{Case: saved.Case, Events: note("晚了")}); code(err) != casework.CodeNotFound {
		t.Errorf("work on a withdrawn case: %v", err)
	}
	if list := must[store.List](t)(mediator.Rows(store.Query{Find: "排水沟"})); list.Total != 0 {
		t.Error("a search finds a withdrawn case")
	}
	checkClean(t, mediator)

	c.backed = store.Mark{Epoch: c.epoch, N: c.n}
	c.exchange(mediator) // its own words are destroyed now
	checkClean(t, mediator)
	for _, l := range slices.Clone(c.feeds[town]) {
		if len(l.Raw) > 0 {
			c.feeds[town] = append(c.feeds[town], l)
		}
	}
	c.exchange(mediator)
	if got := digests(t, mediator)[saved.Case]; got != want {
		t.Error("the case did not come back as it was")
	}
	checkClean(t, mediator)
}

// Ensure that a person who no longer serves a unit loses what only that unit is
// shown, and keeps what another unit of hers is shown.
func TestStore_UnitsChange(t *testing.T) {
	c := newCounty(t, village, town)
	grid := c.laptop("grid1", village)
	both := c.laptop("county1", town, village)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(both)
	if v := view(t, both, saved.Case); len(v.Feeds) != 2 {
		t.Fatalf("shown by %v", v.Feeds)
	}
	page := c.answer(both.Position(), nil)
	page.Units, page.Feeds = []catalogue.UnitID{town}, nil
	must[store.Taken](t)(both.Absorb(page))
	if v := view(t, both, saved.Case); v.Gone != nil || len(v.Feeds) != 1 {
		t.Errorf("one unit left: %+v", v)
	}
	page.Units = []catalogue.UnitID{"441621"}
	must[store.Taken](t)(both.Absorb(page))
	must[int](t)(both.CaughtUp())
	if v := view(t, both, saved.Case); v.Gone == nil {
		t.Error("the case stays without a unit that it is shown to")
	}
	checkClean(t, both)
}

// Ensure that a person who goes to another unit keeps a case that both see, and the
// draft that she began on it.
func TestStore_UnitsChange_Draft(t *testing.T) {
	c := newCounty(t, village, town)
	grid, person := c.laptop("grid1", village), c.laptop("mediator1", village)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(person)
	draft := must[store.DraftWork](t)(person.SaveDraft(store.DraftWork{Case: saved.Case, Action: casework.ActAmend,
		Values: map[string]string{"title": "排水沟与田埂纠纷"}}))
	page := c.answer(person.Position(), nil)
	page.Units, page.Feeds = []catalogue.UnitID{town}, nil
	must[store.Taken](t)(person.Absorb(page))
	must[store.Taken](t)(person.Absorb(c.answer(person.Position(), nil)))
	must[int](t)(person.CaughtUp())
	if v := view(t, person, saved.Case); v.Gone != nil || !slices.Equal(v.Feeds, []catalogue.UnitID{town}) {
		t.Errorf("gone %v, shown by %v", v.Gone, v.Feeds)
	}
	if drafts := must[[]store.DraftWork](t)(person.Drafts()); len(drafts) != 1 || drafts[0].ID != draft.ID {
		t.Errorf("drafts: %+v", drafts)
	}
	checkClean(t, person)
}

// Ensure that a laptop that was restored from an older copy of its file continues
// in a new log and loses nothing, whether its witness notices or the county.
func TestStore_LaptopRestored(t *testing.T) {
	for _, witness := range []bool{true, false} {
		t.Run(fmt.Sprintf("witness %v", witness), func(t *testing.T) {
			c := newCounty(t, village)
			o := options(newClock())
			if witness {
				o.Witness = t.TempDir()
			}
			dir, copied := t.TempDir(), t.TempDir()
			s := create(t, dir, o)
			c.join(s, "grid1", village)
			first := register(t, s, "一")
			c.exchange(s)
			unsent := register(t, s, "二")
			must[int64](t)(s.Backup(filepath.Join(copied, "desk.db")))
			c.exchange(s)
			lost := register(t, s, "三")
			c.exchange(s)
			log := s.Profile().Log
			ok(t, s.Close())

			s = open(t, copied, o)
			if moved := s.Profile().Log != log; moved != witness {
				t.Errorf("new log at once: %v", moved)
			}
			mine := register(t, s, "四")
			c.exchange(s)
			c.exchange(s)
			if s.Profile().Log == log {
				t.Error("the log is continued")
			}
			for _, id := range []casework.CaseID{first.Case, unsent.Case, lost.Case, mine.Case} {
				if v := view(t, s, id); v.Receipt != store.Delivered || len(v.Case.Timeline) != 1 {
					t.Errorf("%s: receipt %s, timeline of %d", v.Title, v.Receipt, len(v.Case.Timeline))
				}
			}
			checkClean(t, s)
		})
	}
}

// Ensure that work done alone goes up under the enrolled person after joining,
// each case naming its origin and found by its earlier number.
func TestStore_Enrol(t *testing.T) {
	c := newCounty(t, village)
	s := create(t, t.TempDir(), options(newClock()))
	saved := register(t, s, "排水沟纠纷")
	more := must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("一个人写的")}))
	if s.Unsent() != 0 {
		t.Errorf("%d unsent without a county", s.Unsent())
	}
	foreign := sample.Catalogue()
	foreign.Version++
	foreign.Categories = foreign.Categories[:1]
	unmapped := must[[]store.UnmappedCode](t)(s.Unmapped(foreign))
	if len(unmapped) != 1 || unmapped[0].Table != catalogue.TableCategories || unmapped[0].Code != "0201" {
		t.Errorf("unmapped %v", unmapped)
	}
	e := store.Enrolment{User: "grid1", Units: []catalogue.UnitID{village}, Epoch: c.epoch, Catalogue: foreign,
		County: store.County{Name: "紫金县"}}
	if err := s.Enrol(e); code(err) != casework.CodeInvalid || s.Profile().County != nil {
		t.Errorf("unknown code: %v", err)
	}
	e.Codes = map[catalogue.Table]map[string]string{catalogue.TableCategories: {"0201": foreign.Categories[0].Code}}
	ok(t, s.Enrol(e))
	if err := s.Enrol(e); code(err) != casework.CodeNotAllowed {
		t.Errorf("second county: %v", err)
	}
	v := view(t, s, saved.Case)
	if v.Number == saved.Number || !slices.Contains(v.Aliases, saved.Number) || v.Case.Registrar != village || v.Category != "01" {
		t.Errorf("after joining: %+v", v.Row)
	}
	if got := must[casework.CaseID](t)(s.Find(saved.Number)); got != saved.Case {
		t.Errorf("found %s by the earlier number", got)
	}
	if _, found := v.Case.Line(more.UID); !found || len(v.Case.Timeline) != 2 {
		t.Errorf("timeline %+v", v.Case.Timeline)
	}
	c.exchange(s)
	if got := view(t, s, saved.Case).Receipt; got != store.Delivered {
		t.Errorf("receipt %s", got)
	}
	checkClean(t, s)
}

// Ensure that two laptops that work at random and hear of each other in different
// orders and portions hold the same cases in the end.
func TestStore_Property(t *testing.T) {
	r := seeded(t)
	for range 4 {
		c := newCounty(t, village, town)
		c.page = 1 + r.IntN(7)
		laptops := []*store.Store{c.laptop("grid1", village), c.laptop("mediator1", town)}
		for range 60 {
			s := laptops[r.IntN(2)]
			switch n := r.IntN(10); {
			case n < 2:
				register(t, s, fmt.Sprintf("纠纷%d", r.IntN(1000)))
			case n < 8:
				randomWork(t, r, s)
			case n == 8:
				absorbSome(t, r, c, s)
			default:
				c.exchange(s)
			}
		}
		for range 2 {
			c.exchange(laptops[0])
			c.exchange(laptops[1])
		}
		same(t, laptops[0], laptops[1])
		late := c.laptop("mediator1", town)
		c.exchange(late)
		same(t, laptops[0], late)
		for _, s := range append(laptops, late) {
			checkClean(t, s)
		}
	}
}

// randomWork does something to a random case, on its present state or on one that
// lacks the newest entry.
func randomWork(t *testing.T, r *rand.Rand, s *store.Store) {
	list := must[store.List](t)(s.Rows(store.Query{}))
	if len(list.Rows) == 0 {
		return
	}
	slices.SortFunc(list.Rows, func(a, b store.Row) int { return slices.Compare(a.ID.UUID[:], b.ID.UUID[:]) })
	v := view(t, s, list.Rows[r.IntN(len(list.Rows))].ID)
	parents := v.Case.Heads
	if r.IntN(3) == 0 {
		parents = v.Case.Timeline[0].Parents
		if len(parents) == 0 {
			parents = []casework.EntryID{v.Case.Timeline[0].UID}
		}
	}
	events := [][]casework.Event{
		note("随便记一句"),
		{&casework.Amended{Fields: casework.Fields{casework.FieldTitle: fmt.Sprintf("改名%d", r.IntN(100))}}},
		{&casework.Amended{Fields: casework.Fields{casework.FieldPeople: fmt.Sprint(1 + r.IntN(9))}}},
		{&casework.PartyAdded{Role: "respondent", Name: "李示"}},
		{&casework.Accepted{}},
		{&casework.Mediated{}, &casework.Noted{Note: "调解"}},
	}[r.IntN(6)]
	_, err := s.Append(store.Work{Case: v.ID, Parents: parents, Events: events})
	if c := code(err); err != nil && c != casework.CodeNotAllowed && c != casework.CodeInvalid {
		t.Fatal(err)
	}
}

// absorbSome offers everything and takes in only a part of the answer.
func absorbSome(t *testing.T, r *rand.Rand, c *county, s *store.Store) {
	batch := must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20))
	page := c.answer(s.Position(), batch.Items)
	page.Stamps = page.Stamps[:r.IntN(len(page.Stamps)+1)]
	if r.IntN(2) == 0 {
		page.Heads = nil
	}
	for i := range page.Feeds {
		f := &page.Feeds[i]
		n := r.IntN(len(f.Lines) + 1)
		f.Lines, f.To = f.Lines[:n], f.From+uint64(n)
	}
	if _, err := s.Absorb(page); !errors.Is(err, store.ErrMissing) {
		ok(t, err)
	}
}
