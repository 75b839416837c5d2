package agent

import (
	"errors"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/sync/wire"
)

// Result says in a word how a synchronisation ended.
type Result string

// The results.
const (
	OK      Result = "ok"
	Offline Result = "offline" // the county could not be reached, or is busy
	Revoked Result = "revoked" // this laptop was revoked
	Refused Result = "refused" // the county, or this laptop, refused to go on
)

// Progress is told while pages travel.
type Progress struct {
	Sent     int `json:"sent"`     // entries
	Received int `json:"received"` // entries
	Bytes    int `json:"bytes"`    // both ways
}

// Outcome is what one synchronisation did.
type Outcome struct {
	Result     Result         `json:"result"`
	Sent       int            `json:"sent"`      // entries offered
	Taken      int            `json:"taken"`     // of these, stamped by the county
	Held       int            `json:"held"`      // of these, held back
	Received   int            `json:"received"`  // entries that are new here
	Withdrawn  int            `json:"withdrawn"` // cases that are no longer shown here
	LeftUp     int            `json:"left_up"`   // entries that still wait to be sent
	LeftDown   uint64         `json:"left_down"` // lines of feeds that still wait
	Epoch      casework.Epoch `json:"epoch"`
	RoundTrips int            `json:"round_trips"`
	BytesUp    int            `json:"bytes_up"`
	BytesDown  int            `json:"bytes_down"`

	wait time.Duration // what the county asked for
	rest time.Duration // until the next try, where there will be one
}

// Reasons of refusals that only this package gives; store/i18n has their
// sentences.
const (
	// WhyPortal: something answered that is no county, such as the sign-in page
	// of a guest network.
	WhyPortal casework.Why = "portal"
	// WhyBusy: the county asked to come back later.
	WhyBusy casework.Why = "county_busy"
	// WhyFull: the county's server has no room left on its disk.
	WhyFull casework.Why = "county_full"
	// WhyTrouble: the county's server is at fault and takes nothing for now.
	WhyTrouble casework.Why = "county_trouble"
	// WhyAlone: the laptop has no county.
	WhyAlone casework.Why = "alone"
	// WhySlip: the text is no enrolment slip, or was mistyped.
	WhySlip casework.Why = "slip"
	// WhyStuck: the exchange makes no headway.
	WhyStuck casework.Why = "stuck"
)

// judge turns an error of an exchange into a result and a refusal that a person
// can be told.
func judge(err error) (Result, time.Duration, *casework.Refusal) {
	var failure *wire.Failure
	var refusal *casework.Refusal
	switch {
	case err == nil:
		return OK, 0, nil
	case errors.As(err, &failure):
		return judgeFailure(failure)
	case errors.As(err, &refusal):
		if refusal.Code == casework.CodeOffline {
			return Offline, 0, refusal
		}
		return Refused, 0, refusal
	case errors.Is(err, wire.ErrWrongCounty):
		return Refused, 0, &casework.Refusal{Code: casework.CodeWrongCounty, Err: err}
	case errors.Is(err, wire.ErrNotCounty):
		return Offline, 0, &casework.Refusal{Code: casework.CodeOffline, Why: WhyPortal, Err: err}
	case errors.Is(err, wire.ErrMalformed), errors.Is(err, wire.ErrLimit):
		return Refused, 0, &casework.Refusal{Code: casework.CodeVerifyFailed, Err: err}
	case errors.Is(err, store.ErrClosed):
		return Offline, 0, &casework.Refusal{Code: casework.CodeLocked, Err: err}
	}
	return Offline, 0, &casework.Refusal{Code: casework.CodeOffline, Err: err}
}

func judgeFailure(f *wire.Failure) (Result, time.Duration, *casework.Refusal) {
	refusal := &casework.Refusal{Code: f.Code, Why: f.Why, Err: f}
	switch {
	case f.Code == casework.CodeRevoked:
		return Revoked, 0, refusal
	case f.After > 0 || f.Code == casework.CodeBusy:
		refusal.Code, refusal.Why = casework.CodeOffline, WhyTrouble
		switch f.Code {
		case casework.CodeBusy:
			refusal.Why = WhyBusy
		case casework.CodeDiskFull:
			refusal.Why = WhyFull
		}
		return Offline, f.Wait(), refusal
	}
	return Refused, 0, refusal
}
