package casework_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

func newCode(t testing.TB, seed byte) (code, hash string) {
	t.Helper()
	code, err := casework.NewReceiptCode(rand.NewChaCha8([32]byte{seed}))
	if err != nil {
		t.Fatal(err)
	}
	hash, ok := casework.ReceiptHash(code)
	if !ok {
		t.Fatalf("%s is no code", code)
	}
	return code, hash
}

// Ensure that a code is understood however it is typed, and that a wrong letter and any
// two letters that changed places are noticed.
func TestReceiptHash(t *testing.T) {
	for seed := range byte(20) {
		code, hash := newCode(t, seed)
		bare := strings.ReplaceAll(code, "-", "")
		wide := strings.Map(func(r rune) rune { return r + 'Ａ' - 'A' }, bare)
		misread := strings.NewReplacer("0", "o", "1", "l").Replace(bare)
		for _, typed := range []string{bare, strings.ToLower(code), wide, misread, " " + bare[:4] + "　" + bare[4:] + " ", strings.ReplaceAll(code, "-", "－")} {
			if got, ok := casework.ReceiptHash(typed); !ok || got != hash {
				t.Errorf("%q of %s: %s, %v", typed, code, got, ok)
			}
		}
		for i := range len(bare) {
			for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
				wrong := bare[:i] + string(c) + bare[i+1:]
				if _, ok := casework.ReceiptHash(wrong); ok != (wrong == bare) {
					t.Errorf("%s for %s: %v", wrong, bare, ok)
				}
			}
			for j := range i {
				b := []byte(bare)
				b[i], b[j] = b[j], b[i]
				if _, ok := casework.ReceiptHash(string(b)); ok != (string(b) == bare) {
					t.Errorf("%s for %s: %v", b, bare, ok)
				}
			}
		}
		for _, none := range []string{"", bare[:11], bare + "0", bare[:11] + "U", bare[:11] + "\u202e" + bare[11:], "回执码"} {
			if _, ok := casework.ReceiptHash(none); ok {
				t.Errorf("%q is a code", none)
			}
		}
	}
}

// Ensure that nothing that is typed breaks the reading of a code, and that what is read
// is one hash.
func FuzzReceiptHash(f *testing.F) {
	code, _ := newCode(f, 1)
	for _, s := range []string{code, strings.ToLower(code), "0000-0000-0000", "", "\xff\xfe", "ＡＢＣ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		hash, ok := casework.ReceiptHash(typed)
		if !ok {
			if hash != "" {
				t.Errorf("%q is no code and has the hash %s", typed, hash)
			}
			return
		}
		if faults := (&casework.ReceiptGiven{Hash: hash}).Check(ix); len(faults) > 0 {
			t.Errorf("%q: %v", typed, faults)
		}
		if again, ok := casework.ReceiptHash(" " + typed + "-"); !ok || again != hash {
			t.Errorf("%q reads another way with a gap", typed)
		}
	})
}

// Ensure that only the newest slip is good, and that a void case gets none.
func TestReceiptGiven(t *testing.T) {
	_, first := newCode(t, 1)
	_, second := newCode(t, 2)
	c := fold(entry(1, nil, registered()), entry(2, []int{1}, &casework.ReceiptGiven{Hash: first}), entry(3, []int{2}, &casework.ReceiptGiven{Hash: second}))
	if c.Receipt != second || effects(c) != "aaa" {
		t.Errorf("receipt %s, effects %s", c.Receipt, effects(c))
	}
	c = fold(entry(1, nil, registered()), entry(2, []int{1}, &casework.Voided{Reason: "录错"}), entry(3, []int{2}, &casework.ReceiptGiven{Hash: first}))
	if c.Receipt != "" || effects(c) != "aac" {
		t.Errorf("of a void case: receipt %s, effects %s", c.Receipt, effects(c))
	}
}

// settledOnce are the entries of a case that was settled on the spot.
func settledOnce() []casework.Entry {
	reg := registered()
	reg.Parties = []casework.Party{{Element: casework.ElementID{UUID: uid(900).UUID}, Role: "applicant", Name: "张三"},
		{Element: casework.ElementID{UUID: uid(901).UUID}, Role: "respondent", Name: "李四"}}
	return []casework.Entry{entry(1, nil, reg), entry(2, []int{1}, &casework.SettledOnSpot{Agreement: "各让一尺", Extent: "full"})}
}

func says(way string, party int) *casework.Said {
	s := &casework.Said{Way: way, Satisfaction: "satisfied", Efficiency: "basic", Leader: "satisfied"}
	if party != 0 {
		s.Party = casework.ElementID{UUID: uid(party).UUID}
	}
	return s
}

// Ensure that a party has its say once in each way each time that there is a result, and
// that what was said before a case was taken up again is kept and not counted as new.
func TestSaid_OnceARound(t *testing.T) {
	var entries []casework.Entry
	at := func() casework.Case { return fold(entries...) }
	step := func(name string, ev casework.Event, effect casework.Effect, why casework.Why) {
		t.Helper()
		n := len(entries) + 1
		entries = append(entries, entry(n, []int{n - 1}, ev))
		c := at()
		if l := c.Timeline[n-1]; l.Effect != effect || l.Why != why {
			t.Errorf("%s: %s %s, want %s %s", name, l.Effect, l.Why, effect, why)
		}
	}
	may := func(name, way string, party int, want casework.Why) {
		t.Helper()
		c := at()
		if got := c.MaySay(way, says(way, party).Party); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	entries = settledOnce()[:1]
	may("before there is a result", casework.WayCode, 0, casework.WhyNoResult)
	step("said before there is a result", says(casework.WayFace, 900), casework.Contested, casework.WhyState)
	entries = settledOnce()
	may("settled", casework.WayCode, 0, "")
	step("by code", says(casework.WayCode, 0), casework.Applied, "")
	may("by code again", casework.WayCode, 0, casework.WhyRated)
	step("by code again, at a county that had lost it", says(casework.WayCode, 0), casework.Applied, "")
	step("face to face", says(casework.WayFace, 900), casework.Applied, "")
	may("the other party", casework.WayFace, 901, "")
	step("the other party", says(casework.WayFace, 901), casework.Applied, "")
	step("the first party again", says(casework.WayFace, 900), casework.Contested, casework.WhyRated)
	step("by a worker's hand", &casework.Rated{Satisfaction: "basic", Efficiency: "basic", Leader: "basic"}, casework.Applied, "")
	step("reopened", &casework.Reopened{Reason: "又起争执"}, casework.Applied, "")
	may("taken up again", casework.WayCode, 0, casework.WhyTakenUp)
	step("said while it is handled again", says(casework.WayCode, 0), casework.Contested, casework.WhyState)
	step("settled anew", &casework.SettledOnSpot{Agreement: "各让两尺", Extent: "full"}, casework.Applied, "")
	may("settled anew", casework.WayCode, 0, "")
	step("by code anew", says(casework.WayCode, 0), casework.Applied, "")
	c := at()
	var rounds []int
	for _, r := range c.Ratings {
		rounds = append(rounds, r.Round)
	}
	if !slices.Equal(rounds, []int{0, 0, 0, 0, 1}) {
		t.Errorf("rounds %v", rounds)
	}
}

// Ensure that with the code only the party itself has its say, and that whose say it is
// must be a party's of the case.
func TestJudge_Said(t *testing.T) {
	c := fold(settledOnce()...)
	for _, tt := range []struct {
		name string
		said *casework.Said
		want casework.Why
	}{
		{"a worker with the code", says(casework.WayCode, 0), casework.WhyByCode},
		{"face to face", says(casework.WayFace, 900), ""},
		{"face to face, of nobody in particular", says(casework.WayFace, 0), ""},
		{"of somebody else", says(casework.WayFace, 999), casework.WhyNoParty},
	} {
		e := by(mediator1, entry(3, []int{2}, tt.said))
		if got := casework.Judge(&c, &e, ix); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Ensure that a party is told the day of what is being done, and never one that the case
// itself fixes or that is the party's own.
func TestPartyDay(t *testing.T) {
	now := start.Add(48 * time.Hour)
	handled := caseEntries(casework.StateHandling)
	agreed := by(bureau1, entry(len(handled)+1, []int{len(handled)}, &casework.Agreed{Form: "written", Agreement: "各让一步", Due: start.AddDate(0, 0, 9).Format(time.DateOnly)}))
	c := fold(append(handled, agreed)...)
	if c.State != casework.StateAgreed {
		t.Fatalf("the case is %s", c.State)
	}
	if day, ok := casework.PartyDay(&c, ix, now); ok {
		t.Errorf("of an agreement that is to be performed: %s", day)
	}
	c = fold(settledOnce()...)
	if day, ok := casework.PartyDay(&c, ix, now); ok {
		t.Errorf("of a case that is settled: %s", day)
	}
	c = fold(handled...)
	r, _ := casework.Overall(&c, ix, now)
	if day, ok := casework.PartyDay(&c, ix, now); !ok || !day.Equal(ix.Calendar().LastDay(r.Due)) {
		t.Errorf("of a case that is handled: %s, %v, want %s", day, ok, r.Due)
	}
	order := entry(len(c.Timeline)+1, []int{len(c.Timeline)}, &casework.Supervised{To: "441621102", Grade: "red", Reason: "拖延", Due: start.AddDate(0, 0, 2).Format(time.DateOnly)})
	d := fold(append(handled, order)...)
	if len(d.Orders()) != 1 {
		t.Fatalf("orders %v", d.Orders())
	}
	if day, ok := casework.PartyDay(&d, ix, now); !ok || !day.Equal(ix.Calendar().LastDay(r.Due)) {
		t.Errorf("an order's day is told: %s", day)
	}
}

// Ensure that every state of every kind of matter has a step in the party's words.
func TestProgressOf(t *testing.T) {
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, s := range table.States {
			c := casework.Case{Matter: m, State: s.State, Before: casework.StateHandling}
			if p := casework.ProgressOf(&c); s.Ended && (p == casework.ProgressHandle || p == casework.ProgressIntake) {
				t.Errorf("%s %s: %s", m, s.State, p)
			}
		}
	}
	c := casework.Case{Matter: casework.Dispute, State: casework.StateHandling, Co: []catalogue.UnitID{"x"}}
	if p := casework.ProgressOf(&c); p != casework.ProgressJoint {
		t.Errorf("with a co-handler: %s", p)
	}
}
