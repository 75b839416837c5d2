package detail

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// called is what another case is called: its 案号 where that is known, else its id.
func (d *pen) called(t store.Tie) string {
	switch {
	case t.Row != nil:
		return words.Clean(t.Row.Number)
	case t.Source != nil && t.Source.Number != "":
		return words.Clean(t.Source.Number)
	}
	return t.Case.String()
}

// tied draws a line about another case, which Enter opens where it is here.
func (d *pen) tied(t store.Tie, said string) {
	l := line{text: kit.Fit(said, d.w)}
	if t.Row != nil {
		l.tie = &t
	} else {
		l.text = kit.Fit(said+"  "+d.desk.T("detail.not_here"), d.w)
	}
	d.put(l)
}

// title is the other case's, where it is here.
func (d *pen) title(t store.Tie) string {
	if t.Row == nil {
		return ""
	}
	return "  " + words.Short(t.Row.Title, 30)
}

// merged says where the case goes on.
func (d *pen) merged() {
	for _, t := range d.ties {
		if t.Kind != store.TieInto {
			continue
		}
		d.tied(t, kit.Warning.On(d.desk.T("detail.into", d.called(t)))+d.title(t))
		if t.Lost && t.Row != nil {
			d.tied(t, kit.Warning.On("! "+d.desk.T("detail.into_lost", d.called(t))))
		}
	}
}

// sources are where the case came from: of itself, and of what was merged into it.
func (d *pen) sources() {
	c := &d.view.Case
	var taken []store.Tie
	for _, t := range d.ties {
		if t.Kind == store.TieSource {
			taken = append(taken, t)
		}
	}
	if len(taken) == 0 && c.Source.ID == "" {
		return
	}
	d.section("detail.sources", len(taken)+1)
	d.add(kit.Fit(d.desk.T("detail.source_own")+d.origin(casework.Taken{Source: c.Source, Channel: c.Value(casework.FieldChannel)}), d.w))
	for _, t := range taken {
		if t.Lost {
			d.tied(t, kit.Warning.On("! "+d.desk.T("detail.source_lost", d.called(t))))
			continue
		}
		said := d.called(t) + d.origin(*t.Source)
		if t.Late > 0 {
			said += "  " + kit.Warning.On(d.desk.T("detail.late", i18n.Arg("n", t.Late)))
		}
		d.tied(t, said+d.title(t))
	}
}

func (d *pen) origin(t casework.Taken) (said string) {
	if t.Channel != "" {
		said += "  " + d.desk.Code(catalogue.TableChannels, t.Channel)
	}
	if t.Source.ID != "" {
		said += "  " + words.Clean(t.Source.System) + " " + words.Clean(t.Source.ID)
	}
	return said
}

// links are the cases that this one names, and those that name it.
func (d *pen) links() {
	links := slices.DeleteFunc(slices.Clone(d.ties), func(t store.Tie) bool { return t.Kind != store.TieLink })
	if len(links) == 0 {
		return
	}
	d.section("detail.links", len(links))
	for _, t := range links {
		said := d.called(t) + "  " + d.relation(t.Link)
		if t.Back {
			said += "  " + d.desk.T("detail.named_by")
		}
		d.tied(t, said+d.title(t))
	}
}

// relation says how two cases are linked; what nobody's form writes is shown cleaned.
func (d *pen) relation(l casework.Link) string {
	if key := "choice.relation." + l.Relation; d.desk.Has(key) {
		return d.desk.T(key)
	}
	return words.Clean(l.Relation)
}

// tie is the other case under the cursor.
func (s *Screen) tie() (store.Tie, bool) {
	i := s.list.Cursor()
	if i < 0 || i >= len(s.lines) || s.lines[i].tie == nil {
		return store.Tie{}, false
	}
	return *s.lines[i].tie, true
}

// openTie opens the other case, or writes down the source that is missing here.
func (s *Screen) openTie(t store.Tie) tea.Cmd {
	if t.Kind == store.TieSource && t.Lost {
		if why := s.off(casework.ActAddSource); why != "" {
			return words.Tell(words.NoteMsg{Note: why})
		}
		return s.decide(casework.ActAddSource, &casework.SourceAdded{Case: t.Case}, "detail.source_added")
	}
	return words.Tell(words.OpenMsg{Case: t.Case})
}

// touches reports whether a change concerns the case or one that it is tied to.
func (s *Screen) touches(msg words.ChangedMsg) bool {
	return msg.Touches(s.id) || slices.ContainsFunc(s.ties, func(t store.Tie) bool { return msg.Touches(t.Case) })
}
