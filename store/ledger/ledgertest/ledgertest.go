// Package ledgertest is the suite that every back end of package ledger
// passes. A back end's test calls Run; the suite knows no back end.
package ledgertest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/ledger"
)

// Backend is what a back end lends to the suite.
type Backend struct {
	// Open opens the ledger called name and makes it when it is new. Within
	// one test the same name is the same ledger, also after Close. The suite
	// closes what it opens.
	Open func(tb testing.TB, name string) ledger.Ledger
	// Restore verifies a backup as the back end's tools do and opens it as a
	// ledger that is independent of the one it was made of.
	Restore func(tb testing.TB, name string, backup io.Reader) (ledger.Ledger, error)
}

// Run runs the suite. newBackend is called once a test, so that tests do not
// see each other's ledgers.
func Run(t *testing.T, newBackend func(tb testing.TB) Backend) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Backend)
	}{
		{"Heads", testHeads},
		{"Entries", testEntries},
		{"Append_Refusals", testAppendRefusals},
		{"Rewrite", testRewrite},
		{"Append_Branch", testBranch},
		{"Append_AboveGap", testGap},
		{"Append_StampLater", testStampLater},
		{"Feeds", testFeeds},
		{"Feeds_Concurrent", testFeedsConcurrent},
		{"Values", testValues},
		{"Update_Error", testUpdateError},
		{"Update_Panic", testUpdatePanic},
		{"Update_Concurrent", testUpdateConcurrent},
		{"Update_Context", testUpdateContext},
		{"Update_ReadsOwnWrites", testReadsOwnWrites},
		{"View_Snapshot", testSnapshot},
		{"Copies", testCopies},
		{"Reopen", testReopen},
		{"Backup", testBackup},
		{"Close", testClose},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, newBackend(t)) })
	}
}

// open opens a ledger that is closed with the test.
func open(t testing.TB, b Backend, name string) ledger.Ledger {
	t.Helper()
	l := b.Open(t, name)
	t.Cleanup(func() { l.Close() })
	return l
}

func update(t testing.TB, l ledger.Ledger, fn func(ledger.Tx) error) {
	t.Helper()
	if err := l.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func view(t testing.TB, l ledger.Ledger, fn func(ledger.Reader) error) {
	t.Helper()
	if err := l.View(context.Background(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

func mustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error is %v, want %v", err, want)
	}
}

// logID is a fixed id; greater n sort later.
func logID(n int) casework.LogID {
	var u uuid.UUID
	binary.BigEndian.PutUint64(u[:], uint64(n)+1)
	u[15] = 0xA5
	return casework.LogID{UUID: u}
}

// entry makes the entry of a log whose text decides its hash.
func entry(log casework.LogID, seq uint64, text string) ledger.Entry {
	raw := fmt.Appendf(nil, "%s/%d/%s", log, seq, text)
	return ledger.Entry{Log: log, Seq: seq, Hash: sha256.Sum256(raw), Raw: raw, Stamp: []byte("stamp " + text)}
}

// run appends the entries from..to of log.
func run(tx ledger.Tx, log casework.LogID, from, to uint64) error {
	for seq := from; seq <= to; seq++ {
		if err := tx.Append(entry(log, seq, "main")); err != nil {
			return err
		}
	}
	return nil
}

func entries(t testing.TB, r ledger.Reader, log casework.LogID, seq uint64) []ledger.Entry {
	t.Helper()
	var all []ledger.Entry
	if err := r.Entries(log, seq, func(e ledger.Entry) bool { all = append(all, e); return true }); err != nil {
		t.Fatalf("Entries: %v", err)
	}
	return all
}

func lines(t testing.TB, r ledger.Reader, feed catalogue.UnitID, after uint64) []string {
	t.Helper()
	var all []string
	err := r.Feed(feed, after, func(n uint64, line []byte) bool {
		all = append(all, fmt.Sprintf("%d:%s", n, line))
		return true
	})
	if err != nil {
		t.Fatalf("Feed: %v", err)
	}
	return all
}

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%v", got), fmt.Sprintf("%v", want); g != w {
		t.Fatalf("%s is\n%s, want\n%s", what, g, w)
	}
}
