package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/text"
	"casedesk/sync/county"
)

// pairJSON is two open cases that look alike.
type pairJSON struct {
	A       namedJSON `json:"a"`
	B       namedJSON `json:"b"`
	Reasons []string  `json:"reasons"`
}

type namedJSON struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Place  string `json:"place"`
}

func newLikely(c *config) *cobra.Command {
	var given string
	cmd := &cobra.Command{Use: "likely [--days N]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			days := 90
			if given != "" {
				var err error
				if days, err = strconv.Atoi(given); err != nil || days < 1 {
					p := c.run.Usage("cli.bad_flag_value", "--days", given)
					p.Field = "days"
					return p
				}
			}
			return c.ask(cmd.Context(), func(o county.Office) error {
				pairs, err := o.Likely(cmd.Context(), c.run.Now().AddDate(0, 0, -days))
				if err != nil {
					return err
				}
				return c.tellPairs(pairs)
			})
		}}
	c.run.String(cmd.Flags(), &given, "days", "N")
	return cmd
}

func (c *config) tellPairs(pairs []county.LikelyPair) error {
	out := make([]pairJSON, len(pairs))
	table := make([][]text.Text, len(pairs))
	for i, p := range pairs {
		var said []string
		for _, l := range p.Why {
			out[i].Reasons = append(out[i].Reasons, string(l))
			said = append(said, c.run.Words.T("likely."+string(l)))
		}
		out[i].A, out[i].B = named(p.A), named(p.B)
		table[i] = cli.Cells(out[i].A.Number, out[i].B.Number, out[i].A.Place, strings.Join(said, c.run.Words.T("list.separator")))
	}
	if c.run.JSON {
		return cli.Objects(c.run, out)
	}
	return c.table(table)
}

func named(p county.LikelyCase) namedJSON {
	return namedJSON{ID: p.ID, Number: text.Line(p.Number).String(), Place: text.Line(p.Place).String()}
}
