package casework

import "casedesk/store/catalogue"

// Proposed is a procuratorial proposal to a department (检察建议). Within two months of its
// service, in urgent matters fifteen days, it acts and replies in writing
// (检察公益诉讼解释 art. 21).
type Proposed struct {
	Unit     catalogue.UnitID `codec:"unit" ask:"unit,required"`
	Number   string           `codec:"number,omitempty" ask:"text"`
	Proposal string           `codec:"proposal" ask:"longtext,required"`
	Laws     string           `codec:"laws,omitempty" ask:"text"`
	Urgent   string           `codec:"urgent" ask:"choice=no|yes,required"`
	ServedOn string           `codec:"served_on" ask:"date,past,required"`
}

// Num returns NumProposed.
func (*Proposed) Num() Number { return NumProposed }

// Kind returns "propose".
func (*Proposed) Kind() string { return string(ActPropose) }

// Check finds the form's faults.
func (v *Proposed) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *Proposed) apply(f *fold) Why {
	if f.c.mustNotSee(v.Unit) {
		return WhyConfidential
	}
	if why := f.move(ActPropose, ""); why != "" {
		return why
	}
	limit := LimitReply
	if v.Urgent == "yes" {
		limit = LimitReplyUrgent
	}
	k := f.startAnother(limit, "")
	k.Asked = v.Unit
	f.since(k, v.ServedOn)
	return f.answer(v.Unit)
}
