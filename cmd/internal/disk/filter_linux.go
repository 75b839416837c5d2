//go:build linux && (amd64 || arm64)

package disk

import (
	"fmt"
	"os"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Constants of linux/seccomp.h that x/sys lacks on some systems.
const (
	setModeFilter  = 1
	newListener    = 1 << 3
	waitKillable   = 1 << 5 // a signal does not repeat a call that we have carried out
	retUserNotif   = 0x7fc00000
	retAllow       = 0x7fff0000
	launchArgument = "disk-launch"
	socketFD       = 3
)

// watched are the calls that the supervisor gets to see. Go's own package uses
// no others to change files.
var watched = []uint32{
	unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_WRITEV, unix.SYS_PWRITEV, unix.SYS_FTRUNCATE, unix.SYS_FALLOCATE,
	unix.SYS_FSYNC, unix.SYS_FDATASYNC, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_LINKAT,
	unix.SYS_UNLINKAT, unix.SYS_MKDIRAT, unix.SYS_COPY_FILE_RANGE,
}

// filter hands the watched calls, and openings that create or empty a file, to
// the supervisor and lets all others pass.
func filter() []unix.SockFilter {
	const nr, flags = 0, 16 + 2*8 // offsets in struct seccomp_data; the flags' low half comes first
	ins := []unix.SockFilter{
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: nr},
		{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: unix.SYS_OPENAT, Jf: 3},
		{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: flags},
		{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: unix.O_CREAT | unix.O_TRUNC, Jf: uint8(len(watched)) + 1},
		{Code: unix.BPF_RET | unix.BPF_K, K: retUserNotif},
	}
	for i, n := range watched {
		ins = append(ins, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: n, Jt: uint8(len(watched) - i)})
	}
	return append(ins, unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: retAllow},
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: retUserNotif})
}

// Launch is what a test's TestMain calls first. In a process that was started to
// become a supervised program it puts the filter on itself, passes the listener
// on and becomes that program; elsewhere it does nothing.
func Launch() {
	if len(os.Args) < 3 || os.Args[1] != launchArgument {
		return
	}
	runtime.LockOSThread() // the filter is this thread's, and so the program's
	err := launch(os.Args[2:])
	fmt.Fprintln(os.Stderr, err)
	os.Exit(125)
}

func launch(argv []string) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no_new_privs: %w", err)
	}
	ins := filter()
	prog := unix.SockFprog{Len: uint16(len(ins)), Filter: &ins[0]}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, setModeFilter, newListener|waitKillable, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		return fmt.Errorf("seccomp: %w", errno)
	}
	if err := unix.Sendmsg(socketFD, []byte{1}, unix.UnixRights(int(fd)), nil, 0); err != nil {
		return fmt.Errorf("pass the listener on: %w", err)
	}
	unix.CloseOnExec(socketFD)
	return syscall.Exec(argv[0], argv, os.Environ())
}
