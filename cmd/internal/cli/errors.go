package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/ledger"
	"casedesk/store/record"
	"casedesk/store/seal"
	"casedesk/sync/wire"
)

// Problem is a refusal about which more is known than its code tells.
type Problem struct {
	Code    casework.Code
	Why     casework.Why // the reason within the code, where there is one
	Message string       // what happened; empty: the code's sentence
	Next    string       // what to do; empty: the code's sentence
	Field   string       // the option, argument or input field concerned
	Line    int          // of the input, from 1; 0 for none
	Err     error        // the cause
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%s %s: %s", p.Code, p.Field, p.Message)
}

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Usage refuses a command line; the sentence under the key says what is wrong
// with it.
func (r *Run) Usage(key i18n.Key, args ...any) *Problem {
	return &Problem{Code: casework.CodeUsage, Message: r.Words.T(key, args...)}
}

// Ended is how a second run of the program ended that was made in place of this one, and said
// what there was to say.
type Ended struct{ Code int }

func (e *Ended) Error() string { return fmt.Sprintf("ended with %d", e.Code) }

// failure is what an error looks like to programs.
type failure struct {
	Error   casework.Code `json:"error"`
	Message string        `json:"message"`
	Safe    bool          `json:"safe"`
	Next    string        `json:"next"`
	Field   string        `json:"field,omitempty"`
	Line    int           `json:"line,omitempty"`
}

// report writes an error as one line on stderr and returns the exit code.
func (r *Run) report(err error) int {
	if err == nil {
		return 0
	}
	if errors.Is(err, syscall.EPIPE) {
		return 1 // whoever read along has gone, and knows why
	}
	var ended *Ended
	if errors.As(err, &ended) {
		return ended.Code
	}
	a, f := r.advise(err)
	if r.JSON {
		// Nothing in f fails to encode, and a stderr that is gone has no reader.
		line, _ := jsonLine(f)
		fmt.Fprint(r.Err, line)
	} else {
		fmt.Fprintln(r.Err, a)
	}
	if f.Error == casework.CodeUsage {
		return 2
	}
	return 1
}

func (r *Run) advise(err error) (i18n.Advice, failure) {
	var p *Problem
	var refusal *casework.Refusal
	f := failure{}
	var a i18n.Advice
	switch {
	case errors.As(err, &p):
		a = r.Words.Advise(&casework.Refusal{Code: p.Code, Why: p.Why})
		if p.Message != "" {
			a.Message = p.Message
		}
		if p.Next != "" {
			a.Next = p.Next
		}
		f.Field, f.Line = p.Field, p.Line
	default:
		refusal = refusalOf(err)
		a = r.Words.Advise(refusal)
		if f.Field = refusal.Field; f.Field == "" && len(refusal.Faults) > 0 {
			f.Field = refusal.Faults[0].Field
		}
		var invalid *catalogue.InvalidError
		if errors.As(err, &invalid) && len(invalid.Faults) > 0 {
			first := invalid.Faults[0]
			a.Message = r.Words.T("cli.bad_catalogue", first.Line, first.Table, first.Field, r.Words.T("catalogue."+string(first.Problem), i18n.Arg("value", first.Value)))
			f.Field, f.Line = first.Field, first.Line
		}
	}
	if a.Code == casework.CodeInternal && p == nil {
		// Nobody can act on this one but who knows the program: let her see why.
		a.Message = r.Words.T("cli.internal", err)
	}
	f.Error, f.Message, f.Safe, f.Next = a.Code, a.Message, a.Safe, a.Next
	return a, f
}

// refusalOf turns any error of the lower packages into a refusal: the one place
// where their sentinels meet the codes of the contract.
func refusalOf(err error) *casework.Refusal {
	var r *casework.Refusal
	if errors.As(err, &r) {
		return r
	}
	var f *wire.Failure
	if errors.As(err, &f) {
		return &casework.Refusal{Code: f.Code, Why: f.Why, Err: err}
	}
	out := &casework.Refusal{Code: casework.CodeInternal, Err: err}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			out.Code, out.Why, out.Field, out.Unsafe = s.code, s.why, s.field, s.unsafe
			return out
		}
	}
	var network net.Error
	if errors.As(err, &network) {
		out.Code = casework.CodeOffline
	}
	return out
}

var sentinels = []struct {
	err    error
	code   casework.Code
	why    casework.Why
	field  string
	unsafe bool
}{
	{err: ledger.ErrUncertain, code: casework.CodeInternal, unsafe: true},
	{err: ledger.ErrBusy, code: casework.CodeBusy},
	{err: ledger.ErrNewerFormat, code: casework.CodeNewerFormat},
	{err: ledger.ErrDamaged, code: casework.CodeDamaged},
	{err: ledger.ErrFull, code: casework.CodeDiskFull},
	{err: seal.ErrWrongPassphrase, code: casework.CodeWrongPassphrase},
	{err: seal.ErrNoPepper, code: casework.CodeWrongPassphrase},
	{err: seal.ErrNewerFormat, code: casework.CodeNewerFormat},
	{err: seal.ErrDamaged, code: casework.CodeDamaged},
	{err: seal.ErrCode, code: casework.CodeInvalid},
	{err: record.ErrNewerFormat, code: casework.CodeNewerFormat},
	{err: record.ErrTooLarge, code: casework.CodeInvalid},
	{err: record.ErrEncoding, code: casework.CodeDamaged},
	{err: catalogue.ErrInvalid, code: casework.CodeInvalid},
	{err: wire.ErrWrongCounty, code: casework.CodeWrongCounty},
	{err: wire.ErrNotCounty, code: casework.CodeOffline},
	{err: wire.ErrSlip, code: casework.CodeInvalid, field: "slip"},
	{err: wire.ErrMalformed, code: casework.CodeVerifyFailed},
	{err: wire.ErrLimit, code: casework.CodeVerifyFailed},
	{err: syscall.ENOSPC, code: casework.CodeDiskFull},
	{err: fs.ErrNotExist, code: casework.CodeNotFound},
	{err: fs.ErrPermission, code: casework.CodeNotAllowed, why: store.WhyNoPermission},
	{err: syscall.EROFS, code: casework.CodeNotAllowed, why: store.WhyNoPermission},
	{err: fs.ErrExist, code: casework.CodeNotAllowed},
	{err: context.DeadlineExceeded, code: casework.CodeOffline},
}
