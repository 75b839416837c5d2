package exchange

import (
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// fewest is how many rows of a list are seen however much is to be said above it.
const fewest = 4

// Page shows how it stands, the facts, and a list.
func (s *Screen) Page(w, h int) kit.Page {
	r, chosen := s.row()
	status := ""
	if chosen {
		status = s.sentences(r.said)
	}
	extra := min(3, max(0, len(words.Wrap(status, w-2, kit.Plain))-1)) // lines that the status takes of the body
	room := h - extra - fewest - 1
	body := s.state(w)
	for _, fact := range s.lines(w) {
		if len(body)+len(fact) > room {
			break
		}
		body = append(body, fact...)
	}
	if len(body) < room {
		body = append(body, "")
	}
	body = append(body[:min(len(body), room+1)], s.tabLine(w))
	s.list.SetHeight(h - extra - len(body))
	switch {
	case !s.facts.read:
	case s.facts.err != nil:
		body = append(body, s.desk.Advice(s.facts.err, w-2)...)
	case len(s.rows) == 0:
		body = append(body, kit.Mark+"  "+s.desk.T("exchange.none."+names[s.tab]))
	default:
		columns := s.columns()
		body = append(body, s.list.Lines(w, true, func(i, w int) string { return line(s.rows[i].cells, columns, w) })...)
	}
	return kit.Page{Title: s.desk.T("exchange.title"), Body: body, Status: status}
}

// sentences joins sentences as the language does.
func (s *Screen) sentences(all []string) string {
	if s.desk.Lang() == i18n.EN {
		return strings.Join(all, " ")
	}
	return strings.Join(all, "")
}

var names = [tabs]string{"unsent", "own", "held", "came"}

// line lays cells side by side; the last gets what is left.
func line(cells []string, columns []int, w int) string {
	var out strings.Builder
	for i, c := range cells {
		if i < len(columns) {
			out.WriteString(kit.Fit(c, columns[i]) + " ")
			w -= columns[i] + 1
			continue
		}
		out.WriteString(words.Short(c, max(0, w)))
	}
	return out.String()
}

// tabLine shows the lists with how many each has; on the last one, what came today.
func (s *Screen) tabLine(w int) string {
	f := &s.facts
	unsent := f.out.Entries
	if s.moving() {
		unsent = s.link.LeftUp
	}
	counts := [tabs]int{unsent, 0, len(f.held), len(f.came)}
	var labels []string
	for i, name := range names {
		label := " " + s.desk.T("exchange.tab."+name, counts[i]) + " "
		if tab(i) == s.tab {
			label = kit.Strong.On("[" + label + "]")
		}
		labels = append(labels, label)
	}
	line := strings.Join(labels, " ")
	if s.tab == tabCame {
		n := s.today()
		said := "   " + s.desk.T("exchange.came_today", n[store.CameNew], n[store.CameChanged], n[store.CameWithdrawn])
		if kit.Width(line+said) <= w {
			line += said
		}
	}
	return kit.Fit(line, w)
}

// state says in a sentence or two how it stands: what is under way, or what troubles.
func (s *Screen) state(w int) []string {
	d, l := s.desk, s.link
	say := func(ink kit.Ink, text string) (lines []string) {
		for _, line := range words.Wrap(text, w-4, ink) {
			lines = append(lines, "  "+line)
		}
		return lines
	}
	if l.State == store.LinkAlone {
		return append(say(kit.Strong, d.T("exchange.alone")), say(kit.Plain, d.T("exchange.alone_next"))...)
	}
	if s.moving() {
		return append(say(kit.Strong, d.T("exchange.busy", l.Sent, l.Received, l.LeftUp, l.LeftDown)), "  "+s.progress(w-4))
	}
	var out []string
	switch l = s.last; {
	case l.Problem != nil:
		a := d.Advise(l.Problem)
		ink := kit.Danger
		if l.State == store.LinkOffline {
			ink = kit.Warning
		}
		out = append(say(ink, "! "+a.Message), say(kit.Plain, s.sentences([]string{a.Data, a.Next}))...)
		if county := d.Store.Profile().County; l.State == store.LinkOffline && county != nil && !l.Tried.IsZero() {
			out = append(out, say(kit.Plain, d.T("exchange.tried", d.When(l.Tried), county.Address))...)
		}
	case l.State == store.LinkStopped:
		out = say(kit.Warning, d.T("exchange.stopped"))
	case s.facts.read && s.facts.out.Entries > 0:
		out = say(kit.Warning, d.T("exchange.waiting", i18n.Arg("n", s.facts.out.Entries)))
	case l.LastOK.IsZero():
		out = say(kit.Strong, d.T("exchange.first"))
	case s.facts.read:
		out = say(kit.Green, d.T("exchange.even"))
	}
	return append(out, s.clock(say)...)
}

// slight is how far a clock may be off before it is worth a word.
const slight = 3 * time.Minute

// clock says that this laptop's clock is wrong, and that its disk is full.
func (s *Screen) clock(say func(kit.Ink, string) []string) (out []string) {
	d := s.desk
	if s.off.Abs() >= slight {
		key := "exchange.clock_fast"
		if s.off < 0 {
			key = "exchange.clock_slow"
		}
		out = append(say(kit.Warning, "! "+d.T(key, d.Span(s.off))), say(kit.Plain, d.T("exchange.clock_means"))...)
	}
	if s.low {
		out = append(out, say(kit.Danger, "! "+d.T("exchange.disk_low"))...)
	}
	return out
}

// progress is the bar of an exchange, with what it has carried and what is left.
func (s *Screen) progress(w int) string {
	l := s.link
	done, all := l.Sent+l.Received, l.Sent+l.Received+l.LeftUp+l.LeftDown
	parts := []string{s.desk.T("exchange.moved", s.desk.Size(l.Bytes))}
	if l.BytesLeft > 0 {
		parts = append(parts, s.desk.T("exchange.bytes_left", s.desk.Size(l.BytesLeft)))
	}
	switch {
	case l.TimeLeft <= 0:
	case l.TimeLeft < time.Minute:
		parts = append(parts, s.desk.T("exchange.time_soon"))
	default:
		parts = append(parts, s.desk.T("exchange.time_left", s.desk.Span(l.TimeLeft)))
	}
	said := strings.Join(parts, s.desk.T("exchange.comma"))
	bar := s.desk.Seat().ShareBar(float64(done), float64(all), max(4, min(24, w-kit.Width(said)-2)))
	return bar + "  " + said
}

// labelled is a fact beside its name, on as many lines as it takes.
func (s *Screen) labelled(w int, key, text string) []string {
	label := 10
	if s.desk.Lang() == i18n.EN {
		label = 14
	}
	var out []string
	name := s.desk.T(key)
	for _, line := range words.Wrap(text, w-label-4, kit.Plain) {
		out = append(out, "  "+kit.Fit(name, label)+line)
		name = ""
	}
	return out
}

// lines are the facts, the most important first.
func (s *Screen) lines(w int) [][]string {
	d, f := s.desk, &s.facts
	county := d.Store.Profile().County
	if county == nil || !f.read {
		return nil
	}
	var out [][]string
	whom := words.Clean(county.Name) + "  " + words.Clean(county.Address)
	wrong := s.last.Problem != nil && s.last.Problem.Code == casework.CodeWrongCounty
	if wrong { // what is to be compared
		out = append(out, s.labelled(w, "exchange.county", whom+d.T("exchange.fingerprint", county.Fingerprint)))
	}
	if !s.moving() { // an exchange under way is told above
		out = append(out, s.labelled(w, "exchange.out", s.waiting()))
		has := d.T("exchange.in_some", f.out.Delivered, f.out.Delivered-f.out.BackedUp, f.out.BackedUp)
		if !f.out.Upto.At.IsZero() {
			has += d.T("exchange.in_upto", s.day(f.out.Upto.At), d.Kinds(casework.Line{Kinds: f.out.Upto.Kinds}))
		}
		out = append(out, s.labelled(w, "exchange.in", has))
	}
	heard := d.T("exchange.never")
	if t := s.link.LastOK; !t.IsZero() {
		heard = d.When(t)
		if ago := d.Now().Sub(t); ago >= longAgo {
			heard = d.T("exchange.heard_at", heard, d.Span(ago))
		}
	}
	out = append(out, s.labelled(w, "exchange.heard", heard))
	if !s.moving() {
		out = append(out, s.labelled(w, "exchange.next", s.next()))
	}
	if !wrong {
		out = append(out, s.labelled(w, "exchange.county", whom))
	}
	if f.out.Drafts > 0 {
		out = append(out, s.labelled(w, "exchange.drafts", d.T("exchange.drafts_some", f.out.Drafts)))
	}
	return out
}

// longAgo is when it helps to be told how long ago something was.
const longAgo = 10 * time.Minute

// waiting says what waits to be sent.
func (s *Screen) waiting() string {
	d, o := s.desk, s.facts.out
	if o.Entries == 0 {
		return d.T("exchange.out_none")
	}
	said := d.T("exchange.out_some", o.Entries, o.Cases)
	if o.Cases == 0 {
		said = d.T("exchange.out_log", o.Entries)
	}
	if s.facts.bytes > 0 {
		said += d.T("exchange.out_size", d.Size(s.facts.bytes))
	}
	if waited := d.Now().Sub(o.Oldest); waited >= time.Minute {
		said += d.T("exchange.out_oldest", d.Span(waited))
	}
	return said
}

// next says when the agent tries again; what comes within the minute is not counted.
func (s *Screen) next() string {
	d, l := s.desk, s.last
	switch {
	case l.Next.IsZero():
		return d.T("exchange.next_none")
	case l.State == store.LinkStopped:
		return d.T("exchange.next_stopped", d.When(l.Next))
	case l.Next.Sub(d.Now()) <= time.Minute:
		return d.T("exchange.next_soon")
	case words.AskedToWait(l.Problem):
		return d.T("exchange.next_told", d.When(l.Next))
	}
	return d.T("exchange.next_at", d.When(l.Next))
}
