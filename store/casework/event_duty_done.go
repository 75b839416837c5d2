package casework

import "casedesk/store/catalogue"

// DutyDone records that what a sign of risk asks for was done: how, when, and the
// receipt that shows it. Of the duty to help with a protection order it also says how far
// that is: from when the court has the application, its own time runs (反家庭暴力法 art. 28:
// seventy-two hours, where it is urgent twenty-four), until its decision is noted. At is
// then when the court received it; who does not say, lets it count from the entry.
type DutyDone struct {
	Of      EntryID            `codec:"of" ask:"act=risk,required"`
	Duty    catalogue.DutyCode `codec:"duty" ask:"choice=report_police|protection_order|worker_safety|higher_level|joint_handling|care,required"`
	Result  string             `codec:"result" ask:"longtext,required"`
	At      string             `codec:"at,omitempty" ask:"time,past"`
	Receipt string             `codec:"receipt,omitempty" ask:"text"` // 回执、警情编号
	// Limit is the duty's, as the writer's catalogue has it.
	Limit catalogue.LimitCode `codec:"limit,omitempty"`
	Order string              `codec:"order,omitempty" ask:"choice=applied|urgent|decided,if=protection"`
}

// Num returns NumDutyDone.
func (*DutyDone) Num() Number { return NumDutyDone }

// Kind returns "duty_done".
func (*DutyDone) Kind() string { return string(ActDutyDone) }

// Check finds the form's faults.
func (v *DutyDone) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// WithLimit returns the event with the limit of the duty as the case's sign has it.
func (v *DutyDone) WithLimit(c *Case, ix Lookup) *DutyDone {
	w := *v
	if sign, seen := c.Act(v.Of, ActRisk); seen {
		duty, _ := ix.RiskDuty(sign.Words["sign"], v.Duty)
		w.Limit = duty.Limit
	}
	return &w
}

func (v *DutyDone) apply(f *fold) Why {
	if _, why := f.rule(ActDutyDone); why != "" {
		return why
	}
	if _, seen := f.c.Act(v.Of, ActRisk); !seen {
		return WhyNoSign
	}
	if isDuty(v.Limit) {
		f.stopOf(v.Limit, v.Of)
	}
	if v.Duty == catalogue.ProtectionOrder {
		switch v.Order {
		case "applied":
			f.startAt(LimitProtection, v.At)
		case "urgent":
			f.stop(LimitProtection)
			f.startAt(LimitProtectionUrgent, v.At)
		case "decided":
			f.stop(LimitProtection, LimitProtectionUrgent)
		}
	}
	return ""
}
