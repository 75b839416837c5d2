package casework

import "casedesk/store/catalogue"

// Entrusted records that a court asked for mediation, before or after it took the case
// on file: thirty days from the day on which its papers were signed for, unless the court set
// another day (特邀调解规定 art. 11, 27). Where it is mediated online they count from its
// acceptance.
type Entrusted struct {
	Court      catalogue.UnitID `codec:"court,omitempty" ask:"unit"`
	Number     string           `codec:"court_number" ask:"text,required"`
	Stage      string           `codec:"court_stage" ask:"choice=before|filing|trial|enforcement,required"`
	ReceivedOn string           `codec:"received_on" ask:"date,required,past"`
	Due        string           `codec:"due,omitempty" ask:"date"`
	Note       string           `codec:"note,omitempty" ask:"longtext"`
	CourtName  string           `codec:"court_name,omitempty" ask:"text"` // of one that has no desk here
	// Online says that it is mediated on the courts' platform (人民法院在线调解规则).
	Online string `codec:"online,omitempty" ask:"choice=yes|no"`
}

// Num returns NumEntrusted.
func (*Entrusted) Num() Number { return NumEntrusted }

// Kind returns "entrust".
func (*Entrusted) Kind() string { return string(ActEntrust) }

// Check finds the form's faults.
func (v *Entrusted) Check(ix Lookup) []Fault {
	return append(checkForm(v, "", ix), oneCourt(v.Court, v.CourtName)...)
}

func (v *Entrusted) apply(f *fold) Why {
	if f.c.mustNotSee(v.Court) {
		return WhyConfidential
	}
	why := f.move(ActEntrust, "")
	if why != "" {
		return why
	}
	f.join(v.Court)
	f.since(f.running(LimitEntrusted), v.ReceivedOn)
	if v.Due != "" {
		f.due(LimitEntrusted, v.Due)
	}
	f.c.Entrustment = Entrustment{By: f.e.UID, Court: v.Court, CourtName: v.CourtName, Number: v.Number, Stage: v.Stage, ReceivedOn: v.ReceivedOn, Online: v.Online == "yes"}
	if f.c.State != StateRegistered {
		f.askOtherSide()
	}
	return ""
}
