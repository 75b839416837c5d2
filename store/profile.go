package store

import (
	"crypto"
	"crypto/ed25519"
	"slices"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// County is the county that a profile is enrolled with.
type County struct {
	Name        string `codec:"name"`
	Fingerprint string `codec:"fingerprint"` // of the county's key, as on the slip
	Address     string `codec:"address"`     // URL
	Key         []byte `codec:"key"`         // the county's public key, which connections are pinned to
	Grant       []byte `codec:"grant"`       // the county's own word about this device
}

// Profile is who works on this laptop.
type Profile struct {
	ID     string // of the profile, for the county's list of devices
	Name   string // the person's own name for it
	User   catalogue.UserID
	Units  []catalogue.UnitID // empty without a county
	Acting catalogue.UnitID   // the one of Units that she acts for
	County *County            // nil: none
	Log    casework.LogID     // the present log
	Handed catalogue.UserID   // to whom the laptop was handed; empty: to nobody
	Key    ed25519.PublicKey
}

// Profile returns who works on this laptop.
func (s *Store) Profile() Profile {
	st := s.state()
	log, _ := st.log()
	p := Profile{ID: st.Profile, Name: st.Name, User: st.User, Units: slices.Clone(st.Units), Acting: st.acting(), Log: log.ID,
		Key: st.privateKey().Public().(ed25519.PublicKey)}
	if st.County != nil {
		county := *st.County
		p.County = &county
	}
	if st.Handed != nil {
		p.Handed = st.Handed.To
	}
	return p
}

// Person returns the profile's person as she acts for a unit; an empty unit is
// the one that she acts for now. Without a county she is alone.
func (s *Store) Person(unit catalogue.UnitID) casework.Person {
	persons := s.state().persons()
	for _, p := range persons {
		if p.Unit == unit {
			return p
		}
	}
	if len(persons) == 0 {
		return casework.Person{User: s.state().User}
	}
	return persons[0]
}

// Signer returns the profile's key, for the laptop's half of a connection. It is
// of no use after Close.
func (s *Store) Signer() crypto.Signer { return s.state().privateKey() }

// SetGrant keeps the county's word about this device.
func (s *Store) SetGrant(grant []byte) error {
	return s.update(false, func(t *txn) error {
		if t.st.County != nil {
			t.st.County.Grant = slices.Clone(grant)
			t.save()
		}
		return nil
	})
}

// SetAddress changes where the county is found.
func (s *Store) SetAddress(url string) error {
	return s.update(true, func(t *txn) error {
		if t.st.County != nil {
			t.st.County.Address = url
			t.save()
		}
		return nil
	})
}
