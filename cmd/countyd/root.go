package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/ledger/boltledger"
	"casedesk/sync/county"
)

// config is what the flags and the environment say to every command.
type config struct {
	run *cli.Run
	dir string // --dir; see folder
}

func newRoot(run *cli.Run) *cobra.Command {
	c := &config{run: run}
	root := &cobra.Command{Use: "countyd COMMAND", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return run.NoCommand(cmd, args) }}
	run.String(root.PersistentFlags(), &c.dir, "dir", "DIR")
	root.AddCommand(newInit(c), newServe(c), newSlip(c), newPeople(c), newDevices(c), newRevoke(c), newCatalogue(c), newPublish(c),
		newVerify(c), newLikely(c), newReport(c), newMessages(c), newBackup(c), newRestore(c), newReceipt(c), newRate(c))
	return root
}

// folder returns the county's folder.
func (c *config) folder() (string, error) { return c.run.Dir(c.dir, "COUNTYD_DIR", "countyd") }

// files are what the back end does with files.
var files = county.Files{
	Verify: func(path string) error {
		_, err := boltledger.Verify(path)
		return err
	},
	Open: func(path string) (ledger.Ledger, error) {
		return boltledger.Open(path, boltledger.Options{MustExist: true})
	},
}

// conf is what a county is made of but for its ledger and key.
func (c *config) conf() county.Config {
	return county.Config{Clock: c.run.Now, Random: rand.Reader, Backups: files}
}

// open opens the county in a folder for this process alone, and fills in conf's
// ledger and key. The func lets go of it.
func (c *config) open(ctx context.Context, dir string, conf *county.Config) (*county.County, func() error, error) {
	var err error
	if conf.Key, err = county.ReadKey(dir); err != nil {
		return nil, nil, notThere(err)
	}
	if conf.Ledger, err = files.Open(filepath.Join(dir, county.LedgerFile)); err != nil {
		return nil, nil, notThere(err)
	}
	served, err := county.New(ctx, *conf)
	if err != nil {
		return nil, nil, notThere(errors.Join(err, conf.Ledger.Close()))
	}
	return served, conf.Ledger.Close, nil
}

// Reasons of refusals that only this program gives.
const (
	whyNoCounty     casework.Why = "no_county"     // the folder holds no county
	whyCountyExists casework.Why = "county_exists" // the folder holds one
)

// notThere tells a folder without a county from one whose files cannot be read.
func notThere(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, county.ErrNotFounded):
		return &casework.Refusal{Code: casework.CodeNotFound, Why: whyNoCounty, Err: err}
	case errors.Is(err, county.ErrKey):
		return &casework.Refusal{Code: casework.CodeDamaged, Err: err}
	}
	return err
}

// startPatience is how long a sub-command waits for a server that has the ledger
// open and does not listen yet.
const startPatience = 3 * time.Second

// ask lets fn ask the county: through the server that runs on the folder, or
// itself where none runs.
func (c *config) ask(ctx context.Context, fn func(county.Office) error) error {
	dir, err := c.folder()
	if err != nil {
		return err
	}
	began := time.Now()
	for {
		remote, err := county.DialAdmin(ctx, dir)
		if err == nil {
			return fn(remote)
		}
		if !errors.Is(err, county.ErrNoServer) {
			return err
		}
		conf := c.conf()
		own, closeOwn, err := c.open(ctx, dir, &conf)
		if errors.Is(err, ledger.ErrBusy) && time.Since(began) < startPatience {
			continue
		}
		if err != nil {
			return err
		}
		return errors.Join(fn(own), closeOwn())
	}
}
