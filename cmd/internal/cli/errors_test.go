package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/store/seal"
	"casedesk/sync/wire"
)

// Ensure that the errors of the packages below come out under the codes of the
// contract, however they are wrapped. The mapping has no caller outside.
func TestRefusalOf(t *testing.T) {
	tests := []struct {
		err  error
		want casework.Code
	}{
		{casework.Refuse(casework.CodeHeld, casework.WhyRole), casework.CodeHeld},
		{&wire.Failure{Code: casework.CodeExpired}, casework.CodeExpired},
		{ledger.ErrBusy, casework.CodeBusy},
		{ledger.ErrNewerFormat, casework.CodeNewerFormat},
		{ledger.ErrFull, casework.CodeDiskFull},
		{seal.ErrWrongPassphrase, casework.CodeWrongPassphrase},
		{wire.ErrWrongCounty, casework.CodeWrongCounty},
		{wire.ErrNotCounty, casework.CodeOffline},
		{syscall.ENOSPC, casework.CodeDiskFull},
		{fs.ErrNotExist, casework.CodeNotFound},
		{context.DeadlineExceeded, casework.CodeOffline},
		{&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, casework.CodeOffline},
		{errors.New("boom"), casework.CodeInternal},
	}
	for _, tt := range tests {
		if got := refusalOf(fmt.Errorf("do it: %w", tt.err)); got.Code != tt.want {
			t.Errorf("%v: %s, want %s", tt.err, got.Code, tt.want)
		}
	}
	if !refusalOf(ledger.ErrUncertain).Unsafe {
		t.Error("an uncertain commit counts as safe")
	}
}

// Ensure that --json is seen wherever it stands, but not behind --.
func TestAsksForJSON(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want bool
	}{
		{[]string{"list", "--json"}, true},
		{[]string{"--json=true", "list"}, true},
		{[]string{"list", "--json=false"}, false},
		{[]string{"show", "--", "--json"}, false},
		{nil, false},
	} {
		if got := asksForJSON(tt.args); got != tt.want {
			t.Errorf("%q: %v", tt.args, got)
		}
	}
}
