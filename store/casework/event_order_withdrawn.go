package casework

// OrderWithdrawn takes an order back (取消督办); only the unit that gave it may. One that
// was answered meanwhile stays answered, and the two words do not contradict each other.
type OrderWithdrawn struct {
	Act    EntryID `codec:"act" ask:"act=supervise,required"`
	Reason string  `codec:"reason" ask:"longtext,required,max=2000"`
}

// Num returns NumOrderWithdrawn.
func (*OrderWithdrawn) Num() Number { return NumOrderWithdrawn }

// Kind returns "withdraw_order".
func (*OrderWithdrawn) Kind() string { return string(ActWithdrawOrder) }

// Check finds the form's faults.
func (v *OrderWithdrawn) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *OrderWithdrawn) apply(f *fold) Why {
	if _, given := f.c.Act(v.Act, ActSupervise); !given {
		return WhyNoOrder
	}
	if line, _ := f.c.Line(v.Act); line.Unit != f.e.Unit {
		return WhyNotGiver
	}
	if _, why := f.rule(ActWithdrawOrder); why != "" && why != WhyNoOrder { // it was answered already
		return why
	}
	f.stopOf(LimitOrder, v.Act)
	return ""
}
