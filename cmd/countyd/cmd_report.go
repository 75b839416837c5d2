package main

import (
	"context"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/figures"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
	"casedesk/sync/county"
)

// newReport makes reports of all cases of the county.
func newReport(c *config) *cobra.Command {
	return figures.Command(c.run, func(ctx context.Context, fn func(figures.Desk) error) error {
		return c.ask(ctx, func(o county.Office) error {
			cat, err := o.Catalogue(ctx)
			if err != nil {
				return err
			}
			return fn(figures.Desk{Index: catalogue.NewIndex(cat), Now: c.run.Now(), Make: func(name report.Name, in report.Input, cases bool) (report.Sheet, []casework.CaseID, error) {
				made, err := o.Report(ctx, county.ReportOrder{Report: name, Period: in.Period, Now: in.Now, Under: in.Under, Matter: in.Matter,
					By: in.By, Across: in.Across, Measure: in.Measure, Cases: cases})
				return made.Sheet, made.Cases, err
			}})
		})
	})
}
