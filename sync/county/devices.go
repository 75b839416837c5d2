package county

import (
	"context"
	"errors"
	"fmt"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/sync/wire"
)

// Device is a laptop as the county's people see it.
type Device struct {
	Device   string           `json:"device"` // fingerprint of its key
	User     catalogue.UserID `json:"user"`
	Name     string           `json:"name"`
	Logs     []LogHead        `json:"logs"`
	LastSeen time.Time        `json:"last_seen"`
	Version  string           `json:"version"` // of its program
	Revoked  bool             `json:"revoked"`
	// HandedTo is the device that the laptop's next worker made of it.
	HandedTo string `json:"handed_over_to,omitempty"`
}

// LogHead is how far the county holds a log.
type LogHead struct {
	Log  casework.LogID `json:"log"`
	Head uint64         `json:"head"`
}

// Devices lists the laptops in the order of their keys, with times in the county's
// zone.
func (c *County) Devices(ctx context.Context) ([]Device, error) {
	list := []Device{}
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		list = list[:0]
		zone := w.ix.Calendar().Location()
		at := map[string]int{}
		var failed error
		err = r.Scan(deviceKey(nil), nil, func(k, v []byte) bool {
			key := string(k[len(deviceKey(nil)):])
			var dev device
			if failed = record.Unmarshal(v, &dev); failed != nil {
				return false
			}
			at[key] = len(list)
			to := ""
			if len(dev.To) > 0 {
				to = wire.FingerprintOf(dev.To).String()
			}
			list = append(list, Device{Device: wire.FingerprintOf([]byte(key)).String(), User: dev.User, Name: dev.Name,
				Logs: []LogHead{}, LastSeen: milliTime(dev.Enrolled).In(zone), Revoked: dev.Revoked != 0, HandedTo: to})
			return true
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		for key, i := range at {
			var seen sighting
			if there, err := get(r, seenKey([]byte(key)), &seen); err != nil {
				return err
			} else if there {
				list[i].LastSeen, list[i].Version = milliTime(seen.At).In(zone), seen.Program
			}
		}
		return r.Logs(func(h ledger.Head) bool {
			var row logRow
			if _, failed = get(r, logKey(h.Log), &row); failed != nil {
				return false
			}
			if i, ok := at[string(row.Key)]; ok {
				list[i].Logs = append(list[i].Logs, LogHead{h.Log, h.Seq})
			}
			return true
		})
	})
	return list, err
}

// Revoke takes a laptop's right to read and to write, from its next request on.
// device is its fingerprint or the beginning of it, if no other begins so.
func (c *County) Revoke(ctx context.Context, name string) (string, error) {
	var found string
	err := c.conf.Ledger.Update(ctx, func(tx ledger.Tx) error {
		found = ""
		var keys [][]byte
		err := tx.Scan(deviceKey(nil), nil, func(k, _ []byte) bool {
			key := k[len(deviceKey(nil)):]
			if id := wire.FingerprintOf(key).String(); len(name) > 0 && len(name) <= len(id) && id[:len(name)] == name {
				keys, found = append(keys, key), id
			}
			return true
		})
		switch {
		case err != nil:
			return err
		case len(keys) == 0:
			return &casework.Refusal{Code: casework.CodeNotFound, Field: "device"}
		case len(keys) > 1:
			return &casework.Refusal{Code: casework.CodeAmbiguous, Field: "device"}
		}
		var dev device
		if _, err := get(tx, deviceKey(keys[0]), &dev); err != nil || dev.Revoked != 0 {
			return err
		}
		w, err := c.world(tx)
		if err != nil {
			return err
		}
		dev.Revoked = c.now().UnixMilli()
		if err := put(tx, deviceKey(keys[0]), &dev); err != nil {
			return err
		}
		return c.note(tx, &w.state, noteRevoked, &revoked{Key: keys[0]})
	})
	if err != nil {
		return "", fmt.Errorf("revoke: %w", err)
	}
	return found, nil
}

// Account is a person as the county's people see it.
type Account struct {
	User  catalogue.UserID   `json:"user"`
	Name  string             `json:"name"`
	Units []catalogue.UnitID `json:"units"`
	Roles []catalogue.Role   `json:"roles"`
}

// People lists who serves, in the catalogue's order.
func (c *County) People(ctx context.Context) ([]Account, error) {
	list := []Account{}
	err := c.conf.Ledger.View(ctx, func(r ledger.Reader) error {
		w, err := c.world(r)
		if err != nil {
			return err
		}
		for _, p := range w.ix.Catalogue().People {
			if !p.Left {
				list = append(list, Account{p.User, p.Name, p.Units, p.Roles})
			}
		}
		return nil
	})
	return list, err
}
