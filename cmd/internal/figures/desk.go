package figures

import (
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
			return run.Usage("cli.report.ending", file)
		}
		return save(run, newPage(run.Words, ix, s, under), file)
	}
}
