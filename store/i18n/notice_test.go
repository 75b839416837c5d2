package i18n_test

import (
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// Ensure that the slip of an appointment says when, where, what for and whom to call,
// with a telephone only where the unit has one, and nothing that writes to a terminal.
func TestNotice(t *testing.T) {
	at := time.Date(2026, 11, 30, 14, 30, 0, 0, time.UTC)
	for _, tt := range []struct {
		purpose, phone, want string
	}{
		{"调解", "0762-0000025", "请您于 2026-11-30 14:30 到 村委会。事由：调解。联系单位：住建局，电话 0762-0000025。"},
		{"", "", "请您于 2026-11-30 14:30 到 村委会。事由：预约。联系单位：住建局。"},
		{"调\x1b解", "", "请您于 2026-11-30 14:30 到 村委会。事由：调\uFFFD解。联系单位：住建局。"},
	} {
		if got := i18n.New(i18n.ZH).Notice(at, "村委会", tt.purpose, catalogue.Unit{Name: "住建局", Phone: tt.phone}); got != tt.want {
			t.Errorf("%q, %q: %s", tt.purpose, tt.phone, got)
		}
	}
}
