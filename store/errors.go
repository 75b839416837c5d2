package store

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	bolterrors "go.etcd.io/bbolt/errors"

	"casedesk/store/boltfile"
	"casedesk/store/casework"
	"casedesk/store/record"
	"casedesk/store/seal"
)

// Causes that a casework.Refusal from this package wraps, for errors.Is.
var (
	// ErrClosed: the store was closed, which is what locking the desk does.
	ErrClosed = errors.New("store: closed")
	// ErrUnknownOutcome: the disk failed during a save, and again when it was
	// asked what it holds. Nobody may be told that the last work is saved.
	ErrUnknownOutcome = errors.New("store: outcome of the last save is not known")
	// ErrMissing: a page names an entry of this profile without its bytes, and
	// the file does not hold it. The next Position asks for everything.
	ErrMissing = errors.New("store: an own entry is not here")
	// ErrCursor: a page does not begin where this store stands.
	ErrCursor = errors.New("store: page for another cursor")
)

// Reasons of refusals that only this package gives; store/i18n has their
// sentences.
const (
	WhyExists    casework.Why = "exists"     // the folder holds a profile already
	WhyNoProfile casework.Why = "no_profile" // the folder holds none
	WhyEnrolled  casework.Why = "enrolled"   // the profile has a county already
	WhyNoPepper  casework.Why = "no_pepper"  // the keyring's part of the key is gone: recovery code
	WhyBadCode   casework.Why = "bad_code"   // no valid recovery code: a typing mistake
	WhyShort     casework.Why = "too_short"  // a passphrase that is too short
	WhyWithdrawn casework.Why = "withdrawn"  // the case is no longer shown to this profile's units
	// WhyForgotten: the county revoked this laptop; what was not sent was handed in
	// before, and nothing is left here.
	WhyForgotten casework.Why = "forgotten"
	// WhyCountyOlder: the county is an older copy of itself, put back without a
	// restore: it does not know of an epoch that this laptop has seen.
	WhyCountyOlder casework.Why = "county_older"
	// What stands in the way of handing a laptop over, or follows from it.
	WhyHandedOver   casework.Why = "handed_over"   // it is handed over: nothing more is written here
	WhyDrafts       casework.Why = "drafts"        // something half-written would be lost
	WhyUnsent       casework.Why = "unsent"        // something is not at the county yet
	WhyHeldOwn      casework.Why = "held_own"      // an own record waits for a decision
	WhyNotHanded    casework.Why = "not_handed"    // nobody handed this laptop over
	WhyHandedSelf   casework.Why = "handed_self"   // to oneself
	WhyNotAnswered  casework.Why = "not_answered"  // the county has not taken the hand-over in yet
	WhyReceiptAlone casework.Why = "receipt_alone" // there is no county that could look a slip's code up
	// WhyNoPermission: the system does not let this person write there.
	WhyNoPermission casework.Why = "no_permission"
)

// refuse turns an error into one that a person can be told. A Refusal stays
// what it is.
func refuse(err error) error {
	var r *casework.Refusal
	if err == nil || errors.As(err, &r) {
		return err
	}
	code, why := codeOf(err)
	return &casework.Refusal{Code: code, Why: why, Err: err}
}

func codeOf(err error) (casework.Code, casework.Why) {
	is := func(targets ...error) bool {
		for _, t := range targets {
			if errors.Is(err, t) {
				return true
			}
		}
		return false
	}
	switch {
	case is(ErrClosed):
		return casework.CodeLocked, ""
	case is(bolterrors.ErrTimeout):
		return casework.CodeBusy, ""
	case is(seal.ErrWrongPassphrase):
		return casework.CodeWrongPassphrase, ""
	case is(seal.ErrNoPepper):
		return casework.CodeWrongPassphrase, WhyNoPepper
	case is(seal.ErrCode):
		return casework.CodeInvalid, WhyBadCode
	case is(seal.ErrNewerFormat, record.ErrNewerFormat):
		return casework.CodeNewerFormat, ""
	case is(boltfile.ErrRotten, seal.ErrDamaged, record.ErrEncoding, record.ErrCommitment, bolterrors.ErrInvalid,
		bolterrors.ErrChecksum, bolterrors.ErrVersionMismatch, bolterrors.ErrBucketNotFound):
		return casework.CodeDamaged, ""
	case strings.Contains(err.Error(), "file size too small"): // bbolt has no value for it
		return casework.CodeDamaged, ""
	case is(record.ErrTooLarge):
		return casework.CodeInvalid, ""
	case isFull(err):
		return casework.CodeDiskFull, ""
	case is(fs.ErrNotExist):
		return casework.CodeNotFound, WhyNoProfile
	case is(fs.ErrPermission, syscall.EROFS):
		return casework.CodeNotAllowed, WhyNoPermission
	}
	return casework.CodeInternal, ""
}

// isFull reports whether the disk has no room left. bbolt wraps the system's
// error as text where it lets the file grow.
func isFull(err error) bool {
	return err != nil && (errors.Is(err, bolterrors.ErrMaxSizeReached) || slices.ContainsFunc(full, func(f error) bool {
		return errors.Is(err, f) || strings.Contains(err.Error(), f.Error())
	}))
}
