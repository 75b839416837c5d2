package main

import (
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/paper"
)

// slipJSON is a slip that was handed out. The code is shown here and nowhere else.
type slipJSON struct {
	ID      string        `json:"id"`
	Number  string        `json:"number"`
	UID     string        `json:"uid"`
	Code    string        `json:"code"`
	Receipt store.Receipt `json:"receipt"`
	File    string        `json:"file,omitempty"`
}

// paperJSON is a paper: its text, or the file that it was written to.
type paperJSON struct {
	ID   string `json:"id"`
	Form string `json:"form"`
	Text string `json:"text,omitempty"`
	File string `json:"file,omitempty"`
}

// The papers that a party is handed.
const (
	formReceipt = "receipt"
	formRights  = "rights"
)

var forms = []string{formReceipt, formRights}

func newReceipt(c *config) *cobra.Command {
	var output, unit string
	cmd := &cobra.Command{Use: "receipt CASE [-o FILE] [--unit UNIT]", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.onCase(args[0], func(s *store.Store, v store.View) error {
				return c.giveReceipt(s, v, output, catalogue.UnitID(unit))
			})
		}}
	c.run.Output(cmd.Flags(), &output)
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	return cmd
}

// giveReceipt hands out a slip. The file is made first: a code that is in nobody's hands
// is good for nothing.
func (c *config) giveReceipt(s *store.Store, v store.View, file string, unit catalogue.UnitID) error {
	person, err := actor(s, unit)
	if err != nil {
		return err
	}
	if other, may := elsewhere(s, &v.Case, person, casework.ActReceipt); unit == "" && may && casework.Allowed(&v.Case, person, casework.ActReceipt, s.Catalogue()) != "" {
		person = other
	}
	out, err := c.run.CreateSecret(file, "output")
	if err != nil {
		return err
	}
	saved, code, err := s.GiveReceipt(v.ID, person.Unit)
	if err != nil {
		out.Discard()
		return err
	}
	slip := paper.Receipt(c.run.Words, &v.Case, s.Catalogue(), c.paperDesk(s, person.Unit), code)
	if err := out.WriteAll(slip.File()); err != nil {
		return &cli.Problem{Code: casework.CodeInternal, Field: "output", Err: err, Message: c.run.Words.T("cli.receipt.lost"), Next: c.run.Words.T("cli.receipt.lost.next")}
	}
	switch {
	case c.run.JSON:
		return c.run.Object(slipJSON{ID: v.ID.String(), Number: safe(v.Number), UID: saved.UID.String(), Code: code, Receipt: saved.Receipt, File: file})
	case file != "":
		return c.run.Print("cli.paper.done", file)
	}
	return c.printPaper(slip)
}

func newPaper(c *config) *cobra.Command {
	var output, unit string
	cmd := &cobra.Command{Use: "paper CASE receipt|rights [-o FILE] [--unit UNIT]", Args: c.run.Args(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.onCase(args[0], func(s *store.Store, v store.View) error {
				return c.paper(s, v, args[1], output, catalogue.UnitID(unit))
			})
		}}
	c.run.Output(cmd.Flags(), &output)
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	return cmd
}

// paper prints a paper of a case as it stands. It changes nothing: a slip that is printed
// again has no code, and the one that was handed out stays good.
func (c *config) paper(s *store.Store, v store.View, form, file string, unit catalogue.UnitID) error {
	person, err := actor(s, unit)
	if err != nil {
		return err
	}
	desk := c.paperDesk(s, person.Unit)
	var p paper.Paper
	switch form {
	case formReceipt:
		p = paper.Receipt(c.run.Words, &v.Case, s.Catalogue(), desk, "")
	case formRights:
		p = paper.Rights(c.run.Words, &v.Case, s.Catalogue(), desk)
	default:
		bad := c.run.Usage("cli.paper.no_form", form, strings.Join(forms, " "))
		bad.Field = "form"
		return bad
	}
	out, err := c.run.CreateSecret(file, "output")
	if err != nil {
		return err
	}
	if err := out.WriteAll(p.File()); err != nil {
		out.Discard()
		return c.run.BadFile(file, "output", err)
	}
	switch {
	case c.run.JSON && file != "":
		return c.run.Object(paperJSON{ID: v.ID.String(), Form: form, File: file})
	case c.run.JSON:
		return c.run.Object(paperJSON{ID: v.ID.String(), Form: form, Text: p.String()})
	case file != "":
		return c.run.Print("cli.paper.done", file)
	}
	return c.printPaper(p)
}

func (c *config) printPaper(p paper.Paper) error {
	for _, line := range p.Lines() {
		if err := c.run.Line(line); err != nil {
			return err
		}
	}
	return nil
}

// paperDesk is this laptop as papers name it.
func (c *config) paperDesk(s *store.Store, unit catalogue.UnitID) paper.Desk {
	d := paper.Desk{Now: s.Clock().Now()}
	if county := s.Profile().County; county != nil {
		d.County = county.Name
	}
	d.Unit, _ = s.Catalogue().Unit(unit)
	return d
}
