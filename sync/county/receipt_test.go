package county_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
)

// slip writes into a case that its party was handed a slip, and returns the code.
func (l *laptop) slip(id casework.CaseID, seed byte) string {
	l.t.Helper()
	code, err := casework.NewReceiptCode(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		l.t.Fatal(err)
	}
	hash, _ := casework.ReceiptHash(code)
	l.add(id, &casework.ReceiptGiven{Hash: hash})
	return code
}

func said(satisfaction string) casework.Said {
	return casework.Said{Satisfaction: satisfaction, Efficiency: "basic", Leader: "satisfied"}
}

// rated are what a laptop's case holds as said by code.
func (l *laptop) rated(id casework.CaseID) (out []string) {
	c := l.fold(id)
	for _, r := range c.Ratings {
		if r.Way == casework.WayCode {
			out = append(out, r.Satisfaction)
		}
	}
	return out
}

// wants checks that an error is a refusal of that code and reason.
func wants(t *testing.T, what string, err error, code casework.Code, why casework.Why) {
	t.Helper()
	if !errors.Is(err, &casework.Refusal{Code: code, Why: why}) {
		t.Errorf("%s: %v, want %s (%s)", what, err, code, why)
	}
}

// Ensure that a code leads to its case, rates it once for each result, as the county's own
// entry that laptops fold alike, and that every other use of it is answered clearly.
func TestReceipt(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	code := grid.slip(id, 1)
	_, err := w.Receipt(ctx, code, "x")
	wants(t, "before it came up", err, casework.CodeNotFound, county.WhyReceiptUnknown)
	grid.sync()
	mediator.sync()
	got, err := w.Receipt(ctx, strings.ToLower(code), "x")
	if err != nil {
		t.Fatal(err)
	}
	if got.Number != "N" || got.Progress != casework.ProgressIntake || got.MayRate || got.WhyNot != casework.WhyNoResult || got.Unit == "" || got.Phone == "" || got.Due == "" {
		t.Errorf("it says %+v", got)
	}
	_, err = w.Say(ctx, code, "x", said("satisfied"))
	wants(t, "before there is a result", err, casework.CodeNotAllowed, casework.WhyNoResult)

	grid.add(id, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	grid.sync()
	_, err = w.Say(ctx, code, "x", said(""))
	wants(t, "an item that is missing", err, casework.CodeInvalid, "")
	_, err = w.Say(ctx, code, "x", said("delighted"))
	wants(t, "an answer that is none", err, casework.CodeInvalid, "")
	got, err = w.Say(ctx, code, "x", said("satisfied"))
	if err != nil || !got.Rated || got.MayRate {
		t.Fatalf("%+v, %v", got, err)
	}
	_, err = w.Say(ctx, code, "x", said("unsatisfied"))
	wants(t, "twice", err, casework.CodeNotAllowed, casework.WhyRated)
	grid.sync()
	mediator.sync()
	equal(t, "ratings at the laptop", grid.rated(id), []string{"satisfied"})
	agree(t, id, grid, mediator)

	mediator.add(id, &casework.Reopened{Reason: "又起争执"})
	mediator.sync()
	_, err = w.Say(ctx, code, "x", said("unsatisfied"))
	wants(t, "taken up again", err, casework.CodeNotAllowed, casework.WhyTakenUp)
	grid.sync()
	grid.add(id, &casework.SettledOnSpot{Agreement: "各让两尺", Extent: "full"})
	grid.sync()
	if _, err = w.Say(ctx, code, "x", said("basic")); err != nil {
		t.Errorf("the new result: %v", err)
	}
	grid.sync()
	equal(t, "ratings of both rounds", grid.rated(id), []string{"satisfied", "basic"})

	newer := grid.slip(id, 2)
	grid.sync()
	_, err = w.Receipt(ctx, code, "x")
	wants(t, "the old slip", err, casework.CodeExpired, county.WhyReceiptVoid)
	_, err = w.Say(ctx, code, "x", said("basic"))
	wants(t, "rating by the old slip", err, casework.CodeExpired, county.WhyReceiptVoid)
	_, err = w.Say(ctx, newer, "x", said("basic"))
	wants(t, "a new slip is no new say", err, casework.CodeNotAllowed, casework.WhyRated)
	v, err := w.Verify(ctx)
	if err != nil || len(v.Faults) > 0 {
		t.Errorf("verify: %v %v", v.Faults, err)
	}
}

// Ensure that many who rate by one code at once count once.
func TestReceipt_AtOnce(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	code := grid.slip(id, 1)
	grid.sync()
	var all sync.WaitGroup
	var mu sync.Mutex
	counted := 0
	for range 8 {
		all.Go(func() {
			if _, err := w.Say(ctx, code, "x", said("satisfied")); err == nil {
				mu.Lock()
				counted++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	grid.sync()
	if counted != 1 || len(grid.rated(id)) != 1 {
		t.Errorf("%d were told that it counts, %v are there", counted, grid.rated(id))
	}
}

// Ensure that what cannot be a code costs nothing, that who gets many wrong waits, and
// that nobody else does.
func TestReceipt_Guessing(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	code := grid.slip(grid.register(village), 1)
	grid.sync()
	for range 100 {
		_, err := w.Receipt(ctx, code[:13]+"U", "a")
		wants(t, "typed wrong", err, casework.CodeInvalid, county.WhyReceiptTypo)
	}
	if _, err := w.Receipt(ctx, code, "a"); err != nil {
		t.Fatalf("after wrong letters: %v", err)
	}
	busy := 0
	for seed := range byte(40) {
		wrong, _ := casework.NewReceiptCode(rand.NewChaCha8([32]byte{100 + seed}))
		if _, err := w.Receipt(ctx, wrong, "a"); errors.Is(err, &casework.Refusal{Code: casework.CodeBusy}) {
			busy++
		} else {
			wants(t, "a guess", err, casework.CodeNotFound, county.WhyReceiptUnknown)
		}
	}
	if busy != 20 {
		t.Errorf("%d of 40 guesses were not looked at", busy)
	}
	_, err := w.Receipt(ctx, code, "a")
	wants(t, "the guesser's right one", err, casework.CodeBusy, county.WhyReceiptBusy)
	if _, err := w.Receipt(ctx, code, "b"); err != nil {
		t.Errorf("somebody else waits: %v", err)
	}
	w.now = w.now.Add(time.Minute)
	if _, err := w.Receipt(ctx, code, "a"); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}

// Ensure that who holds a slip learns nothing of what the case says, and of a confidential
// one not even which unit has it, of what kind it is and by when it is to be handled.
func TestReceipt_TellsNothing(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	for _, confidential := range []bool{false, true} {
		reg := registered(village)
		reg.Confidential = confidential
		reg.Holder = casework.FirstHolder(village, confidential, nil, catalogue.NewIndex(sample.Catalogue()))
		reg.Number = map[bool]string{false: "A-1", true: "A-2"}[confidential]
		reg.Fields[casework.FieldTitle], reg.Fields[casework.FieldFacts] = "某某村长占地", "他占了我家的地"
		reg.Fields[casework.FieldDetail] = "老槐树旁"
		reg.Parties = []casework.Party{{Element: casework.ElementID{UUID: w.id()}, Role: "applicant", Name: "张三", Phone: "13800000001"}}
		id := casework.CaseID{UUID: w.id()}
		grid.write(id, casework.EntryID{UUID: w.id()}, nil, reg)
		grid.add(id, &casework.Noted{Note: "李四昨天又来了"}, &casework.RiskSeen{Sign: "threat", Note: "扬言报复"})
		code := grid.slip(id, 7+reg.Number[2])
		grid.sync()
		got, err := w.Receipt(ctx, code, "x")
		if err != nil {
			t.Fatal(err)
		}
		b, _ := json.Marshal(got)
		answer := string(b)
		c := grid.fold(id)
		texts := []string{"村长", "占地", "我家", "槐树", "张三", "13800000001", "李四", "昨天", "扬言", "threat", "grid1", "示例县", id.String(), string(c.Parties[0].Element.String())}
		for _, v := range c.Fields {
			texts = append(texts, v.Value)
		}
		if confidential {
			texts = append(texts, "dispute", "村委会", "0762", "due")
		} else if got.Unit == "" || got.Matter != casework.Dispute {
			t.Errorf("it says too little: %s", answer)
		}
		for _, s := range texts {
			if s != "" && strings.Contains(answer, s) {
				t.Errorf("confidential %v: %q stands in %s", confidential, s, answer)
			}
		}
	}
}

// Ensure that a laptop that says a party rated by code is held, that a slip of a case that
// it does not see is, and that neither opens or counts anything.
func TestReceipt_Forged(t *testing.T) {
	w := newWorld(t)
	grid, other := w.laptop("grid1"), w.laptop("bureau1")
	id := grid.register(village, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	code := grid.slip(id, 1)
	grid.sync()
	s := said("satisfied")
	s.Way = casework.WayCode
	grid.add(id, &s)
	grid.sync()
	got, err := w.Receipt(ctx, code, "x")
	if err != nil || got.Rated || !got.MayRate {
		t.Errorf("a worker's own say by code: %+v, %v", got, err)
	}
	forged, _ := casework.NewReceiptCode(rand.NewChaCha8([32]byte{9}))
	hash, _ := casework.ReceiptHash(forged)
	other.write(id, casework.EntryID{UUID: w.id()}, nil, &casework.ReceiptGiven{Hash: hash})
	other.sync()
	_, err = w.Receipt(ctx, forged, "x")
	wants(t, "a slip of somebody who does not see the case", err, casework.CodeExpired, county.WhyReceiptVoid)
	if _, err = w.Receipt(ctx, code, "x"); err != nil {
		t.Errorf("the party's own slip: %v", err)
	}
	// Nor can anybody take a code away by its hash, which her colleagues' laptops hold.
	mine, _ := casework.ReceiptHash(code)
	grid.add(grid.register(village), &casework.ReceiptGiven{Hash: mine})
	grid.sync()
	if _, err = w.Receipt(ctx, code, "x"); err != nil {
		t.Errorf("after the hash was used again: %v", err)
	}
}

// Ensure that after the county was restored from a backup, slips and what was said by
// them come back with the entries that laptops offer again.
func TestReceipt_Restored(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	id := grid.register(village, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	code := grid.slip(id, 1)
	grid.sync()
	if _, err := w.Say(ctx, code, "x", said("satisfied")); err != nil {
		t.Fatal(err)
	}
	mediator.sync()
	r := w.restored(file)
	grid.move(r)
	mediator.move(r)
	_, err := r.Receipt(ctx, code, "x")
	wants(t, "before anybody came", err, casework.CodeNotFound, county.WhyReceiptUnknown)
	for range 2 {
		grid.sync()
		mediator.sync()
	}
	got, err := r.Receipt(ctx, code, "x")
	if err != nil || !got.Rated {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = r.Say(ctx, code, "x", said("basic"))
	wants(t, "again", err, casework.CodeNotAllowed, casework.WhyRated)
	grid.sync()
	equal(t, "ratings", grid.rated(id), []string{"satisfied"})
}

// Ensure that a party that says it again to a county that had lost it is counted once, and
// that nobody has to decide about it.
func TestReceipt_SaidAgainAfterRestore(t *testing.T) {
	w := newWorld(t)
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})
	code := grid.slip(id, 1)
	grid.sync()
	file := filepath.Join(t.TempDir(), "backup")
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Say(ctx, code, "x", said("satisfied")); err != nil {
		t.Fatal(err)
	}
	grid.sync()
	mediator.sync()
	r := w.restored(file)
	if _, err := r.Say(ctx, code, "x", said("basic")); err != nil {
		t.Fatal(err)
	}
	grid.move(r)
	mediator.move(r)
	for range 2 {
		grid.sync()
		mediator.sync()
	}
	c := grid.fold(id)
	if len(c.Contested) > 0 {
		t.Errorf("contested: %v", c.Contested)
	}
	equal(t, "ratings", grid.rated(id), []string{"satisfied"})
	agree(t, id, grid, mediator)
}

// Ensure that a hash that is none, of any length, keeps no laptop from being served and
// leads nowhere.
func TestReceipt_NoHash(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	for _, hash := range []string{"", "x", strings.Repeat("0", 40_000)} {
		grid.add(grid.register(village), &casework.ReceiptGiven{Hash: hash})
	}
	grid.sync()
	w.mustVerify()
}
