//go:build linux && (amd64 || arm64)

package disk

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

var pass = answer{flags: letPass}

func fails(errno syscall.Errno) answer { return answer{errno: -int32(errno)} }

// handle decides about one call and carries it out.
func (r *Run) handle(n *notice) answer {
	switch uint32(n.nr) {
	case unix.SYS_OPENAT, unix.SYS_MKDIRAT, unix.SYS_UNLINKAT, unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_LINKAT:
		return r.handleName(n)
	case unix.SYS_COPY_FILE_RANGE:
		if _, ok := r.open(n, n.args[2]); ok {
			return fails(unix.EXDEV) // the program then reads and writes
		}
		return pass
	}
	path, ok := r.open(n, n.args[0])
	if !ok {
		return pass
	}
	fd, err := r.borrow(n)
	if err != nil {
		return fails(unix.EIO)
	}
	defer unix.Close(fd)
	return r.handleFile(n, fd, &Call{Path: path})
}

// handleFile carries out a call on an open file.
func (r *Run) handleFile(n *notice, fd int, c *Call) answer {
	switch uint32(n.nr) {
	case unix.SYS_WRITE, unix.SYS_PWRITE64:
		c.Op, c.Data = Write, make([]byte, n.args[2])
		if err := peek(n.pid, n.args[1], c.Data); err != nil {
			return fails(unix.EFAULT)
		}
		c.Off = int64(n.args[3])
		if uint32(n.nr) == unix.SYS_WRITE {
			c.Off, _ = unix.Seek(fd, 0, unix.SEEK_CUR)
			if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0); err == nil && flags&unix.O_APPEND != 0 {
				c.Off, _ = unix.Seek(fd, 0, unix.SEEK_END)
			}
		}
		return r.carry(c, func() (int, error) {
			if uint32(n.nr) == unix.SYS_WRITE {
				return unix.Write(fd, c.Data)
			}
			return unix.Pwrite(fd, c.Data, c.Off)
		})
	case unix.SYS_FTRUNCATE:
		c.Op, c.Size = Truncate, int64(n.args[1])
		return r.carry(c, func() (int, error) { return 0, unix.Ftruncate(fd, c.Size) })
	case unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		c.Op = Sync
		return r.carry(c, func() (int, error) { return 0, unix.Fsync(fd) })
	}
	// Go's package os does not use the others; who does must be looked at.
	r.err = fmt.Errorf("call %d on %s is not modelled", n.nr, c.Path)
	return fails(unix.ENOSYS)
}

// carry asks about a call, carries it out and records it.
func (r *Run) carry(c *Call, do func() (int, error)) answer {
	var f *Fault
	if r.Decide != nil {
		f = r.Decide(c)
	}
	switch {
	case f == nil:
	case f.Short && c.Op == Write && len(c.Data) > 1:
		c.Data = c.Data[:len(c.Data)/2]
	case !f.Short:
		c.Data, c.Failed = nil, true
		r.record(c)
		return fails(f.Errno)
	}
	n, err := do()
	if err != nil {
		c.Data, c.Failed = nil, true
		r.record(c)
		return fails(err.(syscall.Errno))
	}
	if c.Op == Write {
		c.Data = c.Data[:n]
	}
	r.record(c)
	return answer{val: int64(n)}
}

func (r *Run) record(c *Call) {
	if r.Record != nil {
		r.Record(*c)
	}
}

// handleName carries out a call on names.
func (r *Run) handleName(n *notice) answer {
	path, err := r.name(n, n.args[0], n.args[1])
	if err != nil {
		return pass // the kernel says what is wrong with it
	}
	c := &Call{Path: path}
	switch uint32(n.nr) {
	case unix.SYS_OPENAT:
		return r.handleOpen(n, c)
	case unix.SYS_MKDIRAT:
		c.Op = Mkdir
	case unix.SYS_UNLINKAT:
		c.Op = Remove
	default:
		c.Op = Rename
		if uint32(n.nr) == unix.SYS_LINKAT {
			c.Op = Link
		}
		if c.To, err = r.name(n, n.args[2], n.args[3]); err != nil {
			return pass
		}
	}
	if !r.watches(c.Path) && !r.watches(c.To) {
		return pass
	}
	return r.carry(c, func() (int, error) {
		switch c.Op {
		case Mkdir:
			return 0, unix.Mkdir(c.Path, uint32(n.args[2]))
		case Remove:
			return 0, unix.Unlinkat(unix.AT_FDCWD, c.Path, int(n.args[2]))
		case Link:
			return 0, unix.Link(c.Path, c.To)
		}
		return 0, unix.Rename(c.Path, c.To)
	})
}

// handleOpen lets the kernel open a file that the call creates or empties: only
// the program can be given a descriptor.
func (r *Run) handleOpen(n *notice, c *Call) answer {
	if !r.watches(c.Path) {
		return pass
	}
	_, err := os.Lstat(c.Path)
	if err == nil && n.args[2]&unix.O_TRUNC == 0 {
		return pass // it is there, or O_EXCL refuses it
	}
	c.Op = Create
	if a := r.carry(c, func() (int, error) { return 0, nil }); a.errno != 0 {
		return a
	}
	return pass
}

func (r *Run) watches(path string) bool {
	for _, w := range r.Watch {
		if path == w || strings.HasPrefix(path, w+"/") {
			return true
		}
	}
	return false
}

// open tells what a descriptor of the program stands for, if it is watched. What
// happens to a file without a name leaves nothing on the disk.
func (r *Run) open(n *notice, fd uint64) (string, bool) {
	path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", n.pid, int32(fd)))
	return path, err == nil && r.watches(path) && !strings.HasSuffix(path, " (deleted)")
}

// borrow returns a descriptor of the same open file as the call's first argument.
func (r *Run) borrow(n *notice) (int, error) {
	tgid, ok := r.tgids[n.pid]
	if !ok {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", n.pid))
		if err != nil {
			return 0, err
		}
		_, after, _ := bytes.Cut(status, []byte("\nTgid:\t"))
		line, _, _ := bytes.Cut(after, []byte("\n"))
		if tgid, err = strconv.Atoi(string(line)); err != nil {
			return 0, err
		}
		r.tgids[n.pid] = tgid
	}
	pid, err := unix.PidfdOpen(tgid, 0)
	if err != nil {
		return 0, err
	}
	defer unix.Close(pid)
	return unix.PidfdGetfd(pid, int(int32(n.args[0])), 0)
}

// name reads a path from the program's memory and makes it absolute.
func (r *Run) name(n *notice, dirfd, addr uint64) (string, error) {
	buf := make([]byte, unix.PathMax)
	got := 0
	for got < len(buf) && !bytes.Contains(buf[:got], []byte{0}) { // up to a page's end at a time
		part := min(4096-(addr+uint64(got))%4096, uint64(len(buf)-got))
		if err := peek(n.pid, addr+uint64(got), buf[got:got+int(part)]); err != nil {
			return "", err
		}
		got += int(part)
	}
	path, _, _ := strings.Cut(string(buf[:got]), "\x00")
	if filepath.IsAbs(path) {
		return filepath.Clean(path), nil
	}
	from := fmt.Sprintf("/proc/%d/cwd", n.pid)
	if int32(dirfd) != unix.AT_FDCWD {
		from = fmt.Sprintf("/proc/%d/fd/%d", n.pid, int32(dirfd))
	}
	dir, err := os.Readlink(from)
	return filepath.Join(dir, path), err
}

// peek reads the program's memory.
func peek(pid uint32, addr uint64, into []byte) error {
	if len(into) == 0 {
		return nil
	}
	n, err := unix.ProcessVMReadv(int(pid), []unix.Iovec{{Base: &into[0], Len: uint64(len(into))}},
		[]unix.RemoteIovec{{Base: uintptr(addr), Len: len(into)}}, 0)
	if err == nil && n != len(into) {
		err = unix.EFAULT
	}
	return err
}
