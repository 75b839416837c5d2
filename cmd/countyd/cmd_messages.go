package main

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/sync/county"
)

type retriedJSON struct {
	Retried int `json:"retried"`
}

func newMessages(c *config) *cobra.Command {
	var state string
	cmd := &cobra.Command{Use: "messages [--state STATE]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if state != "" && !slices.Contains(county.MessageStates, county.MessageState(state)) {
				p := c.run.Usage("cli.bad_flag_value", "--state", state)
				p.Field = "state"
				return p
			}
			return c.ask(cmd.Context(), func(o county.Office) error {
				list, err := o.Messages(cmd.Context(), county.MessageState(state))
				if err != nil {
					return err
				}
				return c.tellMessages(list)
			})
		}}
	c.run.String(cmd.Flags(), &state, "state", "STATE")
	var failed bool
	retry := &cobra.Command{Use: "retry ID|--failed", Args: c.run.Args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if failed == (len(args) == 1) || len(args) == 1 && args[0] == "" {
				return c.run.Usage("cli.too_few", cmd.UseLine())
			}
			id := ""
			if !failed {
				id = args[0]
			}
			return c.retry(cmd.Context(), id)
		}}
	c.run.Bool(retry.Flags(), &failed, "failed")
	cmd.AddCommand(retry)
	return cmd
}

func (c *config) tellMessages(list []county.Message) error {
	if c.run.JSON {
		return cli.Objects(c.run, list)
	}
	w := c.run.Words
	count := map[county.MessageState]int{}
	table := make([][]text.Text, len(list))
	for i, m := range list {
		count[m.State]++
		why := ""
		if m.Why != "" {
			why = w.T("message.why." + string(m.Why))
		}
		if m.Status != 0 {
			why = w.T("cli.county.message_status", why, m.Status)
		}
		limit := m.Called // a limit of the county's own has no other name
		if key := "limit." + string(m.Limit); w.Has(key) {
			limit = w.T(key)
		}
		table[i] = cli.Cells(m.ID[:8], m.Made.Format("2006-01-02 15:04"), m.Name, m.Phone, m.Number, limit,
			w.T("urging.grade."+string(m.Grade)), w.T("message.state."+string(m.State)), why)
	}
	if err := c.table(table); err != nil || len(list) == 0 {
		return err
	}
	return c.run.Print("cli.county.messages", count[county.MessageWaiting], count[county.MessageNobody], count[county.MessageSent],
		count[county.MessageFailed], count[county.MessageDropped])
}

func (c *config) retry(ctx context.Context, id string) error {
	return c.ask(ctx, func(o county.Office) error {
		n, err := o.RetryMessages(ctx, id)
		switch {
		case errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound}):
			return &cli.Problem{Code: casework.CodeNotFound, Message: c.run.Words.T("cli.county.no_message", id), Field: "id", Err: err}
		case errors.Is(err, &casework.Refusal{Code: casework.CodeAmbiguous}):
			return &cli.Problem{Code: casework.CodeAmbiguous, Message: c.run.Words.T("cli.county.many_messages", id), Field: "id", Err: err}
		case err != nil:
			return err
		case c.run.JSON:
			return c.run.Object(retriedJSON{n})
		}
		return c.run.Print("cli.county.retried", n)
	})
}
