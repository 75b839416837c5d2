package reporttest

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/report"
)

// listers make the reports that list: each row as its number, and what its cells say.
var listers = map[report.Name]func(q *naive, in report.Input) []string{
	"backlog": func(q *naive, _ report.Input) (out []string) {
		q.each(func(i int, c *told) {
			yearOld := time.UnixMilli(q.end()+1).In(zone).AddDate(-1, 0, 0).UnixMilli()
			if !q.open(c) || c.state().Ended() || c.Value(casework.FieldBacklog) != "yes" && c.RegisteredAt.UnixMilli() >= yearOld {
				return
			}
			day, light := c.next()
			out = append(out, line(c.Number, c.title(), units(c.unit()), "|categories|"+c.Value(casework.FieldCategory)+"|", dayOf(c.RegisteredAt.UnixMilli()),
				float64(begun(c.RegisteredAt.UnixMilli(), q.end())), "state."+string(c.state())+"|||", day, light))
		})
		return out
	},
	"changes": func(q *naive, _ report.Input) (out []string) {
		q.each(func(i int, c *told) {
			_, light := c.next()
			note := func(what string, at int64, u catalogue.UnitID) {
				if q.in(at) {
					out = append(out, line(c.Number, dayOf(at), "report.change."+what+"|||", c.title(), units(u), "state."+string(c.state())+"|||", light))
				}
			}
			note("registered", c.RegisteredAt.UnixMilli(), c.unit())
			note("resolved", c.resolved(), c.unit())
			note("closed", c.closed(), c.unit())
			note("reopened", lastOf(c.did(casework.ActReopen)), c.unit())
			for _, l := range c.limits() {
				if !among(nobodys, l) && q.missed(l) {
					note("late", l.Due.UnixMilli(), l.unit)
				}
				for _, at := range l.extended {
					note("extended", at, l.unit)
				}
			}
			for _, a := range c.ActsOf(casework.ActSupervise) {
				note("ordered", c.at(a.By), catalogue.UnitID(a.Words["to"]))
				for _, r := range c.ActsOf(casework.ActReplyOrder) {
					if r.Words["act"] == a.By.String() {
						note("replied", c.at(r.By), catalogue.UnitID(a.Words["to"]))
						break
					}
				}
			}
			for _, r := range c.Ratings {
				note("rated", c.at(r.By), c.unit())
			}
			for _, s := range c.did(casework.ActReturn) {
				note("returned", s.at, s.line.Unit)
			}
		})
		return out
	},
	"work_list": func(q *naive, in report.Input) (out []string) {
		for i := range q.cases {
			c := &q.cases[i]
			if !c.counts() || c.RegisteredAt.UnixMilli() > q.end() {
				continue
			}
			person := func(u catalogue.UnitID) string {
				for _, s := range slices.Backward(c.steps) {
					if s.line.Unit == c.unit() && s.line.Effect == casework.Applied && u == c.unit() {
						return "|people|" + string(s.line.Actor) + "|"
					}
				}
				return "|||"
			}
			shown := false
			var next *lim
			for _, l := range c.limits() {
				if among("confirm petition_ask_review petition_ask_recheck civil_notice court_accept court_decide protection_order protection_order_urgent", l) {
					if l.stop == 0 && among("court_accept court_decide protection_order protection_order_urgent", l) {
						next = sooner(next, l)
					}
					continue
				}
				runs := l.stop == 0 && !l.Due.After(in.Period.To) && l.Start.UnixMilli() <= q.end()
				if l.stop == 0 {
					next = sooner(next, l)
				}
				if !runs && !q.in(l.stop) {
					continue
				}
				shown = shown || runs && l.unit == c.unit()
				if q.below(l.unit) {
					progress := "state." + string(c.state()) + "|||"
					if l.stop != 0 {
						progress = "report.done|||"
					}
					out = append(out, line(c.Number, units(l.unit), "|limits|"+string(l.Limit)+"|", c.title(), person(l.unit), dayOf(l.Due.UnixMilli()-1), progress, string(l.Light)))
				}
			}
			if shown || c.state().Ended() || !q.below(c.unit()) {
				continue
			}
			goal, day, light := "report.goal.outcome|||", "", "none"
			if next != nil && (next.Due.After(in.Period.To) || next.unit == c.unit()) {
				goal, day, light = "|limits|"+string(next.Limit)+"|", dayOf(next.Due.UnixMilli()-1), string(next.Light)
			}
			out = append(out, line(c.Number, units(c.unit()), goal, c.title(), person(c.unit()), day, "state."+string(c.state())+"|||", light))
		}
		return out
	},
	"sample": func(q *naive, in report.Input) (out []string) {
		with := map[string]map[int]bool{} // cases by a text that they have
		byPerson := map[catalogue.UserID][]time.Time{}
		q.each(func(i int, c *told) {
			byPerson[c.RegisteredBy] = append(byPerson[c.RegisteredBy], c.RegisteredAt)
			for _, text := range []string{c.Value(casework.FieldFacts), c.Agreement.Text} {
				if with[text] == nil {
					with[text] = map[int]bool{}
				}
				if !c.Confidential {
					with[text][i] = true
				}
			}
		})
		q.each(func(i int, c *told) {
			worked := false
			for _, s := range c.did(casework.ActRegister, casework.ActContact, casework.ActSettleOnSpot, casework.ActMediate, casework.ActAgree, casework.ActPerform, casework.ActRevisit) {
				worked = worked || q.in(s.at)
			}
			if !worked {
				return
			}
			add := func(why string) {
				out = append(out, line(c.Number, "report.sample."+why+"|||", c.title(), units(c.unit()), "|categories|"+c.Value(casework.FieldCategory)+"|",
					dayOf(c.RegisteredAt.UnixMilli()), "state."+string(c.state())+"|||"))
			}
			sum := sha256.Sum256([]byte("casedesk sample " + in.Period.Name + " " + c.ID.String()))
			if binary.BigEndian.Uint64(sum[:8])%20 == 0 {
				add("drawn")
			}
			near, same := 0, false
			for _, text := range []string{c.Value(casework.FieldFacts), c.Agreement.Text} {
				same = same || !c.Confidential && len([]rune(text)) > 13 && len(with[text]) > 1
			}
			for _, at := range byPerson[c.RegisteredBy] {
				if at.Sub(c.RegisteredAt).Abs() <= 10*time.Minute && q.in(at.UnixMilli()) {
					near++
				}
			}
			if near >= 5 {
				q.t.Fatal("the world of this test has no such bursts")
			}
			if same {
				add("same_text")
			}
			if q.in(c.resolved()) && c.resolved()-c.RegisteredAt.UnixMilli() <= 600_000 && len(c.did(casework.ActPerform)) > 0 {
				add("quick")
			}
		})
		return out
	},
	"zero": func(q *naive, _ report.Input) (out []string) {
		for _, u := range q.ix.Catalogue().Units {
			if u.Kind == catalogue.Department || !q.below(u.ID) {
				continue
			}
			busy := slices.ContainsFunc(q.cases, func(c told) bool {
				return c.counts() && q.in(c.RegisteredAt.UnixMilli()) && (c.Registrar == u.ID || c.unit() == u.ID || c.Holder == u.ID ||
					slices.Contains(q.ix.PlaceUnits(catalogue.DivisionCode(c.Value(casework.FieldDivision))), u.ID))
			})
			if !busy {
				out = append(out, line("", "level."+string(u.Level)+"|||", "report.zero.unknown|||", "")+" "+string(u.ID))
			}
		}
		return out
	},
	"warning": func(q *naive, in report.Input) (out []string) {
		earliest := q.end()
		q.each(func(_ int, c *told) { earliest = min(earliest, c.RegisteredAt.UnixMilli()) })
		const window = int64(30 * 24 * 3600 * 1000)
		windows := 0
		for windows < 6 && q.end()+1-int64(windows+2)*window >= earliest {
			windows++
		}
		for _, dimension := range []string{"category", "town"} {
			now, before := map[string]int{}, map[string]int{}
			q.each(func(_ int, c *told) {
				if !q.before(c.RegisteredAt.UnixMilli()) || c.state() == casework.StateRefused || c.state() == casework.StateConsulted {
					return
				}
				row := q.dimension(dimension, c, "")[0]
				switch age := q.end() - c.RegisteredAt.UnixMilli(); {
				case age < window:
					now[row]++
				case age < window*int64(windows+1):
					before[row]++
				}
			})
			for row, n := range now {
				if average := float64(before[row]) / float64(windows); windows > 0 && n >= 5 && float64(n) >= 2*average {
					out = append(out, line("", "report.warning."+dimension+"|||", "|||", float64(n), float64(before[row]), "", "")+" "+strings.Split(row, "|")[2])
				}
			}
		}
		q.each(func(_ int, c *told) {
			for _, l := range c.limits() {
				if left := l.DaysLeft; !among(nobodys, l) && l.stop == 0 && l.Paused.IsZero() && in.Now.Before(l.Due) && left >= 0 && left <= 3 {
					out = append(out, line(c.Number, "|limits|"+string(l.Limit)+"|", units(l.unit), 1.0, 0.0, dayOf(l.Due.UnixMilli()-1), string(l.Light)))
				}
			}
			next := c.Agreement.NextDue()
			if (c.state() == casework.StateAgreed || c.state() == casework.StateConfirming) && c.Agreement.Done != "full" && next >= dayOf(q.now.UnixMilli()) && next <= dayOf(q.now.AddDate(0, 0, 7).UnixMilli()) {
				out = append(out, line(c.Number, "report.warning.perform|||", units(c.unit()), 1.0, 0.0, next, "yellow"))
			}
		})
		return out
	},
}

// sooner is the limit that is due first of those that run, one that stands still only where
// none else is.
func sooner(a *lim, b lim) *lim {
	if a == nil || !a.Paused.IsZero() && b.Paused.IsZero() || a.Paused.IsZero() == b.Paused.IsZero() && b.Due.Before(a.Due) {
		return &b
	}
	return a
}

// next is the day and the light of the limit that a list shows.
func (c *told) next() (day, light string) {
	var next *lim
	for _, l := range c.limits() {
		if l.stop == 0 && !among("confirm petition_ask_review petition_ask_recheck civil_notice", l) {
			next = sooner(next, l)
		}
	}
	if next == nil {
		return "", "none"
	}
	return dayOf(next.Due.UnixMilli() - 1), string(next.Light)
}

func (c *told) title() string {
	if c.Confidential {
		return "report.secret|||"
	}
	return "|||" + c.Value(casework.FieldTitle)
}

func line(number string, cells ...any) string {
	out := number
	for _, c := range cells {
		out += fmt.Sprint(" ", c)
	}
	return out
}

// compareLists compares the rows of a list, whatever their order.
func compareLists(t *testing.T, s report.Sheet, want []string) {
	t.Helper()
	var got []string
	for r, row := range s.Rows {
		var cells []any
		for c, cell := range row.Cells {
			switch s.KindOf(r, c) {
			case report.Words:
				if s.Columns[c].Name != "no" {
					cells = append(cells, key(cell.Label))
				}
			case report.Count, report.Amount, report.Average:
				cells = append(cells, cell.Value)
			default:
				cells = append(cells, cell.Text)
			}
		}
		text := line(row.Label.Text, cells...)
		if row.Label.Code != "" {
			text += " " + row.Label.Code
		}
		got = append(got, text)
	}
	slices.Sort(got)
	slices.Sort(want)
	for _, text := range got {
		if !slices.Contains(want, text) {
			t.Errorf("%s %s has %q", s.Report, s.Period.Name, text)
		}
	}
	for _, text := range want {
		if !slices.Contains(got, text) {
			t.Errorf("%s %s lacks %q", s.Report, s.Period.Name, text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s %s has %d rows, want %d", s.Report, s.Period.Name, len(got), len(want))
	}
}
