package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"rsc.io/qr"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// defaultValid is how long a slip is good where nobody says.
const defaultValid = 72 * time.Hour

func newSlip(c *config) *cobra.Command {
	var valid, unit, output string
	cmd := &cobra.Command{Use: "slip USER|--unit UNIT -o FILE [--valid DURATION]", Args: c.run.Args(0, 1)}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		good, err := c.validity(valid)
		switch {
		case err != nil:
			return err
		case unit != "" && len(args) > 0:
			return c.run.Usage("cli.too_many", args[0], cmd.UseLine())
		case unit != "":
			return c.slips(cmd.Context(), catalogue.UnitID(unit), output, good)
		case output != "":
			return c.needs("unit")
		}
		if err := c.run.Args(1, 1)(cmd, args); err != nil {
			return err
		}
		return c.slip(cmd.Context(), catalogue.UserID(args[0]), good)
	}
	c.run.String(cmd.Flags(), &valid, "valid", "DURATION")
	c.run.String(cmd.Flags(), &unit, "unit", "UNIT")
	cmd.Flags().Lookup("unit").Usage = c.run.Words.T("cli.county.slips_flag")
	c.run.Output(cmd.Flags(), &output)
	return cmd
}

// needs refuses a command line without a flag.
func (c *config) needs(flag string) error {
	p := c.run.Usage("cli.flag_needed", "--"+flag)
	p.Field = flag
	return p
}

// validity is how long a slip is good.
func (c *config) validity(valid string) (time.Duration, error) {
	if valid == "" {
		return defaultValid, nil
	}
	good, err := time.ParseDuration(valid)
	if err != nil || good <= 0 {
		p := c.run.Usage("cli.bad_flag_value", "--valid", valid)
		p.Field = "valid"
		return 0, p
	}
	return good, nil
}

// slipError says what to do where no slip can be issued yet.
func (c *config) slipError(err error) error {
	if !errors.Is(err, &casework.Refusal{Code: casework.CodeUsage}) {
		return err
	}
	p := c.run.Usage("cli.county.no_address")
	p.Field, p.Err = "address", err
	return p
}

func (c *config) slip(ctx context.Context, user catalogue.UserID, good time.Duration) error {
	return c.ask(ctx, func(o county.Office) error {
		issued, err := o.Slip(ctx, user, good)
		if err != nil {
			return c.slipError(err)
		}
		issued.Expires = issued.Expires.Truncate(time.Second)
		if c.run.JSON {
			return c.run.Object(issued)
		}
		return c.printSlip(issued)
	})
}

// printSlip writes what is put on paper or shown to the person.
func (c *config) printSlip(issued county.Issued) error {
	slip, err := wire.ParseSlip(issued.Slip)
	if err != nil {
		return err
	}
	code, err := drawQR(issued.Slip, term.IsTerminal(os.Stdout.Fd()))
	if err != nil {
		return err
	}
	w := c.run.Words
	lines := append(code, w.T("cli.county.slip", issued.Slip),
		w.T("cli.county.slip_person", issued.Name, issued.User, rolesText(w, issued.Roles), issued.Unit),
		w.T("cli.county.slip_valid", issued.Expires.Format("2006-01-02 15:04")),
		w.T("cli.county.slip_address", slip.Address), w.T("cli.enrol.fingerprint", slip.County.String()))
	for _, line := range lines {
		if err := c.run.Line(line); err != nil {
			return err
		}
	}
	return nil
}

// quiet is the white edge of a code, in modules. Four are asked for; with three
// the code of a long address still fits into 80 columns, and cameras read it.
const quiet = 3

// drawQR draws a slip as lines of two cells a module. On a terminal the cells'
// background is coloured, so that the code is dark on light whatever the
// terminal's colours; elsewhere a dark module is ##, for paper.
func drawQR(slip string, terminal bool) ([]string, error) {
	code, err := qr.Encode(strings.ReplaceAll(slip, "-", ""), qr.L)
	if err != nil {
		return nil, err
	}
	dark, light, end := "##", "  ", ""
	if terminal {
		dark, light, end = "\x1b[40m  ", "\x1b[107m  ", "\x1b[0m"
	}
	var lines []string
	for y := -quiet; y < code.Size+quiet; y++ {
		var b strings.Builder
		for x := -quiet; x < code.Size+quiet; x++ {
			if code.Black(x, y) {
				b.WriteString(dark)
			} else {
				b.WriteString(light)
			}
		}
		lines = append(lines, strings.TrimRight(b.String()+end, " "))
	}
	return lines, nil
}
