// Package county is the county's half of synchronising: it enrols laptops,
// admits what they write, folds it, delivers it to the units that may see it,
// and survives being restored from a backup.
//
// What the county knows is the entries of the laptops' logs and of its own log
// (catalogues, slips, laptops, epochs). Everything else in the ledger's values
// is derived from them, but for the queue of texts, which alone knows what was sent.
// rows.go lists it.
//
// An exchange runs in three steps. Signatures are checked before anything is
// locked. Then one Update of the ledger judges, stamps and folds what came up
// and extends the feeds of those who may see it. Then a View cuts the pages that
// go down. What is judged here is written in stamps and nowhere judged again.
//
// Rules of the work are not here: package casework says who may do what and who
// gets to see what. Commands and flags are not here either: cmd/countyd wires a
// County to its ledger, key, clock and listener.
package county
