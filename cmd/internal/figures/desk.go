package figures

import (
	"errors"
	"path/filepath"
	"strings"

	"casedesk/cmd/internal/cli"
	"casedesk/store/catalogue"
	"casedesk/store/report"
)

// Writer writes a sheet that the desk shows to a new file, as the command does.
func Writer(run *cli.Run) func(ix *catalogue.Index, s *report.Sheet, under catalogue.UnitID, file string) error {
	return func(ix *catalogue.Index, s *report.Sheet, under catalogue.UnitID, file string) error {
		if _, ok := writers[strings.ToLower(filepath.Ext(file))]; !ok {
			return told{run.Usage("cli.report.ending", file)}
		}
		err := save(run, newPage(run.Words, ix, s, under), file)
		if p := (*cli.Problem)(nil); errors.As(err, &p) && p.Message != "" {
			return told{p}
		}
		return err
	}
}

// told is a problem in the words that a person reads.
type told struct{ *cli.Problem }

func (t told) Error() string { return t.Message }
