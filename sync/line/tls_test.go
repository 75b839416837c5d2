package line_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
)

// years are what clocks say that were never set, lost their battery, or overflowed.
var years = []int{1970, 1980, 2000, 2001, 2026, 2038, 2050, 2099}

// Ensure that a laptop enrols and delivers whatever its clock and the county's say,
// and that the two ends of TLS ask no clock at all.
func TestClocks(t *testing.T) {
	for _, there := range []int{1970, 2026, 2099} {
		for _, here := range years {
			t.Run(fmt.Sprintf("laptop %d county %d", here, there), func(t *testing.T) { tryClocks(t, here, there) })
		}
	}
}

// at is a moment of a year, a day after its beginning.
func at(year int) time.Time { return time.Date(year, 1, 2, 3, 4, 5, 0, time.UTC) }

func tryClocks(t *testing.T, here, there int) {
	dir := folder(t)
	o := newOffice(t, filepath.Join(dir, "county"), sample.Catalogue())
	defer o.close()
	o.clock.off.Store(int64(at(there).Sub(founded)))
	o.server.TLSConfig.Time = o.clock.Now // Go's server copies it at its first connection
	l := &laptop{t: t, dir: filepath.Join(dir, "desk"), clock: newClock(), cable: newCable(o.ends)}
	l.clock.off.Store(int64(at(here).Sub(founded)))
	var err error
	l.store, _, err = store.Create(l.dir, passphrase, l.options())
	must(t, err)
	defer l.close()
	must(t, agent.Enrol(ctx, l.store, o.slip("grid1"), l.conf()))
	l.agent = agent.New(l.store, l.conf())
	l.register("水沟纠纷")
	for range 2 {
		l.mustSync()
		l.mustAgree(o.holds(), 1)
		l.clock.pass(time.Hour)
		o.clock.pass(time.Hour)
	}

	conf, err := wire.ClientTLS(newKey(t), wire.PinKey(o.key.Public()))
	must(t, err)
	conf.Time = l.clock.Now
	c := wire.NewClient("https://127.0.0.1:1", conf, l.cable.Dial)
	defer c.Close()
	if _, _, err := c.Exchange(ctx, &wire.Request{Version: wire.Version}); failure(err) != string(wire.CodeGrant) {
		t.Errorf("a client whose TLS has the laptop's clock: %v", err)
	}
}

// wrap makes the certificate of a key of any kind.
func wrap(t testing.TB, key crypto.Signer) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: at(1971), NotAfter: at(2090)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// otherKeys are keys of kinds that no laptop and no county has.
func otherKeys(t testing.TB) map[string]crypto.Signer {
	t.Helper()
	small, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	return map[string]crypto.Signer{"RSA": small, "ECDSA": curve}
}

// Ensure that a laptop speaks to nobody but the holder of its county's key, and
// changes nothing when it meets another.
func TestWrongCounty(t *testing.T) {
	dir := folder(t)
	o := newOffice(t, filepath.Join(dir, "county"), sample.Catalogue())
	defer o.close()
	other := newOffice(t, filepath.Join(dir, "other"), sample.Catalogue())
	defer other.close()
	l := o.newLaptop(filepath.Join(dir, "desk"), "grid1")
	defer l.close()
	l.register("水沟纠纷")
	refused := func(what string) {
		t.Helper()
		before := other.dump()
		out, err := l.sync()
		if !errors.Is(err, &casework.Refusal{Code: casework.CodeWrongCounty}) || out.Sent > 0 || other.dump() != before {
			t.Errorf("%s: %+v, %v", what, out, err)
		}
		l.mustBeTrue(o.holds())
	}
	own := l.cable.ends
	l.cable.impolite = true
	l.cable.ends = other.ends
	refused("another county")
	for kind, key := range otherKeys(t) {
		fake := newOffice(t, filepath.Join(dir, kind), sample.Catalogue())
		fake.server.TLSConfig.Certificates = []tls.Certificate{wrap(t, key)}
		l.cable.ends = fake.ends
		other = fake
		refused(kind)
		fake.close()
	}
	l.cable.ends, l.cable.impolite = own, false
	l.agent = agent.New(l.store, l.conf()) // a new connection
	l.mustSync()
	l.mustAgree(o.holds(), 1)
}

// stranger is a caller that a route refuses, and with what.
type stranger struct {
	name  string
	conf  func(testing.TB, *tls.Config)
	codes map[string]casework.Code // by path
}

// Ensure that every call of the county refuses who shows no laptop's key, with a
// code that says why, and that nothing is changed by it.
func TestStrangers(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid := o.newPeer("grid1")
	grid.exchange()
	with := func(key crypto.Signer) func(testing.TB, *tls.Config) {
		return func(t testing.TB, c *tls.Config) { c.Certificates = []tls.Certificate{wrap(t, key)} }
	}
	kinds := otherKeys(t)
	none := map[string]casework.Code{wire.PathExchange: casework.CodeNotAllowed, wire.PathEnrol: casework.CodeNotAllowed}
	for _, s := range []stranger{
		{"no certificate", func(_ testing.TB, c *tls.Config) { c.Certificates = nil }, none},
		{"RSA", with(kinds["RSA"]), none},
		{"ECDSA", with(kinds["ECDSA"]), none},
		{"an unknown key", with(newKey(t)), map[string]casework.Code{wire.PathExchange: wire.CodeGrant, wire.PathEnrol: casework.CodeNotFound}},
	} {
		conf, err := wire.ClientTLS(newKey(t), wire.PinKey(o.key.Public()))
		must(t, err)
		s.conf(t, conf)
		c := wire.NewClient("https://127.0.0.1:1", conf, newCable(o.ends).Dial)
		before := o.dump()
		o.clock.pass(time.Minute)
		for path, want := range s.codes {
			var err error
			if path == wire.PathExchange {
				_, _, err = c.Exchange(ctx, grid.request())
			} else {
				_, err = c.Enrol(ctx, &wire.EnrolRequest{Version: wire.Version, Code: make([]byte, len(wire.Code{}))})
			}
			if failure(err) != string(want) {
				t.Errorf("%s at %s: %v, want %s", s.name, path, err, want)
			}
		}
		c.Close()
		if o.dump() != before {
			t.Errorf("%s changed the county", s.name)
		}
	}
}

// Ensure that a laptop's grant is of no use to another key, and neither is one
// that was tampered with.
func TestStolenGrant(t *testing.T) {
	o := newOffice(t, filepath.Join(folder(t), "county"), sample.Catalogue())
	defer o.close()
	grid := o.newPeer("grid1")
	grid.exchange()
	before := o.dump()
	thief := o.client(newKey(t))
	for i := -1; i < len(grid.grant); i++ {
		req := grid.request()
		req.Grant = append([]byte{}, grid.grant...)
		if i >= 0 {
			req.Grant[i] ^= 1 << (i % 8)
		}
		if _, _, err := thief.Exchange(ctx, req); failure(err) != string(casework.CodeWrongCounty) {
			t.Errorf("byte %d: %v", i, err)
		}
	}
	if o.dump() != before {
		t.Error("a stolen grant changed the county")
	}
}
