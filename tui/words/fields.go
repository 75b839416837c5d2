package words

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
	"casedesk/tui/kit"
)

func divisionCode(s string) catalogue.DivisionCode { return catalogue.DivisionCode(s) }
func unitID(s string) catalogue.UnitID             { return catalogue.UnitID(s) }

// fewOptions is how many options of a code table are shown all at once.
const fewOptions = 4

// Fields makes fields of a form out of what an action asks for. c is the case
// it is done to; nil for a new one.
func (d Desk) Fields(a casework.Action, specs []casework.FieldSpec, c *casework.Case) []kit.FieldSpec {
	out := make([]kit.FieldSpec, len(specs))
	for i, s := range specs {
		out[i] = d.field(s, c)
		out[i].Label = d.FieldOf(a, s.Name)
		if s.Type == casework.TypeUnit && c != nil {
			out[i].Options = d.targets(a, s.Name, c, out[i].Options)
		}
		if s.Type == casework.TypeAct && c != nil {
			if acts, some := d.mayAnswer(a, c); some {
				out[i].Options = slices.DeleteFunc(out[i].Options, func(o kit.Option) bool {
					return !slices.ContainsFunc(acts, func(act casework.Act) bool { return act.By.String() == o.Code })
				})
			}
		}
	}
	return out
}

// targets are the units that a field of an action may name, as far as that is
// judged by the unit alone: a case goes up one level at a time. Where none may
// be, all are shown, and the county says why.
func (d Desk) targets(a casework.Action, field string, c *casework.Case, units []kit.Option) []kit.Option {
	var out []kit.Option
	for _, u := range units {
		event, ok := c.NewEvent(a)
		if !ok {
			return units
		}
		casework.Fill(event, map[string]string{field: u.Code})
		if p := d.Store.Person(""); !p.Alone && casework.Orders(event, p.Unit, d.Index()) != "" {
			continue
		}
		if casework.Targets(c, []casework.Hand{c.Hand()}, event, d.Index()) == "" {
			out = append(out, u)
		}
	}
	if len(out) == 0 {
		return units
	}
	if len(out) < len(units) { // the nearest first
		depth := func(o kit.Option) int { return len(d.Index().Chain(unitID(o.Code))) }
		slices.SortStableFunc(out, func(a, b kit.Option) int { return depth(b) - depth(a) })
	}
	return out
}

func (d Desk) field(s casework.FieldSpec, c *casework.Case) kit.FieldSpec {
	f := kit.FieldSpec{Name: s.Name, Label: d.Field(s.Name), Required: s.Required, More: s.More, Warn: d.doubt(s)}
	if key := "hint." + s.Name; d.Has(key) {
		f.Hint = d.T(key)
	}
	switch s.Type {
	case casework.TypeLong:
		f.Type, f.Max, f.Height, f.Phrases = kit.Long, s.Max, 3, d.Index().Phrases(s.Name)
		if s.Name == casework.FieldInstalments {
			f.Full = func(plan string) string { return casework.FullInstalments(plan, d.Now()) }
		}
	case casework.TypeDate:
		f.Type, f.Ahead = kit.Date, !s.Past && s.Name != "happened_on"
	case casework.TypeTime:
		f.Type, f.Ahead = kit.Time, !s.Past
	case casework.TypeMoney:
		f.Type = kit.Money
	case casework.TypeNumber:
		f.Type, f.Min, f.Max = kit.Number, 1, s.Max
	case casework.TypeBool:
		f.Type = kit.Bool
	case casework.TypeChoice:
		f.Type, f.Options = kit.Choice, d.choices(s)
	case casework.TypeCode:
		if f.Type, f.Options = kit.Select, Options(d.Index(), s.Table); len(f.Options) <= fewOptions {
			f.Type = kit.Choice
		}
	case casework.TypeDivision:
		f.Type, f.Options = kit.Select, d.divisions()
	case casework.TypeUnit:
		f.Type, f.Options = kit.Select, d.Units()
	case casework.TypeLimit:
		f.Type, f.Options = kit.Select, d.limits(c)
	case casework.TypeUnits:
		f.Type, f.Options = kit.Multi, d.Units()
	case casework.TypeEntry:
		f.Type, f.Options = kit.Select, d.open(c)
	case casework.TypeElement:
		f.Type, f.Options = kit.Select, d.parties(c)
	case casework.TypeAct:
		f.Type, f.Options = kit.Select, d.acts(s.Of, c)
	case casework.TypeCase:
		f.Type, f.Find = kit.Select, d.findCases(c)
	case casework.TypePeople:
		f.Type, f.Options = kit.Multi, d.roster(c)
	default:
		f.Type, f.Max = kit.Line, s.Max
		f.Narrow = s.Name == "phone" || s.Name == "id_number"
	}
	return f
}

// doubt warns of what looks mistyped.
func (d Desk) doubt(s casework.FieldSpec) func(string) string {
	switch {
	case s.Name == "phone":
		return func(v string) string {
			if text.Phone(v) {
				return ""
			}
			return d.T("doubt.phone")
		}
	case s.Name == "happened_on", s.Past && s.Type == casework.TypeDate:
		return func(v string) string {
			if day, err := time.Parse(time.DateOnly, v); err == nil && day.Format(time.DateOnly) > d.Now().Format(time.DateOnly) {
				return d.T("doubt.future")
			}
			return ""
		}
	case s.Past && s.Type == casework.TypeTime:
		return func(v string) string {
			if at, err := time.Parse("2006-01-02 15:04", v); err == nil && at.Format("2006-01-02 15:04") > d.Now().Format("2006-01-02 15:04") {
				return d.T("doubt.future")
			}
			return ""
		}
	case s.Name == "id_number":
		return func(v string) string {
			if text.IDNumber(v) {
				return ""
			}
			return d.T("doubt.id_number")
		}
	}
	return nil
}

func (d Desk) choices(s casework.FieldSpec) []kit.Option {
	options := make([]kit.Option, len(s.Choices))
	for i, c := range s.Choices {
		options[i] = kit.NewOption(c, text.Line(d.T("choice."+s.Name+"."+c)), text.Text{})
	}
	return options
}

// divisions are all places that are not retired, those nearest to the person's own units
// first, and those of another county last: a name typed halfway does not reach for one.
func (d Desk) divisions() []kit.Option {
	ix := d.Index()
	var own [][]catalogue.UnitID // up to the county
	for _, p := range d.Persons() {
		own = append(own, ix.Chain(p.Unit))
	}
	type placed struct {
		kit.Option
		rank int
	}
	var places []placed
	for _, row := range ix.Catalogue().Divisions {
		if row.Retired {
			continue
		}
		units := ix.PlaceUnits(row.Code)
		rank, far := maxSteps*maxSteps, len(own) > 0
		for _, chain := range own {
			for up, u := range chain {
				if down := slices.Index(units, u); down >= 0 {
					rank, far = min(rank, up*maxSteps+down), false
					break
				}
			}
			if u, ok := top(ix, chain); !ok || u.Level == catalogue.City {
				far = false // of no county
			}
		}
		above := strings.TrimSuffix(ix.DivisionPath(row.Code), row.Name)
		o := kit.NewOption(string(row.Code), text.Line(row.Name), text.Line(above))
		o.Far = far
		places = append(places, placed{o, rank})
	}
	slices.SortStableFunc(places, func(a, b placed) int { return cmp.Compare(a.rank, b.rank) })
	options := make([]kit.Option, len(places))
	for i, p := range places {
		options[i] = p.Option
	}
	return options
}

// top is the last unit of a chain.
func top(ix *catalogue.Index, chain []catalogue.UnitID) (catalogue.Unit, bool) {
	if len(chain) == 0 {
		return catalogue.Unit{}, false
	}
	return ix.Unit(chain[len(chain)-1])
}

// Units are all units as options, each with the one above it: those nearest to the
// person's own first, so that a name typed halfway does not reach for another county.
func (d Desk) Units() []kit.Option {
	ix := d.Index()
	own := map[catalogue.UnitID]int{} // steps from the unit that the person acts for up to this one
	for u, ok := ix.Unit(d.Store.Profile().Acting); ok; u, ok = ix.Unit(u.Parent) {
		if _, again := own[u.ID]; again {
			break
		}
		own[u.ID] = len(own)
	}
	options := Options(ix, catalogue.TableUnits)
	if len(own) == 0 {
		return options
	}
	steps := make(map[string]int, len(options))
	for i, o := range options {
		n := 0
		u, ok := ix.Unit(catalogue.UnitID(o.Code))
		for ; ok && n < maxSteps; u, ok = ix.Unit(u.Parent) {
			if up, meets := own[u.ID]; meets {
				n += up
				break
			}
			n++
		}
		if !ok {
			n = maxSteps
		}
		options[i].Far = !ok || u.Level == catalogue.City && own[u.ID] > 0 // of another county
		steps[o.Code] = n
	}
	slices.SortStableFunc(options, func(a, b kit.Option) int { return cmp.Compare(steps[a.Code], steps[b.Code]) })
	return options
}

const maxSteps = 20 // no units are further apart; one that shares none above is that far

// open are the entries of a case that wait for a decision.
func (d Desk) open(c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	var options []kit.Option
	for _, l := range c.Timeline {
		if slices.Contains(c.Contested, l.UID) || slices.Contains(c.HeldNow, l.UID) {
			options = append(options, kit.NewOption(l.UID.String(), text.Line(d.Entry(l)), text.Line(d.Why(l.Why))))
		}
	}
	return options
}

func (d Desk) parties(c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	options := make([]kit.Option, len(c.Parties))
	for i, p := range c.Parties {
		options[i] = kit.NewOption(p.Element.String(), text.Line(d.Party(p)), text.Text{})
	}
	return options
}

// acts are what was done of an action on a case, the last first, each by what it
// said.
func (d Desk) acts(of casework.Action, c *casework.Case) []kit.Option {
	if c == nil {
		return nil
	}
	var options []kit.Option
	for _, act := range slices.Backward(c.ActsOf(of)) {
		options = append(options, kit.NewOption(act.By.String(), text.Line(d.ActName(act, c)+"  "+d.actDone(act, c)), text.Text{}))
	}
	return options
}

// mostCases is how many cases are shown of those that were found.
const mostCases = 50

// findCases looks cases of this laptop up by what is typed: number, title, names,
// as in the list. Before anything is typed those come first that may tell the same
// as c, then those that it is tied to. c itself is none of them.
func (d Desk) findCases(c *casework.Case) func(string) []kit.Option {
	return func(typed string) []kit.Option {
		if id, err := casework.ParseCaseID(typed); err == nil {
			view, err := d.Store.Case(id)
			if err != nil {
				return nil
			}
			return []kit.Option{d.caseOption(view.Row, d.State(view.State))}
		}
		var options []kit.Option
		offered := map[casework.CaseID]bool{}
		add := func(r store.Row, said string) {
			if r.Gone == nil && !offered[r.ID] {
				offered[r.ID] = true
				options = append(options, d.caseOption(r, said))
			}
		}
		if c != nil {
			offered[c.ID] = true
		}
		if c != nil && typed == "" {
			likely, _ := d.Store.LikelyTo(c) // what cannot be read the list says
			for _, m := range likely {
				add(m.Row, d.Reasons(m.Likeness))
			}
			ties, _ := d.Store.Ties(c)
			for _, t := range ties {
				if t.Row != nil {
					add(*t.Row, d.State(t.Row.State))
				}
			}
		}
		list, _ := d.Store.Rows(store.Query{Find: typed, Limit: mostCases})
		for _, r := range list.Rows {
			add(r, d.State(r.State))
		}
		return options
	}
}

func (d Desk) caseOption(r store.Row, said string) kit.Option {
	return kit.NewOption(r.ID.String(), text.Line(CaseName(r)+"  "+said), text.Text{})
}

// CaseName is a case in a few words, for where another one speaks of it.
func CaseName(r store.Row) string {
	if r.Gone != nil || r.Title == "" {
		return Tail(r.Number)
	}
	return Tail(r.Number) + " " + Clean(r.Title)
}

// roster are the people who help to resolve disputes, those who serve the case's
// place first.
func (d Desk) roster(c *casework.Case) []kit.Option {
	ix := d.Index()
	var near []catalogue.Resolver
	if c != nil {
		near = ix.ResolversAt(divisionCode(c.Value(casework.FieldDivision)))
	}
	all := slices.Clone(near)
	for _, r := range ix.Catalogue().Resolvers {
		if !r.Left && !slices.ContainsFunc(near, func(n catalogue.Resolver) bool { return n.ID == r.ID }) {
			all = append(all, r)
		}
	}
	options := make([]kit.Option, len(all))
	for i, r := range all {
		said := []string{ix.CodeName(catalogue.TableResolverTypes, r.Type), ix.DivisionPath(r.Place), r.Good}
		said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
		options[i] = kit.NewOption(r.ID, text.Line(r.Name), text.Line(strings.Join(said, d.T("kit.comma"))))
	}
	return options
}

// Faults turns what was found wrong with an event into faults of its action's form.
func (d Desk) Faults(of casework.Action, faults []casework.Fault) []kit.Fault {
	out := make([]kit.Fault, len(faults))
	for i, f := range faults {
		_, rest, member := strings.Cut(f.Field, "]")
		sentence := f
		sentence.Field = ""
		out[i] = kit.Fault{Name: f.Field, Label: d.FieldOf(of, f.Field), Sentence: d.Fault(of, sentence)}
		if member && rest != "" {
			out[i].Sentence = d.Fault(of, f)
		}
	}
	return out
}
