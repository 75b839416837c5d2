package county

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// The county's own log says what only the county knows. Its entries have the
// form of all others and are signed by the county's key. Most are about no case, get
// no stamp and are delivered to nobody; their events' numbers are append-only. What the
// county says of a case (supervise.go) is stamped, folded and delivered like what
// anybody else writes.
const (
	noteEpoch     casework.Number = 1001
	notePublished casework.Number = 1002
	noteSlip      casework.Number = 1003
	noteEnrolled  casework.Number = 1004
	noteRevoked   casework.Number = 1005
	noteFork      casework.Number = 1006
	noteBackup    casework.Number = 1007
)

// actor is the writer's name in the county's own entries.
const actor = casework.County

// epochBegan opens an epoch: where the earlier ones ended.
type epochBegan struct {
	Epoch casework.Epoch `codec:"epoch"`
	Ends  []mark         `codec:"ends"`
}

// published names a catalogue by the hash of its encoding.
type published struct {
	Version uint64        `codec:"version"`
	Hash    casework.Hash `codec:"hash"`
}

type slipIssued struct {
	Code    []byte           `codec:"code"` // hash
	User    catalogue.UserID `codec:"user"`
	Expires int64            `codec:"expires"`
}

type enrolled struct {
	Key  []byte           `codec:"key"`
	User catalogue.UserID `codec:"user"`
	Name string           `codec:"name"`
	Code []byte           `codec:"code"` // hash; empty: by a grant
}

type revoked struct {
	Key []byte `codec:"key"`
}

type forked struct {
	Log casework.LogID `codec:"log"`
	Seq uint64         `codec:"seq"`
}

type backedUp struct {
	Until mark `codec:"until"`
}

// note appends an entry to the county's own log.
func (c *County) note(tx ledger.Tx, st *state, number casework.Number, v any) error {
	payload, err := record.Marshal(v)
	if err != nil {
		return err
	}
	return c.write(tx, st, &casework.Unknown{N: number, Payload: payload})
}

// write appends an entry about no case.
func (c *County) write(tx ledger.Tx, st *state, ev casework.Event) error {
	o, err := c.sign(tx, st, casework.Entry{Wall: c.now(), Events: []casework.Event{ev}})
	if err != nil {
		return err
	}
	e := &o.rec.Entry
	return tx.Append(ledger.Entry{Log: e.Log, Seq: e.Seq, Hash: o.rec.Hash, Raw: o.raw})
}

// sign makes the next entry of the county's own log of what e says.
func (c *County) sign(r ledger.Reader, st *state, e casework.Entry) (o offer, err error) {
	head, err := r.Head(st.Log)
	if err != nil {
		return o, err
	}
	uid, err := c.newID()
	if err != nil {
		return o, err
	}
	salt := make([]byte, record.SaltSize)
	if err := c.fill(salt); err != nil {
		return o, err
	}
	e.Name, e.UID = casework.Name{Log: st.Log, Seq: head.Seq + 1}, casework.EntryID{UUID: uid}
	e.Actor, e.Schema, e.Catalogue = actor, casework.Schema, st.Catalogue
	if o.raw, err = record.Seal(&e, head.Hash, salt, c.conf.Key.sign); err == nil {
		o.rec, err = record.Open(o.raw)
	}
	if err != nil {
		return o, fmt.Errorf("write own entry: %w", err)
	}
	return o, nil
}

// begin begins an epoch: a new incarnation of the county's own log, numbers
// from 1. st keeps the name and the catalogue; the caller writes it.
func (c *County) begin(tx ledger.Tx, st *state, reason casework.LogReason) error {
	log, err := c.newID()
	if err != nil {
		return err
	}
	epoch, err := c.newEpoch(st.Epoch)
	if err != nil {
		return err
	}
	opened := &casework.LogOpened{Profile: st.Name, Name: st.Name, Reason: reason, Key: c.conf.Key.Public()}
	if !st.Log.IsZero() {
		last, err := tx.Head(st.Log)
		if err != nil {
			return err
		}
		opened.Previous, opened.LastSeq, opened.LastHash = st.Log, last.Seq, last.Hash[:]
	}
	st.Log, st.Epoch = casework.LogID{UUID: log}, epoch
	if err := c.write(tx, st, opened); err != nil {
		return err
	}
	if err := errors.Join(c.bindOwn(tx, st.Log), putNumber(tx, keyNumber, 0)); err != nil {
		return err
	}
	return c.note(tx, st, noteEpoch, &epochBegan{Epoch: st.Epoch, Ends: st.Ends})
}

// bindOwn binds a log to the county's own key, so that laptops are told whose it is and
// none can take its name.
func (c *County) bindOwn(tx ledger.Tx, log casework.LogID) error {
	var row logRow
	known, err := get(tx, logKey(log), &row)
	if err != nil || known {
		return err
	}
	return put(tx, logKey(log), &logRow{Key: c.conf.Key.Public()})
}

// newEpoch makes an epoch that sorts after last, whatever the clock says.
func (c *County) newEpoch(last casework.Epoch) (casework.Epoch, error) {
	id, err := c.newID()
	e := casework.Epoch{UUID: id}
	if err == nil && !last.IsZero() && !last.Before(e) {
		var ms [8]byte
		copy(ms[2:], last.UUID[:6])
		binary.BigEndian.PutUint64(ms[:], binary.BigEndian.Uint64(ms[:])+1)
		copy(e.UUID[:6], ms[2:])
	}
	return e, err
}

func hashOf(b []byte) casework.Hash { return sha256.Sum256(b) }

// putCatalogue stores a catalogue and returns its encoding. It refuses one that
// would not leave half of a reply to the rest.
func putCatalogue(tx ledger.Tx, cat catalogue.Catalogue) ([]byte, error) {
	code, err := record.Marshal(&cat)
	if err != nil {
		return nil, err
	}
	packed, err := wire.Encode(&wire.Reply{Catalogue: code})
	if err != nil || len(code) > wire.MaxMessage/2 || len(packed) > wire.MaxPacked/2 {
		return nil, &casework.Refusal{Code: casework.CodeInvalid, Why: casework.WhyTooLarge, Field: "catalogue",
			Err: errors.Join(fmt.Errorf("%w: catalogue of %d bytes", wire.ErrLimit, len(code)), err)}
	}
	return code, tx.Put(catalogueKey(cat.Version), code)
}
