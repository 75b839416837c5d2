package text

import "strings"

// Text is text that is safe to draw and to export: valid UTF-8 without control
// characters (but for \n between lines), without characters that reorder,
// hide or carry hidden data, and with a width that every way of measuring
// agrees on. Only this package makes one. The zero value is empty text.
type Text struct{ s string }

// Clean makes safe text of s and keeps its lines.
//
//   - \r\n, \r, U+2028 and U+2029 become \n; \t, \v and \f become a space.
//   - What cannot be seen and changes nothing that can be seen is removed:
//     zero-width spaces and joiners, byte order marks, soft hyphens, variation
//     selectors, skin tones, fillers.
//   - All else that is not a visible character becomes U+FFFD, so that a reader
//     sees that something was there: invalid UTF-8, the other C0 and C1
//     controls (ESC, U+009B), DEL, bidirectional controls, tags, private use,
//     noncharacters, and characters that this version does not know. Unassigned
//     ideographs of planes 2 and 3 are kept: names are written with them.
//   - A character carries at most 8 combining marks; the rest become one U+FFFD.
//     So does a mark without a character before it, and a sequence whose width
//     terminals disagree on (conjoining jamo, Indic conjuncts, half a flag).
//
// Clean(Clean(s).String()) equals Clean(s).
func Clean(s string) Text { return Text{clean(s)} }

// Line is Clean for a place that has one line: newlines become a space.
func Line(s string) Text { return Text{oneLine(clean(s))} }

// Dirty reports whether Clean would change s.
func Dirty(s string) bool { return clean(s) != s }

// String returns the text.
func (t Text) String() string { return t.s }

// IsEmpty reports whether there is nothing to see.
func (t Text) IsEmpty() bool { return strings.TrimSpace(t.s) == "" }

// OneLine returns the text with its newlines turned into spaces.
func (t Text) OneLine() Text { return Text{oneLine(t.s)} }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
