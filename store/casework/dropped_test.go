package casework_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// walker does at random to a case what those who may can do to it.
type walker struct {
	*rand.Rand
	cat     catalogue.Catalogue
	ix      *catalogue.Index
	entries []casework.Entry
	steps   []string
}

func newWalker(r *rand.Rand) *walker {
	w := &walker{Rand: r, cat: sample.Catalogue()}
	w.ix = catalogue.NewIndex(w.cat)
	return w
}

// begin registers a case of a kind.
func (w *walker) begin(m casework.Matter) {
	who, reg := grid1, registered()
	switch m {
	case casework.Petition:
		who, reg = petition1, petitioned(nil)
	case casework.Delegated:
		reg = matter(w.cat.Items[w.IntN(len(w.cat.Items))].Code)
	case casework.PublicInterest:
		reg.Matter = m
	}
	w.entries = []casework.Entry{by(who, entry(1, nil, reg))}
	w.steps = []string{string(m)}
}

// persons are all who serve a unit.
func (w *walker) persons() (out []casework.Person) {
	for _, p := range w.cat.People {
		for _, u := range p.Units {
			if !p.Left {
				out = append(out, casework.Person{User: p.User, Unit: u})
			}
		}
	}
	return out
}

// leave lets somebody leave, or a unit be retired; the county's office stays.
func (w *walker) leave() {
	if p := &w.cat.People[w.IntN(len(w.cat.People))]; p.User != "county1" && w.IntN(2) == 0 {
		p.Left = true
		w.steps = append(w.steps, string(p.User)+" leaves")
	} else if u := &w.cat.Units[w.IntN(len(w.cat.Units))]; u.Parent != "" {
		u.Retired = true
		w.steps = append(w.steps, string(u.ID)+" is retired")
	}
	w.ix = catalogue.NewIndex(w.cat)
}

// step lets somebody who may do something do it; the county's word holds back what it would
// not admit now and then, else it is not written.
func (w *walker) step() {
	c := fold(w.entries...)
	persons := w.persons()
	p := persons[w.IntN(len(persons))]
	var may []casework.Offer
	for _, o := range casework.Offers(&c, p, w.ix) {
		if o.Allowed {
			may = append(may, o)
		}
	}
	if len(may) == 0 {
		return
	}
	o := may[w.IntN(len(may))]
	ev, ok := c.NewEvent(o.Action)
	if !ok || len(casework.Fill(ev, w.fill(&c, o))) > 0 || len(ev.Check(w.ix)) > 0 {
		return
	}
	n := len(w.entries) + 1
	seen := n - 1 - w.IntN(min(2, n-1)) // now and then somebody did not know of the last entry
	e := by(p, entry(n, []int{seen}, ev))
	if why := casework.Judge(&c, &e, w.ix); why != "" {
		if w.IntN(10) > 0 {
			return
		}
		e.Stamp.Verdict, e.Stamp.Why = casework.Held, why
	}
	w.entries = append(w.entries, e)
	w.steps = append(w.steps, fmt.Sprintf("%s/%s %s", p.User, p.Unit, o.Action))
}

func (w *walker) fill(c *casework.Case, o casework.Offer) map[string]string {
	in := map[string]string{}
	now := start.Add(time.Duration(len(w.entries)) * time.Hour)
	unit := func() string {
		for up := c.Holder; up != "" && w.IntN(3) == 0; up = w.ix.Parent(up) {
			if w.IntN(2) == 0 {
				return string(w.ix.Parent(up))
			}
		}
		persons := w.persons()
		return string(persons[w.IntN(len(persons))].Unit)
	}
	for _, s := range o.Fields {
		if !s.Required && w.IntN(2) == 0 {
			continue
		}
		value := ""
		switch s.Type {
		case casework.TypeText, casework.TypeLong:
			value = "字"
		case casework.TypeDate:
			value = now.AddDate(0, 0, w.IntN(9)-8).Format(time.DateOnly)
			if !s.Past {
				value = now.AddDate(0, 0, 1+w.IntN(30)).Format(time.DateOnly)
			}
		case casework.TypeTime:
			value = now.Add(-time.Hour).Format(time.RFC3339)
		case casework.TypeMoney, casework.TypeNumber:
			value = strconv.Itoa(1 + w.IntN(9))
		case casework.TypeBool:
			value = strconv.FormatBool(w.IntN(2) == 0)
		case casework.TypeChoice:
			value = s.Choices[w.IntN(len(s.Choices))]
		case casework.TypeCode:
			if codes := w.cat.Codes(s.Table); len(codes) > 0 {
				value = codes[w.IntN(len(codes))].Code
			}
		case casework.TypeDivision:
			value = "441621102"
		case casework.TypeUnit, casework.TypeUnits:
			value = unit()
		case casework.TypeLimit:
			value = string(casework.LimitHandle)
		case casework.TypeEntry:
			if waiting := append(append([]casework.EntryID{}, c.Contested...), c.HeldNow...); len(waiting) > 0 {
				value = waiting[w.IntN(len(waiting))].String()
			}
		case casework.TypeAct:
			if acts := c.ActsOf(s.Of); len(acts) > 0 {
				value = acts[w.IntN(len(acts))].By.String()
			}
		case casework.TypeElement:
			if len(c.Parties) > 0 {
				value = c.Parties[w.IntN(len(c.Parties))].Element.String()
			}
		case casework.TypeCase:
			value = otherCase.String()
		}
		in[s.Name] = value
	}
	return in
}

// Ensure that no case drops off every list before it has an outcome and the parties were
// told (件件有着落、事事有回音): whatever was done to it, and whoever left, it stands in the
// 待办 of somebody who may act on it. Only a case that may reach nobody at all, for every
// unit of its place is accused, is in none: that is for a person above the county.
func TestNeverDropped(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	states := map[casework.State]int{}
	for round := range 240 {
		w := newWalker(rand.New(rand.NewPCG(seed, uint64(round))))
		w.begin(casework.Matters[round%len(casework.Matters)])
		for range 40 {
			if w.IntN(25) == 0 {
				w.leave()
			}
			w.step()
			c := fold(w.entries...)
			states[c.State]++
			outcome := c.State == casework.StateResolved || c.State == casework.StateFailed || c.State == casework.StateRefused
			done := c.Ended() || outcome && c.Told != ""
			if done && len(c.HeldNow)+len(c.Contested) == 0 || c.Holder == "" {
				continue
			}
			found := false
			for _, p := range w.persons() {
				found = found || casework.Todo(&c, p, w.ix)
			}
			if !found {
				t.Fatalf("round %d: %s, held by %s, led by %s, told %q, is in nobody's list after\n%s", round, c.State, c.Holder, c.Lead, c.Told, strings.Join(w.steps, "\n"))
			}
		}
	}
	if len(states) < 12 {
		t.Errorf("only %d states were reached: %v", len(states), states)
	}
}
