// Package kit holds the parts that every screen of the desk is built from: the
// table of keys, the fields and the form, the list, the table and the charts, the
// frame round a screen, and the little machinery that keeps the terminal's cursor on the caret.
//
// What a part needs of the world it is given: words, today's date, text that is
// already clean. Nothing here reads a store, a clock or a file, and nothing
// starts a timer by itself: a part that wants to be called later returns a
// [WaitMsg], and the root model turns it into a tick. A desk on which nothing
// changes therefore draws nothing.
//
// What does not live here: screens (tui/<screen>), what the desk is about
// (store/casework) and sentences (store/i18n; [Sentences] lists the keys that
// this package looks up).
//
// # Cursor
//
// An input method opens its window of candidates where the terminal's real
// cursor stands. So the part that has the focus writes [Mark], which has no
// width, at its caret; [Page.View] finds it once everything is laid out, takes
// it out and puts the cursor there. No part knows where on the screen it lies.
//
// # Width
//
// Cells are counted by x/ansi alone. Chrome is ASCII: signs such as the middle
// dot, arrows and box lines are two cells wide on old Chinese consoles. Charts
// alone have blocks, and ASCII twins for those terminals ([Seat.Plain]).
package kit
