// Package boltfile is what the laptop's and the county's files have in common
// where bbolt trusts a file that may have rotted: it maps the file and follows
// what it reads there, without checksums of its pages.
package boltfile

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// ErrRotten means that a page of the file does not hold what was written there.
var ErrRotten = errors.New("a page of the file is damaged")

// Guard runs fn and turns what a damaged page does to the process, a memory
// fault or a panic of bbolt's, into ErrRotten. Other panics pass. It does not
// reach goroutines that fn starts, and cannot end a walk in a circle: Look finds
// those before the file is used.
func Guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if fault, ok := r.(interface{ Addr() uintptr }); ok {
			err = fmt.Errorf("%w: unreadable at %#x", ErrRotten, fault.Addr())
			return
		}
		if !inBolt() {
			panic(r)
		}
		err = fmt.Errorf("%w: %v", ErrRotten, r)
	}()
	return fn()
}

// View is db.View behind a Guard.
func View(db *bolt.DB, fn func(*bolt.Tx) error) error {
	return Guard(func() error { return db.View(fn) })
}

// inBolt reports whether the panic that is being recovered from began in bbolt.
func inBolt() bool {
	pcs := make([]uintptr, 64)
	// Callers, inBolt, Guard's func; then the runtime's frames of the panic.
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		if !strings.HasPrefix(f.Function, "runtime.") && !strings.HasPrefix(f.Function, "internal/") && !strings.HasPrefix(f.Function, "sort.") {
			return strings.HasPrefix(f.Function, "go.etcd.io/bbolt")
		}
		if !more {
			return false
		}
	}
}
