package notify_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"casedesk/sync/notify"
)

var (
	ctx = context.Background()
	key = []byte("0123456789abcdef0123456789abcdef")
	at  = time.Date(2026, 11, 28, 1, 30, 0, 0, time.UTC)
	msg = notify.Message{ID: "5f1c9a7e0b2d4c6e8f00112233445566", To: "13800000001",
		Text: "督办：441621102-2026-00001-PTX1，龙窝镇综治中心签收期限11月27日已过，请马上办理。电话07620000002", At: at}
)

func gateway(t *testing.T, url string, o notify.GatewayOptions) *notify.Gateway {
	t.Helper()
	if o.Clock == nil {
		o.Clock = func() time.Time { return at.Add(90 * time.Second) }
	}
	g, err := notify.NewGateway(url, key, o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Ensure that a message is sent as the documents say, to the letter: the worked example
// of docs/messages.md.
func TestGateway_Example(t *testing.T) {
	const body = `{"id":"5f1c9a7e0b2d4c6e8f00112233445566","to":"13800000001","text":"督办：441621102-2026-00001-PTX1，龙窝镇综治中心签收期限11月27日已过，请马上办理。电话07620000002","at":"2026-11-28T01:30:00Z"}`
	const signature = "v1=c8dc88b1b94696e06eb1e70f02d98a0ef673cfea850ae929c54c0c8a7f10219a"
	var got string
	header := http.Header{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		got, header = string(b), r.Header
		if r.Method != http.MethodPost || r.URL.Path != "/sms" {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		fmt.Fprint(w, `{"receipt":"A-17","more":1}`)
	}))
	defer srv.Close()
	receipt, err := gateway(t, srv.URL+"/sms", notify.GatewayOptions{}).Send(ctx, msg)
	if err != nil || receipt != (notify.Receipt{ID: "A-17"}) {
		t.Fatalf("%+v, %v", receipt, err)
	}
	if got != body {
		t.Errorf("body\n%s\nwant\n%s", got, body)
	}
	for name, want := range map[string]string{"Idempotency-Key": msg.ID, "X-Casedesk-Timestamp": "1795829490",
		"X-Casedesk-Signature": signature, "Content-Type": "application/json"} {
		if header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, header.Get(name), want)
		}
	}
	if notify.Sign(key, "1795829490", []byte(body)) != signature || notify.Sign(key, "1795829491", []byte(body)) == signature {
		t.Error("the signature is not of the time and the body")
	}
}

// Ensure that what a gateway answers means what the documents say.
func TestGateway_Answers(t *testing.T) {
	const ok = `{"receipt":"r"}`
	tests := []struct {
		status     int
		body       string
		retryAfter string
		want       notify.Cause // empty: it was sent
		final      bool
		after      time.Duration
	}{
		{200, ok, "", "", false, 0},
		{202, ok, "", "", false, 0},
		{200, ``, "", notify.CauseAnswer, false, 0},
		{200, `ok`, "", notify.CauseAnswer, false, 0},
		{200, `"r"`, "", notify.CauseAnswer, false, 0},
		{200, `null`, "", notify.CauseAnswer, false, 0},
		{200, `{"receipt":""}`, "", notify.CauseAnswer, false, 0},
		{200, `{"receipt":" "}`, "", notify.CauseAnswer, false, 0},
		{200, `{"receipt":7}`, "", notify.CauseAnswer, false, 0},
		{200, `{"result":"ok"}`, "", notify.CauseAnswer, false, 0},
		{200, ok + ok, "", notify.CauseAnswer, false, 0},
		{200, `{"receipt":"` + strings.Repeat("r", 300) + `"}`, "", notify.CauseAnswer, false, 0},
		{200, `{"receipt":"r","page":"` + strings.Repeat("x", 1<<20) + `"}`, "", notify.CauseAnswer, false, 0},
		{200, "<!doctype html><title>登录</title>", "", notify.CauseAnswer, false, 0},
		{301, ok, "", notify.CauseRedirect, false, 0},
		{304, "", "", notify.CauseRedirect, false, 0},
		{400, ok, "", notify.CauseRefused, true, 0},
		{401, "", "60", notify.CauseRefused, true, 0},
		{404, "<html>", "", notify.CauseRefused, true, 0},
		{422, `{"error":"number"}`, "", notify.CauseRefused, true, 0},
		{408, "", "", notify.CauseStatus, false, 0},
		{425, "", "", notify.CauseStatus, false, 0},
		{429, "", "120", notify.CauseStatus, false, 2 * time.Minute},
		{429, "", "Sat, 28 Nov 2026 01:41:30 GMT", notify.CauseStatus, false, 10 * time.Minute},
		{429, "", "Sat, 28 Nov 2020 01:41:30 GMT", notify.CauseStatus, false, 0},
		{429, "", "soon", notify.CauseStatus, false, 0},
		{429, "", "-5", notify.CauseStatus, false, 0},
		{503, "", "99999999", notify.CauseStatus, false, 24 * time.Hour},
		{500, ok, "", notify.CauseStatus, false, 0},
	}
	for _, tt := range tests {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if tt.retryAfter != "" {
				w.Header().Set("Retry-After", tt.retryAfter)
			}
			w.WriteHeader(tt.status)
			if tt.status != http.StatusNotModified {
				fmt.Fprint(w, tt.body)
			}
		}))
		_, err := gateway(t, srv.URL, notify.GatewayOptions{}).Send(ctx, msg)
		srv.Close()
		var e *notify.Error
		errors.As(err, &e)
		name := fmt.Sprintf("%d %.40s %s", tt.status, tt.body, tt.retryAfter)
		switch {
		case tt.want == "" && err != nil, tt.want != "" && e == nil:
			t.Errorf("%s: %v", name, err)
		case e != nil && (e.Cause != tt.want || e.Final != tt.final || e.After != tt.after || e.Status != tt.status):
			t.Errorf("%s: %+v", name, e)
		case e != nil && (strings.Contains(e.Error(), "1380") || strings.Contains(e.Error(), "登录")):
			t.Errorf("%s: %q repeats what must not be repeated", name, e)
		}
	}
}

// Ensure that a message follows a gateway nowhere.
func TestGateway_Redirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was followed") }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		srv := httptest.NewServer(http.RedirectHandler(elsewhere.URL, status))
		wantCause(t, gateway(t, srv.URL, notify.GatewayOptions{}), notify.CauseRedirect)
		srv.Close()
	}
}

func wantCause(t *testing.T, g *notify.Gateway, want notify.Cause) {
	t.Helper()
	_, err := g.Send(ctx, msg)
	var e *notify.Error
	if !errors.As(err, &e) || e.Cause != want || e.Final {
		t.Errorf("%v, want %s", err, want)
	}
}

// Ensure that a gateway that stalls, stops in the middle, hangs up or is not there is
// tried again, and holds nobody up.
func TestGateway_Unanswered(t *testing.T) {
	end := make(chan struct{})
	stall := func(before string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // until then a server does not notice that the caller has gone
			if before != "" {
				fmt.Fprint(w, before)
				w.(http.Flusher).Flush()
			}
			select {
			case <-end:
			case <-r.Context().Done():
			}
		}
	}
	hangUp := func(before string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, rw, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			fmt.Fprint(rw, before)
			rw.Flush()
			conn.Close()
		}
	}
	for name, tt := range map[string]struct {
		serve http.HandlerFunc
		want  notify.Cause
	}{
		"says nothing":             {stall(""), notify.CauseTimeout},
		"stops within its receipt": {stall(`{"rece`), notify.CauseTimeout},
		"hangs up at once":         {hangUp(""), notify.CauseUnreachable},
		"hangs up within":          {hangUp("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"rece"), notify.CauseUnreachable},
		"is no web server":         {hangUp("SSH-2.0-gateway\r\n"), notify.CauseUnreachable},
		"endless head":             {hangUp("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20)), notify.CauseUnreachable},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(tt.serve)
			defer srv.Close()
			began := time.Now()
			wantCause(t, gateway(t, srv.URL, notify.GatewayOptions{Patience: 150 * time.Millisecond}), tt.want)
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
	close(end)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	wantCause(t, gateway(t, "http://"+l.Addr().String(), notify.GatewayOptions{}), notify.CauseUnreachable)
}

// Ensure that an answer that comes late is one, and that a gateway that honours the key
// sends a repeated message once.
func TestGateway_LateAndRepeated(t *testing.T) {
	sent := map[string]int{}
	wait := 300 * time.Millisecond
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("Idempotency-Key")
		var body struct{ ID string }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil || body.ID != id {
			t.Errorf("%q in the body, %q in the head: %v", body.ID, id, err)
		}
		sent[id]++
		time.Sleep(wait)
		fmt.Fprintf(w, `{"receipt":"first of %d"}`, len(sent))
	}))
	defer srv.Close()
	wantCause(t, gateway(t, srv.URL, notify.GatewayOptions{Patience: 50 * time.Millisecond}), notify.CauseTimeout)
	receipt, err := gateway(t, srv.URL, notify.GatewayOptions{Patience: 5 * time.Second}).Send(ctx, msg)
	if err != nil || receipt.ID != "first of 1" || sent[msg.ID] != 2 {
		t.Errorf("%+v, %v, %v", receipt, err, sent)
	}
}

// Ensure that a gateway is called by TLS that somebody vouches for, and by plain HTTP
// on this machine alone.
func TestGateway_TLS(t *testing.T) {
	srv := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"receipt":"r"}`) }))
	defer srv.Close()
	srv.Config.ErrorLog = nil
	roots := x509.NewCertPool()
	roots.AddCert(srv.Certificate())
	if _, err := gateway(t, srv.URL, notify.GatewayOptions{Roots: roots}).Send(ctx, msg); err != nil {
		t.Error(err)
	}
	wantCause(t, gateway(t, srv.URL, notify.GatewayOptions{Roots: x509.NewCertPool()}), notify.CauseUnreachable)

	for _, tt := range []struct {
		url  string
		key  string
		want error
	}{
		{"https://sms.example/send?a=b", string(key), nil},
		{"http://127.0.0.1:8080/send", string(key), nil},
		{"http://[::1]/send", string(key), nil},
		{"http://localhost/send", string(key), nil},
		{"http://sms.example/send", string(key), notify.ErrInsecure},
		{"http://127.0.0.1.sms.example/", string(key), notify.ErrInsecure},
		{"https://me:secret@sms.example/", string(key), notify.ErrURL},
		{"ftp://sms.example/", string(key), notify.ErrURL},
		{"sms.example", string(key), notify.ErrURL},
		{"https://", string(key), notify.ErrURL},
		{"https://sms.example/%zz", string(key), notify.ErrURL},
		{"https://sms.example/", "short", notify.ErrKey},
		{"https://sms.example/", "", notify.ErrKey},
	} {
		if _, err := notify.NewGateway(tt.url, []byte(tt.key), notify.GatewayOptions{Clock: time.Now}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.url, err, tt.want)
		}
	}
}

// Ensure that a call that is broken off ends.
func TestGateway_Cancelled(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer srv.Close()
	ctx, cancel := context.WithCancel(ctx)
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := gateway(t, srv.URL, notify.GatewayOptions{}).Send(ctx, msg)
	var e *notify.Error
	if !errors.As(err, &e) || e.Final {
		t.Errorf("%v", err)
	}
}

// Ensure that telephone numbers are dialled as they are meant, or not at all.
func TestPhone(t *testing.T) {
	for in, want := range map[string]string{"13800000001": "13800000001", "+86 138 0000 0001": "+8613800000001",
		"0762-0000002": "07620000002", "（0762）0000002": "07620000002", "": "", "12": "", "电话": "", "13800000001转8": "",
		"138_0000": "", "../../etc": "", "+": "", "1+2345": "", strings.Repeat("1", 21): "", "１３８００": ""} {
		if got, ok := notify.Phone(in); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", in, got, ok)
		}
	}
}

// Ensure that parts are counted as networks count them.
func TestParts(t *testing.T) {
	for n, want := range map[int]int{0: 1, 1: 1, 70: 1, 71: 2, 134: 2, 135: 3} {
		if got := notify.Parts(strings.Repeat("督", n)); got != want {
			t.Errorf("%d characters: %d parts, want %d", n, got, want)
		}
	}
	if got := notify.Parts(strings.Repeat("𠮷", 36)); got != 2 {
		t.Errorf("36 characters of two units: %d parts", got)
	}
}
