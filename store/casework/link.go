package casework

// linkRules tie a case to others and to the sources that it came from.
func linkRules(phases) []Rule { return nil }

var linkKinds = map[Number]func() Event{}
