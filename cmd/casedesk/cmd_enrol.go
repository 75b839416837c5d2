package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
)

// enrolledJSON is a profile that has a county.
type enrolledJSON struct {
	Profile     string             `json:"profile"`
	Log         string             `json:"log"`
	User        catalogue.UserID   `json:"user"`
	Units       []catalogue.UnitID `json:"units"`
	County      string             `json:"county"`
	Fingerprint string             `json:"fingerprint"`
}

// slipMark is what a slip begins with.
const slipMark = "CDS1"

// maxSlip is the size in bytes of the largest file that a slip is read from.
const maxSlip = 64 << 10

func newEnrol(c *config) *cobra.Command {
	var n newcomer
	cmd := &cobra.Command{Use: "enrol SLIP|FILE|- [--name NAME] [--recovery-out FILE]", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.enrol(cmd.Context(), args[0], n) }}
	n.flags(c, cmd)
	return cmd
}

// enrol joins the profile in the folder to a county; where there is none, it
// makes one first.
func (c *config) enrol(ctx context.Context, arg string, n newcomer) error {
	slip, err := c.slip(arg)
	if err != nil {
		return err
	}
	if _, err := readSlip(slip); err != nil {
		return err
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	var s *store.Store
	if hasProfile(dir) {
		s, err = c.open()
	} else {
		s, err = c.create(dir, n)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	err = agent.Enrol(ctx, s, slip, c.agentConfig())
	if why := (*casework.Refusal)(nil); errors.As(err, &why) && why.Code == casework.CodeOffline && why.Why != agent.WhyPortal {
		return &cli.Problem{Code: why.Code, Why: why.Why, Err: err, Next: c.run.Words.T("cli.enrol.not_done")}
	}
	if errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound}) {
		w := c.run.Words
		return &cli.Problem{Code: casework.CodeNotFound, Field: "slip", Err: err,
			Message: w.T("cli.enrol.unknown_slip"), Next: w.Error(casework.CodeExpired).Next}
	}
	if err != nil {
		return err
	}
	p := s.Profile()
	if c.run.JSON {
		return c.run.Object(enrolledJSON{Profile: p.ID, Log: p.Log.String(), User: safe(p.User), Units: p.Units,
			County: safe(p.County.Name), Fingerprint: p.County.Fingerprint})
	}
	names := make([]string, len(p.Units))
	for i, u := range p.Units {
		names[i] = s.Catalogue().UnitName(u)
	}
	if err := c.run.Print("cli.enrol.done", p.County.Name, s.Catalogue().PersonName(p.User), strings.Join(names, " ")); err != nil {
		return err
	}
	return c.run.Print("cli.enrol.fingerprint", p.County.Fingerprint)
}

// slip returns the text of a slip: the argument itself, or the first line of a
// file, or of stdin, that looks like one.
func (c *config) slip(arg string) (string, error) {
	in := io.Reader(c.run.In)
	if arg != "-" {
		f, err := os.Open(arg)
		if err != nil {
			return arg, nil // no file: then it is the slip, or a mistyped one
		}
		defer f.Close()
		in = f
	}
	lines := bufio.NewScanner(io.LimitReader(in, maxSlip))
	lines.Buffer(nil, maxSlip)
	first := ""
	for lines.Scan() {
		line := lines.Text()
		if at := strings.Index(line, slipMark); at >= 0 { // what is printed has a word before it
			line = line[at:]
		}
		if _, err := wire.ParseSlip(line); err == nil {
			return line, nil
		}
		if first == "" {
			first = line
		}
	}
	if err := lines.Err(); err != nil {
		return "", c.run.BadFile(arg, "slip", err)
	}
	return first, nil
}
