package store

import (
	"errors"

	"golang.org/x/sys/windows"
)

// initialMap is 0 here: on Windows the file itself takes the size of the map.
const initialMap = 0

// isFullHere knows this system's further ways of saying that there is no room.
func isFullHere(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// syncDir does nothing: Windows has no such call, and renames go through the
// file system's journal.
func syncDir(string) error { return nil }
