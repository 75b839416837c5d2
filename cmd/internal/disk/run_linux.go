//go:build linux && (amd64 || arm64)

package disk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Supported reports why programs cannot be supervised on this machine; nil where
// they can.
func Supported() error {
	r := &Run{Cmd: exec.Command("/bin/true")}
	if err := r.Start(); err != nil {
		return err
	}
	return r.Wait()
}

// Run is a program under supervision.
type Run struct {
	Cmd *exec.Cmd // its ExtraFiles are ours
	// Watch are the folders of interest, absolute and without links. What happens
	// elsewhere passes unseen.
	Watch []string
	// Decide is asked about every call before it is carried out; nil: all pass.
	Decide func(*Call) *Fault
	// Record is told of every call after it was carried out or failed; may be nil.
	Record func(Call)

	listener int
	tgids    map[uint32]int // of threads seen
	done     sync.WaitGroup
	err      error
}

// Start starts the program.
func (r *Run) Start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	ours, theirs := os.NewFile(uintptr(pair[0]), "ours"), os.NewFile(uintptr(pair[1]), "theirs")
	defer ours.Close()
	defer theirs.Close()
	if r.Cmd.Err != nil {
		return r.Cmd.Err
	}
	r.Cmd.Args = append([]string{self, launchArgument, r.Cmd.Path}, r.Cmd.Args[1:]...)
	r.Cmd.Path = self
	r.Cmd.ExtraFiles = []*os.File{theirs}
	if err := r.Cmd.Start(); err != nil {
		return err
	}
	theirs.Close()
	r.tgids = map[uint32]int{}
	if r.listener, err = receive(pair[0]); err != nil {
		return errors.Join(fmt.Errorf("no listener: %w", err), r.Cmd.Wait())
	}
	r.done.Go(r.serve)
	return nil
}

// receive takes the listener from the launched process.
func receive(socket int) (int, error) {
	buf, rights := make([]byte, 1), make([]byte, unix.CmsgSpace(4))
	_, n, _, _, err := unix.Recvmsg(socket, buf, rights, unix.MSG_CMSG_CLOEXEC)
	if err != nil {
		return 0, err
	}
	msgs, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil || len(msgs) != 1 {
		return 0, errors.Join(errors.New("the kernel refused the filter"), err)
	}
	fds, err := unix.ParseUnixRights(&msgs[0])
	if err != nil {
		return 0, err
	}
	return fds[0], nil
}

// Wait waits for the program's end and returns how it ended.
func (r *Run) Wait() error {
	err := r.Cmd.Wait()
	r.done.Wait()
	return errors.Join(err, r.err)
}

// notice is struct seccomp_notif, answer is struct seccomp_notif_resp.
type notice struct {
	id         uint64
	pid, flags uint32
	nr         int32
	arch       uint32
	ip         uint64
	args       [6]uint64
}

type answer struct {
	id    uint64
	val   int64
	errno int32
	flags uint32
}

const (
	ioctlReceive = 0xc0502100
	ioctlSend    = 0xc0182101
	letPass      = 1 // answer.flags: the kernel carries the call out
)

// serve answers calls until the last process under the filter has ended.
func (r *Run) serve() {
	defer unix.Close(r.listener)
	for {
		poll := []unix.PollFd{{Fd: int32(r.listener), Events: unix.POLLIN}}
		if _, err := unix.Poll(poll, -1); err == unix.EINTR {
			continue
		} else if err != nil {
			r.err = err
			return
		}
		if poll[0].Revents&unix.POLLIN == 0 {
			return
		}
		var n notice
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(r.listener), ioctlReceive, uintptr(unsafe.Pointer(&n)))
		if errno == unix.ENOENT || errno == unix.EINTR {
			continue // the thread was killed meanwhile
		} else if errno != 0 {
			r.err = fmt.Errorf("receive a call: %w", errno)
			return
		}
		a := r.handle(&n)
		a.id = n.id
		_, _, errno = unix.Syscall(unix.SYS_IOCTL, uintptr(r.listener), ioctlSend, uintptr(unsafe.Pointer(&a)))
		if errno != 0 && errno != unix.ENOENT {
			r.err = fmt.Errorf("answer a call: %w", errno)
			return
		}
	}
}
