// Package agent is the laptop's half of synchronising: it notices a connection,
// exchanges pages with the county until neither side has more, backs off when
// it cannot, and reports to the store, where the desk reads it. Typing never
// waits for it.
//
// It decides when and how much; what an entry means is casework's business, how
// a page is taken in the store's, what travels wire's.
package agent
