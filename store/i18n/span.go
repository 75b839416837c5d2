package i18n

import (
	"fmt"
	"time"
)

// Size is a number of bytes as people read it, rounded up. A thousand bytes are a KB, as
// data plans count them.
func (w *Words) Size(bytes int64) string {
	if bytes < 1000_000 {
		return fmt.Sprintf("%d KB", (bytes+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
}

// Span is a length of time in one unit, as people say it when it need not be exact.
func (w *Words) Span(d time.Duration) string {
	const day = 24 * time.Hour
	round := func(unit time.Duration) int { return int((d + unit/2) / unit) }
	switch d = d.Abs(); {
	case d < time.Minute:
		return w.T("length.under")
	case d < 90*time.Minute:
		return w.T("length.minutes", Arg("n", round(time.Minute)))
	case d < 2*day:
		return w.T("length.hours", Arg("n", round(time.Hour)))
	}
	return w.T("length.days", Arg("n", round(day)))
}
