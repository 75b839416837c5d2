package words

import (
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
)

// Moving reports whether an exchange is under way that has something to carry. One that
// only asks whether there is anything is none that a person need see.
func Moving(l store.Link) bool {
	return l.State == store.LinkBusy && l.Sent+l.Received+l.LeftDown > 0 && l.LeftUp+l.LeftDown > 0
}

// AskedToWait reports whether the county itself asked to be left alone for a while.
func AskedToWait(p *casework.Refusal) bool {
	return p != nil && (p.Why == "county_busy" || p.Why == "county_full" || p.Why == "county_trouble")
}

// skewed is how far a clock may be off before the corner says so.
const skewed = 10 * time.Minute

// Corner says in a few words how the desk stands with the county: last is the link as it
// stood when no exchange was under way, off how far the laptop's clock is ahead of the
// county's. It changes only when something did.
func (d Desk) Corner(l, last store.Link, unsent int, off time.Duration) string {
	switch {
	case l.State == store.LinkAlone:
		return d.T("link.alone")
	case Moving(l):
		return d.T("link.moving") // how far it is, the screen of it tells
	}
	line := d.stands(last)
	if unsent > 0 {
		line += "  " + d.T("link.unsent", i18n.Arg("n", unsent))
	}
	if off.Abs() >= skewed {
		line += "  " + d.T("link.clock")
	}
	return line
}

func (d Desk) stands(l store.Link) string {
	if p := l.Problem; p != nil {
		for _, key := range []string{"link.trouble." + string(p.Why), "link.trouble." + string(p.Code)} {
			if d.Has(key) {
				return d.T(key)
			}
		}
	}
	switch l.State {
	case store.LinkStopped:
		return d.T("link.stopped")
	case store.LinkFailed:
		return d.T("link.failed")
	case store.LinkIdle:
		at := l.LastOK.In(d.Now().Location())
		if at.Format(time.DateOnly) == d.Now().Format(time.DateOnly) {
			return d.T("link.synced", at.Format("15:04"))
		}
		return d.T("link.synced", at.Format("01-02 15:04"))
	}
	return d.T("link.offline")
}
