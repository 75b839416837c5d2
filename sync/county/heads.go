package county

import (
	"crypto/ed25519"

	"casedesk/store/casework"
	"casedesk/store/ledger"
	"casedesk/sync/wire"
)

// heads tells how far the county holds the laptop's logs, and which of them
// have gone another way than the laptop knows.
func heads(r ledger.Reader, key ed25519.PublicKey, req *wire.Request, reply *wire.Reply) error {
	for _, mine := range req.Logs {
		var row logRow
		known, err := get(r, logKey(mine.Log), &row)
		if err != nil {
			return err
		}
		if known && string(row.Key) != string(key) {
			if !hasFork(reply.Forks, mine.Log) {
				reply.Forks = append(reply.Forks, wire.Fork{Log: mine.Log, Seq: mine.Seq})
			}
			continue // how far another's log goes is not told
		}
		head, err := r.Head(mine.Log)
		if err != nil {
			return err
		}
		reply.Heads = append(reply.Heads, wire.Head{Log: mine.Log, Seq: head.Seq, Hash: head.Hash})
		forked := row.Frozen
		if !forked && mine.Seq > 0 && mine.Seq <= head.Top {
			e, there, err := ledger.At(r, mine.Log, mine.Seq)
			if err != nil {
				return err
			}
			forked = there && e.Hash != mine.Hash
		}
		if forked && !hasFork(reply.Forks, mine.Log) {
			reply.Forks = append(reply.Forks, wire.Fork{Log: mine.Log, Seq: mine.Seq})
		}
	}
	return nil
}

func hasFork(forks []wire.Fork, log casework.LogID) bool {
	for _, f := range forks {
		if f.Log == log {
			return true
		}
	}
	return false
}
