package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/text"
)

// checkJSON is the result of a check.
type checkJSON struct {
	Entries int              `json:"entries"`
	Cases   int              `json:"cases"`
	Faults  []checkFaultJSON `json:"faults"`
}

// checkFaultJSON is one thing that is not as it was written, of a log's entry or
// of a case, or of the file as a whole.
type checkFaultJSON struct {
	Log   string `json:"log,omitempty"`
	Seq   uint64 `json:"seq,omitempty"`
	Case  string `json:"case,omitempty"`
	Fault string `json:"fault"`
}

func newCheck(c *config) *cobra.Command {
	var pages bool
	cmd := &cobra.Command{Use: "check", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !pages {
				return c.check(cmd.Context())
			}
			dir, err := c.folder()
			if err != nil {
				return err
			}
			return store.CheckFile(dir)
		}}
	cmd.Flags().BoolVar(&pages, "pages", false, "")
	_ = cmd.Flags().MarkHidden("pages") // the flag exists
	return cmd
}

func (c *config) check(ctx context.Context) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	if err := c.mustHaveProfile(dir); err != nil {
		return err
	}
	if err := checkPages(ctx, dir); err != nil {
		if !errors.Is(err, &casework.Refusal{Code: casework.CodeDamaged}) {
			return err
		}
		return c.tellCheck(checkJSON{Faults: []checkFaultJSON{{Fault: err.Error()}}})
	}
	s, err := c.unlock(dir)
	if err != nil {
		return err
	}
	defer s.Close()
	report, err := s.Check(ctx)
	if err != nil {
		return err
	}
	j := checkJSON{Entries: report.Entries, Cases: report.Cases, Faults: []checkFaultJSON{}}
	for _, f := range report.Faults {
		fault := checkFaultJSON{Seq: f.Seq, Fault: safe(f.Problem)}
		if !f.Log.IsZero() {
			fault.Log = f.Log.String()
		}
		if !f.Case.IsZero() {
			fault.Case = f.Case.String()
		}
		j.Faults = append(j.Faults, fault)
	}
	return c.tellCheck(j)
}

func (c *config) tellCheck(j checkJSON) error {
	if c.run.JSON {
		if err := c.run.Object(j); err != nil {
			return err
		}
	} else if len(j.Faults) == 0 {
		return c.run.Print("cli.check.ok", j.Entries, j.Cases)
	} else {
		rows := make([][]text.Text, len(j.Faults))
		for i, f := range j.Faults {
			rows[i] = cli.Cells(f.Case+f.Log, fmt.Sprint(f.Seq), f.Fault)
		}
		if err := c.run.Table(rows); err != nil {
			return err
		}
	}
	if len(j.Faults) == 0 {
		return nil
	}
	return &cli.Problem{Code: casework.CodeDamaged, Message: c.run.Words.T("cli.check.faults", len(j.Faults))}
}
