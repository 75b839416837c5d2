package casework

// Said is the party's own say on the three items of Rated: on a screen that showed it
// nothing but its question, or with the code of its slip.
type Said struct {
	Way          string    `codec:"way" ask:"choice=face|code,required"`
	Party        ElementID `codec:"party,omitempty" ask:"element"` // whose say it is, where that is known
	Satisfaction string    `codec:"satisfaction" ask:"choice=satisfied|basic|unsatisfied,required"`
	Efficiency   string    `codec:"efficiency" ask:"choice=satisfied|basic|unsatisfied,required"`
	Leader       string    `codec:"leader" ask:"choice=satisfied|basic|unsatisfied,required"`
	Note         string    `codec:"note,omitempty" ask:"longtext,max=500"`
}

// The ways in which a party has its say.
const (
	WayFace = "face" // 当面
	WayCode = "code" // 凭回执码
)

// Num returns NumSaid.
func (*Said) Num() Number { return NumSaid }

// Kind returns "say".
func (*Said) Kind() string { return string(ActSay) }

// Check finds the form's faults.
func (v *Said) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Said) apply(f *fold) Why {
	r := Rating{By: f.e.UID, Satisfaction: v.Satisfaction, Efficiency: v.Efficiency, Leader: v.Leader, Way: v.Way, Party: v.Party}
	switch {
	case f.c.hasSaid(r) && v.Way == WayCode:
		return "" // said again to a county that had lost it: counted once, and nothing to decide
	case f.c.hasSaid(r):
		return WhyRated
	}
	why := f.move(ActSay, "")
	if why == "" {
		f.c.rated(r)
	}
	return why
}

// rated keeps a say with the round in which it was given.
func (c *Case) rated(r Rating) {
	r.Round = c.Round
	c.Ratings = append(c.Ratings, r)
}

// hasSaid reports whether the same say was given already since the case was taken up
// last: by the party in the same way, or by a worker's hand.
func (c *Case) hasSaid(r Rating) bool {
	for _, o := range c.Ratings {
		if o.Round == c.Round && o.Way == r.Way && o.Party == r.Party {
			return true
		}
	}
	return false
}

// onceARound bars a worker from writing the party's say down twice.
var onceARound = Bar{WhyRated, func(c *Case) bool { return c.hasSaid(Rating{}) }}
