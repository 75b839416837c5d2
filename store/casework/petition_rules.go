package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store/catalogue"
)

// maxRepresentatives is how many persons speak for a crowd (art. 20).
const maxRepresentatives = 5

// conduct is the category of what concerns officials: 涉组织涉纪检.
const conduct = "15"

// overruled reports whether the unit that has the petition objected and was told
// to take it: who still disagrees turns to the common superior (art. 24).
func overruled(c *Case) bool {
	if len(c.Hands) == 0 {
		return false
	}
	since := slices.IndexFunc(c.Timeline, func(l Line) bool { return l.UID == c.Hands[len(c.Hands)-1].By })
	return slices.ContainsFunc(c.ActsOf(ActRejectObjection), func(a Act) bool {
		return slices.IndexFunc(c.Timeline, func(l Line) bool { return l.UID == a.By }) > since
	})
}

// untold reports whether the petitioner still waits to be told in writing. What was
// told before the petition was opened again does not count.
func untold(c *Case) bool {
	return slices.ContainsFunc(c.Clocks, func(k Clock) bool { return k.Limit == LimitPetitionNotice && k.Stop.IsZero() })
}

// Batches returns how many times the petitioners came, wrote or called (批次), and
// how many persons that were in all (人次). The two are counted apart.
func (c *Case) Batches() (batches, persons int) {
	count := func(people string) {
		n, _ := strconv.Atoi(people)
		batches, persons = batches+1, persons+max(n, 1)
	}
	count(c.Value(FieldPeople))
	for _, a := range c.ActsOf(ActVisit) {
		count(a.Words["people"])
	}
	return batches, persons
}

// representatives finds what is wrong with the number of those who speak for
// people: a crowd that comes in person sends at most five.
func representatives(form string, people, given int) []Fault {
	if given > maxRepresentatives || given == 0 && form == "visit" && people > maxRepresentatives {
		return []Fault{{Field: string(FieldRepresentatives), Problem: ProblemRepresentatives, Limit: maxRepresentatives}}
	}
	return nil
}

func (fs Fields) representatives() []Fault {
	people, _ := strconv.Atoi(fs[FieldPeople])
	given, _ := strconv.Atoi(fs[FieldRepresentatives])
	return representatives(fs[FieldPetitionForm], people, given)
}

// accuses reports whether a petition of these fields accuses somebody, so that
// what it says must not reach the accused (art. 30).
func (fs Fields) accuses() bool {
	return fs[FieldAccusation] == "yes" || fs[FieldDemand] == "accusation" || strings.HasPrefix(fs[FieldCategory], conduct)
}

// accuses is the same of a case, with fields that are about to be written.
func (c *Case) accuses(over Fields) bool {
	fs := Fields{}
	for _, f := range []Field{FieldAccusation, FieldDemand, FieldCategory} {
		fs[f] = c.Value(f)
		if v, written := over[f]; written {
			fs[f] = v
		}
	}
	return fs.accuses()
}

// checkPetition finds what only a petition can have wrong when it is registered.
func checkPetition(r *Registered) []Fault {
	faults := r.Fields.representatives()
	if !r.Fields.accuses() && len(r.About) == 0 {
		return faults
	}
	if !r.Confidential {
		faults = append(faults, Fault{Field: "confidential", Problem: ProblemAccusation})
	}
	if len(r.About) == 0 {
		faults = append(faults, Fault{Field: "about_units", Problem: ProblemAccusation})
	}
	return faults
}

// petitionFits judges what the law lets be said only so, or only then.
func petitionFits(c *Case, ev Event, _ string, ix Lookup) Why {
	switch ev := ev.(type) {
	case *Registered:
		if ev.Fields.accuses() && (!ev.Confidential || len(ev.About) == 0) {
			return WhyAccusation
		}
	case *Amended:
		if c.accuses(ev.Fields) && (!c.Confidential || len(c.About) == 0) {
			return WhyAccusation
		}
	case *Confided:
		if c.accuses(nil) && (ev.Confidential != "yes" || len(ev.About) == 0 && c.Confidential) {
			return WhyAccusation
		}
	case *Agreed:
		if ev.Form != "written" {
			return WhyNotWritten
		}
	case *ReviewAsked:
		if c.termOver(LimitPetitionAskReview, ev.AskedOn, ix) {
			return WhyTermOver
		}
	case *RecheckAsked:
		if c.termOver(LimitPetitionAskRecheck, ev.AskedOn, ix) {
			return WhyTermOver
		}
	case *Concluded:
		if ev.Ground == groundNoRequest && !c.termOver(LimitPetitionAskReview, ev.ConcludedOn, ix) &&
			!c.termOver(LimitPetitionAskRecheck, ev.ConcludedOn, ix) {
			return WhyTermRuns
		}
	}
	return ""
}

// termOver reports whether a limit that runs was over on a day.
func (c *Case) termOver(l catalogue.LimitCode, day string, ix Lookup) bool {
	on, err := time.ParseInLocation(time.DateOnly, day, ix.Calendar().Location())
	if err != nil {
		return false
	}
	return slices.ContainsFunc(Limits(c, ix, on), func(r Running) bool { return r.Limit == l && !r.Stopped && !on.Before(r.Due) })
}

// passUp hands the petition to the unit that is asked to review it; those who had
// it go on seeing it. With no unit, an organ outside was asked, and the holder goes
// on recording.
func (f *fold) passUp(a Action, to catalogue.UnitID, l catalogue.LimitCode, day string) Why {
	c := f.c
	if c.mustNotSee(to) {
		return WhyConfidential
	}
	if why := f.move(a, ""); why != "" {
		return why
	}
	f.startOn(l, day)
	if to != "" {
		for _, u := range append([]catalogue.UnitID{c.Holder, c.Lead}, c.Co...) {
			f.join(u)
		}
		c.Co = nil
		f.hand(to, "")
	}
	return ""
}

const redo = "redo" // 责令重新办理

// review moves the petition by what a review or a recheck decided. Where the opinion
// does not stand, it goes back to the unit that gave it.
func (f *fold) review(a Action, decision string) (stands bool, why Why) {
	if decision != redo {
		why = f.move(a, "")
		return why == "", why
	}
	if why = f.move(a, StateHandling); why == "" {
		f.sendBack()
	}
	return false, why
}

// sendBack gives the petition back to the unit whose opinion was set aside, to
// handle it anew.
func (f *fold) sendBack() {
	for _, h := range slices.Backward(f.c.Hands) {
		if h.Lead != "" && !f.c.mustNotSee(h.Lead) && !f.c.mustNotSee(h.Unit) {
			f.hand(h.Unit, h.Lead)
			break
		}
	}
	f.start(LimitPetitionHandle, "")
}
