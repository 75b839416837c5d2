// Package mutants proves that the simulator has teeth: it plants faults, one at a
// time, into copies of the program's files and lets sync/sim look for them.
//
//	go test ./cmd/internal/mutants -mutants    # all of them, a table at the end
//	go test ./cmd/internal/mutants             # only that each still fits its file
//
// Nothing of a mutant stands in the program: the compiler is told to read the
// changed copy instead of the file (go build -overlay).
package mutants
