package county

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// The files by which sub-commands find a running server: a socket, or where
// there is none such (Windows, a path too long for one) a file with a loopback
// address and a token. The folder keeps both from other users.
const (
	adminSocket = "admin.sock"
	adminFile   = "admin.addr"

	maxSocketPath = 100 // systems allow 104 to 108 bytes
)

// ErrNoServer is returned by DialAdmin when no server runs on the folder.
var ErrNoServer = errors.New("no server runs on this folder")

// ListenAdmin opens the listener for sub-commands in the county's folder and
// returns it with the handler to serve there. The caller holds the ledger, so
// whatever an earlier server left is stale. Close removes what was made.
func (c *County) ListenAdmin(dir string) (net.Listener, http.Handler, error) {
	path := filepath.Join(dir, adminSocket)
	if err := errors.Join(remove(path), remove(filepath.Join(dir, adminFile))); err != nil {
		return nil, nil, fmt.Errorf("listen for sub-commands: %w", err)
	}
	if runtime.GOOS != "windows" && len(path) <= maxSocketPath {
		l, err := net.Listen("unix", path)
		if err == nil {
			err = os.Chmod(path, 0o600)
		}
		return l, c.AdminHandler(), err
	}
	return c.listenLoopback(filepath.Join(dir, adminFile))
}

func (c *County) listenLoopback(path string) (net.Listener, http.Handler, error) {
	token := make([]byte, 16)
	if err := c.fill(token); err != nil {
		return nil, nil, err
	}
	want := hex.EncodeToString(token)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, fmt.Errorf("listen for sub-commands: %w", err)
	}
	if err := os.WriteFile(path, []byte(l.Addr().String()+" "+want+"\n"), 0o600); err != nil {
		l.Close()
		return nil, nil, fmt.Errorf("listen for sub-commands: %w", err)
	}
	inner := c.AdminHandler()
	return &forgetful{l, path}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		if subtle.ConstantTimeCompare([]byte(given), []byte(want)) != 1 {
			http.Error(w, "", http.StatusForbidden)
			return
		}
		inner.ServeHTTP(w, r)
	}), nil
}

// forgetful is a listener that removes the file that leads to it.
type forgetful struct {
	net.Listener
	path string
}

func (f *forgetful) Close() error { return errors.Join(f.Listener.Close(), remove(f.path)) }

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Remote is a server that runs on the same machine.
type Remote struct {
	http  *http.Client
	base  string
	token string
}

// DialAdmin finds the server that runs on a county's folder, or returns
// ErrNoServer.
func DialAdmin(ctx context.Context, dir string) (*Remote, error) {
	r := &Remote{base: "http://county"}
	network, address := "unix", filepath.Join(dir, adminSocket)
	if b, err := os.ReadFile(filepath.Join(dir, adminFile)); err == nil {
		var ok bool
		if address, r.token, ok = strings.Cut(strings.TrimSpace(string(b)), " "); !ok {
			return nil, ErrNoServer
		}
		network = "tcp"
	} else if len(address) > maxSocketPath {
		return nil, ErrNoServer
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	conn, err := dial(ctx, "", "")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoServer, err)
	}
	conn.Close()
	r.http = &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	return r, nil
}

// ask gives an order and waits for its result.
func ask[Out any](ctx context.Context, r *Remote, name string, order any) (out Out, err error) {
	body, err := json.Marshal(order)
	if err != nil {
		return out, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.base+"/"+name, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	res, err := r.http.Do(req)
	if err != nil {
		return out, fmt.Errorf("ask the server: %w", err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return out, fmt.Errorf("ask the server: %w", err)
	}
	if res.StatusCode == http.StatusOK {
		return out, json.Unmarshal(b, &out)
	}
	var why refused
	if err := json.Unmarshal(b, &why); err != nil || why.Code == "" {
		why = refused{Code: casework.CodeInternal, Cause: res.Status}
	}
	return out, why.refusal()
}

// Slip asks the server for County.Slip.
func (r *Remote) Slip(ctx context.Context, user catalogue.UserID, valid time.Duration) (Issued, error) {
	return ask[Issued](ctx, r, "slip", slipOrder{user, valid})
}

// Slips asks the server for County.Slips.
func (r *Remote) Slips(ctx context.Context, unit catalogue.UnitID, valid time.Duration) ([]Issued, error) {
	return ask[[]Issued](ctx, r, "slips", slipsOrder{unit, valid})
}

// People asks the server for County.People.
func (r *Remote) People(ctx context.Context) ([]Account, error) {
	return ask[[]Account](ctx, r, "people", struct{}{})
}

// Explain asks the server for County.Explain.
func (r *Remote) Explain(ctx context.Context, user catalogue.UserID) (Explained, error) {
	return ask[Explained](ctx, r, "explain", explainOrder{user})
}

// Devices asks the server for County.Devices.
func (r *Remote) Devices(ctx context.Context) ([]Device, error) {
	return ask[[]Device](ctx, r, "devices", struct{}{})
}

// Revoke asks the server for County.Revoke.
func (r *Remote) Revoke(ctx context.Context, device string) (string, error) {
	return ask[string](ctx, r, "revoke", revokeOrder{device})
}

// Publish asks the server for County.Publish.
func (r *Remote) Publish(ctx context.Context, cat catalogue.Catalogue) (uint64, error) {
	return ask[uint64](ctx, r, "publish", publishOrder{cat})
}

// Catalogue asks the server for County.Catalogue.
func (r *Remote) Catalogue(ctx context.Context) (catalogue.Catalogue, error) {
	return ask[catalogue.Catalogue](ctx, r, "catalogue", struct{}{})
}

// Renew asks the server for County.Renew.
func (r *Remote) Renew(ctx context.Context, edited catalogue.Catalogue, dry bool) (Renewal, error) {
	return ask[Renewal](ctx, r, "renew", renewOrder{edited, dry})
}

// Backup asks the server for County.Backup. The server resolves no relative
// paths, so this makes path absolute.
func (r *Remote) Backup(ctx context.Context, path string) (Saved, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return Saved{}, err
	}
	saved, err := ask[Saved](ctx, r, "backup", backupOrder{whole})
	if err == nil {
		saved.File = path
	}
	return saved, err
}

// Verify asks the server for County.Verify.
func (r *Remote) Verify(ctx context.Context) (Verified, error) {
	return ask[Verified](ctx, r, "verify", struct{}{})
}

// Likely asks the server for County.Likely.
func (r *Remote) Likely(ctx context.Context, since time.Time) ([]LikelyPair, error) {
	return ask[[]LikelyPair](ctx, r, "likely", likelyOrder{since})
}

// Messages asks the server for County.Messages.
func (r *Remote) Messages(ctx context.Context, state MessageState) ([]Message, error) {
	return ask[[]Message](ctx, r, "messages", messagesOrder{state})
}

// RetryMessages asks the server for County.RetryMessages.
func (r *Remote) RetryMessages(ctx context.Context, id string) (int, error) {
	return ask[int](ctx, r, "messages/retry", retryOrder{id})
}

// Receipt asks the server for County.Receipt.
func (r *Remote) Receipt(ctx context.Context, code, caller string) (Slipped, error) {
	return ask[Slipped](ctx, r, "receipt", receiptOrder{Code: code, Caller: caller})
}

// Say asks the server for County.Say.
func (r *Remote) Say(ctx context.Context, code, caller string, said casework.Said) (Slipped, error) {
	return ask[Slipped](ctx, r, "say", receiptOrder{code, caller, &said})
}

// Report asks the server for County.Report.
func (r *Remote) Report(ctx context.Context, o ReportOrder) (Reported, error) {
	return ask[Reported](ctx, r, "report", o)
}
