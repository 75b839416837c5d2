package detail

import (
	"math/rand/v2"
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
	for _, m := range casework.Matters {
		table, _ := casework.TableOf(m)
		for _, st := range table.States {
			c := &casework.Case{Matter: m, State: st.State}
			for _, o := range d.Offers(c) {
				if o.Allowed {
					reached[o.Action] = max(reached[o.Action], letters(t, d, c, o.Action))
				}
			}
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

// letters is how many letters are typed in the menu before Enter takes the action; 0 where
// it has a number or stands first.
func letters(t *testing.T, d words.Desk, c *casework.Case, a casework.Action) int {
	t.Helper()
	m := newMenu(d, c)
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
