package county

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
)

// ErrNotFounded is returned by New for a ledger without a county.
var ErrNotFounded = errors.New("the ledger holds no county")

// Config is what a County is made of.
type Config struct {
	Ledger ledger.Ledger
	Key    *Key
	Clock  func() time.Time
	Random io.Reader
	Log    *slog.Logger // what the operator should know; nil: nothing is said
	Audit  *slog.Logger // one line an access; nil: none
	// Backups tells how files of the ledger's back end are verified and opened.
	Backups Files
	Limits  Limits // the zero value is right for a server
}

// Files are the functions of a ledger's back end that work on files.
type Files struct {
	Verify func(path string) error
	Open   func(path string) (ledger.Ledger, error)
}

// County is a county's server without its listener. It is safe for use by many
// goroutines; several on one ledger are, too.
type County struct {
	conf    Config
	known   atomic.Pointer[world]
	folds   folds
	limiter limiter
	turns   turns
	counts  counts
	post    post
	sweep   sync.Mutex // one sweep at a time
	watch   watch
	random  sync.Mutex
}

// world is the county's state as one transaction sees it.
type world struct {
	raw []byte // the state row that it was read from
	state
	ix   *catalogue.Index
	code []byte // the catalogue's encoding, as laptops are sent it
}

// New returns the county that the ledger holds, or ErrNotFounded.
func New(ctx context.Context, conf Config) (*County, error) {
	if conf.Log == nil {
		conf.Log = slog.New(slog.DiscardHandler)
	}
	if conf.Audit == nil {
		conf.Audit = slog.New(slog.DiscardHandler)
	}
	c := &County{conf: conf}
	c.folds.cases = map[casework.CaseID]*folded{}
	c.turns.last = map[string]chan struct{}{}
	c.watch.woken = make(chan struct{}, 1)
	c.limiter.init(conf.Limits.withDefaults(), conf.Clock)
	c.post.wake = make(chan struct{}, 1)
	err := conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		head, err := r.Head(w.Log)
		if err != nil {
			return err
		}
		first, there, err := ledger.At(r, w.Log, 1)
		if err != nil || !there || head.Seq == 0 {
			return errors.Join(fmt.Errorf("%w: the county's own log is missing", ledger.ErrDamaged), err)
		}
		rec, err := record.Open(first.Raw)
		if err != nil {
			return fmt.Errorf("the county's own log: %w", err)
		}
		if err := rec.Verify(conf.Key.Public()); err != nil {
			return fmt.Errorf("%w: the ledger is another county's", ErrKey)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("open county: %w", err)
	}
	return c, nil
}

// Found makes an empty ledger a county's: its name, its first epoch, its own
// log and its first catalogue. It returns ErrFounded for a ledger that holds a
// county.
func Found(ctx context.Context, conf Config, name string, cat catalogue.Catalogue) (*County, error) {
	if faults := catalogue.Validate(cat); len(faults) > 0 {
		return nil, fmt.Errorf("found county: the catalogue has %d faults, the first: %v", len(faults), faults[0])
	}
	c := &County{conf: conf}
	err := conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		if b, err := tx.Get([]byte(keyState)); err != nil || b != nil {
			return errors.Join(ErrFounded, err)
		}
		code, err := putCatalogue(tx, cat)
		if err != nil {
			return err
		}
		st := &state{Name: name, Catalogue: cat.Version, Derived: derived}
		if err := c.begin(tx, st, casework.LogCreated); err != nil {
			return err
		}
		if err := c.note(tx, st, notePublished, &published{Version: cat.Version, Hash: hashOf(code)}); err != nil {
			return err
		}
		return put(tx, []byte(keyState), st)
	})
	if err != nil {
		return nil, fmt.Errorf("found county: %w", err)
	}
	return New(ctx, conf)
}

// ErrFounded is returned by Found for a ledger that holds a county.
var ErrFounded = errors.New("the ledger holds a county already")

// world returns the state as r sees it. The catalogue is decoded only when the
// state has changed.
func (c *County) world(r ledger.Reader) (*world, error) {
	raw, err := r.Get([]byte(keyState))
	if err != nil {
		return nil, err
	}
	if raw == nil {
		return nil, ErrNotFounded
	}
	known := c.known.Load()
	if known != nil && bytes.Equal(known.raw, raw) {
		return known, nil
	}
	w := &world{raw: raw}
	if err := record.Unmarshal(raw, &w.state); err != nil {
		return nil, fmt.Errorf("%w: the county's state: %w", ledger.ErrDamaged, err)
	}
	if known != nil && known.Catalogue == w.Catalogue {
		w.ix, w.code = known.ix, known.code
	} else {
		if w.code, err = r.Get(catalogueKey(w.Catalogue)); err != nil {
			return nil, err
		}
		var cat catalogue.Catalogue
		if err := record.Unmarshal(w.code, &cat); err != nil {
			return nil, fmt.Errorf("%w: catalogue %d: %w", ledger.ErrDamaged, w.Catalogue, err)
		}
		w.ix = catalogue.NewIndex(cat)
	}
	c.known.Store(w)
	return w, nil
}

// putState writes a changed state.
func putState(tx ledger.Tx, st state) error { return put(tx, []byte(keyState), &st) }

// now is the county's clock, to the millisecond that encodings keep.
func (c *County) now() time.Time { return c.conf.Clock().UTC().Truncate(time.Millisecond) }

// newID makes a UUIDv7 of the county's clock.
func (c *County) newID() (uuid.UUID, error) {
	var u uuid.UUID
	if err := c.fill(u[:]); err != nil {
		return u, err
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(c.now().UnixMilli())<<16)
	copy(u[:6], ms[:6])
	u[6], u[8] = u[6]&0x0f|0x70, u[8]&0x3f|0x80
	return u, nil
}

// fill reads randomness; the source need not be safe for many.
func (c *County) fill(b []byte) error {
	c.random.Lock()
	defer c.random.Unlock()
	if _, err := io.ReadFull(c.conf.Random, b); err != nil {
		return fmt.Errorf("read randomness: %w", err)
	}
	return nil
}
