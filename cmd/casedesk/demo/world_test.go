package demo_test

import (
	"testing"

	"casedesk/cmd/casedesk/demo"
	"casedesk/store"
)

// Ensure that the world comes up with the sample's past on every laptop that
// may see it.
func TestNew(t *testing.T) {
	w, err := demo.New(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	want := map[string]int{"grid1": 4, "mediator1": 4, "county1": 5}
	for _, l := range w.Laptops {
		list, err := l.Store.Rows(store.Query{Tab: store.TabAll})
		if err != nil {
			t.Fatal(err)
		}
		if list.Total != want[l.Seat] {
			t.Errorf("%s sees %d cases, want %d", l.Seat, list.Total, want[l.Seat])
		}
		for _, r := range list.Rows {
			t.Logf("%s %s %s %s %s %d %s", l.Seat, r.Number, r.Title, r.State, r.Light, r.DaysLeft, r.Receipt)
		}
	}
}

// Ensure that the story happens.
func TestWorld_Play(t *testing.T) {
	w, err := demo.New(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	result, err := w.Play(t.Context(), func(s demo.Step) { t.Logf("%+v", s) })
	if err != nil || result.Result != "ok" {
		t.Errorf("%+v, %v", result, err)
	}
}
