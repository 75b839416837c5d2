package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
)

// config is what the flags and the environment say to every command.
type config struct {
	run            *cli.Run
	dir            string        // --dir; see folder
	passphraseFile string        // --passphrase-file
	display        string        // --display, of the desks
	screen         *screen       // nil until prepare
	fleeting       bool          // how the terminal is drawn on is not kept
	inLines        bool          // --plain
	lines          *bufio.Reader // what is typed to a desk in lines; nil: nothing was yet
}

// newRoot makes the program's commands. Without one the desk opens.
func newRoot(run *cli.Run) *cobra.Command {
	c := &config{run: run}
	root := &cobra.Command{Use: "casedesk [COMMAND]", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return run.NoCommand(cmd, args)
			}
			return c.openDesk(cmd.Context())
		}}
	run.String(root.PersistentFlags(), &c.dir, "dir", "DIR")
	run.String(root.PersistentFlags(), &c.passphraseFile, "passphrase-file", "FILE")
	run.Bool(root.Flags(), &c.inLines, "plain")
	run.String(root.Flags(), &c.display, "display", "WORDS")
	root.AddCommand(newInit(c), newEnrol(c), newNew(c), newList(c), newDay(c), newShow(c), newLikely(c), newPropose(c), newDo(c),
		newReceipt(c), newPaper(c),
		newGlass(c), newUnit(c), newSync(c), newCheck(c), newReport(c), newBackup(c), newAudit(c), newHandover(c), newDemo(c), newPractice(c))
	root.AddCommand(newGallery(c))
	return root
}

// oneOf refuses the value of an option that is not one of a few.
func oneOf[T ~string](c *config, option string, values []T) error {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = string(v)
	}
	p := c.run.Usage("cli.one_of", "--"+option, strings.Join(list, " "))
	p.Field = option
	return p
}

// invalid refuses input with all its faults.
func invalid(faults []casework.Fault) error {
	return fmt.Errorf("check input: %w", &casework.Refusal{Code: casework.CodeInvalid, Faults: faults})
}
