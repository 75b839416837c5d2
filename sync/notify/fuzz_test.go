package notify

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"casedesk/store/text"
)

// Ensure that whatever a gateway answers is either a receipt that can be shown and
// kept, or a reason; and never that it is to be left alone for ever.
func FuzzJudge(f *testing.F) {
	f.Add(200, "", []byte(`{"receipt":"A-17"}`))
	f.Add(200, "", []byte(`{"receipt":"\u202e\u001b[31m"}`))
	f.Add(200, "", []byte(`<html>`))
	f.Add(429, "120", []byte(``))
	f.Add(503, "Sat, 28 Nov 2026 01:41:30 GMT", []byte(``))
	f.Add(302, "9999999999999999999", []byte(`{`))
	g := &Gateway{clock: func() time.Time { return time.Date(2026, 11, 28, 1, 30, 0, 0, time.UTC) }}
	f.Fuzz(func(t *testing.T, status int, retryAfter string, answer []byte) {
		r, err := g.judge(status, http.Header{"Retry-After": {retryAfter}}, answer)
		if err == nil {
			if r.ID == "" || len(r.ID) > maxReceipt || text.Dirty(r.ID) || strings.Contains(r.ID, "\n") || status/100 != 2 {
				t.Errorf("%d: receipt %q", status, r.ID)
			}
			return
		}
		e := problem(t, err)
		if e.After < 0 || e.After > maxAfter || e.Final != (e.Cause == CauseRefused) || e.Final && status/100 != 4 {
			t.Errorf("%d: %+v", status, e)
		}
	})
}

func problem(t *testing.T, err error) *Error {
	e, ok := err.(*Error)
	if !ok {
		t.Fatalf("%v is no reason", err)
	}
	return e
}

// Ensure that no telephone or name of a message leads out of the folder, into another
// message's name, or into a name that gammu reads otherwise.
func FuzzFileOf(f *testing.F) {
	f.Add("5f1c", "13800000001")
	f.Add("../x", "+86138")
	f.Fuzz(func(t *testing.T, id, phone string) {
		to, ok := Phone(phone)
		if !ok {
			return
		}
		name := fileOf(Message{ID: id, To: to, At: time.Date(2026, 11, 28, 1, 30, 0, 0, time.UTC)})
		parts := strings.Split(name, "_")
		if len(name) > maxName || len(parts) != 5 || parts[0] != "OUTC20261128" || parts[3] != to ||
			strings.ContainsAny(name, "/\\\x00") || strings.Count(name, ".") != 1 || !strings.HasSuffix(name, ".txt") {
			t.Errorf("%q", name)
		}
	})
}
