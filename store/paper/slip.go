package paper

import (
	"strings"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// Desk is who hands a paper out, and when.
type Desk struct {
	County string         // its name; empty: none
	Unit   catalogue.Unit // zero: a laptop without a county
	Now    time.Time
}

// Receipt is the slip of a case (回执). Its code is known only while the slip is made:
// without one, it says where the code is.
func Receipt(words *i18n.Words, c *casework.Case, ix casework.Lookup, d Desk, code string) Paper {
	w := &writer{Words: words}
	w.centre(w.T("paper.receipt"))
	w.rule()
	head(w, c, ix, d)
	w.label("paper.given", casework.Day(d.Now, ix))
	w.gap()
	switch {
	case code != "":
		w.label("paper.code", strings.ReplaceAll(code, "-", " - "))
	case c.Receipt != "":
		w.label("paper.code", w.T("paper.code_elsewhere"))
	default:
		w.label("paper.code", w.T("paper.code_none"))
	}
	hotline := above(d.Unit, ix).Phone
	w.label("paper.hotline", hotline)
	w.rule()
	w.say("paper.slip.what")
	if hotline != "" {
		w.say("paper.slip.how")
	} else {
		w.say("paper.slip.how_no_phone")
	}
	w.say("paper.slip.secret")
	w.say("paper.slip.void")
	w.say("paper.slip.free")
	return w.Paper
}

// above is the highest unit above one: who answers calls with a code is the county's.
func above(u catalogue.Unit, ix casework.Lookup) catalogue.Unit {
	top := u
	for id := ix.Parent(u.ID); id != ""; id = ix.Parent(id) {
		top, _ = ix.Unit(id)
	}
	return top
}

// head says which case it is and who hands the paper out. The slip of a confidential case
// does not say of what kind it is: at home others read it.
func head(w *writer, c *casework.Case, ix casework.Lookup, d Desk) {
	kind := w.T("matter." + string(c.Matter))
	if c.Confidential {
		kind = w.T("paper.secret_kind")
	}
	w.label("paper.county", d.County)
	w.label("paper.unit", d.Unit.Name)
	w.label("slip.phone", d.Unit.Phone)
	w.label("slip.number", c.Number)
	w.label("slip.registered", casework.Day(c.RegisteredAt, ix))
	w.label("slip.kind", kind)
}
