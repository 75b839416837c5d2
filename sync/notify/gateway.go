package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"casedesk/store/text"
)

// The headers of a message beside Idempotency-Key.
const (
	headerTime      = "X-Casedesk-Timestamp"
	headerSignature = "X-Casedesk-Signature"
)

const (
	// patience is how long a gateway may take for its answer.
	patience = 15 * time.Second
	// maxAnswer bounds an answer, in bytes: a receipt needs a few dozen.
	maxAnswer = 16 << 10
	// maxReceipt bounds a receipt, in bytes.
	maxReceipt = 200
	// minKey is the least length of a key, in bytes.
	minKey = 16
	// maxAfter bounds how long a gateway may ask to be left alone.
	maxAfter = 24 * time.Hour
)

// Reasons why a Gateway is not made.
var (
	ErrURL      = errors.New("not the address of a gateway")
	ErrInsecure = errors.New("a gateway elsewhere is called by https alone")
	ErrKey      = fmt.Errorf("the gateway's key is shorter than %d characters", minKey)
)

// Gateway is an HTTP gateway: one POST a message, signed with a key that both sides
// have.
type Gateway struct {
	url    string
	key    []byte
	clock  func() time.Time
	client *http.Client
}

// GatewayOptions are what a gateway is called with; the zero value is right but for
// the clock.
type GatewayOptions struct {
	Clock    func() time.Time
	Patience time.Duration  // 15 seconds when zero
	Roots    *x509.CertPool // who may vouch for it; nil: the system's
}

// NewGateway returns the gateway at an address.
func NewGateway(address string, key []byte, o GatewayOptions) (*Gateway, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, ErrURL // the cause would repeat the address, with what is secret in it
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return nil, ErrInsecure
	}
	if len(key) < minKey {
		return nil, ErrKey
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12}
	transport.MaxResponseHeaderBytes = maxAnswer
	return &Gateway{url: u.String(), key: bytes.Clone(key), clock: o.Clock, client: &http.Client{
		Transport: transport,
		Timeout:   o.Patience,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // the message is for who has the key, nobody else
		},
	}}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// posted is the body of a POST.
type posted struct {
	ID   string `json:"id"`
	To   string `json:"to"`
	Text string `json:"text"`
	At   string `json:"at"` // RFC 3339
}

// Sign returns the signature of a body that is sent at a moment: HMAC-SHA256, keyed
// with the key, of the seconds since 1970 in decimal, a full stop and the body.
func Sign(key []byte, seconds string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(seconds + "."))
	mac.Write(body)
	return "v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Send posts the message. It is sent when the gateway answers 2xx with a receipt.
func (g *Gateway) Send(ctx context.Context, m Message) (Receipt, error) {
	body, err := json.Marshal(posted{ID: m.ID, To: m.To, Text: m.Text, At: m.At.UTC().Format(time.RFC3339)})
	if err != nil {
		return Receipt{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, g.url, bytes.NewReader(body))
	if err != nil {
		return Receipt{}, err
	}
	seconds := strconv.FormatInt(g.clock().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "casedesk")
	req.Header.Set("Idempotency-Key", m.ID)
	req.Header.Set(headerTime, seconds)
	req.Header.Set(headerSignature, Sign(g.key, seconds, body))
	res, err := g.client.Do(req)
	if err != nil {
		return Receipt{}, unanswered(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err != nil {
		return Receipt{}, unanswered(err)
	}
	return g.judge(res.StatusCode, res.Header, answer)
}

// Fate returns Sent: a gateway's receipt is all that it says.
func (g *Gateway) Fate(context.Context, Message) (Fate, error) { return Sent, nil }

// unanswered is the error of a message that got no whole answer.
func unanswered(err error) *Error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // u repeats the address
	}
	var n net.Error
	if errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || errors.As(err, &n) && n.Timeout() {
		return &Error{Cause: CauseTimeout, Err: err}
	}
	return &Error{Cause: CauseUnreachable, Err: err}
}

// judge says what an answer means.
func (g *Gateway) judge(status int, header http.Header, answer []byte) (Receipt, error) {
	fail := &Error{Status: status}
	switch {
	case status >= 200 && status < 300:
		if id, ok := receiptOf(answer); ok {
			return Receipt{ID: id}, nil
		}
		fail.Cause = CauseAnswer
	case status >= 300 && status < 400:
		fail.Cause = CauseRedirect
	case status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests,
		status < 200, status >= 500:
		fail.Cause, fail.After = CauseStatus, after(header.Get("Retry-After"), g.clock())
	default:
		fail.Cause, fail.Final = CauseRefused, true
	}
	return Receipt{}, fail
}

// receiptOf reads the answer of a gateway that took a message: a JSON object with a
// receipt that is a text and not empty. Whatever else stands in it is its own business.
func receiptOf(answer []byte) (string, bool) {
	var a struct {
		Receipt string `json:"receipt"`
	}
	if len(answer) > maxAnswer || json.Unmarshal(answer, &a) != nil {
		return "", false
	}
	id := strings.TrimSpace(text.Line(a.Receipt).String())
	return id, id != "" && len(id) <= maxReceipt
}

// after reads Retry-After: seconds, or a date.
func after(s string, now time.Time) time.Duration {
	wait := time.Duration(0)
	if n, err := strconv.ParseUint(s, 10, 31); err == nil {
		wait = time.Duration(n) * time.Second
	} else if t, err := http.ParseTime(s); err == nil {
		wait = t.Sub(now)
	}
	return min(max(wait, 0), maxAfter)
}
