package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/casedesk/intake"
	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/text"
)

// likelyJSON is a case that may tell the same as another, and in what they agree.
type likelyJSON struct {
	ID      string   `json:"id"`
	Number  string   `json:"number"`
	Reasons []string `json:"reasons"`
}

func newLikely(c *config) *cobra.Command {
	return &cobra.Command{Use: "likely CASE", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.onCase(args[0], c.likely) }}
}

func (c *config) likely(s *store.Store, v store.View) error {
	found, err := s.LikelyTo(&v.Case)
	if err != nil {
		return err
	}
	if c.run.JSON {
		return cli.Objects(c.run, likelyView(found))
	}
	if len(found) == 0 {
		return c.run.Print("likely.none")
	}
	table := make([][]text.Text, len(found))
	for i, m := range found {
		table[i] = cli.Cells(m.Number, c.stateText(m.State), m.Title, c.reasonsText(m.Likeness))
	}
	return c.run.Table(table)
}

func likelyView(found []store.LikelyMatch) []likelyJSON {
	out := make([]likelyJSON, len(found))
	for i, m := range found {
		out[i] = likelyJSON{ID: m.ID.String(), Number: safe(m.Number)}
		for _, l := range m.Likeness {
			out[i].Reasons = append(out[i].Reasons, string(l))
		}
	}
	return out
}

func (c *config) reasonsText(all []casework.Likeness) string {
	said := make([]string, len(all))
	for i, l := range all {
		said[i] = c.run.Words.T("likely." + string(l))
	}
	return strings.Join(said, c.run.Words.T("list.separator"))
}

// likelyAtOnce is of how many new cases at most likely duplicates are looked for when
// they are saved: of a ledger of old cases nobody reads the answers.
const likelyAtOnce = 100

// likelyOf looks for likely duplicates of cases that were just saved, line by line.
// They are saved: that it finds nothing takes nothing back.
func (c *config) likelyOf(s *store.Store, cases []intake.Case, saved []store.Imported) [][]store.LikelyMatch {
	out := make([][]store.LikelyMatch, len(saved))
	if len(saved) > likelyAtOnce {
		return out
	}
	if len(saved) > 3 && s.PrepareSearch() != nil {
		return out
	}
	now := s.Clock().Now()
	for i, done := range saved {
		if done.Skipped {
			continue
		}
		out[i], _ = s.Likely(casework.SummaryOf(&cases[i].Registered, now), done.ID)
	}
	return out
}

// nameCases puts the ids of cases in the place of what a person calls them: a 案号,
// or the beginning of an id. An id stays, whether its case is here or not.
func nameCases(s *store.Store, a casework.Action, specs []casework.FieldSpec, values map[string]string) error {
	for _, spec := range specs {
		name := strings.TrimSpace(values[spec.Name])
		if spec.Type != casework.TypeCase || name == "" {
			continue
		}
		if _, err := casework.ParseCaseID(name); err == nil {
			continue
		}
		id, err := s.Find(name)
		if err != nil {
			var r *casework.Refusal
			if errors.As(err, &r) {
				named := *r
				named.Field, named.Of = spec.Name, a
				return &named
			}
			return err
		}
		values[spec.Name] = id.String()
	}
	return nil
}
