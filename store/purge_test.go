package store_test

import (
	"testing"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/record"
)

// Ensure that words that came without a body, because another laptop had
// destroyed them, are taken when they come whole, and that they are not given up
// again for the header alone.
func TestStore_Purged(t *testing.T) {
	c := newCounty(t, village, town)
	grid, mediator := c.laptop("grid1", village), c.laptop("mediator1", town)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	line := &c.feeds[town][0]
	whole := line.Raw
	line.Raw = must[[]byte](t)(must[*record.Record](t)(record.Open(whole)).Purge())
	header := *line
	c.exchange(mediator)
	if v := view(t, mediator, saved.Case); v.Title != "" || v.Case.Exists() {
		t.Fatalf("a header alone shows %+v", v.Row)
	}
	show := func(raw []byte, again int) {
		t.Helper()
		l := header
		// The county holds it elsewhere now, as after a restore.
		l.Raw, l.At = raw, store.Mark{Epoch: c.epoch, N: c.n + uint64(again)}
		c.feeds[town] = append(c.feeds[town], l)
		c.exchange(mediator)
		if v := view(t, mediator, saved.Case); v.Title != "排水沟纠纷" {
			t.Errorf("showing it again, %d: title %q", again, v.Title)
		}
		checkClean(t, mediator)
	}
	show(whole, 0)
	show(header.Raw, 1)
}

// Ensure that words that were destroyed here never go up as new ones: they have
// the county's stamp with them.
func TestStore_Purged_Offered(t *testing.T) {
	c := newCounty(t, town)
	s := c.laptop("mediator1", town)
	c.exchange(s)
	kept, lines := c.n, len(c.feeds[town])
	saved := register(t, s, "排水沟纠纷")
	c.exchange(s)
	c.withdraw(town, saved.Case, "")
	c.backed = store.Mark{Epoch: c.epoch, N: c.n}
	c.exchange(s)
	c.restore(kept, lines)
	c.backed = store.Mark{}
	must[store.Taken](t)(s.Absorb(c.answer(s.Position(), nil)))
	batch := must[store.Batch](t)(s.Outbox(store.Sent{}, 1<<20))
	if len(batch.Items) != 1 {
		t.Fatalf("%d entries are offered", len(batch.Items))
	}
	if rec := must[*record.Record](t)(record.Open(batch.Items[0].Raw)); !rec.Purged || len(batch.Items[0].Stamp) == 0 {
		t.Errorf("purged %v, stamp of %d bytes", rec.Purged, len(batch.Items[0].Stamp))
	}
}

// Ensure that with a withdrawn case the words of all issues of its own entries
// are destroyed, in the logs that were left as well.
func TestStore_Withdrawn_Reissued(t *testing.T) {
	c := newCounty(t, town)
	s := create(t, t.TempDir(), options(newClock()))
	register(t, s, "另一案")
	saved := register(t, s, "排水沟纠纷") // in the log of the time before the county
	c.join(s, "mediator1", town)
	ok(t, s.Rotate(casework.LogForked)) // and in a third
	c.exchange(s)
	c.withdraw(town, saved.Case, "")
	c.backed = store.Mark{Epoch: c.epoch, N: c.n}
	c.exchange(s)
	checkClean(t, s)
	whole, purged, err := s.OwnIssues(saved.Case)
	ok(t, err)
	if whole != 0 || purged != 3 {
		t.Errorf("%d issues keep their words, %d do not", whole, purged)
	}
}

// Ensure that the drafts of a withdrawn case go with it, for a form is filled
// with others' words, and that others stay.
func TestStore_Withdrawn_Draft(t *testing.T) {
	c := newCounty(t, village)
	grid, reader := c.laptop("grid1", village), c.laptop("grid1", village)
	saved, other := register(t, grid, "排水沟纠纷"), register(t, grid, "宅基地纠纷")
	c.exchange(grid)
	c.exchange(reader)
	values := map[string]string{"facts": "两家为排水沟争吵"}
	must[store.DraftWork](t)(reader.SaveDraft(store.DraftWork{Case: saved.Case, Action: casework.ActAmend, Values: values}))
	keep := must[store.DraftWork](t)(reader.SaveDraft(store.DraftWork{Case: other.Case, Action: casework.ActAmend, Values: values}))
	fresh := must[store.DraftWork](t)(reader.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: values}))
	w := reader.Watch()
	defer w.Stop()
	c.withdraw(village, saved.Case, "")
	c.exchange(reader)
	left := must[[]store.DraftWork](t)(reader.Drafts())
	if len(left) != 2 || left[0].ID != fresh.ID || left[1].ID != keep.ID {
		t.Errorf("drafts left: %+v", left)
	}
	if change, _ := w.Take(); !change.Drafts {
		t.Error("nobody was told")
	}
	// A form that is still open saves itself again.
	if _, err := reader.SaveDraft(store.DraftWork{Case: saved.Case, Action: casework.ActAmend, Values: values}); !isCode(err, casework.CodeNotFound) {
		t.Errorf("a draft on a withdrawn case: %v", err)
	}
}

// Ensure that the first page that was kept at the last end, with its titles, goes
// with a withdrawn case and not only at the next end.
func TestStore_Withdrawn_FirstPage(t *testing.T) {
	c := newCounty(t, village, town)
	dir, o := t.TempDir(), options(newClock())
	grid, mediator := c.laptop("grid1", village), create(t, dir, o)
	c.join(mediator, "mediator1", town)
	saved := register(t, grid, "排水沟纠纷")
	c.exchange(grid)
	c.exchange(mediator)
	ok(t, mediator.Close())
	mediator = open(t, dir, o)
	if !mediator.KeepsPage(store.TabAll) {
		t.Fatal("no page was kept")
	}
	c.withdraw(town, saved.Case, "")
	c.exchange(mediator)
	if mediator.KeepsPage(store.TabAll) {
		t.Error("the page with the title is still there")
	}
	checkClean(t, mediator)
}
