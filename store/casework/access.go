package casework

// accessRules are about who gets to see a case.
func accessRules(phases) []Rule { return nil }

var accessKinds = map[Number]func() Event{}
