package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/tui/words"
)

func newShow(c *config) *cobra.Command {
	var reveal bool
	cmd := &cobra.Command{Use: "show CASE [--reveal]", Args: c.run.Args(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return c.show(args[0], reveal) }}
	c.run.Bool(cmd.Flags(), &reveal, "reveal")
	return cmd
}

// show writes a case. Phones and numbers of papers are masked in text unless they
// are asked for; a program that asks for JSON asks for all. Each time is counted
// in the profile (casedesk audit), before anything is shown.
func (c *config) show(name string, reveal bool) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := find(s, name)
	if err != nil {
		return err
	}
	what := store.LookText
	if c.run.JSON {
		what = store.LookJSON
	}
	if v.Gone == nil && (reveal || c.run.JSON) {
		if err := s.NoteLook(v.ID, v.Number, what); err != nil {
			return err
		}
	}
	ix := s.Catalogue()
	j := caseView(v.Row, &v.Case, ix, s.Clock().Now())
	ties, err := s.Ties(&v.Case)
	if err != nil {
		return err
	}
	j.tiesJSON = tiesView(&v.Case, ties)
	if c.run.JSON {
		return c.run.Object(j)
	}
	return c.showText(s, v, j, mask(!reveal))
}

// find returns the case that a person names.
func find(s *store.Store, name string) (store.View, error) {
	id, err := s.Find(name)
	if err != nil {
		return store.View{}, err
	}
	return s.Case(id)
}

// findHere is find for a case that is to be worked on: one that went to other units
// is refused.
func findHere(s *store.Store, name string) (store.View, error) {
	v, err := find(s, name)
	if err == nil && v.Gone != nil {
		return store.View{}, casework.Refuse(casework.CodeNotFound, store.WhyWithdrawn)
	}
	return v, err
}

// onCase opens the profile for a command about a case that is to be worked on.
func (c *config) onCase(name string, command func(*store.Store, store.View) error) error {
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	v, err := findHere(s, name)
	if err != nil {
		return err
	}
	return command(s, v)
}

// showText writes a case for people.
func (c *config) showText(s *store.Store, v store.View, j caseJSON, hide mask) error {
	w, ix := c.run.Words, s.Catalogue()
	desk := words.Desk{Words: w, Now: c.now, Store: s, Reveal: !bool(hide)}
	say := func(title string, rows [][]text.Text) error {
		if len(rows) == 0 {
			return nil
		}
		if title != "" {
			if err := c.run.Line("\n" + title); err != nil {
				return err
			}
		}
		return c.run.Table(rows)
	}
	head := [][]text.Text{
		cli.Cells(j.Number, c.stateText(j.State), w.T("receipt."+string(j.Receipt)+".long")),
		cli.Cells(w.T("light."+string(j.Light)+".long"), c.leftText(v.Row, s.Clock().Now(), ix), ix.UnitName(j.LeadUnit)),
	}
	if v.Case.Matter == casework.Petition {
		head = append(head, cli.Cells(w.T("petition.batches", i18n.Arg("batches", j.Batches), i18n.Arg("persons", j.Persons))))
	}
	if j.FirstDesk != "" {
		head = append(head, cli.Cells(w.T("detail.first_desk", ix.UnitName(j.FirstDesk)), c.toldText(&v.Case)))
	}
	if v.Secret {
		head = append(head, cli.Cells(w.T("field.confidential")))
	}
	var fields, parties, conflicts, limits, up, signs [][]text.Text
	for _, spec := range casework.FieldsOfMatter(v.Case.Matter) {
		if r, ok := v.Case.Fields[casework.Field(spec.Name)]; ok {
			fields = append(fields, cli.Cells(w.Field(spec.Name), desk.Shown(spec, r.Value, &v.Case)))
		}
	}
	if j.Item != nil {
		fields = append(fields, cli.Cells(w.T("item.code"), j.Item.Code), cli.Cells(w.T("item.basis"), w.T("item.version", j.Item.Basis, j.Item.Catalogue)),
			cli.Cells(w.T("item.former"), j.Item.Former))
	}
	for _, p := range j.Parties {
		parties = append(parties, cli.Cells(w.T("choice.role."+p.Role), p.Name, hide.phone(p.Phone), hide.paper(p.IDNumber), p.Element))
	}
	for _, k := range v.Case.Conflicts {
		spec, _ := casework.CaseField(k.Field)
		values := []string{desk.Shown(spec, v.Case.Value(k.Field), &v.Case)}
		for _, o := range k.Others {
			values = append(values, desk.Shown(spec, o.Value, &v.Case))
		}
		conflicts = append(conflicts, cli.Cells(w.Field(string(k.Field)), strings.Join(values, " | ")))
	}
	var standing [][]text.Text
	for _, s := range w.Standing(&v.Case, ix) {
		standing = append(standing, cli.Cells(s[0], s[1]))
	}
	extensible := casework.Extensible(&v.Case, ix)
	for _, l := range v.Limits {
		day := func(t time.Time) string { return ix.Calendar().LastDay(t).Format(time.DateOnly) }
		var more string
		if day(l.OriginalDue) != day(l.Due) { // extended, or stood still
			more = w.T("limit.original", day(l.OriginalDue))
		}
		if latest := extensible[l.Limit]; latest > day(l.Due) && !l.Stopped {
			more = strings.TrimSpace(more + " " + w.T("limit.latest", latest))
		}
		if !l.NotBefore.IsZero() && !l.Stopped {
			more = strings.TrimSpace(more + " " + w.T("limit.not_before", casework.Day(l.NotBefore, ix)))
		}
		state := ""
		if l.Stopped {
			state = w.T("detail.stopped")
		} else if !l.Paused.IsZero() {
			state = w.T("detail.paused", l.Paused.In(ix.Calendar().Location()).Format(time.DateOnly))
		}
		limits = append(limits, cli.Cells(w.Limit(l.Limit, ix), w.T("light."+string(l.Light)), day(l.Due), more, state))
	}
	var orders [][]text.Text
	for _, g := range v.Case.Given() {
		for _, said := range desk.Order(g) {
			orders = append(orders, cli.Cells(said))
		}
	}
	for _, l := range v.Limits {
		for _, u := range l.Urged {
			orders = append(orders, cli.Cells(desk.Urging(u, l.Limit)))
		}
	}
	var stranded [][]text.Text
	for _, s := range casework.StrandedUnits(&v.Case, ix) {
		stranded = append(stranded, cli.Cells("! "+w.Stranded(s, ix)))
	}
	for _, r := range j.GoUp {
		up = append(up, cli.Cells(w.T("up."+string(r))))
	}
	for _, sign := range casework.Signs(&v.Case) {
		signs = append(signs, cli.Cells(ix.CodeName(catalogue.TableRisks, sign.Code)))
	}
	for _, duty := range casework.OpenDuties(&v.Case, ix) {
		signs = append(signs, cli.Cells(w.T("risk.duty_open", duty.Name, duty.Source)))
	}
	for _, s := range j.Suggested {
		signs = append(signs, cli.Cells(w.T("risk.suggested", ix.CodeName(catalogue.TableRisks, s.Sign), s.Number)))
	}
	sources, links := c.tiesText(j.tiesJSON, ix)
	for _, part := range []struct {
		title string
		rows  [][]text.Text
	}{{"", head}, {w.T("stranded.title"), stranded}, {w.T("risk.title"), signs}, {"", fields}, {w.T("cli.show.parties"), parties}, {w.T("cli.show.conflicts"), conflicts},
		{w.T("cli.show.sources"), sources}, {w.T("cli.show.links"), links},
		{w.T("detail.standing"), standing}, {w.T("group.supervise"), orders}, {w.T("cli.show.limits"), limits}, {w.T("up.title"), up}} {
		if err := say(part.title, part.rows); err != nil {
			return err
		}
	}
	return c.showEntries(desk, v)
}

// showEntries writes every entry with its words.
func (c *config) showEntries(desk words.Desk, v store.View) error {
	entries, err := desk.Store.Entries(v.ID)
	if err != nil {
		return err
	}
	said := map[casework.EntryID][]casework.Event{}
	for _, e := range entries {
		said[e.UID] = e.Events
	}
	w, ix := c.run.Words, desk.Index()
	if err := c.run.Line("\n" + w.T("cli.show.events")); err != nil {
		return err
	}
	for _, l := range v.Case.Timeline {
		effect, why := w.T("effect."+string(l.Effect)), ""
		if choice := v.Case.Decided(l); choice != "" {
			effect = w.T("effect.decided." + choice)
		} else if l.Why != "" {
			why = "  " + w.T("why."+string(l.Why))
		}
		at := l.At.In(ix.Calendar().Location()).Format("2006-01-02 15:04")
		line := at + "  " + text.Line(desk.Person(l.Actor)).Pad(10).String() + "  " + text.Line(c.kindsText(l.Kinds)).Pad(14).String() + "  " + effect + why
		if err := c.run.Line(line); err != nil {
			return err
		}
		if slices.Contains(l.Kinds, string(casework.ActRegister)) {
			continue // its fields stand above
		}
		for _, ev := range said[l.UID] {
			for _, word := range desk.Told(ev, &v.Case) {
				if err := c.run.Line("    " + w.T("cli.show.word", word[0], word[1])); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// toldText says whether the parties were told what became of the case.
func (c *config) toldText(cs *casework.Case) string {
	switch {
	case cs.Told != "":
		return c.run.Words.T("detail.told", cs.Told)
	case cs.State == casework.StateResolved:
		return c.run.Words.T("detail.untold")
	}
	return ""
}

// mask hides what a look at a case need not show.
type mask bool

func (hide mask) phone(s string) string {
	if hide {
		return text.MaskPhone(s)
	}
	return s
}

func (hide mask) paper(s string) string {
	if hide {
		return text.MaskID(s)
	}
	return s
}
