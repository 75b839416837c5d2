// Command casedesk is the laptop's program: the desk on a terminal, and the same
// store for scripts.
//
// Here live its commands, flags and wiring. What a case is, how it is kept and
// how it travels is in store and sync, the screens in tui.
package main

import (
	"os"

	"casedesk/cmd/internal/cli"
)

func main() { os.Exit(cli.Main(newRoot)) }
