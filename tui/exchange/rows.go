package exchange

import (
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// fill makes the rows of the list that is shown. The cursor stays on its entry.
func (s *Screen) fill() {
	at, was := s.row()
	s.rows = s.rows[:0]
	switch s.tab {
	case tabUnsent:
		s.own(s.facts.unsent)
	case tabOwn:
		s.own(s.facts.own)
	case tabHeld:
		for _, h := range s.facts.held {
			s.held(h)
		}
	case tabCame:
		for _, a := range s.facts.came {
			s.came(a)
		}
	}
	s.list.SetLen(len(s.rows))
	for i, r := range s.rows {
		if was && r.id == at.id && r.entry == at.entry {
			s.list.Select(i)
			return
		}
	}
}

// columns are the widths of a row's cells; that of the last is what is left.
func (s *Screen) columns() []int {
	switch s.tab {
	case tabHeld:
		return []int{2, 8, 11, 14}
	case tabCame:
		return []int{9, 16}
	}
	return []int{2, 10, 11, 14}
}

func (s *Screen) own(all []store.OwnRecord) {
	for _, r := range all {
		receipt := r.Receipt
		out := row{id: r.Case, entry: r.UID, said: []string{s.desk.T("receipt." + string(receipt) + ".long")}}
		if receipt == store.Withheld {
			out.said = append(out.said, s.desk.T("exchange.why_held", s.desk.Why(r.Why)))
		}
		mark := s.desk.T("exchange.mark." + string(receipt))
		if s.link.State == store.LinkAlone && receipt == store.SavedHere {
			mark = s.desk.T("exchange.mark_alone") // it waits for nobody
		}
		out.cells = []string{s.desk.Receipt(receipt), mark, s.day(r.At),
			s.desk.Kinds(casework.Line{Kinds: r.Kinds}), s.caseName(r.Case, r.Row)}
		s.rows = append(s.rows, out)
	}
}

// caseName is what a record is about.
func (s *Screen) caseName(id casework.CaseID, r store.Row) string {
	switch {
	case id.IsZero():
		return s.desk.T("exchange.of_log")
	case r.Gone != nil:
		return words.CaseName(r) + s.desk.T("exchange.gone")
	}
	return words.CaseName(r)
}

// held says of what is held why it is, and the way out.
func (s *Screen) held(h store.HeldRecord) {
	d := s.desk
	who := d.Person(h.Line.Actor)
	if h.Own {
		who = d.T("exchange.mine")
	}
	out := row{id: h.Row.ID, entry: h.Line.UID, said: []string{d.T("exchange.why_held", d.Why(h.Line.Why))}}
	if next := "next." + string(h.Line.Why); d.Has(next) {
		out.said = append(out.said, d.T(next))
	}
	if o, ok := d.OfferOf(&h.Case, casework.ActRelease); ok && o.Allowed {
		out.said = append(out.said, d.T("exchange.you_release"))
	} else {
		out.said = append(out.said, d.T("exchange.they_release", d.Unit(h.Case.Holder)))
	}
	out.cells = []string{d.Receipt(store.Withheld), who, s.day(h.Line.At), d.Kinds(h.Line), words.CaseName(h.Row)}
	s.rows = append(s.rows, out)
}

func (s *Screen) came(a store.Arrival) {
	d := s.desk
	what := d.T("exchange.came." + string(a.What))
	if a.What == store.CameNew {
		what = kit.Strong.On(what)
	}
	s.rows = append(s.rows, row{id: a.ID, cells: []string{what, d.When(a.At), words.CaseName(a.Row)},
		said: []string{d.T("exchange.came_said." + string(a.What))}})
}

// day is a moment in eleven cells: the time with the day, without the year.
func (s *Screen) day(t time.Time) string {
	return t.In(s.desk.Now().Location()).Format("01-02 15:04")
}

// today counts what came since midnight.
func (s *Screen) today() map[store.Came]int {
	now := s.desk.Now()
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	n := map[store.Came]int{}
	for _, a := range s.facts.came {
		if !a.At.Before(midnight) {
			n[a.What]++
		}
	}
	return n
}
