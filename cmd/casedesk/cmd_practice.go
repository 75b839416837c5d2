package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casedesk/cmd/casedesk/demo"
	"casedesk/tui"
)

func newPractice(c *config) *cobra.Command {
	cmd := &cobra.Command{Use: "practice [--plain]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.practise(cmd.Context()) }}
	c.run.Bool(cmd.Flags(), &c.inLines, "plain")
	c.run.String(cmd.Flags(), &c.display, "display", "WORDS")
	return cmd
}

// practise opens a desk on sample cases in a folder of its own, which is removed after. It is
// given nothing that reaches beyond that folder: no county, no keyring, no file to write, and how
// the terminal is drawn on is not kept.
func (c *config) practise(ctx context.Context) (err error) {
	c.fleeting = true
	on, err := c.prepare(ctx)
	if err != nil {
		return err
	}
	if err := c.run.Print("practice.building"); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "casedesk-practice-") // only its owner may read it
	if err != nil {
		return fmt.Errorf("build the practice: %w", err)
	}
	defer func() {
		if err = errors.Join(err, os.RemoveAll(dir)); err == nil && ctx.Err() == nil {
			err = c.run.Print("practice.over")
		}
	}()
	s, err := demo.Practice(filepath.Join(dir, "desk"), c.run.Words.T("practice.person"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	cfg := on.on(tui.Config{Words: c.run.Words, Now: s.Clock().Now, Store: s, Practice: true})
	cfg.Opener = tui.Opener{}
	return c.meet(ctx, tui.New(cfg))
}
