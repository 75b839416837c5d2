package detail

import (
	"slices"
	"strings"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// contested shows both sides of everything that waits for a decision.
func (d *pen) contested() {
	c := &d.view.Case
	if len(c.Contested) == 0 {
		return
	}
	d.section("detail.contested", len(c.Contested))
	for _, uid := range c.Contested {
		l, _ := c.Line(uid)
		d.about(uid, kit.Danger.On(d.desk.T("list.mark_contested"))+" "+kit.Fit(d.desk.Entry(l), d.w-3))
		d.about(uid, words.Wrap(d.desk.Why(l.Why), d.w, kit.Plain)...)
		d.unseen(l)
		if l.Why == casework.WhyConcurrent {
			d.versions(uid)
		} else {
			d.sides(uid, l)
		}
	}
	d.hint(casework.ActSettle, "detail.settle_hint")
}

// fewUnseen is how many entries that the writer did not know are named.
const fewUnseen = 3

// unseen names what stood on the case already when the entry landed and its writer had not
// seen: what she named as seen decides that, and no clock.
func (d *pen) unseen(l casework.Line) {
	c := &d.view.Case
	seen := c.SeenFrom(l.Parents)
	var said []string
	for _, e := range c.Timeline {
		if e.UID == l.UID {
			break
		}
		if e.Effect == casework.Applied && !seen[e.UID] {
			said = append(said, d.desk.Entry(e))
		}
	}
	n := len(said)
	if n == 0 {
		return
	}
	list := strings.Join(said[max(0, n-fewUnseen):], d.desk.T("list.separator"))
	if n > fewUnseen {
		list = d.desk.T("detail.unseen_more", list, i18n.Arg("n", n))
	}
	d.about(l.UID, words.Wrap(d.desk.T("detail.unseen", list), d.w, kit.Plain)...)
}

// hint says by which keys to decide, or who has to and that they are told.
func (d *pen) hint(a casework.Action, key string) {
	c := &d.view.Case
	if o, ok := d.desk.OfferOf(c, a); ok && !o.Allowed {
		said := d.desk.Words.Refused(c, a, o.WhyNot, d.desk.Index())
		d.add(words.Wrap(d.desk.T("detail.not_theirs", said), d.w, kit.Plain)...)
		return
	}
	d.add(words.Wrap(d.desk.T(key), d.w, kit.Strong)...)
}

// versions are the fields that the entry wrote beside somebody else.
func (d *pen) versions(uid casework.EntryID) {
	c := &d.view.Case
	for _, k := range c.Conflicts {
		for _, r := range k.Others {
			if r.By == uid {
				d.pair(uid, d.desk.Field(string(k.Field)), d.desk.Value(k.Field, c.Value(k.Field))+d.by(c.Fields[k.Field].By), d.desk.Value(k.Field, r.Value)+d.by(r.By))
			}
		}
	}
}

// by names the entry that a version came with, on a line of its own.
func (d *pen) by(uid casework.EntryID) string {
	if l, ok := d.view.Case.Line(uid); ok {
		return "\n" + d.desk.Entry(l)
	}
	return ""
}

// sides are the case as it stands and what the entry wanted of it.
func (d *pen) sides(uid casework.EntryID, l casework.Line) {
	c := &d.view.Case
	var says []string
	for _, said := range d.told(uid) {
		says = append(says, said[0]+": "+said[1])
	}
	now := d.desk.State(c.State)
	if last, ok := d.lastApplied(); ok {
		now += "\n" + d.desk.Entry(last)
	}
	d.pair(uid, d.desk.T("detail.state"), now, d.desk.Entry(l)+"\n"+strings.Join(says, "\n"))
}

// lastApplied is the last entry that moved the case on, as far as one can see.
func (d *pen) lastApplied() (casework.Line, bool) {
	t := d.view.Case.Timeline
	for i := len(t) - 1; i >= 0; i-- {
		if t[i].Effect == casework.Applied {
			return t[i], true
		}
	}
	return casework.Line{}, false
}

// beside is the width from which on two versions stand side by side; on less they stand one
// below the other.
const beside = 100

// pair puts what stands and the other version side by side where there is room.
func (d *pen) pair(uid casework.EntryID, label, now, other string) {
	if d.w < beside {
		d.about(uid, "  "+kit.Strong.On(label))
		for _, v := range [][2]string{{d.desk.T("detail.now"), now}, {d.desk.T("detail.other"), other}} {
			d.about(uid, d.labelled("    "+v[0], v[1])...)
		}
		return
	}
	column := (d.w - 16) / 2
	left := append([]string{kit.Strong.On(d.desk.T("detail.now"))}, words.Wrap(now, column-2, kit.Plain)...)
	right := append([]string{kit.Strong.On(d.desk.T("detail.other"))}, words.Wrap(other, column-2, kit.Plain)...)
	for i := range max(len(left), len(right)) {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		if i > 0 {
			label = ""
		}
		d.about(uid, "  "+kit.Fit(label, 12)+" "+kit.Fit(l, column-1)+"| "+kit.Fit(r, column-2))
	}
}

// told is what an entry says, as label and text.
func (d *pen) told(uid casework.EntryID) (out [][2]string) {
	for _, ev := range d.entries[uid].Events {
		out = append(out, d.desk.Told(ev, &d.view.Case)...)
	}
	for i := range out { // another case is called by its number
		if at := slices.IndexFunc(d.ties, func(t store.Tie) bool { return t.Case.String() == out[i][1] }); at >= 0 {
			out[i][1] = d.called(d.ties[at])
		}
	}
	return out
}

// behind names the held entries that a held one builds on: they are released first.
func (d *pen) behind(l casework.Line) {
	c := &d.view.Case
	var said []string
	for _, uid := range c.HeldNow {
		if first, ok := c.Line(uid); ok && uid != l.UID && slices.Contains(l.Parents, uid) {
			said = append(said, d.desk.Entry(first))
		}
	}
	if len(said) > 0 {
		d.about(l.UID, words.Wrap(d.desk.T("detail.behind", strings.Join(said, d.desk.T("list.separator"))), d.w, kit.Warning)...)
	}
}

func (d *pen) held() {
	c := &d.view.Case
	if len(c.HeldNow) == 0 {
		return
	}
	d.section("detail.held", len(c.HeldNow))
	for _, uid := range c.HeldNow {
		l, _ := c.Line(uid)
		d.about(uid, d.desk.Receipt(store.Withheld)+" "+kit.Fit(d.desk.Entry(l), d.w-3))
		d.about(uid, words.Wrap(d.desk.Why(l.Why), d.w, kit.Plain)...)
		if key := "next." + string(l.Why); l.Why != casework.WhyParentHeld && d.desk.Has(key) {
			d.about(uid, words.Wrap(d.desk.T(key), d.w, kit.Plain)...)
		}
		d.behind(l)
		for _, said := range d.told(uid) {
			d.about(uid, d.labelled("  "+said[0], said[1])...)
		}
	}
	d.hint(casework.ActRelease, "detail.release_hint")
	if o, ok := d.desk.OfferOf(c, casework.ActSettle); ok && o.Allowed {
		d.add(words.Wrap(d.desk.T("detail.leave_hint"), d.w, kit.Plain)...)
	}
}
