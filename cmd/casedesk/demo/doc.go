// Package demo is a throwaway world on one machine: a county server with real
// TLS and a real ledger, and three laptops that are enrolled with it. It opens
// the desk, or plays a story through the same code. Nothing of it outlives the
// program, and it uses neither network nor keyring.
package demo
