package boltledger

import bolt "go.etcd.io/bbolt"

// DB lends the present handle to tests that make it fail.
func DB(l *Ledger) *bolt.DB { return l.db }
