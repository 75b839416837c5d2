package main

import (
	"context"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/figures"
	"casedesk/store/casework"
	"casedesk/store/report"
)

// newReport makes reports of the cases that this laptop is shown.
func newReport(c *config) *cobra.Command {
	return figures.Command(c.run, func(ctx context.Context, fn func(figures.Desk) error) error {
		s, err := c.open()
		if err != nil {
			return err
		}
		defer s.Close()
		ix := s.Catalogue()
		return fn(figures.Desk{Index: ix, Now: s.Clock().Now(), Make: func(name report.Name, in report.Input, _ bool) (report.Sheet, []casework.CaseID, error) {
			progress := newBar(c.run.Progress())
			facts, err := s.Facts(ctx, func(done, all int) {
				progress.show(func() string { return c.run.Words.T("cli.report.reading", done, all) })
			})
			progress.clear()
			if err != nil {
				return report.Sheet{}, nil, err
			}
			in.Facts, in.Index = facts, ix
			made, _ := report.Find(name)
			cases := make([]casework.CaseID, len(facts))
			for i := range facts {
				cases[i] = facts[i].ID
			}
			return made.Make(&in), cases, nil
		}})
	})
}
