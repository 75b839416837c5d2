package casework

import (
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Progress is how far a case has come, as its party is told: of who did what, and of
// what anybody said, it tells nothing.
type Progress string

// The steps of a case in a party's eyes.
const (
	ProgressIntake    Progress = "intake"    // registered, not yet taken up
	ProgressAssess    Progress = "assess"    // it is being found out who handles it
	ProgressRoute     Progress = "route"     // handed to a unit that is to sign for it
	ProgressHandle    Progress = "handle"    // somebody handles it
	ProgressJoint     Progress = "joint"     // several units do
	ProgressWaits     Progress = "waits"     // it waits for something outside
	ProgressResult    Progress = "result"    // a result is there
	ProgressFailed    Progress = "failed"    // mediation led nowhere
	ProgressRefused   Progress = "refused"   // it was not taken up
	ProgressEnded     Progress = "ended"     // it has come to its end
	ProgressElsewhere Progress = "elsewhere" // it goes on in another case of the same dispute
	ProgressVoided    Progress = "voided"    // it was registered by mistake
)

// ProgressOf returns how far the case has come.
func ProgressOf(c *Case) Progress {
	switch c.State {
	case StateSuspended:
		return ProgressWaits
	case StateFailed:
		return ProgressFailed
	case StateRefused:
		return ProgressRefused
	case StateMerged:
		return ProgressElsewhere
	case StateVoided:
		return ProgressVoided
	}
	if c.Ended() {
		return ProgressEnded
	}
	switch c.Stage() {
	case StageIntake:
		return ProgressIntake
	case StageAssess:
		return ProgressAssess
	case StageRoute:
		return ProgressRoute
	case StageHandle:
		return ProgressHandle
	case StageJoint:
		return ProgressJoint
	}
	return ProgressResult
}

// inside are limits that are none of a party's: what it does itself, and what comes
// after its matter is settled.
var inside = append(limits{LimitRevisit, LimitRate, LimitPetitionAskReview, LimitPetitionAskRecheck}, rights...)

// PartyDay returns the last day of the limit that is due first, of those that a party may
// be told: whose length the county's table sets. A day that the case itself fixes, such as
// an agreement's or an order's, says something of the case and is not told.
func PartyDay(c *Case, ix Lookup, now time.Time) (day time.Time, ok bool) {
	for _, k := range c.Clocks {
		if k.Due != "" || !k.Stop.IsZero() || slices.Contains(inside, k.Limit) {
			continue
		}
		r, known := runningOf(k, c.Value(FieldCategory), ix, now)
		if !known || !r.Paused.IsZero() {
			continue
		}
		if last := ix.Calendar().LastDay(r.Due); !ok || last.Before(day) {
			day, ok = last, true
		}
	}
	return day, ok
}

// MaySay returns why a say cannot be given now, or "": once in a way by a party each
// time that the case has come to its result.
func (c *Case) MaySay(way string, party ElementID) Why {
	t, _ := TableOf(c.Matter)
	switch {
	case c.hasSaid(Rating{Way: way, Party: party}):
		return WhyRated
	case t != nil && t.allows(ActSay, c.State):
		return ""
	case c.State == StateMerged:
		return WhyGoesOn
	case c.Round > 0 && !c.Ended():
		return WhyTakenUp
	}
	return WhyNoResult
}

// allows reports whether the table has a rule for an action in a state.
func (t *Table) allows(a Action, s State) bool { _, ok := t.Rule(a, s); return ok }

// saidWell judges a say that a worker's laptop brings: whose it is must be a party's of the
// case, and with the slip's code only the party itself has its say, at the county.
func saidWell(c *Case, ev Event) Why {
	switch said, ok := ev.(*Said); {
	case !ok:
		return ""
	case said.Way == WayCode:
		return WhyByCode
	case said.Party != (ElementID{}) && c.party(said.Party) < 0:
		return WhyNoParty
	}
	return ""
}

// InHand is the unit that a party turns to: who handles the case, or answers for it.
func (c *Case) InHand() catalogue.UnitID {
	if c.Lead != "" {
		return c.Lead
	}
	return c.Holder
}
