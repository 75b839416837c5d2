package sim_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"casedesk/sync/agent"
	"casedesk/sync/county"
)

// staleHow is an exchange that is answered with what an earlier one was: the
// county takes the request, and the laptop sees an old reply.
const staleHow = "old answer"

// exchange lets the agent try, over a line that may break.
func (w *world) exchange(l *laptop) {
	if !l.enrolled() {
		return
	}
	how := "well"
	size := 1 << (6 + w.rand.IntN(11))
	size += w.rand.IntN(size)
	switch n := w.rand.IntN(100); {
	case n < 14:
		how = fmt.Sprintf("cut up after %d", size)
		l.line.cutUp(size)
	case n < 28:
		how = fmt.Sprintf("cut down after %d", size)
		l.line.cutDown(size)
	case n < 38:
		how = "answer lost"
		w.net.lose.Store(int32(1 + w.rand.IntN(3)))
	case n < 46:
		how = "twice"
		w.net.twice.Store(true)
	case n < 52:
		how = "old ones again"
		w.uncertain(l)
		w.net.again.Store(true)
	case n < 58:
		how = staleHow
		w.net.stale.Store(true)
	case n < 64 && !l.revoked:
		w.stopInside(l)
		return
	case n < 70:
		how = fallHow
		w.net.fall.Store(int32(1 + w.rand.IntN(2)))
	}
	l.sync(how)
	w.countyUp()
}

// fallHow is an exchange in which the county's machine stops.
const fallHow = "county stops"

// countyUp starts a county's machine that stopped, with what lay on its disk.
func (w *world) countyUp() {
	w.t.Helper()
	w.net.fall.Store(0)
	if w.net.fallen == nil {
		return
	}
	w.moved.Store(true)
	w.ok(w.ledger.Close())
	w.ok(os.WriteFile(filepath.Join(w.home, county.LedgerFile), w.net.fallen, 0o600))
	w.net.fallen = nil
	w.openCounty()
	w.log("the county's machine is started again")
}

// stopInside stops a laptop within an exchange, before one of the commits that it
// makes there.
func (w *world) stopInside(l *laptop) {
	w.t.Helper()
	var stopped *fileCopy
	var note map[string][]byte
	l.rand.left = 1 + w.rand.IntN(4)
	l.rand.stop = func() {
		c := l.copyFile()
		stopped, note = &c, l.readWitness()
		l.line.cutUp(0) // who was stopped sends nothing any more
	}
	out := l.sync("killed inside")
	l.rand.left = 0
	if stopped != nil && !l.gone {
		w.uncertain(l)
		l.die(*stopped)
		l.writeWitness(note)
		l.letDraftsGo(out) // the commit before the last may have withdrawn their case
	}
}

func (l *laptop) readWitness() map[string][]byte {
	out := map[string][]byte{}
	list, _ := os.ReadDir(l.notes) // there may be none
	for _, e := range list {
		data, err := os.ReadFile(filepath.Join(l.notes, e.Name()))
		l.w.ok(err)
		out[e.Name()] = data
	}
	return out
}

func (l *laptop) writeWitness(note map[string][]byte) {
	for name, data := range note {
		l.w.ok(os.WriteFile(filepath.Join(l.notes, name), data, 0o600))
	}
}

// sync lets the agent try and looks at the receipts. A line that was not cut must
// carry everything.
func (l *laptop) sync(how string) agent.Outcome {
	w := l.w
	w.t.Helper()
	var before uids // what it holds when it comes to hear that the county was restored
	if l.store.Position().Epoch != w.epoch() {
		before = l.holds()
	}
	out, err := l.agent.Sync(ctx, nil)
	l.line.settle()
	broke := !l.line.isWhole() || strings.HasPrefix(how, "answer lost") || how == fallHow
	l.line.hold()
	w.net.lose.Store(0)
	w.net.twice.Store(false)
	w.net.again.Store(false)
	w.net.stale.Store(false)
	w.log("%s syncs (%s): %s sent %d taken %d held %d got %d withdrawn %d left %d/%d trips %d %v", l.name, how, out.Result, out.Sent, out.Taken,
		out.Held, out.Received, out.Withdrawn, out.LeftUp, out.LeftDown, out.RoundTrips, err)
	if out.Result != agent.OK {
		w.uncertain(l)
	}
	if len(before) > 0 && out.Result != agent.Revoked {
		here, there := l.holds(), w.atCounty().uids
		for uid := range before {
			if _, mine := l.own[uid]; !here[uid] && !there[uid] && !mine { // her own wait to be sent, shown or not
				w.t.Errorf("%s let entry %s go, which the county does not have", l.name, short(uid))
			}
		}
	}
	switch {
	case how == staleHow: // nothing else tells the time before the next answer
		l.steady = l.steady && l.heard == l.clock.boot
	case out.Result == agent.OK:
		l.heard = l.clock.boot
	}
	switch {
	case how == staleHow && out.Result != agent.Revoked: // whatever it makes of that, nothing may break
	case out.Result == agent.OK && l.revoked && !broke && w.knowsRevoked(l):
		w.t.Fatalf("%s is revoked, and served", l.name)
	case out.Result == agent.OK:
		if out.LeftUp != 0 || out.LeftDown != 0 {
			w.t.Fatalf("%s: done with %d up and %d down left", l.name, out.LeftUp, out.LeftDown)
		}
	case out.Result == agent.Revoked && l.revoked:
		if out.LeftUp != 0 {
			w.t.Fatalf("%s is revoked with %d entries not handed in", l.name, out.LeftUp)
		}
		l.gone, w.ruined, l.used = true, true, w.time().Sub(l.since)
		return out
	case out.Result == agent.Offline && broke:
	default:
		w.t.Fatalf("%s syncs (%s): %s: %v", l.name, how, out.Result, err)
	}
	if out.RoundTrips > 200 {
		w.t.Fatalf("%s needed %d round trips", l.name, out.RoundTrips)
	}
	l.letDraftsGo(out)
	w.checkMarks(l)
	return out
}

// arriveLate lets an old request of a laptop arrive once more, after newer ones,
// perhaps at a county that was restored since. Nobody waits for the answer.
func (w *world) arriveLate(l *laptop) {
	if l.enrolled() {
		w.uncertain(l)
		w.log("%d old requests of %s arrive again", w.net.replay(l.line, w.rand.IntN(4)), l.name)
	}
}
