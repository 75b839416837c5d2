package main

import (
	"cmp"
	"errors"

	"github.com/spf13/cobra"

	"casedesk/store"
	"casedesk/store/seal"
	"casedesk/store/text"
)

// profileJSON is a new profile; it has no county.
type profileJSON struct {
	Profile string  `json:"profile"`
	Log     string  `json:"log"`
	County  *string `json:"county"`
}

// newcomer is what a new profile is made with.
type newcomer struct {
	name        string // --name
	recoveryOut string // --recovery-out
	moves       bool   // the profile goes to another folder before it is used
}

func (n *newcomer) flags(c *config, cmd *cobra.Command) {
	c.run.String(cmd.Flags(), &n.name, "name", "NAME")
	c.run.String(cmd.Flags(), &n.recoveryOut, "recovery-out", "FILE")
}

func newInit(c *config) *cobra.Command {
	var n newcomer
	cmd := &cobra.Command{Use: "init [--name NAME] [--recovery-out FILE]", Args: c.run.Args(0, 0),
		RunE: func(*cobra.Command, []string) error { return c.init(n) }}
	n.flags(c, cmd)
	return cmd
}

func (c *config) init(n newcomer) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	s, err := c.create(dir, n)
	if err != nil {
		return err
	}
	defer s.Close()
	if !c.run.JSON {
		return nil
	}
	p := s.Profile()
	return c.run.Object(profileJSON{Profile: p.ID, Log: p.Log.String()})
}

// create makes a profile and hands out its recovery code, which is not kept: in
// a file if one was asked for, else on the screen. A script that asks for
// neither has none.
func (c *config) create(dir string, n newcomer) (*store.Store, error) {
	if err := cmp.Or(c.notRevoked(dir), c.notBetween(dir)); err != nil {
		return nil, err
	}
	passphrase, err := c.run.Passphrase(c.passphraseFile, true)
	if err != nil {
		return nil, err
	}
	out, err := c.run.CreateSecret(n.recoveryOut, "recovery-out")
	if err != nil {
		return nil, err
	}
	o := c.options()
	o.Name = text.Line(n.name).String()
	o.HandOut = func(code seal.RecoveryCode) error {
		switch {
		case n.recoveryOut != "":
			if err := out.Write(code.String()); err != nil {
				return c.run.BadFile(n.recoveryOut, "recovery-out", err)
			}
			return nil
		case c.run.JSON:
			return nil
		}
		return errors.Join(c.run.Print("cli.init.recovery", code.String()), c.run.Print("cli.init.keep"))
	}
	s, _, err := store.Create(dir, passphrase, o)
	if err != nil {
		out.Discard()
		return nil, err
	}
	if err := c.tellCreated(dir, n); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (c *config) tellCreated(dir string, n newcomer) error {
	if c.run.JSON {
		return nil
	}
	if !n.moves {
		if err := c.run.Print("cli.init.done", dir); err != nil {
			return err
		}
	}
	if n.recoveryOut == "" {
		return nil
	}
	return c.run.Print("cli.init.recovery_file", n.recoveryOut)
}
