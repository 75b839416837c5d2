package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/store/text"
)

func newList(c *config) *cobra.Command {
	var tab, find string
	cmd := &cobra.Command{Use: "list [--tab TAB] [--find TEXT]", Args: c.run.Args(0, 0),
		RunE: func(*cobra.Command, []string) error { return c.list(store.Tab(tab), find) }}
	c.run.String(cmd.Flags(), &tab, "tab", "TAB")
	c.run.String(cmd.Flags(), &find, "find", "TEXT")
	return cmd
}

func (c *config) list(tab store.Tab, find string) error {
	if tab == "" {
		tab = store.TabAll
	}
	if !slices.Contains(store.Tabs, tab) {
		return oneOf(c, "tab", store.Tabs)
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := s.Rows(store.Query{Tab: tab, Find: find, Keyed: true})
	if err != nil {
		return err
	}
	ix := s.Catalogue()
	rows := make([]rowJSON, len(list.Rows))
	for i, w := range list.Rows {
		rows[i] = rowView(w, ix)
	}
	if c.run.JSON {
		return cli.Objects(c.run, rows)
	}
	var doubts []string // why so few, or so many
	for _, doubt := range list.Asked.Doubts {
		if said := doubt.Say(c.run.Words.T, c.run.Words.Lang() == i18n.EN); said != "" {
			doubts = append(doubts, said)
		}
	}
	if len(doubts) > 0 {
		fmt.Fprintln(c.run.Err, "! "+strings.Join(doubts, " "))
	}
	if len(rows) == 0 {
		return c.run.Print("cli.list.none")
	}
	table := make([][]text.Text, len(rows))
	for i, w := range rows {
		table[i] = cli.Cells(c.run.Words.T("receipt."+string(w.Receipt)), c.run.Words.T("light."+string(w.Light))+c.marks(w),
			w.Number, c.stateText(w.State), c.leftText(list.Rows[i], s.Clock().Now(), ix)+c.first(list.Rows[i], ix), ix.UnitName(w.LeadUnit), w.Title)
	}
	return c.run.Table(table)
}

// first tells when a limit was due before it was extended; nothing where it was not.
func (c *config) first(w store.Row, ix casework.Lookup) string {
	if w.Original.IsZero() {
		return ""
	}
	return c.run.Words.T("limit.original", ix.Calendar().LastDay(w.Original).Format(time.DateOnly))
}

// marks are the signs beside the light: a risk, 保密.
func (c *config) marks(w rowJSON) string {
	out := ""
	if w.Risks > 0 {
		out += c.run.Words.T("risk.mark")
	}
	if w.Confidential {
		out += c.run.Words.T("list.mark_confidential")
	}
	return out
}

// leftText tells people how long a row's limit has left.
func (c *config) leftText(r store.Row, now time.Time, ix casework.Lookup) string {
	return c.run.Words.Left(r.Light, r.DaysLeft, r.Due, now, ix.Calendar())
}
