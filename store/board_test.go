package store_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that the board counts what its name says as time goes on, that what it counts can
// be listed, and that the next start shows it without waiting for all rows.
func TestBoard(t *testing.T) {
	clk := newClock()
	dir := t.TempDir()
	s := create(t, dir, options(clk))
	write := func(id casework.CaseID, ev casework.Event) casework.EntryID {
		t.Helper()
		return must[store.Saved](t)(s.Append(store.Work{Case: id, Events: []casework.Event{ev}})).UID
	}
	ordered := register(t, s, "被督办的").Case
	write(ordered, &casework.Accepted{})
	order := write(ordered, &casework.Supervised{To: "441621102", Grade: casework.GradeYellow, Reason: "抓紧", Due: clk.now.AddDate(0, 0, 20).Format(time.DateOnly)})
	stronger := register(t, s, "红牌的").Case
	write(stronger, &casework.Supervised{To: "441621102", Grade: casework.GradeRed, Reason: "马上办", Due: clk.now.AddDate(0, 0, 25).Format(time.DateOnly)})
	sooner := register(t, s, "更早回复的").Case
	write(sooner, &casework.Supervised{To: "441621102", Grade: casework.GradeYellow, Reason: "抓紧", Due: clk.now.AddDate(0, 0, 10).Format(time.DateOnly)})
	called := register(t, s, "联动的").Case
	call := write(called, &casework.CalledOut{Unit: "441621102-sfs", Note: "快来"})
	register(t, s, "没人管的")
	met := register(t, s, "今天谈的").Case
	write(met, &casework.Accepted{})
	write(met, &casework.Appointed{When: clk.now.Format(time.DateOnly) + " 16:00", Place: "村委会", Purpose: "调解"})

	board := func() store.Board { t.Helper(); return must[store.Board](t)(s.Board()) }
	counts := func(b store.Board, want map[store.Pick]int) {
		t.Helper()
		for pick, n := range want {
			rows := must[[]store.Row](t)(s.Picked(pick))
			if got := b.Picks[pick]; got.Total != n || len(rows) != n || len(got.Top) != min(n, 12) {
				t.Errorf("%s: %d cases, %d on top, %d listed, want %d", pick, got.Total, len(got.Top), len(rows), n)
			}
		}
	}
	b := board()
	counts(b, map[store.Pick]int{store.PickOrders: 3, store.PickGiven: 3, store.PickReplied: 0, store.PickCalls: 1, store.PickTasks: 0, store.PickRed: 0, store.PickArrived: 0, store.PickSettled: 0})
	for _, pick := range []store.Pick{store.PickOrders, store.PickGiven} { // by the orders' own days, whatever the case has left
		for _, rows := range [][]store.Row{b.Picks[pick].Top, must[[]store.Row](t)(s.Picked(pick))} {
			if r := rows[0]; r.Limit != casework.LimitOrder || r.DaysLeft != 10 || r.Light != casework.Green || rows[1].DaysLeft != 20 {
				t.Errorf("%s: %+v", pick, rows)
			}
		}
	}
	if len(b.Today) != 1 || b.Today[0].Place != "村委会" || b.Today[0].Row.ID != met {
		t.Errorf("today: %+v", b.Today)
	}
	if len(b.Calls) != 1 || b.Calls[0].To != "441621102-sfs" || !b.Calls[0].Answer.At.IsZero() {
		t.Errorf("calls: %+v", b.Calls)
	}
	supervised := func() (out []string) {
		list := must[store.List](t)(s.Rows(store.Query{Tab: store.TabSupervised}))
		for _, r := range list.Rows {
			out = append(out, r.Title)
		}
		if list.Tabs[store.TabSupervised] != len(out) {
			t.Errorf("%d counted, %d listed", list.Tabs[store.TabSupervised], len(out))
		}
		return out
	}
	if got, want := supervised(), []string{"红牌的", "更早回复的", "被督办的"}; !slices.Equal(got, want) { // by grade, then day
		t.Errorf("supervised: %v, want %v", got, want)
	}

	write(ordered, &casework.OrderReplied{Act: order, Text: "办了"})
	write(called, &casework.CallAnswered{Act: call, Text: "来了"})
	b = board()
	counts(b, map[store.Pick]int{store.PickOrders: 2, store.PickGiven: 2, store.PickReplied: 1, store.PickCalls: 0})
	if len(b.Calls) != 1 || b.Calls[0].Answer.Text != "来了" {
		t.Errorf("an answer of today: %+v", b.Calls)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, options(clk))
	first, ok := s.FirstBoard()
	if !ok || first.Picks[store.PickOrders].Total != 2 || len(first.Today) != 1 {
		t.Errorf("the first board: %v %+v", ok, first)
	}
	clk.now = clk.now.AddDate(0, 0, 6)
	b = board()
	if len(b.Calls) != 0 || len(b.Today) != 0 {
		t.Errorf("days later: %+v %+v", b.Calls, b.Today)
	}
	var red, turned int
	for _, r := range must[store.List](t)(s.Rows(store.Query{Tab: store.TabTodo})).Rows {
		if r.Light == casework.Red {
			red++
			if !r.Due.Before(clk.now.AddDate(0, 0, -1).Truncate(time.Hour)) {
				turned++
			}
		}
	}
	if red == 0 {
		t.Fatal("nothing is overdue by now")
	}
	counts(b, map[store.Pick]int{store.PickRed: red, store.PickReplied: 0})
	register(t, s, "又来一件")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// Ensure that what others did since yesterday is new until the case is opened, over a
// restart too, and that one's own work never is.
func TestNew(t *testing.T) {
	clk := newClock()
	c := newCounty(t, "441621102901", "441621102")
	dir := t.TempDir()
	grid := create(t, dir, options(clk))
	c.join(grid, "grid1", "441621102901")
	mediator := create(t, t.TempDir(), options(clk))
	c.join(mediator, "mediator1", "441621102")
	id := register(t, grid, "排水沟纠纷").Case
	c.exchange(grid)
	c.exchange(mediator)
	isNew := func(s *store.Store, want bool) {
		t.Helper()
		v := must[store.View](t)(s.Case(id))
		row := must[store.List](t)(s.Rows(store.Query{})).Rows[0]
		if v.New != want || row.New != want {
			t.Errorf("new: %v on the case, %v in the list, want %v", v.New, row.New, want)
		}
	}
	isNew(grid, false)
	isNew(mediator, true)
	must[store.Saved](t)(mediator.Append(store.Work{Case: id, Events: []casework.Event{&casework.Accepted{}}}))
	c.exchange(mediator)
	c.exchange(grid)
	isNew(grid, true)
	ok(t, grid.NoteOpened(must[store.View](t)(grid.Case(id)).Row))
	isNew(grid, false)
	ok(t, grid.Close())
	grid = open(t, dir, options(clk))
	isNew(grid, false)
	must[store.Saved](t)(mediator.Append(store.Work{Case: id, Events: note("约好明天")}))
	c.exchange(mediator)
	c.exchange(grid)
	isNew(grid, true)
	clk.now = clk.now.AddDate(0, 0, 3)
	isNew(grid, false)
}

// Ensure that a desk that was killed has its board at once again after one quiet session.
func TestStore_BoardAfterKill(t *testing.T) {
	dir, clk := t.TempDir(), newClock()
	s := create(t, dir, options(clk))
	register(t, s, "水沟")
	killed := t.TempDir()
	file := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "desk.db")))
	if err := os.WriteFile(filepath.Join(killed, "desk.db"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, killed, options(clk))
	if _, ok := s.FirstBoard(); ok {
		t.Fatal("a board was kept by who was killed")
	}
	must[store.Board](t)(s.Board())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, ok := open(t, killed, options(clk)).FirstBoard(); !ok {
		t.Error("the quiet session kept no board")
	}
}
