package cli

import (
	"bufio"
	"fmt"

	"github.com/charmbracelet/x/term"
)

// holdWindow keeps a window that closes with the program until somebody has read why: own says
// that it is there for this program alone, as after a double click.
func (r *Run) holdWindow(own bool) {
	if !own || r.JSON || !term.IsTerminal(r.In.Fd()) || !term.IsTerminal(r.Err.Fd()) {
		return
	}
	fmt.Fprintln(r.Err, r.Words.T("cli.window"))
	_, _ = bufio.NewReader(r.In).ReadString('\n') // whatever ends the line ends the window
}
