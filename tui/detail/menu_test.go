package detail

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/seal"
	"casedesk/store/text"
	"casedesk/tui/words"
)

// mostTyped is how many letters are ever typed to reach an action.
const mostTyped = 4

// Ensure that every action that can be offered, in every state of every table, is reached
// from the list with two keys: the one that opens the menu, and its number, or Enter after
// at most four first letters of its name.
func TestMenu_EveryActionInTwoKeys(t *testing.T) {
	s, _, err := store.Create(t.TempDir(), "山重水复疑无路", store.Options{Name: "陈示一", Catalogue: sample.Catalogue(), Rand: rand.NewChaCha8([32]byte{}),
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	at := time.Date(2021, 7, 8, 9, 0, 0, 0, time.UTC)
	d := words.Desk{Words: i18n.New(i18n.ZH), Now: func() time.Time { return at }, Store: s}
	reached := map[casework.Action]int{} // letters typed
	never := map[casework.Action]bool{}  // allowed in no state of a case on which nothing was done
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, a := range table.Actions() {
			if r, _ := table.AnyRule(a); !r.Apart && !r.Unseen { // no menu offers those
				never[a] = true
			}
		}
		for _, st := range table.States {
			c := &casework.Case{Matter: m, State: st.State}
			for _, o := range d.Offers(c) {
				if o.Allowed {
					reached[o.Action] = max(reached[o.Action], letters(t, d, c, o.Action))
				}
			}
		}
	}
	maps.DeleteFunc(never, func(a casework.Action, _ bool) bool { _, ok := reached[a]; return ok })
	for _, a := range slices.Sorted(maps.Keys(never)) { // it answers something: as if that were there
		if c, ok := offering(d, a); ok {
			reached[a] = letters(t, d, c, a)
		} else {
			t.Errorf("no menu has %s", a)
		}
	}
	most, first := 0, 0
	for a, n := range reached {
		if most = max(most, n); n > mostTyped {
			t.Errorf("%s takes %d letters", a, n)
		}
		if n == 0 {
			first++
		}
	}
	if len(reached) < 60 || first == 0 {
		t.Errorf("%d actions are offered, %d of them need no letters", len(reached), first)
	}
	t.Logf("%d actions: two keys each, %d without typing, the others after at most %d letters", len(reached), first, most)
}

// offering is a case whose menu has an action, allowed or not.
func offering(d words.Desk, a casework.Action) (*casework.Case, bool) {
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, st := range table.States {
			c := &casework.Case{Matter: m, State: st.State}
			if slices.ContainsFunc(d.Offers(c), func(o words.Offer) bool { return o.Action == a }) {
				return c, true
			}
		}
	}
	return nil, false
}

// letters is how many letters are typed in the menu before Enter takes the action; 0 where
// it has a number or stands first.
func letters(t *testing.T, d words.Desk, c *casework.Case, a casework.Action) int {
	t.Helper()
	m := newMenu(d, c)
	for i, o := range m.offers {
		m.offers[i].Allowed = o.Allowed || o.Action == a
	}
	m.search()
	if number := m.numbers[a]; number != "" {
		if o, ok := m.update(key(rune(number[0]))); !ok || o.Action != a {
			t.Errorf("%s in %s: %s takes %s", a, c.State, number, o.Action)
		}
		return 0
	}
	for n, r := range append([]rune{0}, []rune(d.Action(string(a)))...) {
		if r != 0 {
			m.update(key(initial(t, r)))
		}
		if o, ok := m.choose(); ok && o.Action == a {
			return n
		}
	}
	t.Errorf("%s in %s is not reached by the first letters of its name", a, c.State)
	return 0
}

func key(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Text: string(r), Code: r} }

// initial is a letter that finds a character.
func initial(t *testing.T, r rune) rune {
	t.Helper()
	for l := 'a'; l <= 'z'; l++ {
		if text.Match(text.Keys(string(r)), string(l)) {
			return l
		}
	}
	return r
}
