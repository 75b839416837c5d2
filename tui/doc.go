// Package tui is the desk's root model: it holds the stack of screens, the keys
// that work everywhere, the line that tells of the county, and the lock.
//
// Screens are packages of their own that never import each other; this one
// introduces them (screens.go). They say what they want in the messages of
// tui/words. Whatever a screen's command answers goes to that screen alone, and
// nowhere once it has been left.
//
// Nothing in here does I/O. A desk can be put into another model: give it a
// tea.WindowSizeMsg with the room that it has, hand all messages through, tag
// its commands by Route where there are several, and draw its View. It keeps
// nothing outside of itself but how the terminal is drawn on (kit.Use), which is one for the
// whole program.
package tui
