package kit

// What inks say, whatever colour they are drawn in. A screen names these; the lights of
// limits alone are colours by law and name the colours themselves. Beside each stands a
// sign or a word that says the same:
//
//	Danger   "!"  what is overdue, refused or may be lost
//	Warning  "!"  or "?": what wants a look before it goes on
//	Good     a word: what is done, delivered, in time
//	Info     a word: what is new, of another kind
//	Waiting  a word: what stands still
const (
	Danger  = Red
	Warning = Yellow
	Good    = Green
	Info    = Cyan
	Waiting = Blue
)

// The four weights of a text are Strong (headings, what was saved, keys), Plain, Quiet
// and Chosen (where the cursor is). Quiet is faint, which some terminals draw as Plain and
// some, on blue, hardly at all: nothing is in it that anybody needs, only the words in an
// empty field that its hint tells as well.
