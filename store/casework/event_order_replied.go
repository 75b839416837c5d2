package casework

// OrderReplied answers an order: what was done about it. One that was withdrawn meanwhile
// keeps the reply.
type OrderReplied struct {
	Act  EntryID `codec:"act" ask:"act=supervise,required"`
	Text string  `codec:"text" ask:"longtext,required,max=2000"`
}

// Num returns NumOrderReplied.
func (*OrderReplied) Num() Number { return NumOrderReplied }

// Kind returns "reply_order".
func (*OrderReplied) Kind() string { return string(ActReplyOrder) }

// Check finds the form's faults.
func (v *OrderReplied) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

// apply takes a reply of the unit that was ordered; a laptop without a county has no unit
// and replies for all.
func (v *OrderReplied) apply(f *fold) Why {
	order, given := f.c.Act(v.Act, ActSupervise)
	if !given {
		return WhyNoOrder
	}
	if f.e.Unit != "" && string(f.e.Unit) != order.Words["to"] {
		return WhyNotAsked
	}
	if _, why := f.rule(ActReplyOrder); why != "" && why != WhyNoOrder { // it waits no longer
		return why
	}
	f.stopOf(LimitOrder, v.Act)
	return ""
}
