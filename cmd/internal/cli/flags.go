package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// valueName is the annotation that says what the value of a flag is called in
// help.
const valueName = "value"

// String adds a flag with a text; value is what its text is called in help.
// The flag's sentence is "cli.flag.<name>", with _ for each dash.
func (r *Run) String(fs *pflag.FlagSet, to *string, name, value string) {
	fs.StringVar(to, name, "", r.flagWords(name))
	r.nameValue(fs, name, value)
}

// Output adds the flag that names the file to be written: -o, --output FILE.
func (r *Run) Output(fs *pflag.FlagSet, to *string) {
	fs.StringVarP(to, "output", "o", "", r.flagWords("output"))
	r.nameValue(fs, "output", "FILE")
}

// Strings adds a flag that may be given several times.
func (r *Run) Strings(fs *pflag.FlagSet, to *[]string, name, value string) {
	fs.StringArrayVar(to, name, nil, r.flagWords(name))
	r.nameValue(fs, name, value)
}

// Bool adds a flag without a value.
func (r *Run) Bool(fs *pflag.FlagSet, to *bool, name string) {
	fs.BoolVar(to, name, false, r.flagWords(name))
}

func (r *Run) flagWords(name string) string {
	return r.Words.T("cli.flag." + strings.ReplaceAll(name, "-", "_"))
}

func (r *Run) nameValue(fs *pflag.FlagSet, name, value string) {
	fs.Lookup(name).Annotations = map[string][]string{valueName: {value}}
}

// Args demands between least and most arguments.
func (r *Run) Args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return r.Usage("cli.too_few", cmd.UseLine())
		case len(args) > most:
			return r.Usage("cli.too_many", args[most], cmd.UseLine())
		}
		return nil
	}
}

// NoCommand is the answer to a first argument that is no command.
func (r *Run) NoCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return r.Usage("cli.no_command", root.CommandPath())
	}
	if near := root.SuggestionsFor(args[0]); len(near) > 0 {
		return r.Usage("cli.near_command", args[0], near[0])
	}
	return r.Usage("cli.unknown_command", args[0])
}

// flagError says what is wrong with a flag.
func (r *Run) flagError(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	p := r.Usage("cli.bad_flag")
	switch {
	case errors.As(err, &unknown):
		p = r.Usage("cli.unknown_flag", flagName(unknown.GetSpecifiedName()))
		p.Field = unknown.GetSpecifiedName()
	case errors.As(err, &valueless):
		p = r.Usage("cli.flag_without_value", flagName(valueless.GetSpecifiedName()))
		p.Field = valueless.GetSpecifiedName()
	case errors.As(err, &invalid):
		p = r.Usage("cli.bad_flag_value", flagName(invalid.GetFlag().Name), invalid.GetValue())
		p.Field = invalid.GetFlag().Name
	}
	p.Err = err
	return p
}

func flagName(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// Dir returns the folder that a flag names, else the environment, else the one
// in the person's own configuration folder.
func (r *Run) Dir(flag, variable, name string) (string, error) {
	dir := flag
	if dir == "" {
		dir = r.env(variable)
	}
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			p := r.Usage("cli.no_home", variable)
			p.Field, p.Err = "dir", err
			return "", p
		}
		dir = filepath.Join(base, name)
	}
	return filepath.Abs(dir)
}
