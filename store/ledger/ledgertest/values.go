package ledgertest

import (
	"context"
	"fmt"
	"testing"

	"casedesk/store/ledger"
)

// Ensure values are put, replaced, removed and scanned in byte order.
func testValues(t *testing.T, b Backend) {
	l := open(t, b, "values")
	update(t, l, func(tx ledger.Tx) error {
		for _, key := range []string{"b", "a/2", "a/10", "a", "a/\xff\xff", "a0", "a/1"} {
			if err := tx.Put([]byte(key), []byte("value of "+key)); err != nil {
				return err
			}
		}
		if err := tx.Put([]byte("a/1"), []byte{}); err != nil {
			return err
		}
		return tx.Put([]byte("never there"), nil)
	})
	update(t, l, func(tx ledger.Tx) error { return tx.Put([]byte("a/2"), nil) })
	scan := func(r ledger.Reader, prefix, after string, limit int) (keys []string) {
		err := r.Scan([]byte(prefix), []byte(after), func(k, v []byte) bool {
			keys = append(keys, fmt.Sprintf("%q", k))
			return len(keys) != limit
		})
		if err != nil {
			t.Fatalf("Scan: %v", err)
		}
		return keys
	}
	view(t, l, func(r ledger.Reader) error {
		equal(t, "a/", scan(r, "a/", "", 0), `["a/1" "a/10" "a/\xff\xff"]`)
		equal(t, "a/ stopped", scan(r, "a/", "", 2), `["a/1" "a/10"]`)
		equal(t, "a/\xff", scan(r, "a/\xff", "", 0), `["a/\xff\xff"]`)
		equal(t, "all", scan(r, "", "", 0), `["a" "a/1" "a/10" "a/\xff\xff" "a0" "b"]`)
		equal(t, "nothing", scan(r, "c", "", 0), `[]`)
		equal(t, "a/ after a/1", scan(r, "a/", "a/1", 0), `["a/10" "a/\xff\xff"]`)
		equal(t, "a/ after a key that is not there", scan(r, "a/", "a/0", 0), `["a/1" "a/10" "a/\xff\xff"]`)
		equal(t, "a/ after one below", scan(r, "a/", "A", 0), `["a/1" "a/10" "a/\xff\xff"]`)
		equal(t, "a/ after the last", scan(r, "a/", "a/\xff\xff", 0), `[]`)
		equal(t, "a/ after one above", scan(r, "a/", "b", 0), `[]`)
		for key, want := range map[string]string{"a": "value of a", "a/1": ""} {
			v, err := r.Get([]byte(key))
			if err != nil || v == nil || string(v) != want {
				t.Fatalf("Get %q is %q (nil: %v), %v", key, v, v == nil, err)
			}
		}
		for _, key := range []string{"a/2", "never there", "x"} {
			v, err := r.Get([]byte(key))
			if err != nil || v != nil {
				t.Fatalf("Get %q is %q, %v, want nil", key, v, err)
			}
		}
		return nil
	})
	err := l.Update(context.Background(), func(tx ledger.Tx) error { return tx.Put(nil, []byte("x")) })
	mustBe(t, err, ledger.ErrInvalid)
}
