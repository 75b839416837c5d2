// Package casework is the domain: what a case is, what can happen to it, and
// what follows from what happened.
//
// A case is its history. People write entries; an entry carries one or more
// events; Fold turns the entries of a case into a Case. The fold is total: it
// never fails and never drops an entry. What was not allowed where it landed is
// contested, what the county could not admit is held, what this version does
// not know is unknown; all three stay visible in the timeline.
//
// Each kind of matter is declared as a table (table.go, dispute.go): state,
// action, next state, who may, what it asks for, which limit starts or stops.
// Screens, county, command line, help and documents read the tables; none
// repeats them.
//
// The package does no I/O and reads no clock but the time passed in. Its
// callers are store and the county; bytes are the business of package record.
package casework
