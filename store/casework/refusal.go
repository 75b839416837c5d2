package casework

import (
	"fmt"
	"strings"
)

// Code is a refusal's code for machines; people read the sentence that
// store/i18n has for it.
type Code string

// The codes of the command line's contract.
const (
	CodeUsage           Code = "usage"
	CodeBusy            Code = "busy"
	CodeLocked          Code = "locked"
	CodeWrongPassphrase Code = "wrong_passphrase"
	CodeDamaged         Code = "damaged"
	CodeNewerFormat     Code = "newer_format"
	CodeDiskFull        Code = "disk_full"
	CodeNotFound        Code = "not_found"
	CodeAmbiguous       Code = "ambiguous"
	CodeNotAllowed      Code = "not_allowed"
	CodeInvalid         Code = "invalid"
	CodeOffline         Code = "offline"
	CodeWrongCounty     Code = "wrong_county"
	CodeExpired         Code = "expired"
	CodeRevoked         Code = "revoked"
	CodeHeld            Code = "held"
	CodeVerifyFailed    Code = "verify_failed"
	CodeInternal        Code = "internal"
)

// Refusal is an error meant for a person: something was asked for and not done.
// Nothing was changed unless Unsafe says that the outcome is not known.
type Refusal struct {
	Code   Code
	Why    Why     // the reason within the code, where there is one
	Field  string  // the input field concerned
	Faults []Fault // every fault of an invalid input
	Of     Action  // whose form the fields are of, where it is one's: some are called by another name there
	Basis  string  // the article or the order that the reason rests on, where one does
	Unsafe bool    // data may not be safe: the message must say so
	Err    error   // the cause, for logs
}

func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(string(r.Code))
	if r.Why != "" {
		fmt.Fprintf(&b, " (%s)", r.Why)
	}
	if r.Field != "" {
		fmt.Fprintf(&b, " field %s", r.Field)
	}
	for _, f := range r.Faults {
		fmt.Fprintf(&b, "; %s: %s", f.Field, f.Problem)
	}
	if r.Err != nil {
		fmt.Fprintf(&b, ": %v", r.Err)
	}
	return b.String()
}

// Unwrap returns the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Is makes errors.Is(err, &Refusal{Code: c}) match on the code alone.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Code == r.Code && (t.Why == "" || t.Why == r.Why)
}

// Refuse builds a refusal.
func Refuse(code Code, why Why) *Refusal { return &Refusal{Code: code, Why: why} }

// Fault is one thing wrong with one field of an input.
type Fault struct {
	Field   string  // the field's path: "title", "parties[1].phone"
	Problem Problem // what is wrong with it
	Limit   int     // the limit that was passed, where Problem has one
}

// Problem says what is wrong with a field; store/i18n has the sentence.
type Problem string

// Problems are shown as "fault.<problem>".
const (
	Required     Problem = "required"
	TooLong      Problem = "too_long"
	UnknownCode  Problem = "unknown_code"
	BadDate      Problem = "bad_date"
	BadNumber    Problem = "bad_number"
	BadChoice    Problem = "bad_choice"
	UnknownField Problem = "unknown_field"
	BadJSON      Problem = "bad_json"
	BadType      Problem = "bad_type"
	InFuture     Problem = "in_future"
	IsOver       Problem = "is_over" // the day has passed
	NoConsent    Problem = "no_consent"
	NoConcern    Problem = "no_concern" // the field is not for a case like this
)

// Why is a reason code: why an action is not allowed, why an entry is held or
// contested. store/i18n has the sentence "why.<code>".
type Why string

// Reasons are append-only; those of held entries stand in stamps.
const (
	WhyState          Why = "state"           // the action does not fit the case's state
	WhyRole           Why = "role"            // no role of this person may do it
	WhyNotYourUnit    Why = "not_your_unit"   // the case is with another unit
	WhyNotLead        Why = "not_lead"        // only the unit that handles the case may
	WhyHoldersOnly    Why = "holders_only"    // of a confidential case only who answers for it or leads it may
	WhyNoSuchUser     Why = "no_such_user"    // the county does not know this person
	WhyLeft           Why = "left"            // the person no longer serves
	WhyNotInUnit      Why = "not_in_unit"     // the person does not serve the unit named
	WhyWrongUser      Why = "wrong_user"      // the entry names another person than the laptop's
	WhyNoRule         Why = "no_rule"         // this kind of matter has no such action
	WhyRevoked        Why = "revoked"         // the laptop was revoked before this arrived
	WhyParentHeld     Why = "parent_held"     // it builds on an entry that is held
	WhyUIDReused      Why = "uid_reused"      // the uid was used before with another body
	WhyConfidential   Why = "confidential"    // the unit is one that the case is about
	WhyUnknown        Why = "unknown_blocks"  // the case holds records of a newer version: notes only
	WhyConcurrent     Why = "concurrent"      // somebody wrote the same field at the same time
	WhyNotHeld        Why = "not_held"        // nothing is held under that uid
	WhyNotContested   Why = "not_contested"   // nothing is contested under that uid
	WhySettledOther   Why = "settled_other"   // it was settled the other way already
	WhyElementTaken   Why = "element_taken"   // another party stands under that id
	WhyNoCase         Why = "no_case"         // the case's registration has not arrived
	WhySecondRegister Why = "second_register" // the case is registered already
	WhyNoTarget       Why = "no_target"       // a unit named does not exist or may not be named here
	WhyLevel          Why = "level"           // one level at a time
	WhyMoved          Why = "moved"           // the case had passed to other hands, unseen by the writer
	WhyUnmapped       Why = "unmapped"        // a code that the county does not know
	WhyTooLarge       Why = "too_large"       // a text, a list or a table is longer than anybody needs
	WhyNoField        Why = "no_field"        // this kind of matter has no such field
	WhyNoProposal     Why = "no_proposal"     // no proposal was made to reply to
	WhyFuture         Why = "future"          // it tells of something done after it was written
	WhyNoSign         Why = "no_sign"         // the case shows no such sign of risk
)

// Reasons of joint work.
const (
	WhyNeedsJoint    Why = "needs_joint"    // it crosses regions, trades or departments: not one unit alone
	WhyNoAppointment Why = "no_appointment" // no such appointment stands
	WhyNoConsent     Why = "no_consent"     // the parties did not agree to who is invited
	WhyNoOrder       Why = "no_order"       // no such order waits for a reply
	WhyStrongerOrder Why = "stronger_order" // a stronger order to the unit runs
	WhyNotGiver      Why = "not_giver"      // another unit gave the order
	WhyNotBelow      Why = "not_below"      // the unit is not below the one that orders
	WhyRated         Why = "rated"          // this party has had its say since the case was taken up last
	WhyNoResult      Why = "no_result"      // there is no result yet that a party could rate
	WhyTakenUp       Why = "taken_up"       // it was taken up again: the new result is rated
	WhyGoesOn        Why = "goes_on"        // it goes on in another case, where it is rated
	WhyByCode        Why = "by_code"        // with the slip's code only the party itself rates
	WhyNoTask        Why = "no_task"        // no such task waits for a reply
	WhyNoCall        Why = "no_call"        // no such call-out waits for an answer
	WhyNotAsked      Why = "not_asked"      // another unit was asked
	WhyOpenTask      Why = "open_task"      // a co-handler still owes a reply
	WhyNoEmergency   Why = "no_emergency"   // no emergency was reported whose paper is to come
	WhyNotRunning    Why = "not_running"    // the limit does not run
	WhyNoExtension   Why = "no_extension"   // the limit cannot be extended
	WhyTooLong       Why = "too_long"       // longer than the law or the county lets it become
	WhyNotLater      Why = "not_later"      // the new day is not after the present one
	WhyTell          Why = "tell"           // the petitioner must be told why
	WhyNotAbove      Why = "not_above"      // the unit does not stand above the holder
	WhyNoSuperior    Why = "no_superior"    // it is not the superior that both have
	WhyNotNamed      Why = "not_named"      // the unit does not take part, or not because somebody named it
	WhyActed         Why = "acted"          // the unit has written a word, or was sent a formal paper
	WhyCourtAsked    Why = "court_asked"    // the court was asked to confirm the agreement
	WhyNoneNamed     Why = "none_named"     // nobody takes part who could be taken out
)
