package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// A case may be what another one tells too (矛盾多源、化解一源): it is merged into
// that one, which keeps every source. Or it has to do with another one: a link
// says how, and why that may be written down. Links are between cases, never
// between people, and let nobody see a case who did not see it before.
const (
	ActMerge      Action = "merge"       // 并案: it goes on in another case
	ActUnmerge    Action = "unmerge"     // 撤销并案: it goes on by itself again
	ActAddSource  Action = "add_source"  // 记入来源: it is what another case was merged into
	ActDropSource Action = "drop_source" // 撤下来源
	ActLink       Action = "link"
	ActUnlink     Action = "unlink"
)

// The numbers of their events.
const (
	NumMerged        Number = 54
	NumSourceAdded   Number = 55
	NumLinked        Number = 56
	NumUnlinked      Number = 57
	NumUnmerged      Number = 58
	NumSourceDropped Number = 59
)

// StateMerged is the end of a case that goes on in another, in every table.
const StateMerged State = "merged" // 已并案

// withMerged gives every table the state.
func withMerged(all map[Matter]*Table) {
	for _, t := range all {
		t.States = append(t.States, Standing{State: StateMerged, Stage: StageMonitor, Ended: true})
	}
}

// Reasons that need two cases.
const (
	WhySameCase    Why = "same_case"    // the other case named is this one
	WhyMergeTarget Why = "merge_target" // the case to merge into is not there, or was voided or merged itself
	WhyMergeEnded  Why = "merge_ended"  // the case to merge into came to its end: nobody works on it
	WhyMergeHands  Why = "merge_hands"  // this person may not act on the case to merge into
	WhyMoreSee     Why = "more_see"     // naming a 保密 case there would let others know of it
	WhyNotMerged   Why = "not_merged"   // the case named was not merged into this one
	WhyNoSource    Why = "no_source"    // nothing was merged into this one
	WhyNoLink      Why = "no_link"      // the case names no other
)

// mergers are the roles that decide on what is one case and what are two.
var mergers = append(slices.Clone(desk), catalogue.Court, catalogue.Procurator)

// linkRules tie a case to others and to the sources that it came from.
func linkRules(p phases) []Rule {
	return []Rule{
		{Action: ActMerge, Group: GroupLink, From: p.running, To: StateMerged,
			Who: Holder | Superior, Roles: mergers, Bars: unlessEntrusted,
			New: func() Event { return new(Merged) }},
		{Action: ActUnmerge, Group: GroupLink, From: states{StateMerged}, // to where it stood
			Who: Holder | Superior, Roles: mergers,
			New: func() Event { return new(Unmerged) }},
		{Action: ActAddSource, Group: GroupLink, From: p.all,
			Who: Holder | Superior, Roles: mergers,
			New: func() Event { return new(SourceAdded) }},
		{Action: ActDropSource, Group: GroupLink, From: p.all,
			Who: Holder | Superior, Roles: mergers, Bars: []Bar{{Why: WhyNoSource, If: func(c *Case) bool { return len(c.Sources) == 0 }}},
			New: func() Event { return new(SourceDropped) }},
		{Action: ActLink, Group: GroupLink, From: p.all,
			Who: Anyone, Roles: everybody, Kept: true,
			New: func() Event { return new(Linked) }},
		{Action: ActUnlink, Group: GroupLink, From: p.all,
			Who: Anyone, Roles: everybody, Bars: []Bar{{Why: WhyNoLink, If: func(c *Case) bool { return len(c.ActsOf(ActLink)) == 0 }}},
			New: func() Event { return new(Unlinked) }},
	}
}

var linkKinds = map[Number]func() Event{
	NumMerged:        func() Event { return new(Merged) },
	NumUnmerged:      func() Event { return new(Unmerged) },
	NumSourceAdded:   func() Event { return new(SourceAdded) },
	NumSourceDropped: func() Event { return new(SourceDropped) },
	NumLinked:        func() Event { return new(Linked) },
	NumUnlinked:      func() Event { return new(Unlinked) },
}

// Merger says into which case a case was merged.
type Merger struct {
	Into    CaseID
	By      EntryID
	From    State // where it stood
	Stopped []int // the limits that ran: they run on, as if nothing had been, where it is undone
}

// Taken is a source that a case took over from one that was merged into it.
type Taken struct {
	By      EntryID
	Case    CaseID
	Number  string // 案号
	Source  Source
	Channel string
}

// Link is a case that another one names.
type Link struct {
	By       EntryID
	Case     CaseID
	Relation string // "earlier", "same_dispute", "related", "under_way"
	Basis    string // "consent", "recurs"
}

// Links returns the cases that this one names, each relation once.
func (c *Case) Links() []Link {
	var out []Link
	for _, a := range c.ActsOf(ActLink) {
		id, err := ParseCaseID(a.Words["case"])
		l := Link{By: a.By, Case: id, Relation: a.Words["relation"], Basis: a.Words["basis"]}
		if err == nil && !slices.ContainsFunc(out, l.same) {
			out = append(out, l)
		}
	}
	return out
}

func (l Link) same(o Link) bool { return l.Case == o.Case && l.Relation == o.Relation }

// Names returns the cases that this one names, by a link or because it was merged.
func (c *Case) Names() []CaseID {
	var out []CaseID
	if c.Merged != nil {
		out = append(out, c.Merged.Into)
	}
	for _, l := range c.Links() {
		if !slices.Contains(out, l.Case) {
			out = append(out, l.Case)
		}
	}
	return out
}

// HasSource reports whether the case names another as merged into it.
func (c *Case) HasSource(id CaseID) bool {
	return slices.ContainsFunc(c.Sources, func(t Taken) bool { return t.Case == id })
}

// maxPaired bounds the events of one entry that need another case: each is looked
// up while everybody waits.
const maxPaired = 20

// AsSources returns what a case that takes this one over writes down: this one,
// and what was merged into this one before. Of more than fit into one entry the rest
// is found by way of this one. A confidential case is named by its id alone: whoever
// joins the other one later sees what is written there and not this one.
func (c *Case) AsSources() []Event {
	all := append([]Taken{{Case: c.ID, Number: c.Number, Source: c.Source, Channel: c.Value(FieldChannel)}}, c.Sources...)
	var out []Event
	for _, t := range all[:min(len(all), maxPaired)] {
		if c.Confidential {
			t = t.Masked()
		}
		out = append(out, &SourceAdded{Case: t.Case, Number: t.Number, Source: t.Source, Channel: t.Channel})
	}
	return out
}

// Masked returns the source without what tells of it to those who do not see its case.
func (t Taken) Masked() Taken { return Taken{By: t.By, Case: t.Case} }

// WithoutSources returns what undoes AsSources. The reason stays at the merged case:
// not everybody who sees the other may read it.
func (c *Case) WithoutSources() []Event {
	out := []Event{&SourceDropped{Case: c.ID}}
	for _, t := range c.Sources {
		if len(out) < maxPaired {
			out = append(out, &SourceDropped{Case: t.Case})
		}
	}
	return out
}

// unmerge lets a case that leaves the state merged go on with its limits.
func (f *fold) unmerge() {
	m := f.c.Merged
	if m == nil {
		return
	}
	for _, i := range m.Stopped {
		f.c.Clocks[i].Stop = time.Time{}
	}
	f.c.Merged = nil
}

// stopRunning stops every limit that runs and says which.
func (f *fold) stopRunning() (stopped []int) {
	for i, k := range f.c.Clocks {
		if k.Stop.IsZero() {
			stopped = append(stopped, i)
		}
	}
	f.stopWhere(func(*Clock) bool { return true })
	return stopped
}

// Other finds another case as it stands where an entry is judged; nil: it is not
// there, or its registration is not.
type Other func(CaseID) *Case

// JudgeTwo judges what the events of an entry need of other cases: that the one to
// merge into is there and not merged itself, so that merging never goes in a
// circle; that the writer may act on both; that who sees the one may know of the
// other, where either is 保密. What an entry lets have its effect now, though held
// or contested before, is judged again. The county does it once, at admission; a
// laptop before it writes, by what it holds.
func JudgeTwo(c *Case, events []Event, p Person, other Other, earlier Earlier, ix Lookup) Why {
	return judgeTwo(c, events, p, other, earlier, ix, 0)
}

func judgeTwo(c *Case, events []Event, p Person, other Other, earlier Earlier, ix Lookup, deep int) Why {
	hides := false // the entry itself changes who sees the case
	paired := 0
	for _, ev := range events {
		var why Why
		switch ev := ev.(type) {
		case *Registered, *Confided:
			hides = true
			continue
		case *Merged:
			why = judgeMerge(c, ev, p, other, ix)
		case *SourceAdded:
			why = judgeSource(c, ev, other)
		case *Linked:
			to := other(ev.Case)
			switch {
			case to == nil && deep > 0, to != nil && !p.Alone && tells(c, to, ix):
				why = WhyMoreSee // of one that was held and names a case that is not here, the county knew
			}
		case *Released:
			why = judgeAgain(c, ev.Entry, p, other, earlier, ix, deep)
		case *Settled:
			if ev.Choice == take {
				why = judgeAgain(c, ev.Entry, p, other, earlier, ix, deep)
			}
			if why != "" {
				return why
			}
			continue
		default:
			continue
		}
		if paired++; paired > maxPaired {
			return WhyTooLarge
		}
		if why == "" && hides {
			why = WhyMoreSee
		}
		if why != "" {
			return why
		}
	}
	return ""
}

func judgeAgain(c *Case, uid EntryID, p Person, other Other, earlier Earlier, ix Lookup, deep int) Why {
	e := earlier(uid)
	if e == nil || deep == maxDeep || e.Case != c.ID {
		return ""
	}
	if why := inCountysName(e); why != "" {
		return why
	}
	if slices.ContainsFunc(e.Events, func(ev Event) bool { return ev.Num() == NumRegistered }) {
		return "" // it makes the case: it was in one entry with nothing of two cases
	}
	return judgeTwo(c, e.Events, p, other, earlier, ix, deep+1)
}

// inCountysName judges an entry that was held: what the county itself writes never is, so an
// urging, or a say by the slip's code, is somebody's who wrote it in the county's place, and
// nobody lets it have its effect.
func inCountysName(e *Entry) Why {
	if e.Stamp == nil || e.Stamp.Verdict != Held {
		return ""
	}
	for _, ev := range e.Events {
		switch ev := ev.(type) {
		case *Urged:
			return WhyRole
		case *Said:
			if ev.Way == WayCode {
				return WhyByCode
			}
		}
	}
	return ""
}

func judgeMerge(c *Case, ev *Merged, p Person, other Other, ix Lookup) Why {
	if ev.Into == c.ID {
		return WhySameCase
	}
	into := other(ev.Into)
	switch {
	case into == nil || !into.Exists() || into.State == StateMerged || into.State == StateVoided:
		return WhyMergeTarget
	case into.Ended():
		return WhyMergeEnded
	case p.Alone:
		return ""
	case May(into, into.Hand(), p, ActAddSource, ix) != "":
		return WhyMergeHands
	case tells(c, into, ix) || tells(into, c, ix):
		return WhyMoreSee
	}
	return ""
}

// maxChain bounds how often a case may have been merged on.
const maxChain = 32

// judgeSource asks for the merger that a source rests on: directly, or by way of
// others that were merged on.
func judgeSource(c *Case, ev *SourceAdded, other Other) Why {
	if ev.Case == c.ID {
		return WhySameCase
	}
	from := other(ev.Case)
	for range maxChain {
		if from == nil || from.Merged == nil {
			break
		}
		if from.Merged.Into == c.ID {
			return ""
		}
		from = other(from.Merged.Into)
	}
	return WhyNotMerged
}

// tells reports whether naming a 保密 case in another one would let somebody know
// of it who does not see it.
func tells(c, named *Case, ix Lookup) bool {
	if !named.Confidential {
		return false
	}
	see := Recipients(named, ix)
	return slices.ContainsFunc(Recipients(c, ix), func(u catalogue.UnitID) bool { return !slices.Contains(see, u) })
}
