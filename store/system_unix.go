//go:build !windows

package store

import "syscall"

// initialMap is how much of the address space is set aside for the file, in
// bytes: until the file outgrows it, a save never waits for a reader (bbolt maps
// the file anew only when no read is under way). It costs no memory and no disk.
const initialMap = 1 << 30

// full are this system's ways of saying that there is no room.
var full = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
