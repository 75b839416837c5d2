package store

import (
	"syscall"

	"golang.org/x/sys/windows"
)

// initialMap is 0 here: on Windows the file itself takes the size of the map.
const initialMap = 0

// full are this system's ways of saying that there is no room.
var full = []error{syscall.ENOSPC, windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}
