package wire

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"time"

	"casedesk/store/casework"
	"casedesk/store/record"
)

// MediaType is the type of every message. A message is CBOR (package record),
// compressed with zstd and a dictionary that both programs contain. Fields that
// a program does not know are passed over, so fields may be added; a change
// that older programs must not pass over gets a new Version.
const MediaType = "application/casedesk"

// The paths of the two calls, both a POST of one message answered by one, and
// of the question whether a county is there.
const (
	PathExchange = "/v1/exchange"
	PathEnrol    = "/v1/enrol"
	PathHealth   = "/healthz"
)

// grantHeader carries a request's grant besides the message: a county reads the
// message of no laptop that it does not know.
const grantHeader = "Casedesk-Grant"

// nextHeader goes ahead of an answer and tells where its pages end, so that a
// laptop can ask for what follows while they are still on their way. It is left
// out where there is nothing more, or where the answer must be read first.
const nextHeader = "Casedesk-Next"

// SetNext announces where the pages of a reply end.
func SetNext(w http.ResponseWriter, reply *Reply) {
	var ends []Cursor
	more := false
	for _, f := range reply.Feeds {
		ends = append(ends, Cursor{Feed: f.Feed, Epoch: f.Epoch, N: f.To})
		more = more || f.To < f.Head
	}
	if !more || len(reply.Catalogue) > 0 || len(reply.Forks) > 0 || reply.Revoked {
		return
	}
	if b, err := record.Marshal(ends); err == nil {
		w.Header().Set(nextHeader, base64.StdEncoding.EncodeToString(b))
	}
}

// nextOf reads what SetNext wrote; nil if there is nothing to ask for ahead.
func nextOf(h http.Header) (ends []Cursor) {
	b, err := base64.StdEncoding.DecodeString(h.Get(nextHeader))
	if err != nil || len(b) == 0 || record.Bound(b, MaxFeeds, MaxFeeds) != nil || record.UnmarshalLenient(b, &ends) != nil {
		return nil
	}
	return ends
}

// GrantOf returns the grant that a request shows; nil for none.
func GrantOf(r *http.Request) []byte {
	b, err := base64.StdEncoding.DecodeString(r.Header.Get(grantHeader))
	if err != nil || len(b) == 0 || len(b) > MaxGrant {
		return nil
	}
	return b
}

// Read reads the message of a request into v. Errors are *Failure, ready
// to be given to Fail.
func Read(w http.ResponseWriter, r *http.Request, v any) (size int, err error) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != MediaType {
		return 0, &Failure{Code: casework.CodeInvalid}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxPacked))
	if err == nil {
		err = Decode(body, v)
	}
	if err != nil {
		return len(body), &Failure{Code: casework.CodeInvalid}
	}
	return len(body), nil
}

// Write answers with a message and returns its size. After ErrLimit nothing has
// been answered yet.
func Write(w http.ResponseWriter, v any) (size int, err error) { return write(w, http.StatusOK, v) }

// Fail answers with a failure.
func Fail(w http.ResponseWriter, f *Failure) {
	if f.After > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.After))
	}
	_, _ = write(w, f.status(), f) // the caller has gone if this fails
}

func write(w http.ResponseWriter, status int, v any) (int, error) {
	b, err := Encode(v)
	if err != nil {
		return 0, err
	}
	w.Header().Set("Content-Type", MediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	w.WriteHeader(status)
	return w.Write(b)
}

// Client calls one county.
type Client struct {
	HTTP *http.Client
	Base string // the county's address, as in Slip
}

// Dialer opens a connection; the zero net.Dialer's DialContext is one.
type Dialer func(ctx context.Context, network, addr string) (net.Conn, error)

// NewClient makes a client that connects through dial with the given TLS. It
// keeps one connection, follows no redirect (a county gives none) and sets no
// time limit: contexts do.
func NewClient(base string, conf *tls.Config, dial Dialer) *Client {
	return &Client{Base: base, HTTP: &http.Client{
		Transport: &http.Transport{
			DialContext: dial, TLSClientConfig: conf, ForceAttemptHTTP2: true,
			MaxIdleConnsPerHost: 1, IdleConnTimeout: 5 * time.Minute, TLSHandshakeTimeout: time.Minute,
			DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Close lets go of the connection.
func (c *Client) Close() { c.HTTP.CloseIdleConnections() }

// Traffic counts the bytes of messages, without TLS and HTTP.
type Traffic struct{ Up, Down int }

// Signs are told while an exchange is under way; each may be nil.
type Signs struct {
	Sent func() // the request has left; called again when it had to be sent again
	// Next is called when an answer begins: with where its pages end, if more
	// follow, and whether the connection keeps several requests in their order.
	Next func(ends []Cursor, ordered bool)
}

// Exchange makes one exchange. Errors: *Failure when the county refuses,
// ErrWrongCounty, ErrNotCounty, ErrMalformed, ErrLimit, or the network's own.
func (c *Client) Exchange(ctx context.Context, req *Request) (*Reply, Traffic, error) {
	return c.ExchangeTold(ctx, req, Signs{})
}

// ExchangeTold is Exchange for who wants to send the next request meanwhile.
func (c *Client) ExchangeTold(ctx context.Context, req *Request, signs Signs) (*Reply, Traffic, error) {
	var reply Reply
	traffic, err := c.call(ctx, PathExchange, req.Grant, req, &reply, signs)
	if err != nil {
		return nil, traffic, err
	}
	return &reply, traffic, nil
}

// Enrol asks for a grant. Errors are those of Exchange.
func (c *Client) Enrol(ctx context.Context, req *EnrolRequest) (*EnrolReply, error) {
	var reply EnrolReply
	if _, err := c.call(ctx, PathEnrol, nil, req, &reply, Signs{}); err != nil {
		return nil, err
	}
	return &reply, nil
}

func (c *Client) call(ctx context.Context, path string, grant []byte, req, reply any, signs Signs) (Traffic, error) {
	var t Traffic
	body, err := Encode(req)
	if err != nil {
		return t, err
	}
	t.Up = len(body)
	if signs.Sent != nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { signs.Sent() }})
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Base+path, bytes.NewReader(body))
	if err != nil {
		return t, fmt.Errorf("call county: %w", err)
	}
	r.Header.Set("Content-Type", MediaType)
	r.Header.Set("User-Agent", "") // the program's version is in the message
	if len(grant) > 0 {
		r.Header.Set(grantHeader, base64.StdEncoding.EncodeToString(grant))
	}
	answer, err := c.HTTP.Do(r)
	if err != nil {
		if isTLSRefusal(err) && !errors.Is(err, ErrWrongCounty) {
			return t, fmt.Errorf("%w: %w", ErrNotCounty, err)
		}
		return t, fmt.Errorf("call county: %w", err)
	}
	defer answer.Body.Close()
	if kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); kind != MediaType {
		return t, fmt.Errorf("%w: %s, %q", ErrNotCounty, answer.Status, answer.Header.Get("Content-Type"))
	}
	if signs.Next != nil && answer.StatusCode == http.StatusOK {
		signs.Next(nextOf(answer.Header), answer.ProtoMajor >= 2)
	}
	b, err := io.ReadAll(io.LimitReader(answer.Body, MaxPacked+1))
	t.Down = len(b)
	if err != nil {
		return t, fmt.Errorf("call county: %w", err)
	}
	if answer.StatusCode == http.StatusOK {
		return t, Decode(b, reply)
	}
	refusal := new(Failure)
	if err := Decode(b, refusal); err != nil {
		return t, err
	}
	return t, refusal
}
