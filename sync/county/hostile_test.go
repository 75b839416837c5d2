package county_test

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/county"
	"casedesk/sync/wire"
)

// Ensure the message of a laptop that nobody knows is not read.
func TestServer_Stranger(t *testing.T) {
	w := newWorld(t)
	base := w.serve(t)
	_, key, err := ed25519.GenerateKey(w.seed)
	if err != nil {
		t.Fatal(err)
	}
	conf, err := wire.ClientTLS(key, wire.PinFingerprint(w.conf.Key.Fingerprint()))
	if err != nil {
		t.Fatal(err)
	}
	c := wire.NewClient(base, conf, new(net.Dialer).DialContext)
	defer c.Close()
	body, end := io.Pipe() // a message that never comes
	defer end.Close()
	began := time.Now()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+wire.PathExchange, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", wire.MediaType)
	answer, err := c.HTTP.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var fail wire.Failure
	if err := wire.Decode(b, &fail); err != nil || fail.Code != wire.CodeGrant {
		t.Fatalf("answer %+v, %v", fail, err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("the county waited %v for a stranger's message", took)
	}
}

// Ensure a laptop that the county lost in a restore comes back over the network
// on its grant.
func TestServer_Grant(t *testing.T) {
	w := newWorld(t)
	file := t.TempDir() + "/backup"
	if _, err := w.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	grid := w.laptop("grid1")
	r := w.restored(file)
	conf, err := wire.ClientTLS(grid.key, wire.PinFingerprint(r.conf.Key.Fingerprint()))
	if err != nil {
		t.Fatal(err)
	}
	c := wire.NewClient(r.serve(t), conf, new(net.Dialer).DialContext)
	defer c.Close()
	req := grid.request()
	if _, _, err := c.Exchange(ctx, req); failureCode(err) != string(wire.CodeGrant) {
		t.Fatalf("without the grant: %v", err)
	}
	req.Grant = grid.grant
	if reply, _, err := c.Exchange(ctx, req); err != nil || len(reply.Stamps) != 1 {
		t.Fatalf("with it: %+v, %v", reply, err)
	}
}

// Ensure entries of an unknown key are not even opened.
func TestExchange_StrangersEntries(t *testing.T) {
	w := newWorld(t)
	_, key, err := ed25519.GenerateKey(w.seed)
	if err != nil {
		t.Fatal(err)
	}
	req := &wire.Request{Version: 1, Program: "x", Up: []wire.Item{{Raw: []byte("no entry")}}}
	_, err = w.Exchange(ctx, key.Public().(ed25519.PublicKey), req)
	equal(t, "answer", failureCode(err), wire.CodeGrant)
}

// Ensure a person who left is told that no feed is hers any more, and that what
// she had not sent is taken, and held.
func TestExchange_Left(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	cat := sample.Catalogue()
	cat.Version++
	for i := range cat.People {
		if cat.People[i].User == "grid1" {
			cat.People[i].Left = true
		}
	}
	for i := range cat.Divisions { // whose grids wait for another
		if cat.Divisions[i].Worker == "grid1" {
			cat.Divisions[i].Worker = ""
		}
	}
	if _, err := w.Publish(ctx, cat); err != nil {
		t.Fatal(err)
	}
	grid.add(id, &casework.Noted{Note: "还没发出去的话"})
	reply, err := grid.exchange()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "verdict", grid.mine[2].verdict(t), "held left")
	b, err := wire.Encode(reply)
	if err != nil {
		t.Fatal(err)
	}
	var told wire.Reply
	if err := wire.Decode(b, &told); err != nil || told.Units == nil || len(told.Units) > 0 || len(told.Feeds) > 0 {
		t.Fatalf("told of units %#v, feeds %v, %v", told.Units, told.Feeds, err)
	}
	if b, err = wire.Encode(&wire.Reply{Version: 1, Revoked: true}); err != nil {
		t.Fatal(err)
	}
	var other wire.Reply
	if err := wire.Decode(b, &other); err != nil || other.Units != nil {
		t.Fatalf("not told, but reads as %#v, %v", other.Units, err)
	}
	if _, err := w.Slip(ctx, "grid1", time.Hour); err == nil {
		t.Error("a slip was issued to somebody who left")
	}
}

// Ensure a catalogue that no laptop could be sent is not published.
func TestPublish_TooLarge(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	grid.sync()
	cat := sample.Catalogue()
	cat.Version++
	for i := range 30_000 {
		cat.People = append(cat.People, catalogue.Person{User: catalogue.UserID(fmt.Sprintf("u%06d", i)), Name: fmt.Sprintf("某某%d", i),
			Units: []catalogue.UnitID{village}, Roles: []catalogue.Role{catalogue.GridWorker}, Remark: "虚构的人员、虚构的人员、虚构的人员、虚构的人员"})
	}
	_, err := w.Publish(ctx, cat)
	if !errors.Is(err, &casework.Refusal{Code: casework.CodeInvalid, Why: casework.WhyTooLarge}) {
		t.Fatalf("published: %v", err)
	}
	reply, err := grid.exchange()
	if err != nil || reply.Catalogue != nil {
		t.Fatalf("%+v, %v", reply, err)
	}
	w.mustVerify()
}

// Ensure who asks for enrolment without end keeps no laptop from its exchange.
func TestServer_SlowEnrolment(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	conf := w.conf
	conf.Limits = county.Limits{InFlight: 1}
	var err error
	if w.County, err = county.New(ctx, conf); err != nil {
		t.Fatal(err)
	}
	base := w.serve(t)
	client := func(key ed25519.PrivateKey) *wire.Client {
		conf, err := wire.ClientTLS(key, wire.PinFingerprint(w.conf.Key.Fingerprint()))
		if err != nil {
			t.Fatal(err)
		}
		c := wire.NewClient(base, conf, new(net.Dialer).DialContext)
		t.Cleanup(c.Close)
		return c
	}
	_, key, err := ed25519.GenerateKey(w.seed)
	if err != nil {
		t.Fatal(err)
	}
	slow := client(key)
	body, end := io.Pipe()
	asked := make(chan error, 1)
	go func() {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+wire.PathEnrol, body)
		if err == nil {
			req.Header.Set("Content-Type", wire.MediaType)
			var answer *http.Response
			if answer, err = slow.HTTP.Do(req); err == nil {
				answer.Body.Close()
			}
		}
		asked <- err
	}()
	if _, err := end.Write([]byte{0x28}); err != nil { // the request is on its way
		t.Fatal(err)
	}
	if _, _, err := client(grid.key).Exchange(ctx, grid.request()); err != nil {
		t.Errorf("a laptop was kept waiting: %v", err)
	}
	end.Close()
	if err := <-asked; err != nil {
		t.Error(err)
	}
}

// Ensure folds are kept up to so many bytes, whatever the size of one.
func TestFolds_Bounded(t *testing.T) {
	for _, size := range []uint64{0, 10 << 10, 1 << 20, 7 << 20, 100 << 20} {
		if n, total := county.KeepFolds(50_000, size); total > 32<<20 || size < 1<<20 && n < 100 {
			t.Errorf("of folds of %d bytes, %d are kept: %d bytes", size, n, total)
		}
	}
}
