package casework

import (
	"slices"

	"casedesk/store/catalogue"
)

// Proposal is who should handle a case, with the reasons. A person decides; the
// proposal only fills in the form.
type Proposal struct {
	Action  Action             // ActAssign, or ActHandUp where the town may not act itself
	Lead    catalogue.UnitID   // empty: nobody can be proposed
	Co      []catalogue.UnitID // 协办
	Reasons []Reason
}

// Reason is a sentence of a proposal; store/i18n has it under "propose.<code>".
type Reason struct {
	Code ReasonCode
	Unit catalogue.UnitID // the unit that it speaks of
	Text string           // what it quotes: a document, a day
}

// ReasonCode says why somebody is proposed.
type ReasonCode string

// The reasons.
const (
	ReasonLine        ReasonCode = "line"         // the place's unit whose duties name the category
	ReasonPlace       ReasonCode = "place"        // no duty names the category here: the place's own unit
	ReasonElsewhere   ReasonCode = "elsewhere"    // a unit of another place answers for the category
	ReasonNotCivil    ReasonCode = "not_civil"    // no civil dispute: the line's department, not mediation
	ReasonRegion      ReasonCode = "region"       // across regions: a unit of another region
	ReasonAbove       ReasonCode = "above"        // across regions: who stands above coordinates
	ReasonOtherLine   ReasonCode = "other_line"   // across trades or departments: another line
	ReasonNoOtherLine ReasonCode = "no_other"     // it is across, and no duty names another line
	ReasonClaimed     ReasonCode = "claimed"      // the town claimed the item
	ReasonAgreement   ReasonCode = "agreement"    // and by which agreement (职权交接协议)
	ReasonNotClaimed  ReasonCode = "not_claimed"  // the town never claimed it
	ReasonClaimOver   ReasonCode = "claim_over"   // its claim has ended
	ReasonClaimAhead  ReasonCode = "claim_ahead"  // its claim has not begun
	ReasonRetired     ReasonCode = "item_retired" // the item is no longer delegated
	ReasonItemDuty    ReasonCode = "item_duty"    // a unit's duties name the item
	ReasonFormer      ReasonCode = "former"       // a unit had the item before it was delegated
	ReasonNoDuty      ReasonCode = "no_duty"      // no duty names the unit proposed
	ReasonNobody      ReasonCode = "nobody"       // nobody can be proposed
)

// maxRegions is how many units of other regions a proposal names; of more a
// person has to say which are meant.
const maxRegions = 3

// Propose proposes who handles a case: place first (属地管理), then the line that
// answers for the matter (谁主管谁负责), at the nearest level. day is the one of which
// a delegated matter's claims are asked.
func Propose(c *Case, ix Lookup, day string) Proposal {
	p := proposer{c: c, ix: ix, place: ix.PlaceUnits(catalogue.DivisionCode(c.Value(FieldDivision)))}
	p.Action = ActAssign
	if len(p.place) == 0 {
		p.place = ix.Chain(c.Holder)
	}
	if c.Matter == Delegated {
		p.item(day)
	} else {
		p.line()
	}
	if p.Lead == "" {
		p.say(ReasonNobody, "", "")
	}
	return p.Proposal
}

type proposer struct {
	Proposal
	c     *Case
	ix    Lookup
	place []catalogue.UnitID // the units of the case's place, the nearest first
}

func (p *proposer) say(code ReasonCode, unit catalogue.UnitID, text string) {
	p.Reasons = append(p.Reasons, Reason{code, unit, text})
}

// barred reports whether a unit cannot be proposed: it must not see the case, or
// it was retired.
func (p *proposer) barred(u catalogue.UnitID) bool {
	return p.c.hides(u, p.ix) || !p.ix.IsOffered(catalogue.TableUnits, string(u))
}

// near tells how near a unit stands to the case's place: the lower, the nearer;
// false for one of another place, and for one that cannot be proposed.
func (p *proposer) near(u catalogue.UnitID) (int, bool) {
	if p.barred(u) {
		return 0, false
	}
	i := slices.Index(p.place, u)
	if i < 0 {
		i = slices.Index(p.place, p.ix.Parent(u))
	}
	return i, i >= 0
}

// line proposes by the duties for the category, the most particular one first.
func (p *proposer) line() {
	var here, elsewhere []catalogue.Duty
	seen := map[string]bool{} // a faulty catalogue may close a circle of parents
	for code := p.c.Value(FieldCategory); ; {
		duties := p.ix.Answering(code)
		if len(duties) == 0 || seen[duties[0].Category] {
			break
		}
		seen[duties[0].Category] = true
		var found []catalogue.Duty
		for _, d := range duties {
			if _, near := p.near(d.Unit); near {
				found = append(found, d)
			} else if !p.barred(d.Unit) && p.ix.TownOf(d.Unit) == "" {
				elsewhere = append(elsewhere, d)
			}
		}
		slices.SortStableFunc(found, func(a, b catalogue.Duty) int {
			i, _ := p.near(a.Unit)
			j, _ := p.near(b.Unit)
			return i - j
		})
		here = append(here, found...)
		row, _ := p.ix.Category(duties[0].Category)
		code = row.Parent
	}
	if row, _ := p.ix.Category(p.c.Value(FieldCategory)); row.NotCivil {
		p.say(ReasonNotCivil, "", "")
	}
	if len(here) > 0 {
		p.Lead = here[0].Unit
		p.say(ReasonLine, p.Lead, here[0].Reference)
	} else {
		if p.Lead = p.c.Holder; p.Lead == "" && len(p.place) > 0 && !p.barred(p.place[0]) {
			p.Lead = p.place[0]
		}
		if p.Lead != "" {
			p.say(ReasonPlace, p.Lead, "")
		}
		if len(elsewhere) > 0 {
			p.say(ReasonElsewhere, elsewhere[0].Unit, "")
		}
	}
	p.across(here, elsewhere)
}

// across proposes co-handlers where the case is flagged as one that goes beyond a
// region, a trade or a department.
func (p *proposer) across(here, elsewhere []catalogue.Duty) {
	if p.c.Value(FieldCrossTrade) == "yes" || p.c.Value(FieldCrossDepartment) == "yes" {
		before := len(p.Co)
		for _, d := range here {
			p.with(d.Unit, ReasonOtherLine)
		}
		if len(p.Co) == before {
			p.say(ReasonNoOtherLine, "", "")
		}
	}
	if p.c.Value(FieldCrossRegion) != "yes" {
		return
	}
	if town := p.ix.TownOf(p.c.Registrar); town != "" && !slices.Contains(p.place, town) {
		p.with(town, ReasonRegion)
	}
	if len(elsewhere) <= maxRegions {
		for _, d := range elsewhere {
			p.with(d.Unit, ReasonRegion)
		}
	}
	p.with(p.ix.Parent(p.c.Holder), ReasonAbove)
}

func (p *proposer) with(u catalogue.UnitID, why ReasonCode) {
	if u == "" || u == p.Lead || slices.Contains(p.Co, u) || p.barred(u) {
		return
	}
	p.Co = append(p.Co, u)
	p.say(why, u, "")
}

// item proposes for a delegated matter: may the town act in its own name?
func (p *proposer) item(day string) {
	number := p.c.Value(FieldItem)
	var town catalogue.UnitID
	for _, u := range p.place {
		if town = p.ix.TownOf(u); town != "" {
			break
		}
	}
	if claim, ok := p.ix.Claim(number, town, day); ok {
		if p.Lead = claim.Platform; p.Lead == "" || p.barred(p.Lead) {
			p.Lead = town
		}
		p.say(ReasonClaimed, p.Lead, claim.From)
		if claim.Agreement != "" {
			p.say(ReasonAgreement, town, claim.Agreement)
		}
		p.duty(number)
		return
	}
	p.Action = ActHandUp
	p.unclaimed(number, town, day)
	units := slices.DeleteFunc(Powers(number, p.ix), p.barred)
	if len(units) == 0 {
		return
	}
	p.Lead = units[0]
	for _, u := range units {
		if _, near := p.near(u); near { // of several, the place's own
			p.Lead = u
			break
		}
	}
	if row, _ := p.ix.Item(number); row.Unit == p.Lead {
		p.say(ReasonFormer, p.Lead, "")
	}
	p.duty(number)
}

// unclaimed says why the town may not act in its own name.
func (p *proposer) unclaimed(number string, town catalogue.UnitID, day string) {
	if row, _ := p.ix.Item(number); row.Retired {
		p.say(ReasonRetired, town, "")
		return
	}
	claims := p.ix.Claims(number, town)
	if len(claims) == 0 {
		p.say(ReasonNotClaimed, town, "")
		return
	}
	last := claims[len(claims)-1]
	if last.From > day {
		p.say(ReasonClaimAhead, town, last.From)
	} else {
		p.say(ReasonClaimOver, town, last.Until)
	}
}

// duty says whether the duties name the unit proposed for an item.
func (p *proposer) duty(number string) {
	for _, d := range p.ix.AnsweringItem(number) {
		if d.Unit == p.Lead {
			p.say(ReasonItemDuty, p.Lead, d.Reference)
			return
		}
	}
	p.say(ReasonNoDuty, p.Lead, "")
}
