package county_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// Ensure a slip is good once, for its person, until it expires by the county's
// clock, and that asking again after a lost answer is no second use.
func TestEnrol(t *testing.T) {
	w := newWorld(t)
	key := func() ed25519.PublicKey {
		public, _, err := ed25519.GenerateKey(w.seed)
		if err != nil {
			t.Fatal(err)
		}
		return public
	}
	ask := func(key ed25519.PublicKey, code []byte) string {
		_, err := w.Enrol(ctx, key, &wire.EnrolRequest{Version: 1, Code: code})
		return failureCode(err)
	}
	first, code := key(), w.code("grid1")
	reply, err := w.Enrol(ctx, first, &wire.EnrolRequest{Version: 1, Code: code, Name: "陈示一"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "person", []any{reply.User, reply.Units, reply.County}, []any{"grid1", []string{village}, "示例县"})
	if len(reply.Grant) == 0 || len(reply.Recovery) == 0 || len(reply.Catalogue) == 0 || reply.Epoch.IsZero() {
		t.Fatalf("reply %+v", reply)
	}
	again, err := w.Enrol(ctx, first, &wire.EnrolRequest{Version: 1, Code: code})
	if err != nil || !bytes.Equal(again.Grant, reply.Grant) {
		t.Fatalf("asked again: %v", err)
	}
	equal(t, "used by another", ask(key(), code), "expired")
	equal(t, "unknown", ask(key(), make([]byte, 10)), "not_found")
	equal(t, "short", ask(key(), nil), "invalid")
	code = w.code("grid1")
	equal(t, "second slip for the same person", ask(first, code), "<nil>")
	equal(t, "slip of another person", ask(first, w.code("grid2")), "not_allowed")
	code = w.code("grid2")
	w.now = w.now.Add(73 * time.Hour)
	equal(t, "late", ask(key(), code), "expired")
	if _, err := w.Slip(ctx, "nobody", time.Hour); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound}) {
		t.Errorf("slip for nobody: %v", err)
	}
	if _, err := w.Revoke(ctx, wire.FingerprintOf(first).String()); err != nil {
		t.Fatal(err)
	}
	equal(t, "revoked", ask(first, w.code("grid1")), "revoked")
	for _, bad := range []string{"", "zz", wire.FingerprintOf(key()).String()} {
		if _, err := w.Revoke(ctx, bad); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound}) {
			t.Errorf("revoked %q: %v", bad, err)
		}
	}
	w.mustVerify()
}

// Ensure that when a new catalogue moves a town to another county, its cases
// move with it, and so does what its people read.
func TestPublish(t *testing.T) {
	w := newWorld(t)
	grid, before, after := w.laptop("grid1"), w.laptop("county1"), w.laptop("bureau1")
	ids := []casework.CaseID{}
	for range 450 { // more than one chunk of the sweep
		ids = append(ids, grid.register(village))
	}
	grid.sync()
	before.sync()
	after.sync()
	if !before.seesCase(ids[0]) || after.seesCase(ids[0]) {
		t.Fatal("wrong units see the case")
	}
	cat := sample.Catalogue()
	cat.Version = 2
	for i := range cat.Units {
		if cat.Units[i].ID == "441621102" {
			cat.Units[i].Parent = "jiangdong"
		}
	}
	for i := range cat.People {
		switch cat.People[i].User {
		case "county1":
			cat.People[i].Units = []catalogue.UnitID{region}
		case "bureau1":
			cat.People[i].Units = []catalogue.UnitID{"jiangdong"}
			cat.People[i].Roles = []catalogue.Role{catalogue.Office}
		}
	}
	if _, err := w.Publish(ctx, cat); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*laptop{grid, before, after} {
		l.sync()
		equal(t, "catalogue", l.cat, 2)
	}
	for _, id := range ids {
		if before.seesCase(id) || !after.seesCase(id) || !grid.seesCase(id) {
			t.Fatal("a case did not move")
		}
	}
	equal(t, "units", after.units, []string{"jiangdong"})
	if _, err := w.Publish(ctx, cat); !errors.Is(err, &casework.Refusal{Code: casework.CodeInvalid}) {
		t.Errorf("the same version again: %v", err)
	}
	w.mustVerify()
}

// Ensure two servers on one ledger see each other's work.
func TestTwoServers(t *testing.T) {
	w := newWorld(t)
	twin := *w
	var err error
	if twin.County, err = county.New(ctx, w.conf); err != nil {
		t.Fatal(err)
	}
	grid, mediator := w.laptop("grid1"), w.laptop("mediator1")
	id := grid.register(village)
	grid.sync()
	mediator.world = &twin
	mediator.sync()
	for i := range 6 {
		mediator.add(id, &casework.Noted{Note: fmt.Sprint(i)})
		mediator.sync()
		grid.sync()
		grid.add(id, &casework.Amended{Fields: casework.Fields{casework.FieldTitle: fmt.Sprint(i)}})
		if i == 2 {
			mediator.add(id, &casework.Accepted{})
		}
		grid.sync()
		mediator.sync()
	}
	office := w.laptop("county1")
	office.sync()
	o, g := office.fold(id), grid.fold(id)
	grid.sync()
	g = grid.fold(id)
	equal(t, "digest", casework.Digest(&g), casework.Digest(&o))
	equal(t, "notes", len(o.Notes), 6)
	w.mustVerify()
}

// Ensure many laptops at once lose and double nothing.
func TestExchange_Together(t *testing.T) {
	w := newWorld(t)
	var laptops []*laptop
	for i := range 12 {
		laptops = append(laptops, w.laptop([]catalogue.UserID{"grid1", "grid4", "grid2"}[i%3]))
		laptops[i].unit = laptops[i].units[0]
	}
	var reqs [][]*wire.Request
	for _, l := range laptops {
		var mine []*wire.Request
		for range 4 {
			for range 5 {
				l.register(string(l.unit))
			}
			req := l.request()
			req.Up = req.Up[max(0, len(req.Up)-5):]
			mine = append(mine, req)
		}
		mine[0].Up = l.request().Up[:6]
		reqs = append(reqs, mine)
	}
	var all sync.WaitGroup
	for i, l := range laptops {
		all.Go(func() {
			for _, req := range reqs[i] {
				for range 2 { // every page is sent twice
					if _, err := w.Exchange(ctx, l.public(), req); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	office := w.laptop("county1")
	office.sync()
	equal(t, "cases", len(office.shows[region])+len(office.shows["jiangdong"]), 12*20)
	equal(t, "entries", len(office.sent), 12*20)
	w.mustVerify()
}

// Ensure Verify finds what somebody changed in the file who knows how rows are
// summed; of others the ledger says that it is damaged.
func TestVerify_Tampered(t *testing.T) {
	for name, harm := range map[string]func(*bolt.Tx) error{
		"entry changed": edit("entries", "", func(v []byte) []byte { v[len(v)-20] ^= 1; return v }),
		"stamp changed": edit("entries", "", func(v []byte) []byte { v[60] ^= 1; return v }),
		"case row lost": drop("c/"),
		"order lost":    drop("o/"),
		"catalogue changed": edit("values", "k/", func(v []byte) []byte {
			return bytes.Replace(v, []byte("grid1"), []byte("gridX"), 1)
		}),
		"case count": edit("values", "c/", func(v []byte) []byte { v[bytes.IndexByte(v, 'n')+1] = 9; return v }),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			grid := w.laptop("grid1")
			grid.register(village)
			grid.register(village)
			grid.sync()
			w.mustVerify()
			if err := w.conf.Ledger.Close(); err != nil {
				t.Fatal(err)
			}
			db, err := bolt.Open(filepath.Join(w.dir, county.LedgerFile), 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(harm), db.Close()); err != nil {
				t.Fatal(err)
			}
			w.open(w.conf)
			v, err := w.Verify(ctx)
			if err != nil || len(v.Faults) == 0 {
				t.Fatalf("verified %+v, %v", v, err)
			}
		})
	}
}

// edit changes the first row of a bucket whose key has the prefix, the last one
// without a prefix.
func edit(bucket, prefix string, change func([]byte) []byte) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		k, v := b.Cursor().Last()
		if prefix != "" {
			k, v = b.Cursor().Seek([]byte(prefix))
		}
		v = change(bytes.Clone(v[:len(v)-4]))
		row := slices.Concat([]byte(bucket), k, v)
		return b.Put(bytes.Clone(k), binary.BigEndian.AppendUint32(v, crc32.Checksum(row, crc32.MakeTable(crc32.Castagnoli))))
	}
}

func drop(prefix string) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		k, _ := tx.Bucket([]byte("values")).Cursor().Seek([]byte(prefix))
		return tx.Bucket([]byte("values")).Delete(k)
	}
}

// Ensure another county's key does not open a ledger, and an empty one is no
// county's.
func TestNew_Refused(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	conf := w.conf
	conf.Key = other.conf.Key
	other.seed.Seed([32]byte{9})
	if _, err := county.Found(ctx, w.conf, "又一个", sample.Catalogue()); !errors.Is(err, county.ErrFounded) {
		t.Errorf("founded twice: %v", err)
	}
	if err := county.WriteKey(w.dir, w.conf.Key); !errors.Is(err, os.ErrExist) {
		t.Errorf("key written over: %v", err)
	}
	if err := os.WriteFile(filepath.Join(other.dir, county.KeyFile), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := county.ReadKey(other.dir); !errors.Is(err, county.ErrKey) {
		t.Errorf("damaged key: %v", err)
	}
}

// Ensure sub-commands reach a running server, on a socket and on loopback.
func TestRemote(t *testing.T) {
	for _, dir := range []string{shortDir(t), filepath.Join(t.TempDir(), strings.Repeat("long", 30))} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t)
		if _, err := county.DialAdmin(ctx, dir); !errors.Is(err, county.ErrNoServer) {
			t.Fatalf("dialled nobody: %v", err)
		}
		l, handler, err := w.ListenAdmin(dir)
		if err != nil {
			t.Fatal(err)
		}
		server := &http.Server{Handler: handler}
		go func() { _ = server.Serve(l) }()
		r, err := county.DialAdmin(ctx, dir)
		if err != nil {
			t.Fatal(err)
		}
		w.laptop("grid1").sync()
		local, err := office(w)
		if err != nil {
			t.Fatal(err)
		}
		far, err := office(r)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "answers", far, local)
		issued, err := r.Slip(ctx, "grid2", time.Hour)
		if err != nil || !strings.HasPrefix(issued.Slip, "CDS1-") || !issued.Expires.Equal(w.now.Add(time.Hour)) {
			t.Fatalf("slip %+v, %v", issued, err)
		}
		if _, err := r.Slip(ctx, "nobody", time.Hour); !errors.Is(err, &casework.Refusal{Code: casework.CodeNotFound, Why: casework.WhyNoSuchUser}) {
			t.Fatalf("slip for nobody: %v", err)
		}
		saved, err := r.Backup(ctx, filepath.Join(dir, "b"))
		if err != nil || saved.Watermark != 1 {
			t.Fatalf("saved %+v, %v", saved, err)
		}
		cat := sample.Catalogue()
		cat.Version = 2
		if v, err := r.Publish(ctx, cat); err != nil || v != 2 {
			t.Fatalf("published %d, %v", v, err)
		}
		now, err := r.Catalogue(ctx)
		if err != nil || now.Version != 2 {
			t.Fatalf("catalogue %d, %v", now.Version, err)
		}
		now.Name = "改名的县"
		if done, err := r.Renew(ctx, now, false); err != nil || done.Version != 3 || len(done.Faults) != 0 {
			t.Fatalf("renewed %+v, %v", done, err)
		}
		if slips, err := r.Slips(ctx, "441621", time.Hour); err != nil || len(slips) == 0 || slips[0].User != "county1" {
			t.Fatalf("slips %+v, %v", slips, err)
		}
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := county.DialAdmin(ctx, dir); !errors.Is(err, county.ErrNoServer) {
			t.Fatalf("dialled a server that has gone: %v", err)
		}
	}
}

// shortDir is a folder whose path is short enough for a socket.
func shortDir(t *testing.T) string {
	dir, err := os.MkdirTemp("", "county")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func office(o county.Office) (string, error) {
	people, err := o.People(ctx)
	if err != nil {
		return "", err
	}
	devices, err := o.Devices(ctx)
	if err != nil {
		return "", err
	}
	verified, err := o.Verify(ctx)
	if err != nil {
		return "", err
	}
	pairs, err := o.Likely(ctx, time.Time{})
	if err != nil {
		return "", err
	}
	b, err := json.Marshal([]any{people, devices, verified, pairs})
	return string(b), err
}

// serve starts the county's real listener.
func (w *world) serve(t *testing.T) string {
	s, err := w.Server()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.ServeTLS(l, "", "") }()
	t.Cleanup(func() { s.Close() })
	return "https://" + l.Addr().String()
}

// Ensure the whole way works over TLS, that access is audited, callers are
// limited, and the server says how it is.
func TestServer(t *testing.T) {
	w := newWorld(t)
	var audit safeBuffer
	conf := w.conf
	conf.Audit = slog.New(slog.NewJSONHandler(&audit, nil))
	conf.Limits = county.Limits{Rate: 1, Burst: 3}
	var err error
	if w.County, err = county.New(ctx, conf); err != nil {
		t.Fatal(err)
	}
	base := w.serve(t)
	dialer := new(net.Dialer)
	_, key, err := ed25519.GenerateKey(w.seed)
	if err != nil {
		t.Fatal(err)
	}
	tlsConf, err := wire.ClientTLS(key, wire.PinFingerprint(conf.Key.Fingerprint()))
	if err != nil {
		t.Fatal(err)
	}
	c := wire.NewClient(base, tlsConf, dialer.DialContext)
	defer c.Close()
	reply, err := c.Enrol(ctx, &wire.EnrolRequest{Version: 1, Code: w.code("grid1"), Name: "a"})
	if err != nil || reply.User != "grid1" {
		t.Fatalf("enrolled %+v, %v", reply, err)
	}
	l := &laptop{world: w, key: key, user: "grid1", unit: village, held: map[casework.Hash]*kept{}}
	l.openLog(casework.LogEnrolled)
	l.register(village)
	req := l.request()
	req.Room = 1 << 17
	got, traffic, err := c.Exchange(ctx, req)
	if err != nil || len(got.Stamps) != 2 || traffic.Up == 0 {
		t.Fatalf("reply %+v, %v", got, err)
	}
	var fail *wire.Failure
	for range 3 {
		_, _, err = c.Exchange(ctx, req)
	}
	if !errors.As(err, &fail) || fail.Code != casework.CodeBusy || fail.After < 1 {
		t.Fatalf("too many calls: %v", err)
	}
	if _, err := w.Revoke(ctx, wire.FingerprintOf(key.Public().(ed25519.PublicKey)).String()); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(time.Minute)
	if got, _, err = c.Exchange(ctx, req); err != nil || !got.Revoked {
		t.Fatalf("after revocation on a kept connection: %+v, %v", got, err)
	}
	for path, want := range map[string]string{"/healthz": `{"status":"ok"}`, "/metrics": "casedesk_entries_admitted_total 2", "/": "404"} {
		res, err := c.HTTP.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if !strings.Contains(string(body), want) {
			t.Errorf("%s answers %q", path, body)
		}
	}
	lines := strings.Split(strings.TrimSpace(audit.String()), "\n")
	equal(t, "lines of audit", len(lines), 6)
	for _, want := range []string{`"user":"grid1"`, `"up":2`, `"admitted":2`, `"feeds":["441621102901:0-1"]`} {
		if !strings.Contains(lines[1], want) {
			t.Errorf("audit %s lacks %s", lines[1], want)
		}
	}
	if !strings.Contains(lines[2], `"user":"grid1"`) || !strings.Contains(lines[4], `"refused":"busy"`) {
		t.Errorf("audit %s and %s", lines[2], lines[4])
	}
}

// safeBuffer is a buffer that a server may write to while a test reads.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
