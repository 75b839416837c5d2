package main

import (
	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// lookJSON is one time that masked words were shown here.
type lookJSON struct {
	At     *string `json:"at"`
	Case   string  `json:"case"`
	Number string  `json:"number"`
	What   string  `json:"what"`
}

// unitJSON is the unit that the person acts for, of those that she serves.
type unitJSON struct {
	Unit  catalogue.UnitID   `json:"unit"`
	Name  string             `json:"name"`
	Units []catalogue.UnitID `json:"units"`
}

func newGlass(c *config) *cobra.Command {
	var reason, unit string
	cmd := &cobra.Command{Use: "glass CASE --reason TEXT [--unit UNIT]", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.glass(args[0], reason, catalogue.UnitID(unit))
		}}
	c.run.String(cmd.Flags(), &reason, "reason", "TEXT")
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	return cmd
}

// glass asks for a confidential case that is not shown here.
func (c *config) glass(name, reason string, unit catalogue.UnitID) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	id, err := casework.ParseCaseID(name)
	if err != nil {
		if id, err = s.Find(name); err != nil { // a stub of it may be here
			return err
		}
	}
	person, err := actor(s, unit)
	if err != nil {
		return err
	}
	saved, err := s.BreakGlass(id, person.Unit, text.Clean(reason).String())
	if err != nil {
		return err
	}
	if c.run.JSON {
		return c.run.Object(doneJSON{ID: saved.Case.String(), UID: saved.UID.String(), State: saved.State, Receipt: saved.Receipt})
	}
	return c.run.Print("cli.glass.done")
}

func newUnit(c *config) *cobra.Command {
	return &cobra.Command{Use: "unit [UNIT]", Args: c.run.Args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.actFor(catalogue.UnitID(append(args, "")[0]))
		}}
}

// actFor tells which unit the person acts for, after making it the one named.
func (c *config) actFor(unit catalogue.UnitID) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if unit != "" {
		if err := s.ActFor(unit); err != nil {
			return err
		}
	}
	p, ix := s.Profile(), s.Catalogue()
	if c.run.JSON {
		units := p.Units
		if units == nil {
			units = []catalogue.UnitID{}
		}
		return c.run.Object(unitJSON{Unit: p.Acting, Name: safe(ix.UnitName(p.Acting)), Units: units})
	}
	if len(p.Units) == 0 {
		return c.run.Print("cli.unit.none")
	}
	var table [][]text.Text
	for _, u := range p.Units {
		mark := ""
		if u == p.Acting {
			mark = "*"
		}
		table = append(table, cli.Cells(mark, string(u), ix.UnitName(u)))
	}
	return c.run.Table(table)
}

func newAudit(c *config) *cobra.Command {
	return &cobra.Command{Use: "audit", Args: c.run.Args(0, 0),
		RunE: func(*cobra.Command, []string) error { return c.audit() }}
}

// audit lists when masked words were shown on this laptop, the newest first.
func (c *config) audit() error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	looks, err := s.Looks()
	if err != nil {
		return err
	}
	zone := s.Catalogue().Calendar()
	list := make([]lookJSON, len(looks))
	table := make([][]text.Text, len(looks))
	for i, l := range looks {
		list[i] = lookJSON{At: cli.Time(l.At, zone.Zone), Case: l.Case.String(), Number: safe(l.Number), What: l.What}
		table[i] = cli.Cells(l.At.In(zone.Location()).Format("2006-01-02 15:04:05"), l.Number, c.run.Words.T("look."+l.What))
	}
	if c.run.JSON {
		return cli.Objects(c.run, list)
	}
	if len(table) == 0 {
		return c.run.Print("cli.audit.none")
	}
	return c.run.Table(table)
}
