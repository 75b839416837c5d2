package words

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

var lightInks = map[casework.Light]kit.Ink{
	casework.Green: kit.Green, casework.Yellow: kit.Yellow, casework.Red: kit.Red, casework.Grey: kit.Blue,
}

// Light is a light as one sign in its colour; the sign says the same.
func (d Desk) Light(l casework.Light) string {
	if l == "" {
		l = casework.None
	}
	return lightInks[l].On(d.T("light." + string(l)))
}

// RowLight is the light of a case, with a sign beside it where it shows a risk.
func (d Desk) RowLight(r store.Row) string {
	if r.Signs == 0 {
		return d.Light(r.Light)
	}
	return d.Light(r.Light) + kit.Danger.On(d.T("risk.mark"))
}

// Left says how long a limit has left, or how long it is over.
func (d Desk) Left(l casework.Light, days int, due time.Time) string {
	return d.Words.Left(l, days, due, d.Now(), d.Index().Calendar())
}

// Receipt is a receipt's mark: 稿 存 达 备 押.
func (d Desk) Receipt(r store.Receipt) string {
	mark := d.T("receipt." + string(r))
	switch r {
	case store.Withheld:
		return kit.Danger.On(mark)
	case store.Delivered, store.BackedUp:
		return kit.Green.On(mark)
	}
	return mark
}

// Tail is the part of a 案号 by which people at one desk tell cases apart: its
// counter and its check characters.
func Tail(number string) string {
	parts := strings.Split(Clean(number), "-")
	if len(parts) < 2 {
		return Clean(number)
	}
	return strings.TrimLeft(parts[len(parts)-2], "0") + "-" + parts[len(parts)-1]
}

// State is the state of a case in words.
func (d Desk) State(s casework.State) string {
	if key := "state." + string(s); d.Has(key) {
		return d.T(key)
	}
	return d.T("desk.unknown_state")
}

// Matter is a kind of matter in words.
func (d Desk) Matter(m casework.Matter) string {
	if key := "matter." + string(m); d.Has(key) {
		return d.T(key)
	}
	return d.T("desk.unknown_state")
}

// Stage is the stage of a case in words.
func (d Desk) Stage(s casework.Stage) string {
	if key := "stage." + string(s); d.Has(key) {
		return d.T(key)
	}
	return d.T("desk.unknown_state")
}

// Day is a day as people read it, or the text that is none.
func (d Desk) Day(s string) string {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return Clean(s)
	}
	return s
}

// Value is the value of a case's field as people read it.
func (d Desk) Value(f casework.Field, value string) string {
	spec, ok := casework.CaseField(f)
	if !ok {
		return Clean(value)
	}
	return d.Shown(spec, value, nil)
}

// Shown is the value of a field as people read it; c, which may be nil, is the
// case that entries and parties are named by.
func (d Desk) Shown(spec casework.FieldSpec, value string, c *casework.Case) string {
	if value == "" {
		return ""
	}
	switch spec.Type {
	case casework.TypeCode:
		return d.Code(spec.Table, value)
	case casework.TypeDivision:
		return d.Place(divisionCode(value))
	case casework.TypeUnit:
		return d.Unit(unitID(value))
	case casework.TypeLimit:
		return d.Limit(catalogue.LimitCode(value), d.Index())
	case casework.TypeUnits:
		var names []string
		for part := range strings.SplitSeq(value, ",") {
			names = append(names, d.Unit(unitID(strings.TrimSpace(part))))
		}
		return strings.Join(names, d.T("list.separator"))
	case casework.TypeChoice:
		if key := "choice." + spec.Name + "." + value; d.Has(key) {
			return d.T(key)
		}
	case casework.TypeTime:
		if at, ok := casework.ParseMoment(value, d.Index().Calendar()); ok {
			at = at.In(d.Now().Location())
			return at.Format("2006-01-02 15:04") + " " + d.T(fmt.Sprintf("kit.weekday.%d", at.Weekday()))
		}
	case casework.TypeMoney:
		if amount, ok := text.Money(value); ok {
			return text.Grouped(amount)
		}
	case casework.TypeBool:
		if value == "true" {
			return d.T("kit.yes")
		}
		return d.T("kit.no")
	case casework.TypeElement:
		if c != nil {
			if i := slices.IndexFunc(c.Parties, func(p casework.Party) bool { return p.Element.String() == value }); i >= 0 {
				return Clean(c.Parties[i].Name)
			}
		}
	case casework.TypePeople:
		var names []string
		for part := range strings.SplitSeq(value, ",") {
			part = strings.TrimSpace(part)
			if r, ok := d.Index().Resolver(part); ok {
				part = r.Name
			}
			names = append(names, Clean(part))
		}
		return strings.Join(names, d.T("list.separator"))
	case casework.TypeCase:
		if id, err := casework.ParseCaseID(value); err == nil && d.Cases[id] != "" {
			return d.Cases[id]
		}
	case casework.TypeEntry, casework.TypeAct:
		if id, err := casework.ParseEntryID(value); err == nil && c != nil {
			if act, ok := c.Act(id, spec.Of); ok {
				return d.Action(string(act.Action)) + "  " + d.ActName(act, c)
			}
			if l, ok := c.Line(id); ok {
				return d.Entry(l)
			}
		}
	}
	return d.masked(spec, Clean(value))
}

// masked hides numbers in what somebody wrote unless they were asked for.
func (d Desk) masked(spec casework.FieldSpec, value string) string {
	switch {
	case d.Reveal:
	case spec.Name == "phone":
		return text.MaskPhone(value)
	case spec.Name == "id_number":
		return text.MaskID(value)
	case spec.Type == casework.TypeText, spec.Type == casework.TypeLong:
		return text.MaskNumbers(value)
	}
	return value
}

// Masked hides numbers in a long text that somebody wrote, unless they were asked
// for; its lines stay.
func (d Desk) Masked(value string) string {
	if d.Reveal {
		return value
	}
	return text.MaskNumbers(value)
}

// Entry is an entry of a case in a few words: what, who, when.
func (d Desk) Entry(l casework.Line) string {
	return d.T("detail.entry", d.Kinds(l), d.Person(l.Actor), d.When(l.At))
}

// Kinds says what an entry did.
func (d Desk) Kinds(l casework.Line) string {
	if l.Effect == casework.Unknowns {
		return d.T("action.unknown")
	}
	names := make([]string, 0, len(l.Kinds))
	for _, k := range l.Kinds {
		if name := d.Action(k); len(names) == 0 || names[len(names)-1] != name {
			names = append(names, name)
		}
	}
	return strings.Join(names, d.T("list.separator"))
}

// Party is a party in a few words: in what role, who, where to reach them, masked
// unless that was asked for.
func (d Desk) Party(p casework.Party) string {
	parts := []string{d.T("field.unnamed", p.Role)}
	if key := "choice.role." + p.Role; d.Has(key) {
		parts[0] = d.T(key)
	}
	phone, paper := p.Phone, p.IDNumber
	if !d.Reveal {
		phone, paper = text.MaskPhone(phone), text.MaskID(paper)
	}
	for _, s := range []string{p.Name, phone, paper, p.Address} {
		if s != "" {
			parts = append(parts, Clean(s))
		}
	}
	return strings.Join(parts, "  ")
}

// Short cuts a line of text from anybody to w cells.
func Short(s string, w int) string { return text.Line(s).Short(w).String() }
