package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casedesk/store"
	"casedesk/store/boltfile/rottest"
	"casedesk/store/casework"
)

// rotProfile makes a profile that has everything: own and others' cases, drafts,
// a source, a withdrawn case, free pages.
func rotProfile(t *testing.T, dir string) {
	c := newCounty(t, village, town)
	a, b := c.laptop("grid1", village), c.laptop("mediator1", town)
	for i := range 12 {
		for _, s := range []*store.Store{a, b} {
			saved := register(t, s, fmt.Sprintf("第%d件", i))
			must[store.Saved](t)(s.Append(store.Work{Case: saved.Case, Events: note(strings.Repeat("又吵了一次。", i*8+1))}))
			if i%6 == 5 {
				c.exchange(s)
			}
		}
	}
	reg := dispute("从别处来")
	reg.Source = casework.Source{System: "台账", ID: "7"}
	must[store.Saved](t)(a.Append(store.Work{Events: []casework.Event{reg}}))
	c.exchange(a)
	c.exchange(b)
	gone := must[store.List](t)(b.Rows(store.Query{})).Rows[0]
	c.withdraw(village, gone.ID, town)
	c.exchange(a)
	for i := range 3 {
		must[store.DraftWork](t)(a.SaveDraft(store.DraftWork{Action: casework.ActRegister, Values: map[string]string{"title": fmt.Sprint(i)}}))
	}
	ok(t, a.Close())
	ok(t, os.WriteFile(filepath.Join(dir, "desk.db"), must[[]byte](t)(os.ReadFile(filepath.Join(a.Dir(), "desk.db"))), 0o600))
}

// answers is everything that a store says, and what it says is wrong with it.
func answers(s *store.Store) (string, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	list, err := s.Rows(store.Query{})
	if err != nil {
		return "", err
	}
	enc.Encode(list)
	for _, r := range list.Rows {
		v, err := s.Case(r.ID)
		if err != nil {
			return "", err
		}
		entries, err := s.Entries(r.ID)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(&out, r.ID, casework.Digest(&v.Case), v.Row.Receipt, v.Receipts, len(entries))
	}
	for _, q := range []store.Query{{Find: "第7件"}, {Find: "张伟华", Tab: store.TabMine}} {
		if list, err = s.Rows(q); err != nil {
			return "", err
		}
		enc.Encode(list)
	}
	drafts, err := s.Drafts()
	if err != nil {
		return "", err
	}
	enc.Encode(drafts)
	box, err := s.Outbox(store.Sent{}, 1<<20)
	if err != nil {
		return "", err
	}
	enc.Encode(box)
	enc.Encode(s.Position())
	enc.Encode(s.Catalogue().Version())
	for _, tab := range store.Tabs {
		if page, found := s.FirstPage(tab); found {
			full, err := s.Rows(store.Query{Tab: tab, Limit: len(page.Rows)})
			if err != nil {
				return "", err
			}
			page.Tabs, full.Tabs = nil, nil
			x, _ := json.Marshal(page)
			y, _ := json.Marshal(full)
			if !bytes.Equal(x, y) {
				fmt.Fprintln(&out, "another first page", tab)
			}
		}
	}
	return out.String(), nil
}

// rot opens the flipped file and says what became of it.
func rot(dir, want string) string {
	s, err := store.Open(dir, passphrase, options(newClock()))
	noticed := func(err error) string {
		if c := code(err); c != casework.CodeDamaged && c != casework.CodeNewerFormat {
			return fmt.Sprintf("refused as %s: %v", c, err)
		}
		return rottest.Noticed
	}
	if err != nil {
		return noticed(err)
	}
	defer s.Close()
	got, err := answers(s)
	if err != nil {
		return noticed(err)
	}
	if got != want {
		return "another answer: " + difference(got, want)
	}
	report, err := s.Check(context.Background())
	if err != nil {
		return noticed(err)
	}
	// Work goes on, and does no harm to what is there.
	list, err := s.Rows(store.Query{Tab: store.TabMine})
	if err != nil {
		return noticed(err)
	}
	before, err := s.Rows(store.Query{})
	if err != nil {
		return noticed(err)
	}
	for _, w := range []store.Work{{Events: []casework.Event{dispute("后来的")}}, {Case: list.Rows[0].ID, Events: note("后来的")}} {
		if _, err := s.Append(w); err != nil {
			return noticed(err)
		}
	}
	if err := s.Close(); err != nil {
		return noticed(err)
	}
	after, err := store.Open(dir, passphrase, options(newClock()))
	if err != nil {
		return noticed(err)
	}
	defer after.Close()
	all, err := after.Rows(store.Query{})
	if err != nil {
		return noticed(err)
	}
	for _, r := range all.Rows {
		if _, err := after.Case(r.ID); err != nil {
			return noticed(err)
		}
	}
	if len(all.Rows) != len(before.Rows)+1 {
		return fmt.Sprintf("other cases after a save: %d, were %d", len(all.Rows), len(before.Rows))
	}
	for _, r := range before.Rows {
		if !slices.ContainsFunc(all.Rows, func(o store.Row) bool { return o.ID == r.ID && o.Title == r.Title }) {
			return "a case is lost after a save: " + r.Title
		}
	}
	if len(report.Faults) > 0 {
		return rottest.Noticed
	}
	return rottest.Same
}

func difference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d: %.300q, was %.300q", i, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, were %d", len(g), len(w))
}

// Ensure that a file with any one bit flipped gives the answers that it gave, or
// says that it is damaged: it neither lies nor ends the process, whether or not
// the desk before had ended in order.
func TestStore_BitFlips(t *testing.T) {
	rottest.Rot{
		Name: "laptop", File: "desk.db", Make: rotProfile,
		Judge: func(t *testing.T, sound string) func(string) string {
			dir := t.TempDir()
			ok(t, os.CopyFS(dir, os.DirFS(sound)))
			s := must[*store.Store](t)(store.Open(dir, passphrase, options(newClock())))
			want := must[string](t)(answers(s))
			ok(t, s.Close())
			return func(dir string) string { return rot(dir, want) }
		},
	}.Run(t)
}
