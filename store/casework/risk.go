package casework

// riskRules are about signs of risk in a case, never of a person, and the duties
// that follow from them.
func riskRules(phases) []Rule { return nil }

var riskKinds = map[Number]func() Event{}
