package main

import (
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/text"
)

// doingJSON is something that is to be done at a time.
type doingJSON struct {
	At     *string `json:"at"`
	Place  string  `json:"place"`
	Case   string  `json:"case"`
	Number string  `json:"number"`
	Title  string  `json:"title"`
	What   string  `json:"what"`
	Notice string  `json:"notice,omitempty"` // of an appointment: what to tell the parties
}

func newDay(c *config) *cobra.Command {
	return &cobra.Command{Use: "day [DATE]", Args: c.run.Args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.day(args) }}
}

// day lists what is to be done on a day, today unless one is given.
func (c *config) day(args []string) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	ix := s.Catalogue()
	zone := ix.Calendar().Location()
	day := s.Clock().Now()
	if len(args) > 0 {
		today := day.In(zone)
		if day, err = time.ParseInLocation(time.DateOnly, args[0], zone); err != nil { // which may be far off
			day, err = text.DateAhead(args[0], today)
		}
		if err != nil {
			return invalid([]casework.Fault{{Field: "date", Problem: casework.BadDate}})
		}
	}
	doings, err := s.Day(day)
	if err != nil {
		return err
	}
	list := make([]doingJSON, len(doings))
	table := make([][]text.Text, len(doings))
	for i, d := range doings {
		what, notice := c.doing(d, ix), ""
		if d.Limit == "" {
			unit, _ := ix.Unit(d.Unit)
			notice = c.run.Words.Notice(d.At.In(zone), d.Place, d.What, unit)
		}
		list[i] = doingJSON{At: cli.Time(d.At, ix.Calendar().Zone), Place: safe(d.Place), Case: d.Row.ID.String(),
			Number: safe(d.Row.Number), Title: safe(d.Row.Title), What: what, Notice: notice}
		table[i] = cli.Cells(d.At.In(zone).Format("15:04"), what, d.Place, d.Row.Number, d.Row.Title, notice)
	}
	if c.run.JSON {
		return cli.Objects(c.run, list)
	}
	if len(list) == 0 {
		return c.run.Print("cli.day.none")
	}
	return c.run.Table(table)
}

// doing says what is to be done: what an appointment is for, or which limit is due.
func (c *config) doing(d store.Doing, ix casework.Lookup) string {
	switch {
	case d.Limit != "":
		return c.run.Words.T("day.due", c.run.Words.Limit(d.Limit, ix))
	case d.What == "":
		return c.run.Words.T("action.appoint")
	}
	return c.run.Words.T("day.appointment", safe(d.What))
}
