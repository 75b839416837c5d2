package agent

import "time"

// Pages are cut to about a second and a half of the line as measured, so that a cut
// costs little and a stamp comes soon.
const (
	aim       = 1500 * time.Millisecond
	firstPage = 16 << 10
	minPage   = 12 << 10
	maxPage   = 640 << 10 // packed pages stay under wire's limit
)

// pace remembers how many bytes a round trip could carry.
type pace struct{ page int }

func newPace() pace { return pace{page: firstPage} }

// note learns from one round trip that carried n bytes in d.
func (p *pace) note(n int, d time.Duration) {
	if n < minPage/2 || d <= 0 {
		return // too little to tell anything about the line
	}
	fits := int(float64(n) * float64(aim) / float64(d))
	// Grow at most threefold at once: one quick answer is no fast line.
	p.page = min(max(min(fits, p.page*3), minPage), maxPage)
}

// halve is for a page that did not get through.
func (p *pace) halve() { p.page = max(p.page/2, minPage) }
