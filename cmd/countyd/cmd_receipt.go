package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/sync/county"
)

// hotline is who asks at the county's own desk; what it gets wrong is counted together.
const hotline = "hotline"

func newReceipt(c *config) *cobra.Command {
	return &cobra.Command{Use: "receipt CODE", Args: c.run.Args(1, 5),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.ask(cmd.Context(), func(o county.Office) error {
				return c.tellSlip(o.Receipt(cmd.Context(), strings.Join(args, " "), hotline))
			})
		}}
}

func newRate(c *config) *cobra.Command {
	var set []string
	cmd := &cobra.Command{Use: "rate CODE --set NAME=VALUE", Args: c.run.Args(1, 5),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.rate(cmd.Context(), strings.Join(args, " "), set)
		}}
	c.run.Strings(cmd.Flags(), &set, "set", "NAME=VALUE")
	return cmd
}

// items are what a party is asked for by telephone.
var items = []string{"satisfaction", "efficiency", "leader", "note"}

func (c *config) rate(ctx context.Context, code string, set []string) error {
	in := map[string]string{}
	for _, s := range set {
		name, value, ok := strings.Cut(s, "=")
		if _, twice := in[name]; twice || !ok || !slices.Contains(items, name) {
			p := c.run.Usage("cli.rate.set", s, strings.Join(items, " "))
			p.Field = "set"
			return p
		}
		in[name] = strings.TrimSpace(text.Clean(value).String())
	}
	said := casework.Said{Way: casework.WayCode}
	faults := casework.Fill(&said, in)
	if len(faults) == 0 {
		faults = said.Check(nil)
	}
	if len(faults) > 0 {
		return &casework.Refusal{Code: casework.CodeInvalid, Faults: faults}
	}
	return c.ask(ctx, func(o county.Office) error { return c.tellSlip(o.Say(ctx, code, hotline, said)) })
}

// tellSlip tells what may be read out to whoever holds the slip, and no more.
func (c *config) tellSlip(s county.Slipped, err error) error {
	if err != nil {
		return err
	}
	if c.run.JSON {
		return c.run.Object(s)
	}
	w := c.run.Words
	rate := w.T("slip.may_rate")
	switch {
	case s.Rated:
		rate = w.T("slip.rated")
	case s.WhyNot != "":
		rate = w.T("why." + string(s.WhyNot))
	}
	matter := ""
	if s.Matter != "" {
		matter = w.T("matter." + string(s.Matter))
	}
	var rows [][]text.Text
	for _, row := range [][2]string{{"slip.number", s.Number}, {"slip.kind", matter}, {"slip.registered", s.RegisteredOn},
		{"slip.progress", w.T("progress." + string(s.Progress))}, {"slip.unit", s.Unit}, {"slip.phone", s.Phone},
		{"slip.due", s.Due}, {"slip.rate", rate}} {
		if row[1] != "" {
			rows = append(rows, cli.Cells(w.T(row[0]), row[1]))
		}
	}
	if s.Confidential {
		rows = append(rows, cli.Cells("", w.T("slip.confidential")))
	}
	return c.run.Table(rows)
}
