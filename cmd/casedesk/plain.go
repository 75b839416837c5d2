package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"golang.org/x/term"

	"casedesk/tui/plain"
)

// longestLine is the most bytes of a line that is read; a longer one is cut by the field.
const longestLine = 1 << 20

// talk lets a person talk with a desk in lines, on a terminal or through pipes.
func (c *config) talk(ctx context.Context, desk plain.Desk) error {
	fd := int(os.Stdin.Fd())
	seated := term.IsTerminal(fd)
	if seated {
		if state, err := term.GetState(fd); err == nil {
			defer func() { _ = term.Restore(fd, state) }() // who interrupts a secret sees again what she types
		}
	}
	if c.lines == nil {
		c.lines = bufio.NewReader(os.Stdin) // another desk goes on with the lines
	}
	line := func(secret bool) (string, error) {
		if secret && seated {
			b, err := term.ReadPassword(fd)
			return string(b), err
		}
		return readLine(c.lines)
	}
	return plain.Run(ctx, desk, plain.Config{Words: c.run.Words, Line: line, Out: os.Stdout, Echoed: seated && term.IsTerminal(int(os.Stdout.Fd()))})
}

// readLine reads a line; the last one may lack its end. Of one that is longer than any text
// the rest is dropped.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, more, err := in.ReadLine()
		if err != nil {
			if len(line) > 0 && errors.Is(err, io.EOF) {
				return string(line), nil
			}
			return "", err
		}
		if room := longestLine - len(line); len(part) > room {
			part = part[:room]
		}
		if line = append(line, part...); !more {
			return string(line), nil
		}
	}
}
