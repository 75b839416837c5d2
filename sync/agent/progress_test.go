package agent_test

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/sync/agent"
	"casedesk/sync/wire"
)

// Ensure that what is weighed without connecting is what is then sent, by number, and by
// bytes within a tenth and the little that every exchange has beside its entries.
func TestWeigh(t *testing.T) {
	for _, n := range []int{0, 1, 40, 400} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			o := newOffice(t)
			l := o.enrolled("grid1")
			l.mustSync()
			for i := range n {
				saved := l.register(fmt.Sprintf("第%d件排水沟纠纷", i))
				if i%4 == 0 {
					_, err := l.store.Append(store.Work{Case: saved.Case, Events: []casework.Event{&casework.Noted{Note: "已电话联系"}}})
					o.ok(err)
				}
			}
			load, err := agent.Weigh(l.store)
			o.ok(err)
			if want := n + (n+3)/4; load.Entries != want || load.Cases != n {
				t.Errorf("%+v, want %d entries of %d cases", load, want, n)
			}
			out := l.mustSync()
			if diff := load.Bytes - out.BytesUp; max(diff, -diff) > out.BytesUp/10+out.RoundTrips*400 {
				t.Errorf("weighed %d bytes, sent %d in %d round trips", load.Bytes, out.BytesUp, out.RoundTrips)
			}
			if n == 0 && load.Bytes != 0 {
				t.Errorf("nothing weighs %d bytes", load.Bytes)
			}
		})
	}
}

// Ensure that a run that somebody stops ends with what is on its way, says so, and goes on
// from there.
func TestAgent_Halt(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	for i := range 200 {
		l.register(fmt.Sprintf("第%d件排水沟纠纷", i))
	}
	o.front = func(http.ResponseWriter, *http.Request) bool { l.agent.Halt(); return false }
	out, why := l.sync()
	if link := l.store.Link(); why != nil || out.Result != agent.OK || out.Taken == 0 || out.LeftUp == 0 || out.Taken+out.LeftUp != 201 || link.State != store.LinkStopped {
		t.Errorf("stopped: %+v, %v, %+v", out, why, link)
	}
	o.front = nil
	if out := l.mustSync(); out.Sent == 0 || l.store.Link().State != store.LinkIdle || o.entries() != 200 {
		t.Errorf("then: %+v, %d entries at the county", out, o.entries())
	}
}

// Ensure that the desk is told while pages travel how much is left, and afterwards when
// the agent tries again by itself; a county that is busy is left alone as it asked.
func TestAgent_Told(t *testing.T) {
	o := newOffice(t)
	l := o.enrolled("grid1")
	for i := range 100 {
		l.register(fmt.Sprintf("第%d件排水沟纠纷", i))
	}
	watch := l.store.Watch()
	defer watch.Stop()
	told := make(chan store.Link, 1000)
	go func() {
		defer close(told)
		for range watch.C {
			watch.Take()
			told <- l.store.Link()
		}
	}()
	l.mustSync()
	watch.Stop()
	left := false
	for link := range told {
		left = left || link.State == store.LinkBusy && link.LeftUp > 0 && link.BytesLeft > 0
	}
	if link := l.store.Link(); !left || !link.Next.IsZero() || link.Tried.IsZero() {
		t.Errorf("told of what is left: %v; at the end %+v", left, link)
	}
	var busy atomic.Bool
	o.front = func(w http.ResponseWriter, _ *http.Request) bool {
		if busy.Load() {
			wire.Fail(w, &wire.Failure{Code: casework.CodeBusy, After: 300})
		}
		return busy.Load()
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan struct{})
	go func() { defer close(ended); l.agent.Run(ctx) }()
	next := func(state store.LinkState) time.Duration {
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
			if link := l.store.Link(); !link.Next.IsZero() && link.State == state {
				return link.Next.Sub(link.Tried)
			}
		}
		return 0
	}
	if d := next(store.LinkIdle); d < 20*time.Second || d > 40*time.Second {
		t.Errorf("the next try is in %s", d)
	}
	busy.Store(true)
	l.agent.Nudge()
	if d := next(store.LinkOffline); d < 5*time.Minute || d > 7*time.Minute {
		t.Errorf("a busy county is asked again in %s", d)
	}
	stop()
	<-ended
}

// Ensure that what is left is told by what the line carried, and only once that says
// something.
func TestGauge(t *testing.T) {
	tests := []struct {
		name     string
		n, raw   int // that went up
		carried  int
		took     time.Duration
		up, down int
		bytes    int64
		left     time.Duration
	}{
		{"nothing has moved", 0, 0, 0, time.Minute, 10, 10, 0, 0},
		{"nothing is left", 10, 10000, 5000, time.Minute, 0, 0, 0, 0},
		{"half way", 10, 10000, 5000, 10 * time.Second, 10, 0, 5000, 10 * time.Second},
		{"too early", 10, 10000, 5000, time.Second, 10, 0, 5000, 0},
		{"nothing has come down yet", 10, 10000, 5000, 10 * time.Second, 10, 20, 15000, 30 * time.Second},
	}
	for _, tt := range tests {
		bytes, left := agent.LeftOf(tt.n, tt.raw, tt.carried, tt.took, tt.up, tt.down)
		if bytes != tt.bytes || left != tt.left {
			t.Errorf("%s: %d bytes, %s", tt.name, bytes, left)
		}
	}
}
