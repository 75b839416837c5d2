package main

import "github.com/spf13/cobra"

type backupJSON struct {
	File  string `json:"file"`
	Bytes int64  `json:"bytes"`
}

func newBackup(c *config) *cobra.Command {
	return &cobra.Command{Use: "backup FILE", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.backup(args[0]) }}
}

func (c *config) backup(file string) error {
	if err := c.run.MustBeNew(file, "file"); err != nil {
		return err
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	size, err := s.Backup(file)
	if err != nil {
		return err
	}
	if c.run.JSON {
		return c.run.Object(backupJSON{File: file, Bytes: size})
	}
	return c.run.Print("cli.backup.done", file, size)
}
