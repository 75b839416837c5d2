package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/sync/county"
)

type revokedJSON struct {
	Device  string `json:"device"`
	Revoked bool   `json:"revoked"`
}

func newPeople(c *config) *cobra.Command {
	var explain string
	cmd := &cobra.Command{Use: "people [--explain USER]", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if explain != "" {
				return c.explain(cmd.Context(), catalogue.UserID(explain))
			}
			return c.ask(cmd.Context(), func(o county.Office) error {
				people, err := o.People(cmd.Context())
				if err != nil {
					return err
				}
				if c.run.JSON {
					return cli.Objects(c.run, people)
				}
				table := make([][]text.Text, len(people))
				for i, p := range people {
					roles := make([]string, len(p.Roles))
					for i, r := range p.Roles {
						roles[i] = c.run.Words.T("role." + string(r))
					}
					table[i] = cli.Cells(string(p.User), p.Name, strings.Join(roles, " "), join(p.Units))
				}
				return c.table(table)
			})
		}}
	c.run.String(cmd.Flags(), &explain, "explain", "USER")
	return cmd
}

func newDevices(c *config) *cobra.Command {
	return &cobra.Command{Use: "devices", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.ask(cmd.Context(), func(o county.Office) error {
				devices, err := o.Devices(cmd.Context())
				if err != nil {
					return err
				}
				var table [][]text.Text
				for i := range devices {
					d := &devices[i]
					d.Name, d.Version = text.Line(d.Name).String(), text.Line(d.Version).String()
					d.LastSeen = d.LastSeen.Truncate(time.Second)
					state := ""
					if d.Revoked {
						state = c.run.Words.T("cli.county.device_revoked")
					}
					if d.HandedTo != "" {
						state = c.run.Words.T("cli.county.device_handed", d.HandedTo)
					}
					table = append(table, cli.Cells(d.Device, string(d.User), d.Name, d.LastSeen.Format("2006-01-02 15:04"), d.Version, state))
				}
				if c.run.JSON {
					return cli.Objects(c.run, devices)
				}
				return c.table(table)
			})
		}}
}

func newRevoke(c *config) *cobra.Command {
	return &cobra.Command{Use: "revoke DEVICE", Args: c.run.Args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.ask(cmd.Context(), func(o county.Office) error {
				device, err := o.Revoke(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if c.run.JSON {
					return c.run.Object(revokedJSON{Device: device, Revoked: true})
				}
				return c.run.Print("cli.county.revoked", device)
			})
		}}
}

// table writes a table for people, or that there is nothing.
func (c *config) table(rows [][]text.Text) error {
	if len(rows) == 0 {
		return c.run.Print("cli.county.none")
	}
	return c.run.Table(rows)
}

func join[T ~string](list []T) string {
	return strings.Trim(fmt.Sprint(list), "[]")
}
