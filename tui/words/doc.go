// Package words is the language between the screens of the desk and the root
// model: what a screen is given (Desk), what it may ask of the root (messages),
// and how everybody says what a case is (labels, marks, fields of a form).
//
// Sentences stand in store/i18n and rules in store/casework; here they are put
// together. Screens never import each other and meet in these messages alone.
// What the parts of a screen look like is tui/kit's.
package words
