package record

import (
	"crypto/ed25519"

	"github.com/hdevalence/ed25519consensus"
)

// Signatures are verified by the rules of ZIP 215, which say of every string of
// bytes whether it is a signature: RFC 8032 leaves some to the verifier, and a
// county must never take what a laptop's check refuses. They also allow
// many signatures to be verified at once, in half the time; the result is the
// same.

// Verify checks the signature against the log's key.
func (r *Record) Verify(key ed25519.PublicKey) error {
	if !signable(key, r) || !ed25519consensus.Verify(key, r.signed(), r.sig) {
		return ErrSignature
	}
	return nil
}

// VerifyAll reports whether all records verify against one key.
func VerifyAll(key ed25519.PublicKey, records []*Record) bool {
	batch := ed25519consensus.NewPreallocatedBatchVerifier(len(records))
	for _, r := range records {
		if !signable(key, r) {
			return false
		}
		batch.Add(key, r.signed(), r.sig)
	}
	return len(records) == 0 || batch.Verify()
}

func signable(key ed25519.PublicKey, r *Record) bool {
	return len(key) == ed25519.PublicKeySize && len(r.sig) == ed25519.SignatureSize
}

// signed is what the signature is over.
func (r *Record) signed() []byte { return append([]byte(signatureDomain), r.header...) }
