package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"casedesk/cmd/casedesk/intake"
	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// newJSON tells what became of one line.
type newJSON struct {
	Line    int          `json:"line"`
	ID      string       `json:"id"`
	Number  string       `json:"number"`
	Skipped bool         `json:"skipped"`
	Likely  []likelyJSON `json:"likely,omitempty"` // cases that may tell the same
}

// totalJSON is the last line of a whole input.
type totalJSON struct {
	Created int `json:"created"`
	Skipped int `json:"skipped"`
}

// faultJSON is one fault of a refused input.
type faultJSON struct {
	Line  int              `json:"line"`
	Field string           `json:"field"`
	Error casework.Problem `json:"error"`
}

func newNew(c *config) *cobra.Command {
	var unit string
	cmd := &cobra.Command{Use: "new [FILE|-] [--unit UNIT]", Args: c.run.Args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return c.registerAll(append(args, "-")[0], catalogue.UnitID(unit))
		}}
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	return cmd
}

// registerAll reads cases from a file and saves them, all or none.
func (c *config) registerAll(file string, unit catalogue.UnitID) error {
	in := io.ReadCloser(c.run.In)
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return c.run.BadFile(file, "file", err)
		}
		in = f
	}
	defer in.Close()
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	bar := newBar(c.run.Progress())
	cases, faults, err := intake.Read(in, s.Catalogue(), s.Latest, func(lines int) {
		bar.show(func() string { return c.run.Words.T("cli.new.reading", lines) })
	})
	bar.clear()
	switch {
	case err != nil:
		return c.run.BadFile(file, "file", err)
	case len(faults) > 0:
		return c.refuseLines(faults)
	}
	works := make([]store.Work, len(cases))
	for i := range cases {
		works[i] = store.Work{Events: []casework.Event{&cases[i].Registered}, Unit: unit}
	}
	saved, err := s.Import(works, func(done int) {
		bar.show(func() string { return c.run.Words.T("cli.new.saving", done, len(works)) })
	})
	bar.clear()
	if err != nil {
		return c.atLines(err, cases)
	}
	if unit != "" && !s.Person(unit).Alone {
		_ = s.ActFor(unit) // a convenience: they are saved, and must not be saved again
	}
	return c.tellNew(cases, saved, c.likelyOf(s, cases, saved))
}

func (c *config) tellNew(cases []intake.Case, saved []store.Imported, likely [][]store.LikelyMatch) error {
	var total totalJSON
	lines := make([]newJSON, len(saved))
	for i, done := range saved {
		lines[i] = newJSON{Line: cases[i].Line, ID: done.ID.String(), Number: safe(done.Number), Skipped: done.Skipped, Likely: likelyView(likely[i])}
		if done.Skipped {
			total.Skipped++
		} else {
			total.Created++
		}
	}
	if c.run.JSON {
		if err := cli.Objects(c.run, lines); err != nil {
			return err
		}
		return c.run.Object(total)
	}
	for i, l := range lines {
		key := "cli.new.created"
		if l.Skipped {
			key = "cli.new.skipped"
		}
		if err := c.run.Print(key, l.Line, l.Number); err != nil {
			return err
		}
		for _, m := range likely[i] {
			if err := c.run.Print("cli.new.likely", l.Line, safe(m.Number), c.reasonsText(m.Likeness)); err != nil {
				return err
			}
		}
	}
	return c.run.Print("cli.new.total", total.Created, total.Skipped)
}

// refuseLines writes every fault and refuses the input for the first.
func (c *config) refuseLines(faults []intake.Fault) error {
	list := make([]faultJSON, len(faults))
	for i, f := range faults {
		list[i] = faultJSON{Line: f.Line, Field: safe(f.Field), Error: f.Problem}
	}
	if c.run.JSON {
		if err := cli.Objects(c.run, list); err != nil {
			return err
		}
	} else {
		for _, f := range faults {
			if err := c.run.Print("cli.new.fault", f.Line, c.run.Words.Fault(casework.ActRegister, f.Fault)); err != nil {
				return err
			}
		}
	}
	first := faults[0]
	return &cli.Problem{Code: casework.CodeInvalid, Line: first.Line, Field: safe(first.Field),
		Message: c.run.Words.T("cli.new.refused", first.Line, len(faults), c.run.Words.Fault(casework.ActRegister, first.Fault))}
}

// atLines adds the lines to a refusal of the store, which counts pieces of work.
func (c *config) atLines(err error, cases []intake.Case) error {
	var bad *store.ImportError
	if !errors.As(err, &bad) {
		return fmt.Errorf("save cases: %w", err)
	}
	var faults []intake.Fault
	for _, w := range bad.Works {
		for _, f := range w.Faults {
			faults = append(faults, intake.Fault{Line: cases[w.Index].Line, Fault: f})
		}
	}
	return c.refuseLines(faults)
}
