// Package hostile holds the test that no text of anybody's, on whatever way it
// came, reaches a terminal as anything but text. It has no code of its own.
package hostile
