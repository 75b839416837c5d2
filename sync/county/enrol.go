package county

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// Issued is a slip with whom it is for, as it is printed and handed out.
type Issued struct {
	Slip    string           `json:"slip"`
	User    catalogue.UserID `json:"user"`
	Expires time.Time        `json:"expires"`
	Name    string           `json:"name"`
	Unit    string           `json:"unit"` // the names of the units that she serves
	Roles   []catalogue.Role `json:"roles"`
}

// Slip issues an enrolment slip for a person, good once and for that long by
// the county's clock. The county must have an address.
func (c *County) Slip(ctx context.Context, user catalogue.UserID, valid time.Duration) (Issued, error) {
	var out Issued
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		if why := present(w, user); why != "" {
			return &casework.Refusal{Code: casework.CodeNotFound, Why: why, Field: "user"}
		}
		out, err = c.issue(tx, w, user, valid)
		return err
	})
	return out, err
}

// WhyNobody: the unit is there, and nobody serves it.
const WhyNobody casework.Why = "nobody_serves"

// Slips issues a slip for everybody who serves a unit, in the order of the
// catalogue.
func (c *County) Slips(ctx context.Context, unit catalogue.UnitID, valid time.Duration) ([]Issued, error) {
	var out []Issued
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		out = nil
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		if _, ok := w.ix.Unit(unit); !ok {
			return &casework.Refusal{Code: casework.CodeNotFound, Why: casework.WhyNoTarget, Field: "unit"}
		}
		for _, p := range w.ix.Catalogue().People {
			if !w.ix.Serves(p.User, unit) {
				continue
			}
			issued, err := c.issue(tx, w, p.User, valid)
			if err != nil {
				return err
			}
			out = append(out, issued)
		}
		if len(out) == 0 {
			return &casework.Refusal{Code: casework.CodeNotFound, Why: WhyNobody, Field: "unit"}
		}
		return nil
	})
	return out, err
}

// issue makes a slip for somebody who can have a laptop.
func (c *County) issue(tx ledger.Tx, w *world, user catalogue.UserID, valid time.Duration) (Issued, error) {
	var code wire.Code
	if err := c.fill(code[:]); err != nil {
		return Issued{}, err
	}
	address, err := tx.Get([]byte(keyAddress))
	if err != nil {
		return Issued{}, err
	}
	if err := wire.CheckAddress(string(address)); err != nil {
		return Issued{}, &casework.Refusal{Code: casework.CodeUsage, Field: "address", Err: err}
	}
	expires := c.now().Add(valid).In(w.ix.Calendar().Location())
	if err := put(tx, slipKey(code[:]), &slip{User: user, Expires: expires.UnixMilli()}); err != nil {
		return Issued{}, err
	}
	hash := sha256.Sum256(code[:])
	person, _ := w.ix.Person(user)
	units := make([]string, len(person.Units))
	for i, u := range person.Units {
		units[i] = w.ix.UnitName(u)
	}
	out := Issued{User: user, Expires: expires, Name: person.Name, Unit: strings.Join(units, "、"), Roles: person.Roles,
		Slip: wire.Slip{Code: code, County: c.conf.Key.Fingerprint(), Address: string(address)}.String()}
	return out, c.note(tx, &w.state, noteSlip, &slipIssued{Code: hash[:], User: user, Expires: expires.UnixMilli()})
}

// SetAddress keeps the address that slips name.
func (c *County) SetAddress(ctx context.Context, address string) error {
	if err := wire.CheckAddress(address); err != nil {
		return &casework.Refusal{Code: casework.CodeUsage, Field: "address", Err: err}
	}
	return c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		return tx.Put([]byte(keyAddress), []byte(address))
	})
}

// present returns why a person cannot have a laptop; empty when she can.
func present(w *world, user catalogue.UserID) casework.Why {
	person, ok := w.ix.Person(user)
	switch {
	case !ok:
		return casework.WhyNoSuchUser
	case person.Left:
		return casework.WhyLeft
	}
	return ""
}

// Enrol makes the laptop that holds key the slip's person's. A refusal is a
// *wire.Failure: not_found for an unknown code, expired for a late or used one.
func (c *County) Enrol(ctx context.Context, key ed25519.PublicKey, req *wire.EnrolRequest) (*wire.EnrolReply, error) {
	switch {
	case req.Version > wire.Version:
		return nil, &wire.Failure{Code: casework.CodeNewerFormat}
	case req.Version == 0 || len(req.Code) != len(wire.Code{}) || len(req.Name) > wire.MaxText || len(req.Program) > wire.MaxText:
		return nil, &wire.Failure{Code: casework.CodeInvalid}
	}
	var reply *wire.EnrolReply
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		dev, err := c.redeem(tx, w, key, req)
		if err != nil {
			return err
		}
		grant, err := c.grant(key, dev)
		if err != nil {
			return err
		}
		reply = &wire.EnrolReply{Version: wire.Version, County: w.Name, User: dev.User, Units: units(w, dev.User),
			Epoch: w.Epoch, Now: c.now().UnixMilli(), Recovery: c.conf.Key.recovery, Grant: grant, Catalogue: w.code}
		return put(tx, seenKey(key), &sighting{At: c.now().UnixMilli(), Program: req.Program})
	})
	if err != nil {
		return nil, err
	}
	c.counts.enrolled.Add(1)
	return reply, nil
}

// redeem uses up a slip. The same laptop may ask again: an answer can get lost.
func (c *County) redeem(tx ledger.Tx, w *world, key ed25519.PublicKey, req *wire.EnrolRequest) (device, error) {
	var s slip
	var dev device
	there, err := get(tx, slipKey(req.Code), &s)
	if err != nil {
		return dev, err
	}
	known, err := get(tx, deviceKey(key), &dev)
	switch why := present(w, s.User); {
	case err != nil:
		return dev, err
	case !there:
		return dev, &wire.Failure{Code: casework.CodeNotFound}
	case known && dev.Revoked != 0:
		return dev, &wire.Failure{Code: casework.CodeRevoked}
	case why != "":
		return dev, &wire.Failure{Code: casework.CodeNotAllowed, Why: why}
	case known && bytes.Equal(s.Used, key):
		return dev, nil
	case len(s.Used) > 0 || c.now().UnixMilli() > s.Expires:
		return dev, &wire.Failure{Code: casework.CodeExpired}
	case known && dev.User != s.User:
		return dev, &wire.Failure{Code: casework.CodeNotAllowed, Why: casework.WhyWrongUser}
	}
	s.Used = key
	if err := put(tx, slipKey(req.Code), &s); err != nil {
		return dev, err
	}
	hash := sha256.Sum256(req.Code)
	dev = device{User: s.User, Name: req.Name, Enrolled: c.now().UnixMilli()}
	return dev, c.register(tx, &w.state, key, dev, hash[:])
}

// expireSlips ends every slip that nobody has used, as far as this ledger knows:
// one that is older than some use of a slip would take the slip again.
func expireSlips(tx ledger.Tx) error {
	unused := map[string]slip{}
	var failed error
	err := tx.Scan([]byte("p/"), nil, func(key, b []byte) bool {
		var s slip
		if failed = record.Unmarshal(b, &s); failed == nil && len(s.Used) == 0 {
			unused[string(key)] = s
		}
		return failed == nil
	})
	if err := errors.Join(err, failed); err != nil {
		return fmt.Errorf("expire slips: %w", err)
	}
	for key, s := range unused {
		s.Expires = 0
		if err := put(tx, []byte(key), &s); err != nil {
			return err
		}
	}
	return nil
}

// register makes a laptop known.
func (c *County) register(tx ledger.Tx, st *state, key ed25519.PublicKey, dev device, code []byte) error {
	if err := put(tx, deviceKey(key), &dev); err != nil {
		return err
	}
	return c.note(tx, st, noteEnrolled, &enrolled{Key: key, User: dev.User, Name: dev.Name, Code: code})
}

// grant is the county's word about a laptop. A county that was restored from an
// older backup takes the laptop back on it.
type grant struct {
	Key      []byte           `codec:"key"`
	User     catalogue.UserID `codec:"user"`
	Name     string           `codec:"name"`
	Enrolled int64            `codec:"enrolled"`
}

const grantDomain = "casedesk grant v1\x00"

func (c *County) grant(key ed25519.PublicKey, dev device) ([]byte, error) {
	body, err := record.Marshal(&grant{Key: key, User: dev.User, Name: dev.Name, Enrolled: dev.Enrolled})
	if err != nil {
		return nil, err
	}
	return record.Marshal(&wire.Signed{Body: body, Sig: ed25519.Sign(c.conf.Key.sign, append([]byte(grantDomain), body...))})
}

// granted reads the grant that a laptop shows; one that shows none is asked for it.
func (c *County) granted(key ed25519.PublicKey, shown []byte) (dev device, err error) {
	if len(shown) == 0 {
		return dev, &wire.Failure{Code: wire.CodeGrant}
	}
	var s wire.Signed
	var g grant
	if err := record.Unmarshal(shown, &s); err != nil ||
		!ed25519.Verify(c.conf.Key.Public(), append([]byte(grantDomain), s.Body...), s.Sig) ||
		record.Unmarshal(s.Body, &g) != nil || !bytes.Equal(g.Key, key) {
		return dev, &wire.Failure{Code: casework.CodeWrongCounty}
	}
	return device{User: g.User, Name: g.Name, Enrolled: g.Enrolled}, nil
}

// recognise returns an error for a key that is neither a laptop's of this county
// nor shown with its grant.
func (c *County) recognise(ctx context.Context, key ed25519.PublicKey, grant []byte) error {
	return c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		known, err := r.Get(deviceKey(key))
		if err == nil && known == nil {
			_, err = c.granted(key, grant)
		}
		return err
	})
}
