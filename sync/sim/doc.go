// Package sim holds no code, only the proof of what docs/sync-model.md promises:
// random office days of several laptops and one county in one process, with the
// real stores, agents, files and handlers, in which lines are cut, answers get
// lost, machines die and files are put back, until everything is connected again
// and nothing may be missing, doubled or shown to the wrong unit.
//
// A run is named by its seed and goes the same way every time:
//
//	go test ./sync/sim -sim.seeds=500          # more seeds
//	go test ./sync/sim -sim.seed=17 -v         # one seed; -sim.trace tells all that happened
//	CASEDESK_SOAK=1h go test ./sync/sim -run 'TestOffice$' -timeout 2h   # fresh seeds for an hour
//
// cmd/internal/mutants plants faults for it to find.
package sim
