package county_test

import (
	"testing"

	"casedesk/store/casework"
)

// about writes an entry about the laptop's log.
func (l *laptop) about(events ...casework.Event) *kept {
	return l.write(casework.CaseID{}, casework.EntryID{UUID: l.id()}, nil, events...)
}

// Ensure that a laptop is taken over by her to whom it was handed and by nobody
// else, while the word of it is the last in its log; that the county then revokes
// the one before; and that nobody takes it over twice.
func TestTakeOver(t *testing.T) {
	w := newWorld(t)
	grid := w.laptop("grid1")
	id := grid.register(village)
	grid.sync()
	takes := func(k *kept) *casework.TakenOver {
		return &casework.TakenOver{Log: k.rec.Entry.Log, Seq: k.rec.Entry.Seq, Hash: k.rec.Hash[:]}
	}
	judged := func(user string, ev *casework.TakenOver) (*laptop, string) {
		l := w.laptop("grid4")
		if user != "grid4" {
			l = w.laptop("mediator1")
		}
		k := l.about(ev)
		l.sync()
		return l, k.verdict(t)
	}
	const no = "held no_handover"
	nobody := grid.about(&casework.HandedOver{To: "nobody"})
	early := grid.about(&casework.HandedOver{To: "grid4"})
	grid.add(id, &casework.Noted{Note: "还有一句"})
	grid.sync()
	equal(t, "handed to nobody", nobody.verdict(t), "held no_such_user")
	_, said := judged("grid4", takes(early))
	equal(t, "something followed", said, no)
	taken := grid.about(&casework.HandedOver{To: "grid4"})
	back := grid.about(&casework.HandedOver{})
	grid.sync()
	_, said = judged("grid4", takes(taken))
	equal(t, "taken back", said, no)
	_, said = judged("grid4", takes(back))
	equal(t, "the taking back", said, no)
	last := grid.about(&casework.HandedOver{To: "grid4"})
	grid.sync()
	_, said = judged("mediator1", takes(last))
	equal(t, "somebody else", said, no)
	forged := takes(last)
	forged.Hash = make([]byte, 32)
	_, said = judged("grid4", forged)
	equal(t, "another hash", said, no)
	_, said = judged("grid4", &casework.TakenOver{})
	equal(t, "nothing", said, no)
	if grid.last.Revoked {
		t.Fatal("revoked before it was taken over")
	}
	next, said := judged("grid4", takes(last))
	equal(t, "her to whom it was handed", said, "admitted ")
	_, said = judged("grid4", takes(last))
	equal(t, "a second time", said, no)
	if reply, err := grid.exchange(); err != nil || !reply.Revoked {
		t.Errorf("the laptop before: %v, %v", reply, err)
	}
	if reply, err := next.exchange(); err != nil || reply.Revoked {
		t.Errorf("the next one: %v, %v", reply, err)
	}
	devices, err := w.Devices(ctx)
	if err != nil {
		t.Fatal(err)
	}
	handed := 0
	for _, d := range devices {
		if d.HandedTo != "" {
			handed++
			if d.User != "grid1" || !d.Revoked {
				t.Errorf("handed over: %+v", d)
			}
		}
	}
	equal(t, "devices handed over", handed, 1)
	office := w.laptop("county1")
	office.sync()
	if c := office.fold(id); len(c.Notes) != 1 {
		t.Errorf("the words of the worker before: %v", c.Notes)
	}
	w.mustVerify()
}
