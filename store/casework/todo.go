package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Turn returns the units whose turn it is to act on the case. A suspended one
// stays with those that had it, so that nobody forgets it.
func Turn(c *Case) []catalogue.UnitID {
	out := append(stateTurn(c), c.askedOf()...)
	if c.Open() > 0 || len(c.HeldNow) > 0 {
		out = append(out, c.Holder)
	}
	return out
}

// stateTurn returns the units whose turn it is by the case's state alone: they bring it on.
func stateTurn(c *Case) []catalogue.UnitID {
	var out []catalogue.UnitID
	turn := c.row().Turn
	if turn&Lead != 0 && c.Lead != "" {
		out = append(out, c.Lead)
	} else if turn&Lead != 0 { // nobody leads any more: who answers for it finds another
		out = append(out, c.Holder)
	}
	if turn&CoHandler != 0 {
		out = append(out, c.Co...)
	}
	if turn&Holder != 0 {
		out = append(out, c.Holder)
	}
	if turn&Registrar != 0 && c.Told == "" { // the first desk tells the parties what became of it
		out = append(out, c.Registrar)
	}
	if turn&Guest != 0 {
		out = append(out, c.Joined...)
	}
	return out
}

// Todo reports whether the case waits for this person: it is her unit's turn, or that
// of one that cannot act and that hers stands in for, and her role acts on it, an act of her own is held or contested, something is
// held that she may release, or somebody looks into it by 应急查阅 and her unit has
// not said a word to that.
func Todo(c *Case, p Person, ix Lookup) bool {
	if len(c.HeldNow) > 0 && !p.Alone && Allowed(c, p, ActRelease, ix) == "" {
		return true
	}
	if !c.Exists() {
		return false
	}
	for _, l := range c.Timeline {
		waiting := slices.Contains(c.HeldNow, l.UID) || slices.Contains(c.Contested, l.UID)
		if waiting && l.Actor == p.User {
			return true
		}
	}
	if owes(c, p, ix) || c.unheeded(p.Unit) && Allowed(c, p, ActNote, ix) == "" {
		return true
	}
	if !p.Alone && !slices.Contains(Turn(c), p.Unit) && !standsIn(c, p.Unit, ix) {
		return false
	}
	if len(c.Contested) > 0 && Allowed(c, p, ActSettle, ix) == "" {
		return true // what came too late for a case that has ended waits all the same
	}
	if c.Ended() {
		return false
	}
	t, ok := TableOf(c.Matter)
	if !ok || c.Unknown > 0 {
		return false
	}
	for _, r := range t.Rules { // what bars the way on, such as an answer that a court waits for, is hers to clear
		moves := r.moves() || r.Action == ActReply && c.Told == "" && c.row().Turn&Registrar != 0
		if moves && slices.Contains(r.From, c.State) && May(c, c.Hand(), p, r.Action, ix) == "" {
			return true
		}
	}
	return false
}

// moves reports whether the rule brings a case on its way.
func (r *Rule) moves() bool { return r.To != "" && r.Action != ActVoid && r.Action != ActReopen }
