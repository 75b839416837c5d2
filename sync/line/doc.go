// Package line holds tests of the line between laptops and a county: real
// stores, agents, TLS, HTTP and files, and whatever may happen to bytes on their
// way, from a cut at any of them to a laptop or a county that means harm. It has
// no code of its own.
package line
