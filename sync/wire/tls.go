package wire

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"time"
)

// Both sides pin keys. Certificates are only the envelope that TLS wants a key
// in: nobody looks at their names or times, there is no authority that could
// expire, and a laptop whose clock is years off connects.

// certificate wraps a key. Its times cover every clock.
func certificate(key ed25519.PrivateKey) (tls.Certificate, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "casedesk"},
		NotBefore:    time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:     time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("wrap key for TLS: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// config is what both sides agree on. X25519 alone: the post-quantum share that
// Go adds by default costs 2.3 kB a connection, sixteen times an idle exchange.
func config(key ed25519.PrivateKey) (*tls.Config, error) {
	cert, err := certificate(key)
	if err != nil {
		return nil, err
	}
	return &tls.Config{
		Certificates:     []tls.Certificate{cert},
		MinVersion:       tls.VersionTLS13,
		CurvePreferences: []tls.CurveID{tls.X25519},
		NextProtos:       []string{"h2", "http/1.1"},
		// Resumption saves 50 bytes and would skip the callbacks below.
		SessionTicketsDisabled: true,
	}, nil
}

// ServerTLS is the county's side. It asks for a certificate but takes any, or
// none: who may do what is judged at every request, with PeerKey.
func ServerTLS(county ed25519.PrivateKey) (*tls.Config, error) {
	c, err := config(county)
	if err != nil {
		return nil, err
	}
	c.ClientAuth = tls.RequestClientCert
	return c, nil
}

// ClientTLS is the laptop's side. It connects to nobody but a server that holds
// the key that pin accepts; otherwise the handshake fails with ErrWrongCounty.
func ClientTLS(laptop ed25519.PrivateKey, pin func(ed25519.PublicKey) bool) (*tls.Config, error) {
	c, err := config(laptop)
	if err != nil {
		return nil, err
	}
	c.InsecureSkipVerify = true // replaced by the pin, which does not read names and times
	c.VerifyConnection = func(state tls.ConnectionState) error {
		if key, ok := PeerKey(&state); !ok || !pin(key) {
			return ErrWrongCounty
		}
		return nil
	}
	return c, nil
}

// PinFingerprint accepts the key that a slip names.
func PinFingerprint(f Fingerprint) func(ed25519.PublicKey) bool {
	return func(key ed25519.PublicKey) bool { return FingerprintOf(key) == f }
}

// PinKey accepts one key.
func PinKey(want ed25519.PublicKey) func(ed25519.PublicKey) bool {
	return func(key ed25519.PublicKey) bool { return bytes.Equal(key, want) }
}

// PeerKey returns the key that the other side of a connection has proved to
// hold; false when it showed none or one of another kind.
func PeerKey(state *tls.ConnectionState) (ed25519.PublicKey, bool) {
	if state == nil || len(state.PeerCertificates) == 0 {
		return nil, false
	}
	key, ok := state.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	return key, ok
}

// isTLSRefusal reports whether a handshake failed because the server speaks
// another TLS than any county, or none, as a portal that intercepts does.
func isTLSRefusal(err error) bool {
	var alert tls.AlertError
	var head tls.RecordHeaderError
	return errors.As(err, &alert) || errors.As(err, &head) || errors.Is(err, http.ErrSchemeMismatch)
}
