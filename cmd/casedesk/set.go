package main

import (
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
)

// maxValue is the size in bytes of the largest file that --set takes a value
// from; no field takes as much.
const maxValue = 1 << 20

// values reads the --set options: name=text, name=@file, or name=@@text for a
// text that begins with @.
func (c *config) values(set []string) (map[string]string, error) {
	values := map[string]string{}
	for _, s := range set {
		name, value, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, c.badSet("cli.bad_set", s)
		}
		if _, twice := values[name]; twice {
			return nil, c.badSet("cli.set_twice", name)
		}
		if file, is := strings.CutPrefix(value, "@"); is {
			if value = file; !strings.HasPrefix(file, "@") {
				var err error
				if value, err = c.valueFrom(file, name); err != nil {
					return nil, err
				}
			}
		}
		values[name] = value
	}
	return values, nil
}

func (c *config) badSet(key, what string) error {
	p := c.run.Usage(key, what)
	p.Field = "set"
	return p
}

// valueFrom reads a value from a file; the line ends after it do not belong to
// it.
func (c *config) valueFrom(file, field string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", c.run.BadFile(file, field, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxValue+1))
	switch {
	case err != nil:
		return "", c.run.BadFile(file, field, err)
	case len(b) > maxValue:
		return "", &cli.Problem{Code: casework.CodeInvalid, Field: field, Message: c.run.Words.T("cli.file_too_large", file)}
	case !utf8.Valid(b):
		return "", &cli.Problem{Code: casework.CodeInvalid, Field: field, Message: c.run.Words.T("cli.not_text", file)}
	}
	return strings.TrimRight(strings.TrimPrefix(string(b), "\ufeff"), "\r\n"), nil
}
