package words

import (
	"slices"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

// Desk is what a screen is given: sentences, the time, and the open store. A
// screen before the store is open gets one without it.
type Desk struct {
	*i18n.Words
	// Now is the time that people at this desk go by, in their own zone.
	Now func() time.Time
	// Store is the open profile. Only commands read it; what it keeps in memory
	// (the catalogue, who the person is) may be asked anywhere.
	Store *store.Store
	// Reveal shows phones and numbers of papers in full; else they are masked.
	Reveal bool
	// Cases are the names of other cases, as far as a screen read them.
	Cases map[casework.CaseID]string
}

// Seat is the desk as the parts of the kit know it.
func (d Desk) Seat() kit.Seat { return kit.Seat{Say: d.T, Now: d.Now} }

// Index is the catalogue that the store holds now.
func (d Desk) Index() *catalogue.Index { return d.Store.Catalogue() }

// Unit is the name of a unit, safe to draw.
func (d Desk) Unit(id catalogue.UnitID) string {
	if id == "" {
		return d.T("desk.no_unit")
	}
	return Clean(d.Index().UnitName(id))
}

// Person is the name of who wrote something, safe to draw: a person, or the county itself.
func (d Desk) Person(id catalogue.UserID) string {
	if id == casework.County {
		if county := d.Store.Profile().County; county != nil {
			return Clean(county.Name)
		}
	}
	return Clean(d.Index().PersonName(id))
}

// Place is the name of a place from the county down, safe to draw.
func (d Desk) Place(code catalogue.DivisionCode) string {
	return Clean(d.Index().DivisionPath(code))
}

// Code is the name of a code of a table, safe to draw.
func (d Desk) Code(t catalogue.Table, code string) string {
	return Clean(d.Index().CodeName(t, code))
}

// When is a moment as people at this desk read it: the time of today, else the
// day with the time.
func (d Desk) When(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	now := d.Now()
	t = t.In(now.Location())
	if t.Format(time.DateOnly) == now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// Action is the name of an action or of a kind of event; of one that this
// version does not know, that of an unknown record.
func (d Desk) Action(kind string) string {
	if key := "action." + kind; d.Has(key) {
		return d.T(key)
	}
	return d.T("action.unknown")
}

// Why is the sentence of a reason, "" for none.
func (d Desk) Why(why casework.Why) string {
	if why == "" || !d.Has("why."+string(why)) {
		return ""
	}
	return d.T("why." + string(why))
}

// Refused says why an offer cannot be taken now; "" where it can.
func (d Desk) Refused(c *casework.Case, o casework.Offer) string {
	if o.WhyNot == "" {
		return ""
	}
	if other, may := d.elsewhere(c, o); may {
		return d.T("acting.elsewhere", d.Unit(other))
	}
	return d.RefusedBriefly(c, o.Action, o.WhyNot)
}

// Advice are the lines that tell of an error, with a gutter of their own: what happened,
// whether data is safe, what to do next.
func (d Desk) Advice(err error, w int) []string {
	a := d.Advise(err)
	lines := kit.Signed(kit.Danger, "! ", a.Message, w)
	lines = append(lines, kit.Signed(kit.Plain, "  ", a.Data, w)...)
	return append(lines, kit.Signed(kit.Plain, "  ", a.Next, w)...)
}

// Clean makes text from anybody safe to draw on one line.
func Clean(s string) string { return text.Line(s).String() }

// DraftName is what names the draft of a new case: its title, or how the facts begin,
// with no number of anybody in them; "" where neither is written yet.
func DraftName(draft store.DraftWork) string {
	if title := Clean(draft.Values[string(casework.FieldTitle)]); title != "" {
		return title
	}
	return text.Line(text.MaskNumbers(draft.Values[string(casework.FieldFacts)])).Short(40).String()
}

// Wrap breaks text from anybody into safe lines of prose, of at most w cells, in an ink.
func Wrap(s string, w int, ink kit.Ink) []string { return kit.Wrap(s, w, ink) }

// Matters are the kinds of matter that the person may register, in their order.
func (d Desk) Matters() []casework.Matter {
	var out []casework.Matter
	for _, m := range casework.Matters {
		if slices.ContainsFunc(d.Persons(), func(p casework.Person) bool { return casework.MayRegister(m, p, d.Index()) == "" }) {
			out = append(out, m)
		}
	}
	return out
}

// NoNew says why no new case can be registered here; "" where one can.
func (d Desk) NoNew() string {
	if why := d.ReadsOnly(); why != "" {
		return why
	}
	if len(d.Matters()) == 0 {
		return d.T("list.off_new")
	}
	return ""
}

// MainMatter is the kind that a form for a new case opens on.
func (d Desk) MainMatter() casework.Matter { return casework.MainMatter(d.Store.Person(""), d.Index()) }

// Offer is an action with the unit that it would be done for.
type Offer struct {
	casework.Offer
	Unit catalogue.UnitID
}

// OfferOf is the offer of one action; false where the case's matter has none.
func (d Desk) OfferOf(c *casework.Case, a casework.Action) (Offer, bool) {
	for _, o := range d.Offers(c) {
		if o.Action == a {
			return o, true
		}
	}
	return Offer{}, false
}
