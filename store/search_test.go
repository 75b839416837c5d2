package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/search"
)

// Ensure that filters ask the rows of real cases: what each lets through, beside words,
// before and after the index is made, and within another search; and that the tabs are
// counted as without.
func TestStore_Search(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	add := func(title string, change func(*casework.Registered)) store.Saved {
		t.Helper()
		r := dispute(title)
		change(r)
		return must[store.Saved](t)(grid.Append(store.Work{Events: []casework.Event{r}}))
	}
	add("排水沟", func(r *casework.Registered) {
		r.Parties = []casework.Party{{Role: "applicant", Name: "欧阳明远", Phone: "13900139000"}}
	})
	add("婚姻", func(r *casework.Registered) { r.Fields[casework.FieldCategory] = "0101" })
	add("保密的", func(r *casework.Registered) { r.Confidential = true })
	c.exchange(grid)
	c.exchange(mediator)
	add("新的", func(*casework.Registered) {})
	settled := add("作废的", func(*casework.Registered) {})
	must[store.Saved](t)(grid.Append(store.Work{Case: settled.Case, Events: []casework.Event{&casework.Voided{Reason: "登记错了"}}}))

	titles := func(s *store.Store, q store.Query) string {
		t.Helper()
		list := must[store.List](t)(s.Rows(q))
		var out []string
		for _, r := range list.Rows {
			out = append(out, r.Title)
		}
		if list.Total != len(out) || list.Tabs[store.TabAll] < len(out) {
			t.Errorf("%s: %d rows, total %d of %d", q.Find, len(out), list.Total, list.Tabs[store.TabAll])
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	check := func() {
		t.Helper()
		for find, want := range map[string]string{
			"类:婚恋":          "婚姻",
			"类:hl":          "婚姻",
			"-类:邻里":         "婚姻",
			"人:oymy":        "排水沟",
			"人:两家":          "", // it stands in the facts
			"两家 人:欧阳":       "排水沟",
			"-人:欧阳 类:邻里":    "作废的 保密的 新的",
			"收:达":           "保密的 婚姻 排水沟",
			"收:存":           "作废的 新的",
			"是:保密":          "保密的",
			"保密":            "保密的",
			"-是:保密 收:达":     "婚姻 排水沟",
			"态:已结":          "作废的",
			"态:未结 收:存":      "新的",
			"镇:龙窝 2026-10":  "作废的 保密的 婚姻 排水沟 新的",
			"镇:紫城":          "",
			"2026-11":       "",
			"是:我登记的 类:hl":   "婚姻",
			"灯:绿 收:存":       "新的",
			"psg":           "作废的 保密的 婚姻 排水沟 新的", // in the facts
			"psg 类:hl":      "婚姻",
			"办:没有这个单位":      "",
			"颜色:红":          "",
			"13900139000":   "排水沟",
			`"类:hl"`:        "",
			"是:保密 是:未读":     "",
			"期:逾期":          "",
			"事:矛盾 类:hl":     "婚姻",
			"类:没有 类:hl 排水沟": "",
		} {
			if got := titles(grid, store.Query{Find: find}); got != want {
				t.Errorf("%s: %q, not %q", find, got, want)
			}
		}
		if got := titles(grid, store.Query{Find: "类:hl,邻里", Within: "收:存", Tab: store.TabMine}); got != "作废的 新的" {
			t.Errorf("within: %q", got)
		}
	}
	check()
	ok(t, grid.PrepareSearch())
	check()

	// What somebody else did and the person has not seen, until the case is opened.
	if got := titles(mediator, store.Query{Find: "未读 类:hl"}); got != "婚姻" {
		t.Errorf("unread: %q", got)
	}
	row := must[store.List](t)(mediator.Rows(store.Query{Find: "类:hl"})).Rows[0]
	ok(t, mediator.NoteOpened(row))
	if got := titles(mediator, store.Query{Find: "未读 类:hl"}); got != "" {
		t.Errorf("read: %q", got)
	}

	// Where a word was found, and what was understood.
	list := must[store.List](t)(grid.Rows(store.Query{Find: "ouyang 类:没有"}))
	if len(list.Asked.Doubts) != 1 {
		t.Errorf("%+v", list.Asked)
	}
	list = must[store.List](t)(grid.Rows(store.Query{Find: "ouyang"}))
	if hits := list.Rows[0].Hits; len(hits) != 1 || hits[0] != (search.Line{Part: search.PartName, Text: "欧阳明远"}) {
		t.Errorf("%+v", hits)
	}

	// A case that was withdrawn is found by its number alone.
	number := list.Rows[0].Number
	c.withdraw(town, list.Rows[0].ID, "")
	c.exchange(mediator)
	for find, want := range map[string]int{number: 1, number + " -类:hl": 0} {
		if got := must[store.List](t)(mediator.Rows(store.Query{Find: find})).Total; got != want {
			t.Errorf("%s: %d, not %d", find, got, want)
		}
	}
	checkClean(t, grid)
}

// Ensure that a search that nobody waits for any more is given up, and the store is as
// before.
func TestStore_SearchCancelled(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	var works []store.Work
	for i := range 600 {
		works = append(works, store.Work{Events: []casework.Event{dispute(fmt.Sprintf("第%d件", i))}})
	}
	must[[]store.Imported](t)(s.Import(works, nil))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Search(ctx, store.Query{Find: "第"}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Microsecond)
		if list, err := s.Search(ctx, store.Query{Find: "排水"}); err == nil && list.Total != 600 {
			t.Errorf("%d of 600", list.Total)
		}
		cancel()
	}
	if list := must[store.List](t)(s.Rows(store.Query{Find: "排水", Limit: 10})); list.Total != 600 || len(list.Rows) != 10 {
		t.Errorf("%d rows of %d", len(list.Rows), list.Total)
	}
}

// Ensure that what is found while one types on is what is found at once, whatever filters
// and tabs come between, and after a case changed.
func TestStore_SearchTypedOn(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	var works []store.Work
	for i := range 700 {
		r := dispute([]string{"排水沟纠纷", "水沟排", "欧阳家的鸡", "抚养费"}[i%4])
		r.Fields[casework.FieldFacts] = []string{"两家争吵", "排水不畅", "沟里有水", "鸡吃菜", "男方不付"}[i%5]
		r.Fields[casework.FieldCategory] = []string{"0201", "0101"}[i%2]
		works = append(works, store.Work{Events: []casework.Event{r}})
	}
	must[[]store.Imported](t)(s.Import(works, nil))
	ok(t, s.PrepareSearch())
	total := func(find string) int {
		t.Helper()
		return must[store.List](t)(s.Rows(store.Query{Find: find, Limit: 5})).Total
	}
	for _, typed := range []string{"psg", "paishuigou", "排水沟", "oyjdj", "水 排", "fyf nf", "psg 类:hl", "jcc"} {
		for i := range []rune(typed) {
			part := string([]rune(typed)[:i+1])
			on := total(part)
			if !strings.Contains(part, ":") && on != total(part+" 类:邻里")+total(part+" -类:邻里") {
				t.Errorf("%s: %d with both filters together", part, on)
			}
			total("魑") // and all else is forgotten
			if at := total(part); on != at {
				t.Errorf("%s: %d while typing, %d at once", part, on, at)
			}
		}
	}
	// What was learnt says nothing of a case that came since.
	before := total("围墙塌了")
	total("围墙")
	register(t, s, "围墙塌了")
	if on := total("围墙塌了"); on != before+1 {
		t.Errorf("%d found after one was registered, %d before", on, before)
	}
}
