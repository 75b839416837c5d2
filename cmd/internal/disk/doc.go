// Package disk runs the real programs on a disk that fails or loses its power,
// for the tests beside it. No other code imports it.
//
// A program is started under a supervisor (run_linux.go): the kernel hands every
// call by which it changes a file to the supervisor, which carries the call out
// itself and so sees all of them, of every thread, completed and in one order. It
// can let a call fail, or write less than was asked for. What was recorded is
// played on a model of a disk (model.go), which makes the images that a power cut
// may leave.
package disk

import "syscall"

// Op is a kind of call that changes what is on the disk.
type Op string

const (
	Create   Op = "create" // a name appears, or a file is emptied
	Write    Op = "write"
	Truncate Op = "truncate" // or made longer
	Sync     Op = "sync"     // of a file or a folder
	Rename   Op = "rename"
	Link     Op = "link"
	Remove   Op = "remove"
	Mkdir    Op = "mkdir"
)

// Call is one call on the disk, in the order in which they took effect.
type Call struct {
	Op   Op
	Path string // absolute
	To   string // of Rename and Link
	Off  int64  // of Write
	Data []byte // of Write
	Size int64  // of Truncate
	// Failed tells that the program was given an error; of a Write, Data is what
	// was written before.
	Failed bool
}

// Fault is what becomes of a call instead of its success.
type Fault struct {
	Errno syscall.Errno
	// Short lets a Write, and no other call, put half of its bytes into the file
	// and succeed with the shorter count.
	Short bool
}
