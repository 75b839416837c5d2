package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/text"
	"casedesk/sync/county"
)

type publishedJSON struct {
	Version uint64 `json:"version"`
}

func newPublish(c *config) *cobra.Command {
	return &cobra.Command{Use: "publish FILE", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if isWorkbook(args[0]) {
				return c.renew(cmd.Context(), args[0], false)
			}
			cat, err := c.catalogue(args[0])
			if err != nil {
				return err
			}
			return c.ask(cmd.Context(), func(o county.Office) error {
				version, err := o.Publish(cmd.Context(), cat)
				if err != nil {
					return err
				}
				if c.run.JSON {
					return c.run.Object(publishedJSON{Version: version})
				}
				return c.run.Print("cli.county.published", version)
			})
		}}
}

func newVerify(c *config) *cobra.Command {
	return &cobra.Command{Use: "verify", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.ask(cmd.Context(), func(o county.Office) error {
				v, err := o.Verify(cmd.Context())
				if err != nil {
					return err
				}
				return c.tellVerified(v)
			})
		}}
}

func (c *config) tellVerified(v county.Verified) error {
	table := make([][]text.Text, len(v.Faults))
	for i := range v.Faults {
		f := &v.Faults[i]
		f.Fault = text.Line(f.Fault).String()
		table[i] = cli.Cells(f.Log.String(), fmt.Sprint(f.Seq), f.Fault)
	}
	switch {
	case c.run.JSON:
		if err := c.run.Object(v); err != nil {
			return err
		}
	case len(v.Faults) == 0:
		return c.run.Print("cli.county.verified", v.Entries, v.Logs)
	default:
		if err := c.run.Table(table); err != nil {
			return err
		}
	}
	if len(v.Faults) == 0 {
		return nil
	}
	return &cli.Problem{Code: casework.CodeVerifyFailed, Message: c.run.Words.T("cli.check.faults", len(v.Faults))}
}

func newBackup(c *config) *cobra.Command {
	return &cobra.Command{Use: "backup FILE", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.run.MustBeNew(args[0], "file"); err != nil {
				return err
			}
			return c.ask(cmd.Context(), func(o county.Office) error {
				saved, err := o.Backup(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if c.run.JSON {
					return c.run.Object(saved)
				}
				return c.run.Print("cli.county.backup", saved.File, saved.Watermark)
			})
		}}
}

func newRestore(c *config) *cobra.Command {
	return &cobra.Command{Use: "restore FILE", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.restore(cmd.Context(), args[0]) }}
}

func (c *config) restore(ctx context.Context, file string) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	if f, err := os.Open(file); err != nil {
		return c.run.BadFile(file, "file", err)
	} else if err := f.Close(); err != nil {
		return c.run.BadFile(file, "file", err)
	}
	restored, err := county.Restore(ctx, c.conf(), file, dir)
	switch {
	case errors.Is(err, county.ErrFounded):
		return &casework.Refusal{Code: casework.CodeNotAllowed, Why: whyCountyExists, Field: "dir", Err: err}
	case errors.Is(err, county.ErrBackup):
		return &cli.Problem{Code: casework.CodeDamaged, Message: c.run.Words.T("cli.county.bad_backup", file),
			Next: c.run.Words.T("cli.county.other_backup"), Field: "file", Err: err}
	case err != nil:
		return err
	case c.run.JSON:
		return c.run.Object(restored)
	}
	for _, line := range []string{c.run.Words.T("cli.county.restored", dir), c.run.Words.T("cli.county.revoke_again"),
		c.run.Words.T("cli.county.restored_next", dir)} {
		if err := c.run.Line(line); err != nil {
			return err
		}
	}
	return nil
}
