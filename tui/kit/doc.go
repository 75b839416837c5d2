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
// # Looks
//
// All screens share one grid (space.go). A bar (title, tabs, search line, status, footer)
// begins after one cell; everything between the bars that is read begins after two. Those
// two are the gutter: nothing stands in it but signs, ">" at the cursor, "*" at what must be
// filled in, "!" at what is wrong, so that an eye that goes down it misses none. What belongs
// to the line above is set in by two more, pieces of a line are two apart, and parts of a page
// are parted by one blank line, never two. Prose and fields are no wider than a hundred cells;
// tables and lists take all there is, and beside a list on a wide screen stands what is
// under its cursor ([Aside]).
//
// A text has one of four weights: strong, plain, quiet, chosen. Colours have names for what
// they say (meaning.go) and never say it alone. There is one of each part:
//
//	prose, facts, headings   [Sheet], [Wrap], [Signed], [Fact], [Section], [Columns]
//	a list, a table          [List], [Grid]
//	a question               [Dialog], [Choices]
//	a form                   [Form] and its fields
//	charts                   [Seat.Bars], [Seat.Trend], [Seat.ShareBar], heat in a [Grid]
//	keys and the frame       [Table], [Page]
//
// casedesk gallery shows them all in all their states.
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
