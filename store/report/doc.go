// Package report makes figures of cases: lists with lights, rates, cross tables. It is
// pure: the same facts, tables and moment give the same sheet, on a laptop and at the
// county.
//
// A Fact is what the figures need of one case, taken from its fold once (FactOf): a
// county keeps the facts of all its cases beside them, a laptop makes them when it is
// asked. A report (Find) turns facts, a Period and a moment into a Sheet: rows of cells,
// each of which knows the cases that it counts.
//
// Formulas are those of the reports that counties hand in (see formula.go): each says
// what it divides by and what it leaves out; what is divided by nothing is no number.
// Nothing here ranks people, and nothing counts a petition against anybody.
package report
