package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// proposalJSON is who is proposed to handle a case, by which action, and why.
type proposalJSON struct {
	Action  casework.Action    `json:"action"`
	Lead    catalogue.UnitID   `json:"lead"`
	Co      []catalogue.UnitID `json:"co"`
	Reasons []string           `json:"reasons"`
}

func newPropose(c *config) *cobra.Command {
	return &cobra.Command{Use: "propose CASE", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.onCase(args[0], c.propose) }}
}

func (c *config) propose(s *store.Store, v store.View) error {
	ix, w := s.Catalogue(), c.run.Words
	p := casework.Propose(&v.Case, ix, casework.Day(s.Clock().Now(), ix))
	j := proposalJSON{Action: p.Action, Lead: safe(p.Lead), Co: []catalogue.UnitID{}, Reasons: []string{}}
	var names []string
	for _, u := range p.Co {
		j.Co = append(j.Co, safe(u))
		names = append(names, ix.UnitName(u))
	}
	for _, r := range p.Reasons {
		j.Reasons = append(j.Reasons, w.Reason(r, ix))
	}
	if c.run.JSON {
		return c.run.Object(j)
	}
	lines := j.Reasons
	if p.Lead != "" {
		head := []string{w.T("propose."+string(p.Action), ix.UnitName(p.Lead))}
		if len(names) > 0 {
			head = append(head, w.T("propose.co", strings.Join(names, w.T("list.separator"))))
		}
		lines = append(head, lines...)
	}
	for _, line := range lines {
		if err := c.run.Line(line); err != nil {
			return err
		}
	}
	return nil
}
