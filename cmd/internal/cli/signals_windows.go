package cli

import (
	"os"
	"syscall"
)

// asErrors are signals that only repeat what the failing write itself says.
var asErrors = []os.Signal{syscall.SIGPIPE}
