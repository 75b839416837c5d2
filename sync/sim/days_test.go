package sim_test

import (
	"strconv"
	"time"

	"casedesk/store/catalogue"
)

var (
	places = []string{"441621102901", "441621102902", "441621109901", "441602006901", "441621102", "441621109", "441621108"}
	about  = []catalogue.UnitID{"441621102", "441621109", "441621", "jiangdong", "441621-zjj", "441621102901"}
	desks  = []catalogue.UnitID{"441621102", "441621109", "441621", "jiangdong", "441621-zjj", "jiangdong-zjj", "441621102-sfs",
		"441621-jcy", "441621-xfj", "441621-sthjj", "441621102-ft", "441621102-zfw"}
)

// deed is something that can happen.
type deed struct {
	weight int
	do     func(*world, *laptop)
}

// deeds and how often they happen. A table, so that every run says what it did.
var deeds = []deed{
	{9, (*world).register},
	{42, (*world).act},
	{10, (*world).amend},
	{3, (*world).move},
	{4, (*world).confide},
	{1, (*world).handSlip},
	{4, (*world).merge},
	{8, (*world).openDraft},
	{8, (*world).endDraft},
	{34, (*world).exchange},
	{3, (*world).arriveLate},
	{4, (*world).kill},
	{2, (*world).rest},
	{4, (*world).keepCopy},
	{2, (*world).putBack},
	{1, (*world).cloneFile},
	{3, (*world).backUp},
	{2, (*world).restoreCounty},
	{1, (*world).burn},
	{2, (*world).publish},
	{1, (*world).revoke},
	{2, (*world).enrol},
}

// day lets n things happen, in hours of work and nights between them. After each
// of them every mark that any laptop shows is looked at.
func (w *world) day(n int) {
	total := 0
	for _, d := range deeds {
		total += d.weight
	}
	for range n {
		w.pass(time.Duration(w.rand.IntN(1200)) * time.Second)
		if w.chance(12) {
			w.pass(time.Duration(10+w.rand.IntN(8)) * time.Hour)
		}
		w.supervise()
		at := w.rand.IntN(total)
		for _, d := range deeds {
			if at -= d.weight; at < 0 {
				if live := w.live(); len(live) > 0 {
					l := pick(w, live)
					d.do(w, l)
					w.deeds++
					w.checkMarks(l)
				}
				break
			}
		}
	}
}

// supervise lets the county look at what is due; it reports whether something was.
func (w *world) supervise() bool {
	tick, err := w.county.Supervise(ctx, w.time())
	w.ok(err)
	w.looked = w.time()
	if tick.Urged == 0 {
		return false
	}
	w.moved.Store(true)
	w.log("county urges %d", tick.Urged)
	return true
}

// word is a text that was never written before.
func (w *world) word() string {
	w.words++
	text := "第" + strconv.Itoa(w.words) + "句"
	w.pending = append(w.pending, text)
	return text
}

// laptopTime is how long all laptops together were in use.
func (w *world) laptopTime() (sum time.Duration) {
	for _, l := range w.laptops {
		if l.gone {
			sum += l.used
		} else {
			sum += w.time().Sub(l.since)
		}
	}
	return sum
}
