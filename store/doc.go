// Package store is what lies at rest on a laptop: one profile (a person on a
// machine) in one folder, in one bbolt file of which every value is sealed.
//
// Here live the writing of entries (Append, Import), the taking in of what a
// county sends (Absorb), what is still to be sent (Outbox, Refill), the views
// that screens and commands read (Rows, Case, Find, Drafts), enrolment, and the
// care of the file (Check, Backup, Forget). Not here: networks and their
// encodings (sync), screens (tui), the meaning of events (casework), their bytes
// (record) and the keys (seal).
//
// # What holds
//
// A save is one transaction: entry, folded case, list row, searchable text, log
// head. Append returns nil only after that transaction is on the disk. When a
// commit fails, its outcome is unknown: the file is opened again and read before
// anybody is told anything, and what turns out to be there is committed once more
// (tx.go).
//
// A log is never continued after the file was restored or copied. A witness
// outside the file notices, or the county does; then a new log is opened and the
// work that was not sent is issued again under the same uids (rotate.go).
//
// Names of buckets and keys say nothing: own entries are keyed by log and seq,
// cases by the order of their arrival, others' entries behind their case in that
// order too, so that new keys land together. What finds a case by its id is a
// keyed hash.
//
// Folds and rows are derived. They are made again when the fold, the row or the
// catalogue changes, and Check makes them again to compare.
package store
