// Package wire is the protocol between a laptop and its county: requests and
// replies, limits, compression, versions, pinned TLS and the enrolment slip.
//
// One call, exchange, does everything in one round trip: up goes the next page
// of own entries, down come their stamps and the next page of the feeds. The
// package only says what travels; the agent decides when, the county what is
// admitted.
package wire
