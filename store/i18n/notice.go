package i18n

import (
	"cmp"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Notice is the slip of an appointment that a worker reads out or copies to a party:
// when, where, what for, and whom to call. It tells no facts of the case. at is in the
// county's time; a purpose that was not given is that there is an appointment.
func (w *Words) Notice(at time.Time, place, purpose string, unit catalogue.Unit) string {
	key := Key("notice.slip")
	switch {
	case unit.Name == "": // a laptop without a county
		key = "notice.slip.alone"
	case unit.Phone != "":
		key = "notice.slip.phone"
	}
	say := func(s string) string { return text.Clean(s).String() }
	return w.T(key, Arg("when", at.Format("2006-01-02 15:04")), Arg("place", say(place)),
		Arg("purpose", say(cmp.Or(purpose, w.T("action.appoint")))), Arg("unit", say(unit.Name)), Arg("phone", say(unit.Phone)))
}
