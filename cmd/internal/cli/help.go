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
// sentence is "cli.<program>.<command>", the program's "cli.<program>.about".
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
	for _, cmd := range append([]*cobra.Command{root}, root.Commands()...) {
		cmd.DisableFlagsInUseLine = true
		cmd.Short = r.Words.T("cli." + root.Name() + "." + aboutOf(root, cmd))
	}
}

func aboutOf(root, cmd *cobra.Command) string {
	if cmd == root {
		return "about"
	}
	return cmd.Name()
}

func (r *Run) helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{Use: "help [COMMAND]", Hidden: true, Args: r.Args(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				r.help(root)
				return nil
			}
			for _, cmd := range root.Commands() {
				if cmd.Name() == args[0] {
					r.help(cmd)
					return nil
				}
			}
			return r.NoCommand(root, args)
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
	if key := "cli." + cmd.Root().Name() + "." + aboutOf(cmd.Root(), cmd) + ".more"; r.Words.Has(key) {
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
