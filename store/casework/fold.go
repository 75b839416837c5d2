package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Earlier finds an entry of the case that came before; the fold needs one again
// when it is released or taken. It returns nil for one that is not there.
type Earlier func(EntryID) *Entry

// Fold folds the entries of one case, given in any order. It never fails.
func Fold(id CaseID, entries []Entry) Case {
	sorted := make([]*Entry, len(entries))
	byUID := make(map[EntryID]*Entry, len(entries))
	for i := range entries {
		sorted[i] = &entries[i]
	}
	slices.SortStableFunc(sorted, func(a, b *Entry) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	c := Case{ID: id}
	for _, e := range sorted {
		if _, taken := byUID[e.UID]; !taken {
			byUID[e.UID] = e
		}
		c.Apply(e, func(uid EntryID) *Entry { return byUID[uid] })
	}
	return c
}

// Apply folds one more entry, which must not come before any that the case has
// folded already. Fold(entries) and Apply in order give the same case.
func (c *Case) Apply(e *Entry, earlier Earlier) {
	reused := e.Stamp != nil && e.Stamp.Verdict == Held && e.Stamp.Why == WhyUIDReused
	if _, known := c.Line(e.UID); known && !reused || e.Stamp != nil && e.Stamp.Verdict == Copy {
		return // a uid has effect once
	}
	line := lineOf(e)
	switch {
	case e.Stamp != nil && e.Stamp.Verdict == Held:
		line.Effect, line.Why = HeldBack, e.Stamp.Why
		if !reused {
			c.HeldNow = append(c.HeldNow, e.UID)
			c.expect(e)
		}
	case e.hasUnknown():
		line.Effect = Unknowns
		c.Unknown++
	default:
		left := maxAgain
		line.Effect, line.Why = c.run(&fold{c: c, e: e, when: e.At(), earlier: earlier, left: &left})
		if line.Effect == Contested {
			c.Contested = append(c.Contested, e.UID)
		}
	}
	c.Timeline = append(c.Timeline, line)
	if line.Effect != HeldBack {
		c.Heads = slices.DeleteFunc(c.Heads, func(h EntryID) bool { return slices.Contains(e.Parents, h) })
		c.Heads = append(c.Heads, e.UID)
	}
	if at := e.At(); at.After(c.UpdatedAt) {
		c.UpdatedAt = at
	}
}

// expect notes of a held registration what it says and who answers for it, so
// that it can be seen and released although the case does not exist yet.
func (c *Case) expect(e *Entry) {
	if len(e.Events) == 0 || c.Matter != "" {
		return
	}
	reg, ok := e.Events[0].(*Registered)
	if !ok {
		return
	}
	c.Matter, c.Number, c.Holder = reg.Matter, reg.Number, reg.Holder
	c.Confidential, c.About = reg.Confidential, reg.About
	c.Registrar, c.RegisteredBy = e.Unit, e.Actor
	reg.fill(c, e.UID) // for whoever decides on it; a release writes it again
}

func lineOf(e *Entry) Line {
	l := Line{UID: e.UID, Name: e.Name, Actor: e.Actor, Unit: e.Unit, At: e.At(), Parents: e.Parents}
	for _, ev := range e.Events {
		l.Kinds = append(l.Kinds, ev.Kind())
	}
	if e.Stamp != nil {
		l.Epoch, l.N, l.Doubt = e.Stamp.Epoch, e.Stamp.N, e.Stamp.Doubtful
	}
	return l
}

// hasUnknown reports whether the entry holds anything that this version does
// not know. Such an entry waits whole for the upgrade.
func (e *Entry) hasUnknown() bool {
	for _, ev := range e.Events {
		switch ev := ev.(type) {
		case *Unknown:
			return true
		case *Registered:
			if _, ok := TableOf(ev.Matter); !ok || ev.Fields.unknown() {
				return true
			}
		case *Amended:
			if ev.Fields.unknown() {
				return true
			}
		}
	}
	return false
}

// Decisions may lead to decisions: what one entry releases or takes may release
// or take others in its turn, and does so anew where it was undone. How often one
// entry may have others applied, and how far down, is bounded, or a few dozen of
// them would keep everybody busy for ever.
const (
	maxAgain = 2 * MaxEvents
	maxDeep  = 8
)

// run lets an entry have its effect, whole or not at all.
func (c *Case) run(f *fold) (Effect, Why) {
	var before Case
	if len(f.e.Events) > 1 {
		before = c.clone()
		if slices.ContainsFunc(f.e.Events, decides) {
			before.Timeline = slices.Clone(c.Timeline) // a release changes the line of what it releases
		}
	}
	for i, ev := range f.e.Events {
		// An event that returns a reason has changed nothing itself; what the
		// events before it changed is undone.
		why := WhyFuture
		if f.force || !f.e.foretells(ev) {
			why = ev.apply(f)
		}
		if why != "" {
			if i > 0 {
				*c = before
			}
			return Contested, why
		}
		f.keep(i, ev)
		f.weigh()
		f.tidy()
	}
	if f.conflict {
		return Contested, WhyConcurrent
	}
	return Applied, ""
}

// decides reports whether an event may let other entries have their effect.
func decides(ev Event) bool {
	n := ev.Num()
	return n == NumReleased || n == NumSettled
}

// fold is the application of one entry to a case.
type fold struct {
	c        *Case
	e        *Entry
	when     time.Time
	earlier  Earlier
	force    bool             // a settlement or release decided that the state does not matter
	conflict bool             // a field was written that somebody else wrote unseen
	seenSet  map[EntryID]bool // what the writer had seen; built when first asked for
	deep     int              // how many decisions led to this entry
	left     *int             // how many more it may have applied, with all that led to it
}

func (f *fold) at() time.Time { return f.when }

// rule returns the table's rule for an action as the case stands.
func (f *fold) rule(a Action) (*Rule, Why) {
	t, ok := TableOf(f.c.Matter)
	if !ok {
		return nil, WhyNoCase
	}
	r, ok := t.Rule(a, f.c.State)
	if !ok && f.force {
		r, ok = t.AnyRule(a)
	}
	if !ok {
		return nil, WhyState
	}
	return r, r.barred(f.c)
}

// move makes the action's transition, to the rule's state or to the one given.
func (f *fold) move(a Action, to State) Why {
	r, why := f.rule(a)
	if why != "" {
		return why
	}
	if f.moved(r) {
		return WhyMoved
	}
	if to == "" {
		to = r.To
	}
	if to != "" {
		f.enter(to)
	}
	f.stop(r.Stops...)
	for _, l := range r.Starts {
		f.start(l, "")
	}
	return ""
}

// enter puts the case into a state. While it is suspended, and only then, those
// limits stand still that its table lets: whoever suspends a case stops no clock of
// the law.
func (f *fold) enter(s State) {
	c := f.c
	was := c.State
	c.State = s
	if !s.settled() && !s.Ended() {
		c.Told = "" // what the parties were told holds no more
		if was.settled() || was.Ended() {
			c.Round++
		}
	}
	switch {
	case was == StateMerged && was != s:
		f.unmerge()
	case s == StateSuspended && was != s:
		c.Before = was
		f.each(func(k *Clock, at time.Time) {
			if c.pauses(k.Limit) {
				k.pause(at)
			}
		})
	case was == StateSuspended && was != s:
		c.Before = ""
		f.each((*Clock).resume)
	}
}

// moved reports whether the case had passed to other hands when the entry
// landed, unseen by its writer, so that her unit no longer stands to the case as
// the rule asks. Units above are not known to the fold; they look again.
func (f *fold) moved(r *Rule) bool {
	c := f.c
	if f.force || len(c.Hands) == 0 || f.seen(c.Hands[len(c.Hands)-1].By) {
		return false
	}
	unit := f.e.Unit
	return !(r.Who&Registrar != 0 && unit == c.Registrar || r.Who&Holder != 0 && unit == c.Holder ||
		r.Who&Lead != 0 && unit == c.Lead || r.Who&CoHandler != 0 && slices.Contains(c.Co, unit) ||
		r.Who&Guest != 0 && slices.Contains(c.Joined, unit))
}

// join lets a unit take part that does not handle the case.
func (f *fold) join(u catalogue.UnitID) {
	if u != "" && !f.c.mustNotSee(u) && !slices.Contains(f.c.Joined, u) {
		f.c.Joined = append(f.c.Joined, u)
	}
}

// hand records who holds the case from this entry on.
func (f *fold) hand(holder, lead catalogue.UnitID) {
	f.c.Holder, f.c.Lead = holder, lead
	f.c.Hands = append(f.c.Hands, Hand{Unit: holder, Lead: lead, By: f.e.UID})
}

// pass gives the case to a holder, who routes it anew: nobody handles it yet.
func (f *fold) pass(a Action, holder catalogue.UnitID) Why {
	why := f.move(a, "")
	if why == "" {
		f.hand(holder, "")
		f.c.Co = nil
	}
	return why
}

// takeInHand makes the acting unit the lead where nobody leads yet and it may.
func (f *fold) takeInHand() {
	if f.c.Lead == "" && !f.c.mustNotSee(f.e.Unit) {
		f.hand(f.c.Holder, f.e.Unit)
	}
}

// seen reports whether the writer had seen an entry when she wrote this one.
// Parents decide it, never clocks.
func (f *fold) seen(uid EntryID) bool {
	if uid == f.e.UID || slices.Contains(f.e.Parents, uid) {
		return true
	}
	if f.seenSet == nil {
		f.seenSet = f.c.SeenFrom(f.e.Parents)
	}
	return f.seenSet[uid]
}

// SeenFrom returns the entries of the case that somebody had seen who saw the
// given heads: the heads, their parents, and so on. Who saw a decision saw what
// it decided. An entry that is not here leads no further.
func (c *Case) SeenFrom(heads []EntryID) map[EntryID]bool {
	parents := make(map[EntryID][]EntryID, len(c.Timeline))
	for _, l := range c.Timeline {
		parents[l.UID] = l.Parents
	}
	for _, d := range c.Settled {
		parents[d.By] = append(slices.Clip(parents[d.By]), d.Entry)
	}
	seen := make(map[EntryID]bool, len(c.Timeline))
	queue := slices.Clone(heads)
	for len(queue) > 0 {
		uid := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if !seen[uid] {
			seen[uid] = true
			queue = append(queue, parents[uid]...)
		}
	}
	return seen
}

// release applies a held entry; where it does not fit, it becomes contested.
func (f *fold) release(uid EntryID) {
	effect, why := f.again(uid, false)
	if i := slices.IndexFunc(f.c.Timeline, func(l Line) bool { return l.UID == uid }); i >= 0 {
		f.c.Timeline[i].Effect, f.c.Timeline[i].Why = effect, why
	}
	if effect == Contested {
		f.c.Contested = append(f.c.Contested, uid)
	}
}

// again applies an earlier entry here and now; with force, whatever the state.
func (f *fold) again(uid EntryID, force bool) (Effect, Why) {
	e := f.earlier(uid)
	if e == nil {
		return Contested, WhyNotHeld
	}
	if e.hasUnknown() {
		f.c.Unknown++
		return Unknowns, ""
	}
	if f.deep == maxDeep || *f.left == 0 {
		return Contested, WhyTooLarge
	}
	*f.left--
	return f.c.run(&fold{c: f.c, e: e, when: f.when, earlier: f.earlier, force: force, deep: f.deep + 1, left: f.left})
}
