// Package record is an entry's one encoded form: on disk, on the wire, in the
// county's ledger and in a bundle. It also holds the deterministic CBOR
// that every other stored or sent value is written in: RFC 8949 with definite
// lengths, shortest heads, and the keys of maps in the order of their bytes.
//
// An entry is a signed header, a salt and a body of events. The header commits
// to salt and body by a hash, so that both can be destroyed (a purge) while the
// chain and the signatures still verify. An entry is never encoded again:
// whoever passes it on passes the bytes on, so that what a newer version wrote
// survives an older one.
package record
