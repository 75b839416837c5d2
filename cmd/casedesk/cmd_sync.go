package main

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/sync/agent"
)

// progressJSON is one line while pages travel.
type progressJSON struct {
	Progress agent.Progress `json:"progress"`
}

// watchEvery is the time between two exchanges of sync --watch.
const watchEvery = 30 * time.Second

func newSync(c *config) *cobra.Command {
	var watch, dry bool
	cmd := &cobra.Command{Use: "sync [--watch | --dry-run]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case watch && dry:
				return c.run.Usage("cli.either_flag", "--watch", "--dry-run")
			case dry:
				return c.weigh()
			}
			return c.sync(cmd.Context(), watch)
		}}
	c.run.Bool(cmd.Flags(), &watch, "watch")
	c.run.Bool(cmd.Flags(), &dry, "dry-run")
	return cmd
}

// weigh tells what would be sent. It connects to nobody.
func (c *config) weigh() error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Profile().County == nil {
		return casework.Refuse(casework.CodeNotAllowed, agent.WhyAlone)
	}
	load, err := agent.Weigh(s)
	switch {
	case err != nil:
		return err
	case c.run.JSON:
		return c.run.Object(load)
	case load.Entries == 0:
		return c.run.Print("cli.sync.dry_none")
	}
	return c.run.Print("cli.sync.dry", load.Entries, load.Cases, c.run.Words.Size(int64(load.Bytes)))
}

// dialer opens connections to a county.
func dialer() func(ctx context.Context, network, addr string) (net.Conn, error) {
	return (&net.Dialer{Timeout: 20 * time.Second, KeepAlive: 30 * time.Second}).DialContext
}

func (c *config) sync(ctx context.Context, watch bool) error {
	s, err := c.open()
	var told *cli.Problem
	if errors.As(err, &told) && told.Code == casework.CodeRevoked && c.run.JSON {
		return errors.Join(c.run.Object(agent.Outcome{Result: agent.Revoked}), err)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	a := agent.New(s, c.agentConfig())
	for {
		out, err := c.exchange(ctx, a)
		if err == nil && s.Profile().Handed != "" {
			err = s.LeaveWord()
		}
		lasting := out.Result == agent.Revoked || out.Result == agent.Refused
		if !watch || lasting || ctx.Err() != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(watchEvery):
		}
	}
}

// exchange exchanges once and tells how it went. What is left to send or to
// take is an error: a script must not take a part for the whole.
func (c *config) exchange(ctx context.Context, a *agent.Agent) (agent.Outcome, error) {
	bar := newBar(c.run.Progress())
	var broken error // stdout is gone
	out, err := a.Sync(ctx, func(p agent.Progress) {
		if c.run.JSON && broken == nil {
			broken = c.run.Object(progressJSON{p})
		}
		bar.show(func() string { return c.run.Words.T("cli.sync.progress", p.Sent, p.Received) })
	})
	bar.clear()
	if broken == nil {
		broken = c.tellSync(out)
	}
	switch {
	case err != nil:
		return out, err
	case broken != nil:
		return out, broken
	case out.LeftUp > 0 || out.LeftDown > 0:
		return out, &cli.Problem{Code: casework.CodeOffline, Message: c.run.Words.T("cli.sync.left", out.LeftUp, out.LeftDown)}
	}
	return out, nil
}

func (c *config) tellSync(out agent.Outcome) error {
	if c.run.JSON {
		return c.run.Object(out)
	}
	if out.Result == agent.OK {
		if err := c.run.Print("cli.sync.ok", out.Sent, out.Received); err != nil {
			return err
		}
	}
	switch {
	case out.Result == agent.Revoked && out.LeftUp == 0:
		return c.run.Print("cli.sync.handed_in", out.Taken)
	case out.Held > 0:
		return c.run.Print("cli.sync.held", out.Held)
	}
	return nil
}
