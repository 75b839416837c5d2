// Command countyd is the county's server, and what its people ask of it.
//
// Here live its commands, flags and wiring: the ledger's back end, the key, the
// clock, the listeners. What a county does is in sync/county.
package main

import (
	"os"

	"casedesk/cmd/internal/cli"
)

func main() { os.Exit(cli.Main(newRoot)) }
