package store_test

import (
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that a draft that was dropped is in no list, comes back whole, and is gone for
// good after a while.
func TestDroppedDrafts(t *testing.T) {
	clk := newClock()
	s := create(t, t.TempDir(), options(clk))
	d := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "排水沟"}}))
	other := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": "界址"}}))
	count := func(kept, dropped int) {
		t.Helper()
		if k, x := len(must[[]store.DraftWork](t)(s.Drafts())), len(must[[]store.DraftWork](t)(s.DroppedDrafts())); k != kept || x != dropped {
			t.Errorf("%d drafts and %d dropped, want %d and %d", k, x, kept, dropped)
		}
	}
	ok(t, s.DropDraft(d.ID))
	ok(t, s.DropDraft(store.DraftID{}))
	count(1, 1)
	if _, err := s.LoadDraft(d.ID); err == nil {
		t.Error("a dropped draft is loaded")
	}
	ok(t, s.RestoreDraft(d.ID))
	count(2, 0)
	if got := must[store.DraftWork](t)(s.LoadDraft(d.ID)); got.Values["title"] != "排水沟" || !got.Saved.Equal(d.Saved) {
		t.Errorf("came back as %+v", got)
	}
	ok(t, s.DropDraft(d.ID))
	clk.now = clk.now.Add(store.DroppedFor - time.Minute)
	count(1, 1)
	clk.now = clk.now.Add(2 * time.Minute)
	count(1, 0)
	if err := s.RestoreDraft(d.ID); err == nil {
		t.Error("restored after its time")
	}
	ok(t, s.DropDraft(other.ID))
	count(0, 1)
}
