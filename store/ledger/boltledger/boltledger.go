// Package boltledger keeps a county's ledger in one bbolt file: the default
// back end, one program and one folder.
//
// Many Updates share a commit: one goroutine takes whatever waits, runs it in
// one transaction and syncs once (writer.go tells what happens when one of
// them fails). The file is created whole or not at all. After a failed commit
// it is closed and opened again before anything is said about it, because
// bbolt may or may not have written the new state.
package boltledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"casedesk/store/boltfile"
	"casedesk/store/ledger"
)

// Options tune a ledger; the zero value is right for a server.
type Options struct {
	// Timeout is how long Open waits for another process to let go of the
	// file; 3 seconds when zero.
	Timeout time.Duration
	// MustExist refuses to create the file: Open then returns the file
	// system's error (fs.ErrNotExist).
	MustExist bool
}

// Ledger is an open file. It implements ledger.Ledger.
type Ledger struct {
	path string
	opts Options

	// mu guards db: the writer replaces it when it opens the file again.
	mu sync.RWMutex
	db *bolt.DB // nil after Close, or when opening again failed
	// broken is why db is nil before Close.
	broken error

	calls   chan *call
	closing chan struct{}
	done    chan struct{} // closed when the writer has ended
	once    sync.Once
}

var _ ledger.Ledger = (*Ledger)(nil)

// Open opens the ledger at path and creates it when there is none. It returns
// ErrBusy, ErrNewerFormat or ErrDamaged of package ledger, wrapped, where they
// apply. The file's folder must exist on a disk of this machine: locks and
// memory maps do not work on network drives.
func Open(path string, opts Options) (*Ledger, error) {
	if opts.Timeout == 0 {
		opts.Timeout = 3 * time.Second
	}
	if err := prepare(path, opts); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	db, err := openFile(path, opts)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l := &Ledger{
		path: path, opts: opts, db: db,
		calls:   make(chan *call, 1024),
		closing: make(chan struct{}),
		done:    make(chan struct{}),
	}
	go l.write()
	return l, nil
}

// View implements ledger.Ledger.
func (l *Ledger) View(ctx context.Context, fn func(ledger.Reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return l.read(func(tx *bolt.Tx) error { return fn(reader{rows: rowsOf(tx)}) })
}

// Backup implements ledger.Ledger. What it writes is a ledger file: Verify
// judges it, Open opens it.
func (l *Ledger) Backup(ctx context.Context, w io.Writer) error {
	sink := &untilDone{ctx: ctx, w: w}
	err := l.read(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(sink)
		return cmp.Or(sink.err, err) // bbolt keeps only the text of a writer's error
	})
	if err != nil {
		return fmt.Errorf("back up ledger: %w", err)
	}
	return nil
}

// Close implements ledger.Ledger.
func (l *Ledger) Close() error {
	l.once.Do(func() { close(l.closing) })
	<-l.done
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.db == nil {
		return nil
	}
	db := l.db
	l.db = nil
	if err := db.Close(); err != nil {
		return fmt.Errorf("close ledger: %w", err)
	}
	return nil
}

// read runs fn in a read transaction.
func (l *Ledger) read(fn func(*bolt.Tx) error) error {
	tx, err := l.begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return guard(func() error { return fn(tx) })
}

// begin starts a transaction on the current handle.
func (l *Ledger) begin(writable bool) (*bolt.Tx, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.db == nil {
		if l.broken != nil {
			return nil, l.broken
		}
		return nil, ledger.ErrClosed
	}
	tx, err := l.db.Begin(writable)
	if err != nil {
		return nil, translate(err)
	}
	return tx, nil
}

// guard turns what a damaged or truncated file does to bbolt into ErrDamaged.
func guard(fn func() error) error {
	err := boltfile.Guard(fn)
	if errors.Is(err, boltfile.ErrRotten) && !errors.Is(err, ledger.ErrDamaged) {
		err = fmt.Errorf("%w: %w", ledger.ErrDamaged, err)
	}
	return err
}

// translate maps the errors of bbolt and of the system to those of package ledger.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return fmt.Errorf("%w: %w", ledger.ErrFull, err)
	case isDamage(err):
		return fmt.Errorf("%w: %w", ledger.ErrDamaged, err)
	case errors.Is(err, bolterrors.ErrTimeout):
		return fmt.Errorf("%w: %w", ledger.ErrBusy, err)
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen):
		return ledger.ErrClosed
	}
	return err
}

// untilDone is a writer that fails once ctx has ended and remembers why.
type untilDone struct {
	ctx context.Context
	w   io.Writer
	err error
}

func (u *untilDone) Write(p []byte) (n int, err error) {
	if u.err = u.ctx.Err(); u.err == nil {
		n, u.err = u.w.Write(p)
	}
	return n, u.err
}

// clone copies bytes out of a transaction, or into one, and keeps nil apart
// from empty.
func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}
