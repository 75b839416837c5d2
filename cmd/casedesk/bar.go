package main

import (
	"fmt"
	"io"
	"time"

	"casedesk/store/text"
)

// bar shows on one line of a terminal how far something is. One without a
// terminal shows nothing.
type bar struct {
	w     io.Writer
	last  time.Time
	width int // cells that the line takes now
}

// barEvery is the time between two changes of the line.
const barEvery = 100 * time.Millisecond

func newBar(w io.Writer) *bar { return &bar{w: w} }

// show shows a line, now and then; it is asked only when it is to be shown.
func (b *bar) show(line func() string) {
	now := time.Now()
	if b.w == nil || now.Sub(b.last) < barEvery {
		return
	}
	t := text.Line(line())
	fmt.Fprintf(b.w, "\r%s", t.Pad(max(b.width, t.Width())))
	b.last, b.width = now, t.Width()
}

// clear removes the line.
func (b *bar) clear() {
	if b.w != nil && b.width > 0 {
		fmt.Fprintf(b.w, "\r%s\r", text.Line("").Pad(b.width))
		b.width = 0
	}
}
