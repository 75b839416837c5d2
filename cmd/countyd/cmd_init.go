package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/store/seal"
	"casedesk/store/text"
	"casedesk/sync/county"
)

type initJSON struct {
	County      string `json:"county"`
	Fingerprint string `json:"fingerprint"`
}

// founding is what a new county is made with.
type founding struct {
	catalogue   string // --catalogue
	sample      bool   // --sample
	name        string // --name
	recoveryOut string // --recovery-out
}

func newInit(c *config) *cobra.Command {
	var f founding
	cmd := &cobra.Command{Use: "init [--catalogue FILE|--sample] [--name NAME] --recovery-out FILE", Args: c.run.Args(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.init(cmd.Context(), f) }}
	c.run.String(cmd.Flags(), &f.catalogue, "catalogue", "FILE")
	c.run.Bool(cmd.Flags(), &f.sample, "sample")
	c.run.String(cmd.Flags(), &f.name, "name", "NAME")
	c.run.String(cmd.Flags(), &f.recoveryOut, "recovery-out", "FILE")
	return cmd
}

func (c *config) init(ctx context.Context, f founding) error {
	switch {
	case f.catalogue != "" && f.sample:
		return c.run.Usage("cli.either_flag", "--catalogue", "--sample")
	case f.recoveryOut == "":
		p := c.run.Usage("cli.flag_needed", "--recovery-out")
		p.Field = "recovery-out"
		return p
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	cat, err := c.catalogue(f.catalogue)
	if err != nil {
		return err
	}
	name := text.Line(f.name).String()
	if name == "" {
		name = cat.Name
	}
	key, err := c.found(ctx, dir, name, cat, f.recoveryOut)
	if err != nil {
		return err
	}
	if c.run.JSON {
		return c.run.Object(initJSON{County: name, Fingerprint: key.Fingerprint().String()})
	}
	if err := c.run.Print("cli.county.done", name, key.Fingerprint().String()); err != nil {
		return err
	}
	return c.run.Print("cli.county.recovery_file", f.recoveryOut)
}

// catalogue reads a catalogue, a workbook or JSON, or returns the sample where no
// file is named.
func (c *config) catalogue(file string) (catalogue.Catalogue, error) {
	if file == "" {
		return sample.Catalogue(), nil
	}
	if isWorkbook(file) {
		book, err := c.workbook(file)
		if err != nil {
			return catalogue.Catalogue{}, err
		}
		cat := catalogue.First(book.Catalogue)
		return cat, c.refuseWorkbook(book.Locate(whole(book, catalogue.Validate(cat))))
	}
	f, err := os.Open(file)
	if err != nil {
		return catalogue.Catalogue{}, c.run.BadFile(file, "catalogue", err)
	}
	defer f.Close()
	return catalogue.ReadJSON(f)
}

// found makes a county. The recovery key goes to its file before anything is
// sealed to it; the ledger gets its name last, so that a folder where that was
// cut short holds no county.
func (c *config) found(ctx context.Context, dir, name string, cat catalogue.Catalogue, recoveryOut string) (*county.Key, error) {
	for _, file := range []string{county.LedgerFile, county.KeyFile} {
		if _, err := os.Stat(filepath.Join(dir, file)); err == nil {
			return nil, &casework.Refusal{Code: casework.CodeNotAllowed, Why: whyCountyExists, Field: "dir"}
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, c.run.BadFile(dir, "dir", err)
	}
	recovery, err := seal.NewCountySecret()
	if err != nil {
		return nil, fmt.Errorf("make recovery key: %w", err)
	}
	out, err := c.run.CreateSecret(recoveryOut, "recovery-out")
	if err != nil {
		return nil, err
	}
	if err := out.Write(recovery.String()); err != nil {
		out.Discard()
		return nil, c.run.BadFile(recoveryOut, "recovery-out", err)
	}
	key, err := county.NewKey(rand.Reader, recovery.Public())
	if err == nil {
		err = c.settle(ctx, dir, name, cat, key)
	}
	if err != nil {
		out.Discard()
		return nil, err
	}
	return key, nil
}

func (c *config) settle(ctx context.Context, dir, name string, cat catalogue.Catalogue, key *county.Key) error {
	path := filepath.Join(dir, county.LedgerFile)
	tmp := path + ".new"
	if err := os.RemoveAll(tmp); err != nil {
		return err
	}
	l, err := boltledger.Open(tmp, boltledger.Options{})
	if err != nil {
		return err
	}
	conf := c.conf()
	conf.Ledger, conf.Key = l, key
	_, err = county.Found(ctx, conf, name, cat)
	if err := errors.Join(err, l.Close()); err != nil {
		if errors.Is(err, ledger.ErrFull) { // whatever of it was written goes
			err = &casework.Refusal{Code: casework.CodeDiskFull, Err: err}
		}
		return errors.Join(err, os.Remove(tmp))
	}
	err = os.Rename(tmp, path)
	if err == nil {
		err = county.WriteKey(dir, key) // syncs the folder, the ledger's name with it
	}
	if err != nil {
		// A half of a county could neither be served nor be founded again.
		return errors.Join(err, os.RemoveAll(tmp), os.RemoveAll(path), os.RemoveAll(filepath.Join(dir, county.KeyFile)))
	}
	return nil
}
