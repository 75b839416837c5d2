package wire

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"casedesk/store/casework"
)

// Errors of reading messages and of calling a county.
var (
	// ErrMalformed reports bytes that are no message.
	ErrMalformed = errors.New("wire: malformed message")
	// ErrLimit reports a message that is larger than the limits allow.
	ErrLimit = errors.New("wire: message exceeds a limit")
	// ErrWrongCounty reports that whoever answered holds another key than the
	// one pinned: another county, or somebody in between.
	ErrWrongCounty = errors.New("wire: the server's key is not the county's")
	// ErrNotCounty reports an answer that no county gives, such as the sign-in
	// page of a hotel's network.
	ErrNotCounty = errors.New("wire: the answer is not a county's")
	// ErrSlip reports text that is no enrolment slip, or one mistyped.
	ErrSlip = errors.New("wire: not a valid slip")
)

// Error returns code and reason; people read the sentence of the code.
func (f *Failure) Error() string {
	if f.Why != "" {
		return fmt.Sprintf("county refuses: %s (%s)", f.Code, f.Why)
	}
	return "county refuses: " + string(f.Code)
}

// Wait returns After as a duration.
func (f *Failure) Wait() time.Duration { return time.Duration(f.After) * time.Second }

// status is the HTTP status that a failure travels with.
func (f *Failure) status() int {
	switch f.Code {
	case casework.CodeInvalid, casework.CodeUsage:
		return http.StatusBadRequest
	case casework.CodeNotFound:
		return http.StatusNotFound
	case casework.CodeNewerFormat:
		return http.StatusUpgradeRequired
	case casework.CodeBusy:
		return http.StatusTooManyRequests
	case casework.CodeInternal, casework.CodeDiskFull, casework.CodeDamaged:
		return http.StatusServiceUnavailable
	}
	return http.StatusForbidden
}

// Check returns an error when the request breaks a limit of this package.
func (r *Request) Check() error {
	switch {
	case len(r.Up) > MaxItems:
		return fmt.Errorf("%w: %d entries", ErrLimit, len(r.Up))
	case len(r.Cursors) > MaxFeeds:
		return fmt.Errorf("%w: %d cursors", ErrLimit, len(r.Cursors))
	case len(r.Logs) > MaxLogs || len(r.Asks) > MaxLogs:
		return fmt.Errorf("%w: %d logs, %d asked for", ErrLimit, len(r.Logs), len(r.Asks))
	case len(r.Program) > MaxText || len(r.Grant) > MaxGrant || len(r.Clock.Boot) > MaxText:
		return fmt.Errorf("%w: text", ErrLimit)
	}
	for _, c := range r.Cursors {
		if len(c.Feed) > MaxText {
			return fmt.Errorf("%w: feed name", ErrLimit)
		}
	}
	return nil
}
