package agent

import (
	"context"
	"crypto/ed25519"
	"errors"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/wire"
)

// Invitation is a county's answer to a slip: what joining it would mean. It is
// not binding: until store.Enrol nothing here has changed, and asking again with the
// same slip and laptop gives the same answer.
type Invitation struct {
	Enrolment store.Enrolment
	// Unmapped are the codes in this laptop's cases that the county does not
	// know. A person says what each is there, in Enrolment.Codes, before the laptop joins by store.Enrol.
	Unmapped []store.UnmappedCode
}

// Ask presents a slip to its county. Errors are *casework.Refusal: invalid for a
// slip that was mistyped, expired, wrong_county, offline, not_allowed for a
// laptop that has a county.
func Ask(ctx context.Context, desk *store.Store, slipText string, c Config) (*Invitation, error) {
	slip, err := wire.ParseSlip(slipText)
	if err != nil {
		return nil, &casework.Refusal{Code: casework.CodeInvalid, Why: WhySlip, Field: "slip", Err: err}
	}
	if desk.Profile().County != nil {
		return nil, casework.Refuse(casework.CodeNotAllowed, store.WhyEnrolled)
	}
	reply, key, err := ask(ctx, desk, slip, c)
	if err != nil {
		_, _, refusal := judge(err)
		return nil, refusal
	}
	cat, err := catalogueOf(reply.Catalogue)
	if err != nil {
		_, _, refusal := judge(err)
		return nil, refusal
	}
	in := &Invitation{Enrolment: store.Enrolment{
		User: reply.User, Units: reply.Units, Recovery: reply.Recovery, Epoch: reply.Epoch,
		Now: time.UnixMilli(reply.Now), Catalogue: *cat,
		County: store.County{Name: reply.County, Fingerprint: slip.County.String(), Address: slip.Address, Key: key, Grant: reply.Grant},
	}}
	if in.Unmapped, err = desk.Unmapped(*cat); err != nil {
		return nil, err
	}
	return in, nil
}

func ask(ctx context.Context, desk *store.Store, slip wire.Slip, c Config) (*wire.EnrolReply, ed25519.PublicKey, error) {
	signer, ok := desk.Signer().(ed25519.PrivateKey)
	if !ok {
		return nil, nil, store.ErrClosed
	}
	var key ed25519.PublicKey
	pin := wire.PinFingerprint(slip.County)
	conf, err := wire.ClientTLS(signer, func(k ed25519.PublicKey) bool {
		key = k
		return pin(k)
	})
	if err != nil {
		return nil, nil, err
	}
	client := wire.NewClient(slip.Address, conf, c.Dial)
	defer client.Close()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	reply, err := client.Enrol(ctx, &wire.EnrolRequest{Version: wire.Version, Program: c.Program,
		Code: slip.Code[:], Name: desk.Profile().Name})
	return reply, key, err
}

// Enrol asks and joins at once. It refuses with invalid and the reason unmapped,
// naming the codes, where a person has to say what a code means to the county.
func Enrol(ctx context.Context, desk *store.Store, slip string, c Config) error {
	in, err := Ask(ctx, desk, slip, c)
	if err != nil {
		return err
	}
	if len(in.Unmapped) > 0 {
		refusal := &casework.Refusal{Code: casework.CodeInvalid, Why: casework.WhyUnmapped, Err: errors.New("codes unknown to the county")}
		for _, u := range in.Unmapped {
			refusal.Faults = append(refusal.Faults, casework.Fault{Field: fieldOf(u.Table) + " " + u.Code, Problem: casework.UnknownCode})
		}
		return refusal
	}
	return desk.Enrol(in.Enrolment)
}

// fieldOf names the field of a case that holds codes of a table.
func fieldOf(t catalogue.Table) string {
	switch t {
	case catalogue.TableDivisions:
		return string(casework.FieldDivision)
	case catalogue.TableCategories:
		return string(casework.FieldCategory)
	}
	return string(t)
}
