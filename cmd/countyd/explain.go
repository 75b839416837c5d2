package main

import (
	"context"
	"strings"

	"casedesk/cmd/internal/cli"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
	"casedesk/store/text"
	"casedesk/sync/county"
)

// explain tells what a person is sent and what she may do.
func (c *config) explain(ctx context.Context, user catalogue.UserID) error {
	return c.ask(ctx, func(o county.Office) error {
		e, err := o.Explain(ctx, user)
		if err != nil {
			return err
		}
		if c.run.JSON {
			return c.run.Object(e)
		}
		return c.tellExplained(e)
	})
}

func (c *config) tellExplained(e county.Explained) error {
	w := c.run.Words
	lines := []string{e.Name + "  " + string(e.User) + "  " + rolesText(w, e.Roles), "", w.T("cli.explain.delivered")}
	for _, d := range e.Delivered {
		lines = append(lines, "  "+w.T("cli.explain.unit", d.Name, w.T("level."+string(d.Level)), reachText(w, d)))
	}
	lines = append(lines, "  "+w.T("cli.explain.part"), "  "+w.T("cli.explain.secret"), "")
	if e.ReadsOnly {
		lines = append(lines, w.T("cli.explain.reads_only"))
	}
	for _, line := range lines {
		if err := c.run.Line(line); err != nil {
			return err
		}
	}
	if e.ReadsOnly {
		return nil
	}
	for _, m := range e.Matters {
		if err := c.run.Line(w.T("cli.explain.matter", w.T("matter."+string(m.Matter)))); err != nil {
			return err
		}
		table, _ := casework.TableOf(m.Matter)
		rows := [][]text.Text{cli.Cells("  "+w.T("cli.explain.action"), w.T("cli.explain.as"), w.T("cli.explain.by"), w.T("cli.explain.when"))}
		for _, r := range m.Rights {
			rows = append(rows, cli.Cells("  "+w.T("action."+string(r.Action)), listed(w, "relation.", r.Relations), rolesText(w, r.Roles),
				when(w, r, table)))
		}
		if err := c.run.Table(rows); err != nil {
			return err
		}
	}
	return nil
}

// when says in which states something may be done, briefly where that is all or
// nearly all of them.
func when(w *i18n.Words, r county.Right, t *casework.Table) string {
	switch {
	case len(r.States) == 0:
		return w.T("cli.explain.new")
	case r.Unseen:
		return w.T("cli.explain.unseen")
	}
	var in, not []string
	for _, s := range t.States {
		name := w.T("state." + string(s.State))
		at := false
		for _, state := range r.States {
			at = at || state == s.State
		}
		if at {
			in = append(in, name)
		} else {
			not = append(not, name)
		}
	}
	switch sep := w.T("list.separator"); {
	case len(not) == 0:
		return w.T("cli.explain.always")
	case len(not) < len(in):
		return w.T("cli.explain.but", strings.Join(not, sep))
	default:
		return strings.Join(in, sep)
	}
}

func reachText(w *i18n.Words, d county.Delivered) string {
	if len(d.Places) == 0 {
		return w.T("cli.explain.no_place")
	}
	var out []string
	for _, p := range d.Places {
		said := p.Name
		if len(p.Except) > 0 {
			var except []string
			for _, e := range p.Except {
				except = append(except, e.Name)
			}
			said = w.T("cli.explain.except", said, strings.Join(except, w.T("list.separator")))
		}
		out = append(out, said)
	}
	return strings.Join(out, w.T("list.separator"))
}

func rolesText(w *i18n.Words, roles []catalogue.Role) string { return listed(w, "role.", roles) }

// listed lists what words know by a prefix and a code.
func listed[T ~string](w *i18n.Words, prefix string, list []T) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = w.T(prefix + string(v))
	}
	return strings.Join(out, w.T("list.separator"))
}
