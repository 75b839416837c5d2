package wire_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/klauspost/compress/zstd"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/sync/wire"
)

func newKey(t testing.TB) ed25519.PrivateKey {
	t.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func sampleRequest() *wire.Request {
	return &wire.Request{
		Version: wire.Version, Program: "casedesk 0.1.0",
		Logs:    []wire.Head{{Log: casework.LogID{UUID: uuid.UUID{1}}, Seq: 3, Hash: casework.Hash{7}}},
		Up:      []wire.Item{{Raw: []byte("entry")}, {Raw: []byte("another"), Stamp: []byte("stamp")}},
		Cursors: []wire.Cursor{{Feed: "441621102", Epoch: casework.Epoch{UUID: uuid.UUID{2}}, N: 9}},
		Clock:   wire.Clock{Wall: 1637899200000, Boot: "b", Mono: 5}, Room: wire.MaxPage,
	}
}

// Ensure a message comes back as it was sent.
func TestEncode_RoundTrip(t *testing.T) {
	want := sampleRequest()
	b, err := wire.Encode(want)
	if err != nil {
		t.Fatal(err)
	}
	var got wire.Request
	if err := wire.Decode(b, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(&got, want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
}

// Ensure fields of a later version are passed over.
func TestDecode_LaterField(t *testing.T) {
	b, err := wire.Encode(map[string]any{"v": 1, "p": "later", "zz": []string{"a field to come"}})
	if err != nil {
		t.Fatal(err)
	}
	var got wire.Request
	if err := wire.Decode(b, &got); err != nil || got.Program != "later" {
		t.Fatalf("got %+v, %v", got, err)
	}
}

// Ensure nothing large is taken in, however small it travels.
func TestDecode_Limits(t *testing.T) {
	bomb := func(n int) []byte {
		e, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return e.EncodeAll(make([]byte, n), nil)
	}
	packed := func(b []byte) []byte {
		e, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return e.EncodeAll(b, nil)
	}
	// A request of n entries, each an empty map of one byte.
	list := func(n int) []byte {
		return append([]byte{0xa1, 0x61, 'u', 0x9a, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, bytes.Repeat([]byte{0xa0}, n)...)
	}
	for name, test := range map[string]struct {
		message []byte
		want    error
	}{
		"bomb":              {bomb(200 << 20), wire.ErrLimit},
		"just over":         {bomb(wire.MaxMessage + 1), wire.ErrLimit},
		"not CBOR":          {bomb(wire.MaxMessage), wire.ErrMalformed},
		"too long":          {make([]byte, wire.MaxPacked+1), wire.ErrLimit},
		"not compressed":    {[]byte("<html>login</html>"), wire.ErrMalformed},
		"list of nothing":   {packed(list(4_000_000)), wire.ErrLimit},
		"nothing":           {nil, wire.ErrMalformed},
		"frames of nothing": {bytes.Repeat(bomb(0), 100), wire.ErrMalformed},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		err := wire.Decode(test.message, new(wire.Request))
		runtime.ReadMemStats(&after)
		if built := after.TotalAlloc - before.TotalAlloc; built > 8*wire.MaxMessage {
			t.Errorf("%s took %d bytes of memory", name, built)
		}
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	_, err := wire.Encode(&wire.Request{Up: []wire.Item{{Raw: make([]byte, wire.MaxMessage)}}})
	if !errors.Is(err, wire.ErrLimit) {
		t.Errorf("Encode of too much: %v", err)
	}
}

func TestRequest_Check(t *testing.T) {
	if err := sampleRequest().Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*wire.Request){
		"entries": func(r *wire.Request) { r.Up = make([]wire.Item, wire.MaxItems+1) },
		"cursors": func(r *wire.Request) { r.Cursors = make([]wire.Cursor, wire.MaxFeeds+1) },
		"logs":    func(r *wire.Request) { r.Logs = make([]wire.Head, wire.MaxLogs+1) },
		"program": func(r *wire.Request) { r.Program = strings.Repeat("x", wire.MaxText+1) },
		"feed":    func(r *wire.Request) { r.Cursors[0].Feed = catalogue.UnitID(strings.Repeat("x", wire.MaxText+1)) },
	} {
		r := sampleRequest()
		spoil(r)
		if err := r.Check(); !errors.Is(err, wire.ErrLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Ensure the dictionary that is checked in stays what it is: messages of other
// versions need it.
func TestDictionary_Frozen(t *testing.T) {
	b, err := os.ReadFile("dictionary-1.zdict")
	if err != nil {
		t.Fatal(err)
	}
	const want = "1b4c3ea0fd3ded96b91934b13495f949c32b7b2de0aaa435412984849354aaa5"
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != want {
		t.Fatalf("dictionary 1 has changed: %x", sum)
	}
}

// Ensure bytes written by version 1 are read for ever.
func TestDecode_Frozen(t *testing.T) {
	for name, want := range map[string]any{
		"request": sampleRequest(), "reply": frozenReply(), "enrol-request": sampleEnrolRequest(), "enrol-reply": sampleEnrolReply(),
		"failure": &wire.Failure{Code: casework.CodeBusy, Why: "later", After: 30},
	} {
		file := filepath.Join("testdata", "v1", name+".bin")
		b, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) && *update {
			if b, err = wire.Encode(want); err == nil {
				err = os.WriteFile(file, b, 0o644)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		got := reflect.New(reflect.TypeOf(want).Elem()).Interface()
		if err := wire.Decode(b, got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

var update = flag.Bool("update", false, "write what is missing in testdata/v1; what stands there is never changed")

func frozenReply() *wire.Reply {
	id := func(n byte) uuid.UUID { return uuid.UUID{0: 1, 6: 0x70, 8: 0x80, 15: n} }
	epoch, old := casework.Epoch{UUID: id(2)}, casework.Epoch{UUID: id(1)}
	log := casework.LogID{UUID: id(3)}
	return &wire.Reply{Version: 1, Epoch: epoch, Ends: []wire.End{{Epoch: old, N: 70}}, Now: 1_790_000_000_000,
		Heads:  []wire.Head{{Log: log, Seq: 4, Hash: casework.Hash{5}}},
		Stamps: []wire.Stamped{{Log: log, Seq: 3, Stamp: []byte{1, 2}, At: &wire.End{Epoch: epoch, N: 8}, Hash: []byte{6}}},
		Forks:  []wire.Fork{{Log: log, Seq: 2}}, Backed: wire.End{Epoch: old, N: 9}, Units: []catalogue.UnitID{"441621102"},
		Catalogue: []byte{7}, Keys: []wire.LogKey{{Log: log, Key: []byte{8}, User: "grid1"}},
		Feeds: []wire.FeedPage{{Feed: "441621102", Epoch: epoch, From: 10, To: 14, Head: 20, Lines: []wire.Line{
			{Raw: []byte{9}, Stamp: []byte{10}, At: &wire.End{Epoch: epoch, N: 11}},
			{Log: log, Seq: 3, Stamp: []byte{12}, Skip: 1},
			{Withdrawn: casework.CaseID{UUID: id(4)}, To: "441621"},
		}}}, Revoked: true}
}

func sampleEnrolRequest() *wire.EnrolRequest {
	return &wire.EnrolRequest{Version: 1, Program: "casedesk 0.1.0", Code: []byte{1, 2, 3}, Name: "陈示一"}
}

func sampleEnrolReply() *wire.EnrolReply {
	return &wire.EnrolReply{Version: 1, County: "示例县", User: "grid1", Units: []catalogue.UnitID{"441621102901"},
		Epoch: casework.Epoch{UUID: uuid.UUID{1}}, Now: 1_790_000_000_000, Recovery: []byte{1}, Grant: []byte{2}, Catalogue: []byte{3}}
}

var sampleSlip = wire.Slip{
	Code: wire.Code{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, County: wire.Fingerprint{0xab, 0xcd, 15: 0xff},
	Address: "https://10.0.0.5:8443",
}

func TestSlip_RoundTrip(t *testing.T) {
	for _, address := range []string{"https://10.0.0.5:8443", "https://x", "https://[fe80::1]:443", "https://jf.example.gov.cn"} {
		s := sampleSlip
		s.Address = address
		text := s.String()
		if !strings.HasPrefix(text, "CDS1-") || strings.ContainsAny(text, " \n") {
			t.Errorf("slip %q", text)
		}
		got, err := wire.ParseSlip(text)
		if err != nil || got != s {
			t.Errorf("%q reads as %+v, %v", text, got, err)
		}
	}
}

// Ensure a slip is read however a person types it.
func TestParseSlip_Lenient(t *testing.T) {
	text := sampleSlip.String()
	full := strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + '！' - '!'
		}
		return r
	}, text)
	for _, typed := range []string{
		strings.ToLower(text), " " + text + "\r\n", strings.ReplaceAll(text, "-", ""), strings.ReplaceAll(text, "-", " "),
		strings.ReplaceAll(strings.ReplaceAll(text, "0", "o"), "1", "l"), strings.ReplaceAll(strings.ReplaceAll(text, "0", "O"), "1", "I"), full,
	} {
		got, err := wire.ParseSlip(typed)
		if err != nil || got != sampleSlip {
			t.Errorf("%q reads as %+v, %v", typed, got, err)
		}
	}
}

// Ensure every single mistyped, missing or swapped character is noticed.
func TestParseSlip_Mistakes(t *testing.T) {
	text := strings.ReplaceAll(sampleSlip.String(), "-", "")
	missed := 0
	for i := range text {
		for _, c := range "0123456789ABCDEFGHJKMNPQRSTVWXYZ" {
			if typed := text[:i] + string(c) + text[i+1:]; typed != text {
				if _, err := wire.ParseSlip(typed); err == nil {
					missed++
				}
			}
		}
		if _, err := wire.ParseSlip(text[:i] + text[i+1:]); !errors.Is(err, wire.ErrSlip) {
			t.Errorf("without character %d: %v", i, err)
		}
	}
	if missed > 0 {
		t.Errorf("%d mistyped slips were taken", missed)
	}
	for _, typed := range []string{"", "CDS1", "CDS1-", "hello", "CDS2" + text[4:], strings.Repeat("CDS1", 9999)} {
		if _, err := wire.ParseSlip(typed); !errors.Is(err, wire.ErrSlip) {
			t.Errorf("%.20q: %v", typed, err)
		}
	}
}

func TestCheckAddress(t *testing.T) {
	for _, bad := range []string{"", "http://x", "https://", "https://x/path", "https://u@x", "https://x?q", "https:// x", "x", "https://:8443", "https://x\n"} {
		if err := wire.CheckAddress(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// serve starts a county's listener and returns its address.
func serve(t *testing.T, county ed25519.PrivateKey, h http.HandlerFunc) string {
	conf, err := wire.ServerTLS(county)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(h)
	s.TLS, s.EnableHTTP2 = conf, true
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func dial(ctx context.Context, network, addr string) (net.Conn, error) {
	return new(net.Dialer).DialContext(ctx, network, addr)
}

func client(t *testing.T, base string, laptop ed25519.PrivateKey, pin func(ed25519.PublicKey) bool, now func() time.Time) *wire.Client {
	conf, err := wire.ClientTLS(laptop, pin)
	if err != nil {
		t.Fatal(err)
	}
	conf.Time = now
	c := wire.NewClient(base, conf, dial)
	t.Cleanup(c.Close)
	return c
}

// Ensure both ends know each other's key, whatever the laptop's clock says.
func TestClient_Exchange(t *testing.T) {
	county, laptop := newKey(t), newKey(t)
	public := county.Public().(ed25519.PublicKey)
	base := serve(t, county, func(w http.ResponseWriter, r *http.Request) {
		key, ok := wire.PeerKey(r.TLS)
		if !ok || !bytes.Equal(key, laptop.Public().(ed25519.PublicKey)) || r.ProtoMajor != 2 {
			t.Errorf("peer key %x, %v, HTTP %d", key, ok, r.ProtoMajor)
		}
		var req wire.Request
		if _, err := wire.Read(w, r, &req); err != nil || !reflect.DeepEqual(&req, sampleRequest()) {
			t.Errorf("request %+v, %v", req, err)
		}
		if _, err := wire.Write(w, &wire.Reply{Version: 1, Now: 42}); err != nil {
			t.Error(err)
		}
	})
	for _, year := range []int{1970, 2001, 2026, 2099, 9000} {
		for _, pin := range []func(ed25519.PublicKey) bool{wire.PinKey(public), wire.PinFingerprint(wire.FingerprintOf(public))} {
			c := client(t, base, laptop, pin, func() time.Time { return time.Date(year, 5, 1, 0, 0, 0, 0, time.UTC) })
			reply, traffic, err := c.Exchange(context.Background(), sampleRequest())
			if err != nil || reply.Now != 42 || traffic.Up == 0 || traffic.Down == 0 {
				t.Errorf("in %d: %+v, %+v, %v", year, reply, traffic, err)
			}
		}
	}
}

// Ensure a laptop talks to nobody but its county, and tells other trouble apart.
func TestClient_Trouble(t *testing.T) {
	county, laptop := newKey(t), newKey(t)
	pin := wire.PinKey(county.Public().(ed25519.PublicKey))
	ask := func(base string, pin func(ed25519.PublicKey) bool) error {
		_, _, err := client(t, base, laptop, pin, nil).Exchange(context.Background(), sampleRequest())
		return err
	}
	asked := false
	other := serve(t, newKey(t), func(w http.ResponseWriter, r *http.Request) { asked = true })
	if err := ask(other, pin); !errors.Is(err, wire.ErrWrongCounty) || asked {
		t.Errorf("another county: %v, asked %v", err, asked)
	}
	portal := serve(t, county, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>请登录</html>"))
	})
	if err := ask(portal, pin); !errors.Is(err, wire.ErrNotCounty) {
		t.Errorf("a page: %v", err)
	}
	redirect := serve(t, county, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://portal.test/", http.StatusFound)
	})
	if err := ask(redirect, pin); !errors.Is(err, wire.ErrNotCounty) {
		t.Errorf("a redirect: %v", err)
	}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	t.Cleanup(plain.Close)
	if err := ask(strings.Replace(plain.URL, "http:", "https:", 1), pin); !errors.Is(err, wire.ErrNotCounty) {
		t.Errorf("plain HTTP: %v", err)
	}
	var failure *wire.Failure
	refusing := serve(t, county, func(w http.ResponseWriter, r *http.Request) {
		wire.Fail(w, &wire.Failure{Code: casework.CodeBusy, After: 7})
	})
	if err := ask(refusing, pin); !errors.As(err, &failure) || failure.Code != casework.CodeBusy || failure.Wait() != 7*time.Second {
		t.Errorf("a refusal: %v", err)
	}
	if err := ask("https://127.0.0.1:1", pin); err == nil || errors.Is(err, wire.ErrNotCounty) || errors.Is(err, wire.ErrWrongCounty) {
		t.Errorf("nobody there: %v", err)
	}
}
