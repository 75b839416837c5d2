package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that work that is faulty or not allowed is refused with every fault, and
// that nothing of it is stored.
func TestStore_Append_Refusals(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	bad := dispute("")
	bad.Fields[casework.FieldCategory] = "没有"
	_, err := s.Append(store.Work{Events: []casework.Event{bad}})
	var refusal *casework.Refusal
	if !errors.As(err, &refusal) || refusal.Code != casework.CodeInvalid || len(refusal.Faults) != 2 {
		t.Errorf("two faults: %v", err)
	}
	if _, err := s.Append(store.Work{}); code(err) != casework.CodeInvalid {
		t.Errorf("no events: %v", err)
	}
	if _, err := s.Append(store.Work{Events: note("无案")}); code(err) != casework.CodeNotFound {
		t.Errorf("no case: %v", err)
	}
	saved := register(t, s, "排水沟纠纷")
	if _, err := s.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.SignedFor{}}}); code(err) != casework.CodeNotAllowed {
		t.Errorf("not allowed here: %v", err)
	}
	if _, err := s.Append(store.Work{Case: saved.Case, Events: []casework.Event{dispute("又一次")}}); code(err) != casework.CodeNotAllowed {
		t.Errorf("second registration: %v", err)
	}
	list := must[store.List](t)(s.Rows(store.Query{}))
	if list.Total != 1 {
		t.Errorf("%d cases", list.Total)
	}
	checkClean(t, s)
}

// Ensure that the lists have the right cases in the right order, page by page.
func TestStore_Rows(t *testing.T) {
	c := newClock()
	s := create(t, t.TempDir(), options(c))
	var ids []casework.CaseID
	for i := range 7 {
		ids = append(ids, register(t, s, fmt.Sprintf("纠纷%d", i)).Case)
	}
	must[store.Saved](t)(s.Append(store.Work{Case: ids[2], Events: []casework.Event{&casework.Voided{Reason: "录错"}}}))
	list := must[store.List](t)(s.Rows(store.Query{Tab: store.TabMine, Limit: 3}))
	if list.Total != 7 || len(list.Rows) != 3 || list.Rows[0].ID != ids[2] || list.Rows[1].ID != ids[6] {
		t.Errorf("newest change first: %+v", list)
	}
	if got := list.Tabs; got[store.TabClosed] != 1 || got[store.TabTodo] != 6 || got[store.TabAll] != 7 || got[store.TabOverdue] != 0 {
		t.Errorf("tabs %v", got)
	}
	list = must[store.List](t)(s.Rows(store.Query{Tab: store.TabMine, Offset: 6, Limit: 3}))
	if len(list.Rows) != 1 || list.Rows[0].ID != ids[0] {
		t.Errorf("last page: %+v", list.Rows)
	}
	list = must[store.List](t)(s.Rows(store.Query{Tab: store.TabTodo}))
	if len(list.Rows) != 6 || list.Rows[0].ID != ids[0] || list.Rows[0].Light != casework.Green {
		t.Errorf("first due first: %+v", list.Rows)
	}
	c.now = c.now.Add(48 * time.Hour)
	list = must[store.List](t)(s.Rows(store.Query{Tab: store.TabOverdue}))
	if list.Total != 6 || list.Rows[0].Light != casework.Red || list.Rows[0].DaysLeft >= 0 {
		t.Errorf("overdue: %+v", list)
	}
}

// Ensure that cases are found by characters, pinyin, initials, number and phone,
// and by words said in the notes.
func TestStore_Rows_Find(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	saved := register(t, s, "鱼塘承包")
	other := dispute("宅基地")
	other.Parties[0].Name, other.Parties[0].Phone = "李示二", "13900139000"
	must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{other}}))
	for query, want := range map[string]int{
		"": 2, "鱼塘": 1, "yutang": 1, "ytcb": 1, "zwh": 1, "张伟": 1, "13800": 1, saved.Number: 1, "争吵": 2,
		"张伟 鱼塘": 1, "张伟 宅基地": 0, "没有的": 0,
	} {
		if got := must[store.List](t)(s.Rows(store.Query{Find: query})); got.Total != want {
			t.Errorf("%q finds %d, want %d", query, got.Total, want)
		}
	}
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("挖掘机赔偿")}))
	if got := must[store.List](t)(s.Rows(store.Query{Find: "挖掘机"})); got.Total != 1 {
		t.Errorf("a note is found %d times", got.Total)
	}
}

// Ensure that a case is found by what people call it.
func TestStore_Find(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	a, b := register(t, s, "一"), register(t, s, "二")
	id := a.Case.String()
	tail := a.Number[len(a.Number)-6:] // as a list shows it: "1-EBPN"
	for _, name := range []string{id, a.Number, id[:20], tail, strings.ToLower(tail), tail[2:], " " + tail} {
		if got, err := s.Find(name); err != nil || got != a.Case {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if _, err := s.Find(b.Case.String()[:4]); code(err) != casework.CodeAmbiguous {
		t.Errorf("two cases: %v", err)
	}
	for _, name := range []string{"", "zzzz", tail[3:], "00000000-0000-7000-8000-000000000000"} {
		if _, err := s.Find(name); code(err) != casework.CodeNotFound {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// Ensure that ten thousand cases come in at once, all or none, and the same source
// only once.
func TestStore_Import(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	s := create(t, dir, o)
	n := 10_000
	if testing.Short() {
		n = 500
	}
	works := func(n int) []store.Work {
		out := make([]store.Work, n)
		for i := range out {
			d := dispute(fmt.Sprintf("导入的纠纷%d", i))
			d.Source = casework.Source{System: "旧平台", ID: fmt.Sprint(i)}
			out[i].Events = []casework.Event{d}
		}
		return out
	}
	bad := works(3)
	bad[1].Events[0].(*casework.Registered).Fields[casework.FieldTitle] = ""
	_, err := s.Import(bad, nil)
	var faults *store.ImportError
	if !errors.As(err, &faults) || len(faults.Works) != 1 || faults.Works[0].Index != 1 || code(err) != casework.CodeInvalid {
		t.Errorf("a faulty piece: %v", err)
	}
	told := 0
	begin := time.Now()
	done := must[[]store.Imported](t)(s.Import(works(n), func(d int) { told = d }))
	t.Logf("%d cases in %v", n, time.Since(begin))
	if len(done) != n || told != n || done[0].Skipped || done[0].Number == "" {
		t.Errorf("%d done, %d told, first %+v", len(done), told, done[0])
	}
	again := must[[]store.Imported](t)(s.Import(works(5), nil))
	for i, d := range again {
		if !d.Skipped || d.ID != done[i].ID || d.Number != done[i].Number {
			t.Errorf("again %d: %+v", i, d)
		}
	}
	if list := must[store.List](t)(s.Rows(store.Query{Limit: 1})); list.Total != n {
		t.Errorf("%d cases", list.Total)
	}
	ok(t, s.Close())
	begin = time.Now()
	s = open(t, dir, o)
	page, found := s.FirstPage(store.TabAll)
	t.Logf("first page after %v", time.Since(begin))
	if !found || page.Total != n || len(page.Rows) == 0 {
		t.Errorf("first page: %v, %d of %d", found, len(page.Rows), page.Total)
	}
	list := must[store.List](t)(s.Rows(store.Query{Tab: store.TabAll, Limit: len(page.Rows)}))
	t.Logf("rows after %v", time.Since(begin))
	for i := range page.Rows {
		if page.Rows[i].ID != list.Rows[i].ID {
			t.Fatalf("row %d of the first page is another", i)
		}
	}
	if v := view(t, s, done[n-1].ID); v.Number != done[n-1].Number {
		t.Errorf("number %s", v.Number)
	}
}

// Ensure that a first page is not shown when rows changed after it was kept.
func TestStore_FirstPage_Stale(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	s := create(t, dir, o)
	register(t, s, "一")
	ok(t, s.Close())
	s = open(t, dir, o)
	if page, found := s.FirstPage(store.TabMine); !found || len(page.Rows) != 1 {
		t.Errorf("page %+v, %v", page, found)
	}
	register(t, s, "二")
	if _, found := s.FirstPage(store.TabMine); found {
		t.Error("a stale page is shown")
	}
	// A window that dies keeps no pages and leaves a mark.
	copied := t.TempDir()
	crash(t, filepath.Join(dir, "desk.db"), filepath.Join(copied, "desk.db"))
	s = open(t, copied, o)
	if _, found := s.FirstPage(store.TabMine); found || !s.Unclean() {
		t.Errorf("after a crash: page %v, unclean %v", found, s.Unclean())
	}
	if list := must[store.List](t)(s.Rows(store.Query{})); list.Total != 2 {
		t.Errorf("%d cases", list.Total)
	}
}

// Ensure that drafts survive, and that saving the work drops its draft in the same
// step.
func TestStore_Drafts(t *testing.T) {
	dir, o := t.TempDir(), options(newClock())
	s := create(t, dir, o)
	d := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "排"}}))
	d.Values["title"] = "排水沟"
	must[store.DraftWork](t)(s.SaveDraft(d))
	other := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActNote}))
	ok(t, s.Close())
	s = open(t, dir, o)
	got := must[[]store.DraftWork](t)(s.Drafts())
	if len(got) != 2 || got[0].ID != other.ID || got[1].Values["title"] != "排水沟" {
		t.Errorf("drafts %+v", got)
	}
	saved := must[store.Saved](t)(s.Append(store.Work{Events: []casework.Event{dispute("排水沟")}, Draft: d.ID}))
	if _, err := s.LoadDraft(d.ID); code(err) != casework.CodeNotFound {
		t.Errorf("the draft outlives its save: %v", err)
	}
	ok(t, s.DeleteDraft(other.ID))
	ok(t, s.DeleteDraft(other.ID))
	if got := must[[]store.DraftWork](t)(s.Drafts()); len(got) != 0 {
		t.Errorf("drafts %+v", got)
	}
	view(t, s, saved.Case)
}

// Ensure that a watch tells of every changed case once, and ends with the store.
func TestStore_Watch(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	w := s.Watch()
	a := register(t, s, "一")
	must[store.Saved](t)(s.Append(store.Work{Case: a.Case, Events: note("再记")}))
	s.SetLink(store.Link{State: store.LinkBusy})
	<-w.C
	change, all := w.Take()
	if len(change.Cases) != 1 || change.Cases[0] != a.Case || !change.Link || change.Drafts || all {
		t.Errorf("change %+v, %v", change, all)
	}
	if s.Link().State != store.LinkAlone {
		t.Errorf("link %+v", s.Link())
	}
	ok(t, s.Close())
	if _, more := <-w.C; more {
		t.Error("the watch goes on")
	}
	w.Stop()
}
