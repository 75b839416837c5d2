package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
)

// Ensure that a laptop is handed over only when nothing would be lost, that
// nothing is written from then on, and that the word for the next worker lies
// there only while the county has everything.
func TestStore_HandOver(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	saved := register(t, s, "排水沟纠纷")
	refused := func(what string, err error, why casework.Why) {
		t.Helper()
		if !errors.Is(err, &casework.Refusal{Code: code(err), Why: why}) || err == nil {
			t.Errorf("%s: %v, want %s", what, err, why)
		}
	}
	refused("unsent", s.HandOver("grid4", ""), store.WhyUnsent)
	c.exchange(s)
	draft := must[store.DraftWork](t)(s.SaveDraft(store.DraftWork{Action: casework.ActRegister}))
	refused("a draft", s.HandOver("grid4", ""), store.WhyDrafts)
	ok(t, s.DropDraft(draft.ID)) // one that was dropped hinders nothing, and goes with the hand-over
	refused("nobody", s.HandOver("nobody", ""), casework.WhyNoSuchUser)
	refused("herself", s.HandOver("grid1", ""), store.WhyHandedSelf)
	refused("not handed", s.TakeBack(), store.WhyNotHanded)
	refused("no word", s.LeaveWord(), store.WhyNotHanded)
	c.hold = casework.WhyRole
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("押下")}))
	c.exchange(s)
	refused("held", s.HandOver("grid4", ""), store.WhyHeldOwn)
	c = newCounty(t, village)
	s = c.laptop("grid1", village)
	saved = register(t, s, "围墙纠纷")
	c.exchange(s)

	ok(t, s.HandOver("grid4", "轮岗"))
	refused("unsent word", s.LeaveWord(), store.WhyUnsent)
	refused("twice", s.HandOver("grid4", ""), store.WhyHandedOver)
	_, err := s.Append(store.Work{Case: saved.Case, Events: note("还有话")})
	refused("a note", err, store.WhyHandedOver)
	_, err = s.SaveDraft(store.DraftWork{Action: casework.ActRegister})
	refused("a new draft", err, store.WhyHandedOver)
	if store.ForgetHanded(s.Dir(), options(newClock())) == nil {
		t.Fatal("destroyed without a word")
	}
	c.exchange(s)
	ok(t, s.LeaveWord())
	checkClean(t, s)
	ok(t, s.TakeBack())
	if _, there := store.WordIn(s.Dir()); there {
		t.Error("the word lies there although it was taken back")
	}
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("还有话")}))
}

// Ensure that the profile before goes without its passphrase once there is a word,
// never while a desk has it open, and that the next one moves in, also after the
// machine stopped in between.
func TestForgetHanded(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	register(t, s, "排水沟纠纷")
	c.exchange(s)
	ok(t, s.HandOver("grid4", ""))
	c.exchange(s)
	ok(t, s.LeaveWord())
	dir, word := s.Dir(), must2(store.WordIn(s.Dir()))
	o := options(newClock())
	if code(store.ForgetHanded(dir, o)) != casework.CodeBusy {
		t.Fatal("destroyed under an open desk")
	}
	next := create(t, store.Beside(dir), o)
	if err := next.TakeOver(word); code(err) != casework.CodeWrongCounty {
		t.Errorf("taken over without a county: %v", err)
	}
	ok(t, next.Close())
	if err := store.MoveIn(dir); code(err) != casework.CodeNotAllowed {
		t.Errorf("moved in over the one before: %v", err)
	}
	ok(t, s.Close())
	ok(t, store.ForgetHanded(dir, o))
	if _, err := os.Stat(filepath.Join(dir, "desk.db")); err == nil {
		t.Error("the file before is there")
	}
	ok(t, store.MoveIn(dir))
	if _, err := os.Stat(store.Beside(dir)); err == nil {
		t.Error("the folder beside is there")
	}
	open(t, dir, o)
}

func must2(w store.Word, there bool) store.Word {
	if !there {
		panic("no word")
	}
	return w
}

// Ensure that what was shown is kept, the newest first, and that the list of it
// does not grow for ever.
func TestStore_Looks(t *testing.T) {
	s := create(t, t.TempDir(), options(newClock()))
	ok(t, s.NoteLooks(10_250, "旧的"))
	ok(t, s.NoteLook(casework.CaseID{}, "新的", store.LookJSON))
	looks := must[[]store.Look](t)(s.Looks())
	if n := len(looks); n < 9_900 || n > 10_000 || looks[0].Number != "新的" || looks[1].Number != "旧的" {
		t.Errorf("%d looks, the newest %+v", n, looks[0])
	}
}

// Ensure that a hand-over that is taken back while the next worker destroys the
// profile keeps it, and that no word is left of what is taken back meanwhile.
func TestForgetHanded_TakenBack(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	saved := register(t, s, "排水沟纠纷")
	c.exchange(s)
	ok(t, s.HandOver("grid4", ""))
	c.exchange(s)
	ok(t, s.LeaveWord())
	o := options(newClock())
	forgot := make(chan error)
	go func() { forgot <- store.ForgetHanded(s.Dir(), o) }() // it has read the word and waits for the file
	time.Sleep(50 * time.Millisecond)
	ok(t, s.TakeBack())
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("还有话")}))
	ok(t, s.Close())
	if err := <-forgot; code(err) == "" {
		t.Fatal("destroyed although it was taken back")
	}
	open(t, s.Dir(), o)
}

// Ensure that the word is never left beside a hand-over that is taken back at the
// same moment.
func TestStore_LeaveWordTakeBack(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	for range 20 {
		c.exchange(s)
		ok(t, s.HandOver("grid4", ""))
		c.exchange(s)
		var wg sync.WaitGroup
		wg.Go(func() {
			for range 20 {
				_ = s.LeaveWord()
			}
		})
		ok(t, s.TakeBack())
		wg.Wait()
		if _, there := store.WordIn(s.Dir()); there {
			t.Fatal("a word lies there although the hand-over was taken back")
		}
	}
}

// handedOver is a folder that waits for the next worker, with her profile beside
// it, both closed.
func handedOver(t *testing.T) (dir string, next string) {
	t.Helper()
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	register(t, s, "排水沟纠纷")
	c.exchange(s)
	ok(t, s.HandOver("grid4", ""))
	c.exchange(s)
	ok(t, s.LeaveWord())
	dir = s.Dir()
	must[string](t)(s.Snapshot(""))
	ok(t, s.Close())
	n := create(t, store.Beside(dir), options(newClock()))
	next = n.Profile().ID
	ok(t, n.Close())
	return dir, next
}

// Ensure that a take-over that was stopped anywhere after the county admitted it
// comes to its end, with nothing left of the profile before, and that no word lies
// beside the next one.
func TestFinishTaking_StoppedAnywhere(t *testing.T) {
	at := func(dir, name string) string { return filepath.Join(dir, name) }
	rename := func(t *testing.T, from, to string) {
		t.Helper()
		ok(t, os.Rename(from, to))
	}
	zero := func(t *testing.T, file string) {
		t.Helper()
		data := must[[]byte](t)(os.ReadFile(file))
		clear(data[:len(data)/2])
		ok(t, os.WriteFile(file, data, 0o600))
	}
	for name, stop := range map[string]func(t *testing.T, dir string){
		"before the slots went": func(*testing.T, string) {},
		"slots gone": func(t *testing.T, dir string) {
			ok(t, store.DropSlots(dir))
		},
		"half written over under its own name": func(t *testing.T, dir string) { // as earlier versions did
			zero(t, at(dir, "desk.db"))
		},
		"name gone": func(t *testing.T, dir string) { rename(t, at(dir, "desk.db"), at(dir, "gone.db")) },
		"half written over": func(t *testing.T, dir string) {
			rename(t, at(dir, "desk.db"), at(dir, "gone.db"))
			zero(t, at(dir, "gone.db"))
		},
		"file gone": func(t *testing.T, dir string) { ok(t, os.Remove(at(dir, "desk.db"))) },
		"all gone":  func(t *testing.T, dir string) { ok(t, store.ForgetHanded(dir, options(newClock()))) },
		"half moved in": func(t *testing.T, dir string) {
			ok(t, store.ForgetHanded(dir, options(newClock())))
			ok(t, os.WriteFile(at(dir, "ballast"), nil, 0o600))
		},
		"with what is left of a try that was given up": func(t *testing.T, dir string) {
			ok(t, os.WriteFile(at(store.Beside(dir), "gone.db"), nil, 0o600))
		},
		"revoked by an exchange of the desk before": func(t *testing.T, dir string) {
			ok(t, os.Remove(at(dir, "desk.db")))
			ok(t, os.WriteFile(at(dir, "revoked"), []byte("{}"), 0o600))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, next := handedOver(t)
			o := options(newClock())
			stop(t, dir)
			if _, err := os.Stat(at(dir, "desk.db")); err == nil {
				if moved, err := store.FinishTaking(dir, o); moved || err != nil {
					t.Fatalf("moved in over the one before: %t, %v", moved, err)
				}
				ok(t, store.ForgetHanded(dir, o))
			}
			if moved := must[bool](t)(store.FinishTaking(dir, o)); !moved {
				t.Fatal("not moved in")
			}
			if got := open(t, dir, o).Profile().ID; got != next {
				t.Errorf("opened %s", got)
			}
			for _, left := range []string{"gone.db", "handover", "next", "snapshots", "revoked"} {
				if _, err := os.Stat(at(dir, left)); err == nil {
					t.Errorf("%s is left", left)
				}
			}
			if moved := must[bool](t)(store.FinishTaking(dir, o)); moved {
				t.Error("moved in twice")
			}
		})
	}
}

// Ensure that nobody moves in beside a word: it would say that the next profile
// may go.
func TestMoveIn_Word(t *testing.T) {
	dir, _ := handedOver(t)
	ok(t, os.Remove(filepath.Join(dir, "desk.db")))
	if err := store.MoveIn(dir); code(err) != casework.CodeNotAllowed {
		t.Errorf("moved in: %v", err)
	}
}

// Ensure that a record which the county holds while the laptop is being handed
// over keeps it from that: between what it had not answered and what it holds
// there is no moment in which nothing stands in the way.
func TestStore_HandOverHeldMeanwhile(t *testing.T) {
	c := newCounty(t, village)
	s := c.laptop("grid1", village)
	saved := register(t, s, "排水沟纠纷")
	c.exchange(s)
	c.hold = casework.WhyRole
	must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note("押下")}))
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.exchange(s)
	}()
	for {
		err := s.HandOver("grid4", "")
		if err == nil {
			<-done
			t.Fatal("handed over with a record that is held")
		}
		if errors.Is(err, &casework.Refusal{Code: casework.CodeNotAllowed, Why: store.WhyHeldOwn}) {
			break
		}
	}
	<-done
}

// Ensure that the word says when and how much, and that the next worker's own
// profile tells whose work it was from the cases that she is shown.
func TestStore_WorkBefore(t *testing.T) {
	c := newCounty(t, village)
	s, next := c.laptop("grid1", village), c.laptop("grid4", village)
	kept := register(t, s, "排水沟纠纷")
	void := register(t, s, "写错了")
	must[store.Saved](t)(s.Append(store.Work{Case: void.Case, Events: []casework.Event{&casework.Voided{Reason: "写错了"}}}))
	c.exchange(s)
	ok(t, s.HandOver("grid4", ""))
	c.exchange(s)
	ok(t, s.LeaveWord())
	word := must2(store.WordIn(s.Dir()))
	if word.At == 0 || word.Cases != 2 || word.Open != 1 {
		t.Errorf("the word: %+v", word)
	}
	if before := must[store.Before](t)(next.WorkBefore(word)); before.User != "grid1" || before.Cases != nil {
		t.Errorf("told without a case: %+v", before)
	}
	elsewhere := newCounty(t, village)
	elsewhere.epoch = epochOf(2)
	if before := must[store.Before](t)(elsewhere.laptop("grid4", village).WorkBefore(word)); before.User != "" {
		t.Errorf("told elsewhere: %+v", before)
	}
	c.exchange(next)
	before := must[store.Before](t)(next.WorkBefore(word))
	if before.User != "grid1" || len(before.Cases) != 1 || before.Cases[0].ID != kept.Case {
		t.Errorf("told: %+v", before)
	}
}
