package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/casedesk/demo"
	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
)

func newDemo(c *config) *cobra.Command {
	var script bool
	cmd := &cobra.Command{Use: "demo [--script | --plain]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if script {
				return c.inWorld(cmd.Context(), c.playDemo)
			}
			if _, err := c.prepare(cmd.Context()); err != nil { // before a world is built
				return err
			}
			return c.inWorld(cmd.Context(), c.openDemo)
		}}
	c.run.Bool(cmd.Flags(), &script, "script")
	c.run.Bool(cmd.Flags(), &c.inLines, "plain")
	c.run.String(cmd.Flags(), &c.display, "display", "WORDS")
	return cmd
}

// inWorld builds the demo's world in a folder of its own and removes it after.
func (c *config) inWorld(ctx context.Context, do func(context.Context, *demo.World) error) (err error) {
	dir, err := os.MkdirTemp("", "casedesk-demo-")
	if err != nil {
		return fmt.Errorf("build the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	w, err := demo.New(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	return do(ctx, w)
}

// playDemo plays the story and tells each step as it happens.
func (c *config) playDemo(ctx context.Context, w *demo.World) error {
	var broken error // stdout is gone
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	result, err := w.Play(ctx, func(s demo.Step) {
		if c.run.JSON {
			broken = errors.Join(broken, c.run.Object(s))
		} else {
			broken = errors.Join(broken, c.run.Line(c.stepLine(w, s)))
		}
		if broken != nil {
			stop()
		}
	})
	switch {
	case broken != nil:
		return broken
	case c.run.JSON:
		broken = c.run.Object(result)
	case err == nil:
		broken = c.run.Print("demo.done", result.Steps)
	}
	if err != nil {
		return &cli.Problem{Code: casework.CodeInternal, Message: c.run.Words.T("demo.broken", result.Steps), Err: err}
	}
	return broken
}

func (c *config) stepLine(w *demo.World, s demo.Step) string {
	say := c.run.Words.T
	ok, receipt := say("demo.ok"), ""
	if !s.OK {
		ok = say("demo.failed")
	}
	if s.Receipt != "" {
		receipt = say("receipt." + string(s.Receipt))
	}
	return strings.TrimRight(say("demo.line", s.Step, ok, w.Laptop(s.Seat).Name, say("demo.step."+s.Name), receipt), " ")
}
