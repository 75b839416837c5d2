package casework

// Rated is the party's say as a worker wrote it down, on three items: satisfaction,
// speed, the person in charge (“对化解满意度、调解效率、责任领导等进行评价”). What the party
// says itself is Said.
type Rated struct {
	Satisfaction string `codec:"satisfaction" ask:"choice=satisfied|basic|unsatisfied,required"`
	Efficiency   string `codec:"efficiency" ask:"choice=satisfied|basic|unsatisfied,required"`
	Leader       string `codec:"leader" ask:"choice=satisfied|basic|unsatisfied,required"`
	Note         string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumRated.
func (*Rated) Num() Number { return NumRated }

// Kind returns "rate".
func (*Rated) Kind() string { return string(ActRate) }

// Check finds the form's faults.
func (v *Rated) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Rated) apply(f *fold) Why {
	why := f.move(ActRate, "")
	if why == "" {
		f.c.rated(Rating{By: f.e.UID, Satisfaction: v.Satisfaction, Efficiency: v.Efficiency, Leader: v.Leader})
	}
	return why
}
