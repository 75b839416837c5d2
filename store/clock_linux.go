package store

import (
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// systemBoot returns the kernel's name of the machine's present run.
func systemBoot() string {
	b, err := os.ReadFile("/proc/sys/kernel/random/boot_id")
	if err != nil {
		return ""
	}
	return "b" + strings.ReplaceAll(strings.TrimSpace(string(b)), "-", "")
}

// sinceBoot counts the time that the machine slept, too.
func sinceBoot() (time.Duration, bool) {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
		return 0, false
	}
	return time.Duration(ts.Nano()), true
}
