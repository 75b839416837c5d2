package store_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that a list shows the light that the case itself has, at the first
// instant that is too late as well.
func TestStore_Rows_Light(t *testing.T) {
	c := newClock()
	s := create(t, t.TempDir(), options(c))
	saved := register(t, s, "排水沟纠纷")
	due := view(t, s, saved.Case).Due
	for _, at := range []struct {
		now  time.Time
		want casework.Light
	}{
		{due.Add(-20 * time.Hour), casework.Green},
		{due.Add(-time.Second), casework.Yellow},
		{due, casework.Red},
		{due.Add(time.Second), casework.Red},
	} {
		c.now = at.now.Add(-time.Second) // it goes on by a second when it is read
		v := view(t, s, saved.Case)
		if v.Light != at.want || len(v.Limits) != 1 || v.Limits[0].Light != at.want {
			t.Errorf("%s: row %s, limits %+v", at.now.Sub(due), v.Light, v.Limits)
		}
		c.now = at.now.Add(-time.Second)
		if list := must[store.List](t)(s.Rows(store.Query{})); list.Rows[0].Light != at.want {
			t.Errorf("%s: list %s", at.now.Sub(due), list.Rows[0].Light)
		}
	}
}

// Ensure that a case whose limits stand still is grey in every list, as many days
// left as when it was suspended, is not overdue, and comes after those that go on;
// the rows that are kept say the same.
func TestStore_Rows_Paused(t *testing.T) {
	c, dir := newClock(), t.TempDir()
	s := create(t, dir, options(c))
	waits, goesOn := register(t, s, "等鉴定").Case, register(t, s, "在办").Case
	do := func(id casework.CaseID, ev casework.Event) {
		t.Helper()
		must[store.Saved](t)(s.Append(store.Work{Case: id, Events: []casework.Event{ev}}))
	}
	do(waits, &casework.Accepted{})
	c.now = c.now.Add(time.Hour)
	do(goesOn, &casework.Accepted{})
	do(waits, &casework.Suspended{Reason: "等待鉴定"})
	before := view(t, s, waits)
	c.now = c.now.Add(90 * 24 * time.Hour)
	check := func() {
		t.Helper()
		v := view(t, s, waits)
		if v.Light != casework.Grey || v.Limits[1].Light != casework.Grey || v.DaysLeft != before.DaysLeft || v.Limits[1].DaysLeft != before.DaysLeft || !v.Due.Equal(before.Due) {
			t.Errorf("row %s, %d days to %s; limits %+v", v.Light, v.DaysLeft, v.Due, v.Limits)
		}
		todo := must[store.List](t)(s.Rows(store.Query{Tab: store.TabTodo}))
		if len(todo.Rows) != 2 || todo.Rows[1].ID != waits || todo.Rows[1].Light != casework.Grey {
			t.Errorf("to do: %+v", todo.Rows)
		}
		if late := must[store.List](t)(s.Rows(store.Query{Tab: store.TabOverdue})); late.Total != 1 || late.Rows[0].ID != goesOn || late.Tabs[store.TabOverdue] != 1 {
			t.Errorf("overdue: %+v", late)
		}
	}
	check()
	ok(t, s.Close())
	s = open(t, dir, options(c))
	check()
	do(waits, &casework.Resumed{})
	v := view(t, s, waits)
	if v.State != casework.StateAccepted || v.Light != casework.Green || !v.Due.After(before.Due) || !v.Limits[1].OriginalDue.Equal(before.Due) {
		t.Errorf("resumed: %s, %s, due %s, was %s", v.State, v.Light, v.Due, before.Due)
	}
}
