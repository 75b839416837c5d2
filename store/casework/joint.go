package casework

// jointRules are what units and people do together on a case: meetings, tasks of
// co-handlers, appointments, call-outs, extensions.
func jointRules(phases) []Rule { return nil }

var jointKinds = map[Number]func() Event{}
