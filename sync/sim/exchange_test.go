package sim_test

import (
	"fmt"
	"strings"

	"casedesk/sync/agent"
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
		w.net.again.Store(true)
	case n < 58:
		how = staleHow
		w.net.stale.Store(true)
	}
	l.sync(how)
}

// sync lets the agent try and looks at the receipts. A line that was not cut must
// carry everything.
func (l *laptop) sync(how string) agent.Outcome {
	w := l.w
	w.t.Helper()
	out, err := l.agent.Sync(ctx, nil)
	l.line.settle()
	broke := !l.line.isWhole() || strings.HasPrefix(how, "answer lost")
	l.line.hold()
	w.net.lose.Store(0)
	w.net.twice.Store(false)
	w.net.again.Store(false)
	w.net.stale.Store(false)
	w.log("%s syncs (%s): %s sent %d taken %d held %d got %d withdrawn %d left %d/%d trips %d %v", l.name, how, out.Result, out.Sent, out.Taken,
		out.Held, out.Received, out.Withdrawn, out.LeftUp, out.LeftDown, out.RoundTrips, err)
	switch {
	case how == staleHow && out.Result != agent.Revoked: // whatever it makes of that, nothing may break
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
		w.log("%d old requests of %s arrive again", w.net.replay(l.line, w.rand.IntN(4)), l.name)
	}
}
