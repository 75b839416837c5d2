package casework

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strings"
)

// ReceiptGiven notes that a party was handed a slip with a code, by which it can look
// its case up and rate it. Only the code's hash is kept; a new slip makes the one before
// void.
type ReceiptGiven struct {
	Hash string `codec:"hash"` // ReceiptHash of the code
}

// Num returns NumReceiptGiven.
func (*ReceiptGiven) Num() Number { return NumReceiptGiven }

// Kind returns "receipt".
func (*ReceiptGiven) Kind() string { return string(ActReceipt) }

// Check finds a hash that is none.
func (v *ReceiptGiven) Check(Lookup) []Fault {
	if b, err := hex.DecodeString(v.Hash); err != nil || len(b) != sha256.Size {
		return []Fault{{Field: "hash", Problem: BadChoice}}
	}
	return nil
}

func (v *ReceiptGiven) apply(f *fold) Why {
	_, why := f.rule(ActReceipt)
	if why == "" {
		f.c.Receipt = v.Hash
	}
	return why
}

// receiptLetters are the digits and letters of Crockford's base 32: none is taken for
// another when it is read from paper or over the telephone.
const receiptLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// receiptLength is how many letters a code has: the last one checks the others.
const receiptLength = 12

// NewReceiptCode makes a code of 55 random bits, "XXXX-XXXX-XXXX".
func NewReceiptCode(random io.Reader) (string, error) {
	b := make([]byte, receiptLength-1)
	if _, err := io.ReadFull(random, b); err != nil {
		return "", err
	}
	for i := range b {
		b[i] = receiptLetters[b[i]%32]
	}
	code := string(b) + string(receiptCheck(string(b)))
	return code[:4] + "-" + code[4:8] + "-" + code[8:], nil
}

// receiptCheck is the letter that checks a code: a single wrong letter and any two that
// changed places are noticed. Letters are elements of the field of 32, each place weighs
// another power of its generator, and the check letter's own place weighs one.
func receiptCheck(code string) byte {
	sum := 0
	for i := range len(code) {
		sum = (sum ^ strings.IndexByte(receiptLetters, code[i])) << 1
		if sum >= 32 {
			sum ^= 0b100101 // x⁵ = x² + 1
		}
	}
	return receiptLetters[sum]
}

// ReceiptHash returns the hash of a code as somebody typed it: full-width, small letters,
// gaps and the letters that look like digits are understood. ok is false for what is no
// code.
func ReceiptHash(typed string) (hash string, ok bool) {
	var b strings.Builder
	for _, r := range typed {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch r {
		case ' ', '-', '　', '－', '—', '–':
			continue
		case 'o', 'O':
			r = '0'
		case 'i', 'I', 'l', 'L':
			r = '1'
		}
		if r >= 'a' && r <= 'z' {
			r -= 'a' - 'A'
		}
		if !strings.ContainsRune(receiptLetters, r) {
			return "", false
		}
		b.WriteRune(r)
	}
	code := b.String()
	if len(code) != receiptLength || receiptCheck(code[:receiptLength-1]) != code[receiptLength-1] {
		return "", false
	}
	sum := sha256.Sum256([]byte("casedesk receipt " + code))
	return hex.EncodeToString(sum[:]), true
}
