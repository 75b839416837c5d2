package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"casedesk/store/text"
)

// buffer is a text with a caret, which is edited sign by sign: a sign is what people see
// as one, however many code points it takes. It is always clean, which what is put in may
// change before the caret and behind it.
type buffer struct {
	value string
	at    int // the caret, in bytes; always between two signs
}

// cleaner is how a text is made clean: text.Line or text.Clean.
type cleaner func(string) text.Text

// insert puts s at the caret. What is typed may join the sign before it, or the one
// after: the caret goes behind both.
func (b *buffer) insert(clean cleaner, s string) {
	head := clean(b.value[:b.at] + s).String()
	b.value = clean(head + b.value[b.at:]).String()
	b.caretFrom(len(head))
}

func (b *buffer) remove(clean cleaner, from, to int) {
	b.value = clean(b.value[:from] + b.value[to:]).String()
	b.caretFrom(from)
}

// place puts the caret behind the first n bytes.
func (b *buffer) place(n int) { b.caretFrom(min(n, len(b.value))) }

// caretFrom puts the caret on the first place between two signs from i on.
func (b *buffer) caretFrom(i int) {
	b.at = b.begin(min(i, len(b.value)))
	for b.at < i && b.at < len(b.value) {
		b.at = b.next(b.at)
	}
}

// begin is where the line of i begins.
func (b *buffer) begin(i int) int { return strings.LastIndexByte(b.value[:i], '\n') + 1 }

// end is where the line of i ends.
func (b *buffer) end(i int) int {
	if n := strings.IndexByte(b.value[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(b.value)
}

func (b *buffer) next(at int) int {
	sign, _ := ansi.FirstGraphemeCluster(b.value[at:], ansi.GraphemeWidth)
	return at + len(sign)
}

func (b *buffer) prev(at int) int {
	i := b.begin(at)
	if i == at { // the line before
		return max(0, at-1)
	}
	for n := b.next(i); n < at; n = b.next(i) {
		i = n
	}
	return i
}

func (b *buffer) wordLeft() int {
	before := strings.TrimRightFunc(b.value[:b.at], unicode.IsSpace)
	i := strings.LastIndexFunc(before, unicode.IsSpace)
	if i < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(before[i:])
	return i + size
}

func (b *buffer) wordRight() int {
	after := b.value[b.at:]
	rest := strings.TrimLeftFunc(after, unicode.IsSpace)
	i := strings.IndexFunc(rest, unicode.IsSpace)
	if i < 0 {
		return len(b.value)
	}
	return b.at + len(after) - len(rest) + i
}

// edit does what a key does to a text, whatever it stands in, and reports whether it is
// such a key.
func (b *buffer) edit(clean cleaner, key string) bool {
	switch key {
	case "left", "ctrl+b":
		b.at = b.prev(b.at)
	case "right", "ctrl+f":
		b.at = b.next(b.at)
	case "ctrl+left", "alt+left":
		b.at = b.wordLeft()
	case "ctrl+right", "alt+right":
		b.at = b.wordRight()
	case "home", "ctrl+a":
		b.at = b.begin(b.at)
	case "end", "ctrl+e":
		b.at = b.end(b.at)
	case "backspace", "ctrl+h":
		b.remove(clean, b.prev(b.at), b.at)
	case "delete", "ctrl+d":
		b.remove(clean, b.at, b.next(b.at))
	case "ctrl+w", "alt+backspace":
		b.remove(clean, b.wordLeft(), b.at)
	case "ctrl+u":
		b.remove(clean, b.begin(b.at), b.at)
	case "ctrl+k":
		b.remove(clean, b.at, b.end(b.at))
	default:
		return false
	}
	return true
}
