package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"casedesk/store/text"
)

// dress gives the commands their words and takes cobra's own away. A command's
// sentence is "cli.<program>.<command>", of a command of another
// "cli.<program>.<command>_<command>", the program's "cli.<program>.about".
func (r *Run) dress(root *cobra.Command) {
	cobra.MousetrapHelpText = "" // started by a double click, the desk opens
	cobra.EnableCommandSorting = false
	root.CompletionOptions.DisableDefaultCmd = true
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetFlagErrorFunc(r.flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { r.help(cmd) })
	root.SetHelpCommand(r.helpCommand(root))
	root.PersistentFlags().BoolP("help", "h", false, r.Words.T("cli.flag.help"))
	root.Flags().Bool("version", false, r.Words.T("cli.flag.version"))
	root.Version = Version()
	root.SetVersionTemplate("{{.Name}} {{.Version}}\n")
	root.PersistentFlags().BoolVar(&r.JSON, "json", r.JSON, r.Words.T("cli.flag.json"))
	r.name(root)
}

func (r *Run) name(cmd *cobra.Command) {
	cmd.DisableFlagsInUseLine = true
	cmd.Short = r.Words.T(aboutOf(cmd))
	for _, sub := range cmd.Commands() {
		r.name(sub)
	}
}

// aboutOf is the key of a command's sentence.
func aboutOf(cmd *cobra.Command) string {
	path := strings.Fields(cmd.CommandPath())
	if len(path) == 1 {
		path = append(path, "about")
	}
	return "cli." + path[0] + "." + strings.Join(path[1:], "_")
}

func (r *Run) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND]", Hidden: true, Args: r.Args(0, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return r.NoCommand(root, args)
			}
			r.help(cmd)
			return nil
		}}
}

// help writes what a command does and how it is used. A program's help that
// cannot be written has no reader.
func (r *Run) help(cmd *cobra.Command) {
	w := r.out
	fmt.Fprintf(w, "%s\n\n%s\n  %s\n", cmd.Short, r.Words.T("cli.help.usage"), cmd.UseLine())
	var rows [][]text.Text
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			rows = append(rows, Cells("  "+sub.Name(), sub.Short))
		}
	}
	if len(rows) > 0 {
		fmt.Fprintf(w, "\n%s\n", r.Words.T("cli.help.commands"))
		_ = r.Table(rows)
	}
	fmt.Fprintf(w, "\n%s\n", r.Words.T("cli.help.flags"))
	_ = r.Table(flagRows(cmd.LocalFlags(), cmd.InheritedFlags()))
	if key := aboutOf(cmd) + ".more"; r.Words.Has(key) {
		fmt.Fprintf(w, "\n%s\n", r.Words.T(key))
	}
	_ = w.Flush()
}

func flagRows(sets ...*pflag.FlagSet) [][]text.Text {
	var rows [][]text.Text
	for _, set := range sets {
		set.VisitAll(func(f *pflag.Flag) {
			if f.Hidden {
				return
			}
			name := "  --" + f.Name
			if f.Shorthand != "" {
				name = "  -" + f.Shorthand + ", --" + f.Name
			}
			name = strings.Join(append([]string{name}, f.Annotations[valueName]...), " ")
			rows = append(rows, Cells(name, f.Usage))
		})
	}
	slices.SortStableFunc(rows, func(a, b []text.Text) int {
		return strings.Compare(strings.TrimLeft(a[0].String(), " -"), strings.TrimLeft(b[0].String(), " -"))
	})
	return rows
}
