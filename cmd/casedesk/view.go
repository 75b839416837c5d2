package main

import (
	"strconv"
	"strings"
	"time"

	"casedesk/cmd/internal/cli"
	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// rowJSON is a case as list writes it.
type rowJSON struct {
	ID        string           `json:"id"`
	Number    string           `json:"number"`
	Kind      casework.Matter  `json:"kind"`
	Stage     casework.Stage   `json:"stage"`
	State     casework.State   `json:"state"`
	Category  string           `json:"category"`
	Title     string           `json:"title"`
	Place     string           `json:"place"`
	LeadUnit  catalogue.UnitID `json:"lead_unit"`
	Light     casework.Light   `json:"light"`
	Due       *string          `json:"due"`
	DaysLeft  *int             `json:"days_left"`
	Original  *string          `json:"original_due,omitempty"` // before it was extended
	Next      *string          `json:"next,omitempty"`         // the next appointment
	Receipt   store.Receipt    `json:"receipt"`
	Contested int              `json:"contested"`
	Unknown   int              `json:"unknown"`
	UpdatedAt *string          `json:"updated_at"`
	// Additions to the first version of the command line.
	Confidential bool `json:"confidential"`
	Risks        int  `json:"risks"` // signs of risk that the case shows
	// The strongest order or urging that runs to or from the profile's units.
	Grade     casework.Grade   `json:"grade,omitempty"`
	OrderedBy catalogue.UnitID `json:"ordered_by,omitempty"` // empty: the county urged by itself
	AnswerBy  *string          `json:"answer_by,omitempty"`
}

// caseJSON is a case as show writes it.
type caseJSON struct {
	rowJSON
	Fields    map[casework.Field]any `json:"fields"`
	Parties   []partyJSON            `json:"parties"`
	Conflicts []conflictJSON         `json:"conflicts"`
	Limits    []limitJSON            `json:"limits"`
	Agreement *agreementJSON         `json:"agreement,omitempty"`
	Court     *courtJSON             `json:"entrusted,omitempty"`
	Declined  []string               `json:"declined,omitempty"`
	Events    []eventJSON            `json:"events"`
	Batches   int                    `json:"batches,omitempty"` // of a petition: how many times, 批次
	Persons   int                    `json:"persons,omitempty"` // and how many persons in all, 人次
	tiesJSON
	GoUp      []casework.UpReason `json:"go_up,omitempty"` // why it should be sent up
	Orders    []orderJSON         `json:"orders"`
	Acts      []actJSON           `json:"acts"`
	Digest    string              `json:"digest"`
	Worker    catalogue.UserID    `json:"grid_worker,omitempty"` // of the grid that it happened in
	FirstDesk catalogue.UnitID    `json:"first_desk"`            // 首问: who took it in answers to the parties
	Told      string              `json:"told,omitempty"`        // the day on which they were told what became of it
	Item      *itemJSON           `json:"item,omitempty"`
	Suggested []suggestedJSON     `json:"suggested"`  // signs of risk that the facts suggest and nobody noted
	NextSteps []stepJSON          `json:"next_steps"` // where the parties can go as it stands
}

// suggestedJSON is a sign of risk with the number that suggests it.
type suggestedJSON struct {
	Sign   string `json:"sign"`
	Number int    `json:"number"`
}

// stepJSON is what the parties can do outside the platform, and until when.
type stepJSON struct {
	Limit   catalogue.LimitCode `json:"limit"` // empty: a way without a term
	Way     casework.Way        `json:"way,omitempty"`
	ToldOn  string              `json:"told_on"`
	LastDay string              `json:"last_day"` // empty: likewise
	Source  string              `json:"source"`
}

// itemJSON is a delegated matter's item as the catalogue of the version has it.
type itemJSON struct {
	Code      string           `json:"code"`
	Name      string           `json:"name"`
	Basis     string           `json:"basis"`
	Former    string           `json:"former"`
	Unit      catalogue.UnitID `json:"unit"`
	Catalogue uint64           `json:"catalogue"`
}

type partyJSON struct {
	Element  string `json:"element"`
	Role     string `json:"role"`
	Name     string `json:"name"`
	Phone    string `json:"phone,omitempty"`
	IDType   string `json:"id_type,omitempty"`
	IDNumber string `json:"id_number,omitempty"`
	Gender   string `json:"gender,omitempty"`
	Address  string `json:"address,omitempty"`
}

// conflictJSON is a field with the value shown and the others that wait.
type conflictJSON struct {
	Field  casework.Field `json:"field"`
	Values []any          `json:"values"`
}

type limitJSON struct {
	Limit       catalogue.LimitCode `json:"limit"`
	Start       *string             `json:"start"`
	Due         *string             `json:"due"`
	OriginalDue *string             `json:"original_due"`
	Light       casework.Light      `json:"light"`
	Doubtful    bool                `json:"doubtful,omitempty"`      // it began at a time that is a guess
	Latest      string              `json:"may_extend_to,omitempty"` // the last day that extensions can give it
	NotBefore   string              `json:"not_before,omitempty"`    // the first day on which it should be done
	Urged       []urgingJSON        `json:"urged"`                   // what the county said about it
}

// urgingJSON is one time that the county urged a limit.
type urgingJSON struct {
	Grade casework.Grade   `json:"grade"`
	To    catalogue.UnitID `json:"to"`
	At    *string          `json:"at"`
	UID   string           `json:"uid"`
}

// orderJSON is a superior's order with what became of it.
type orderJSON struct {
	UID       string           `json:"uid"`
	From      catalogue.UnitID `json:"from"`
	To        catalogue.UnitID `json:"to"`
	Grade     casework.Grade   `json:"grade"`
	Reason    string           `json:"reason"`
	At        *string          `json:"at"`
	Due       string           `json:"due"`
	Waits     bool             `json:"waits"` // for its reply
	Reply     string           `json:"reply,omitempty"`
	RepliedAt *string          `json:"replied_at,omitempty"`
	Withdrawn string           `json:"withdrawn,omitempty"` // why
}

// actJSON is what was done on the case, in the words of its form.
type actJSON struct {
	Action casework.Action   `json:"action"`
	UID    string            `json:"uid"`
	Words  map[string]string `json:"words"`
}

type stampJSON struct {
	Epoch string `json:"epoch"`
	N     uint64 `json:"n"`
}

// eventJSON is one event of an entry; i is its place in it, from 0.
type eventJSON struct {
	UID     string           `json:"uid"`
	I       int              `json:"i"`
	Log     string           `json:"log"`
	Seq     uint64           `json:"seq"`
	Kind    string           `json:"kind"`
	Actor   catalogue.UserID `json:"actor"`
	Unit    catalogue.UnitID `json:"unit"`
	At      *string          `json:"at"`
	Parents []string         `json:"parents"`
	Stamp   *stampJSON       `json:"stamp"`
	Effect  casework.Effect  `json:"effect"`
	Why     casework.Why     `json:"why,omitempty"`
}

// stateWithdrawn stands in a list for the state of a case that is no longer
// shown to the profile's units.
const stateWithdrawn casework.State = "withdrawn"

// safe makes text that came from anybody one line that is safe to draw.
func safe[T ~string](s T) T { return T(text.Line(string(s)).String()) }

func rowView(w store.Row, ix casework.Lookup) rowJSON {
	zone := ix.Calendar().Zone
	v := rowJSON{
		ID: w.ID.String(), Number: safe(w.Number), Kind: safe(w.Matter), Stage: w.Stage, State: w.State,
		Category: safe(w.Category), Title: safe(w.Title), LeadUnit: safe(w.Lead), Light: w.Light,
		Due: cli.Time(w.Due, zone), Receipt: w.Receipt, Contested: w.Contested, Unknown: w.Unknown,
		UpdatedAt: cli.Time(w.Updated, zone), Confidential: w.Secret, Risks: w.Signs,
	}
	if w.Division != "" {
		v.Place = safe(ix.DivisionPath(w.Division))
	}
	if v.Due != nil {
		v.DaysLeft = &w.DaysLeft
	}
	v.Original, v.Next = cli.Time(w.Original, zone), cli.Time(w.Next, zone)
	v.Grade, v.OrderedBy, v.AnswerBy = safe(w.Grade), safe(w.Urger), cli.Time(w.Answer, zone)
	if w.Gone != nil {
		v.Number, v.State, v.LeadUnit = safe(w.Gone.Number), stateWithdrawn, safe(w.Gone.To)
	}
	return v
}

// caseView adds the fold to a case's row.
func caseView(w store.Row, c *casework.Case, ix casework.Lookup, now time.Time) caseJSON {
	zone := ix.Calendar().Zone
	v := caseJSON{
		rowJSON: rowView(w, ix), Fields: map[casework.Field]any{}, Parties: []partyJSON{},
		Conflicts: []conflictJSON{}, Limits: []limitJSON{}, Events: []eventJSON{}, Orders: []orderJSON{}, Acts: []actJSON{}, Suggested: []suggestedJSON{}, NextSteps: []stepJSON{}, Digest: casework.Digest(c),
		Worker: ix.GridWorker(catalogue.DivisionCode(c.Value(casework.FieldDivision))), FirstDesk: safe(c.Registrar), Told: safe(c.Told),
	}
	if item, ok := ix.Item(c.Value(casework.FieldItem)); ok {
		v.Item = &itemJSON{safe(item.Code), safe(item.Name), safe(item.Basis), safe(item.Former), safe(item.Unit), ix.Version()}
	}
	if c.Matter == casework.Petition {
		v.Batches, v.Persons = c.Batches()
	}
	for name, r := range c.Fields {
		v.Fields[safe(name)] = fieldValue(name, r.Value)
	}
	for _, p := range c.Parties {
		v.Parties = append(v.Parties, partyJSON{
			Element: p.Element.String(), Role: safe(p.Role), Name: safe(p.Name), Phone: safe(p.Phone),
			IDType: safe(p.IDType), IDNumber: safe(p.IDNumber), Gender: safe(p.Gender), Address: safe(p.Address),
		})
	}
	for _, k := range c.Conflicts {
		values := []any{fieldValue(k.Field, c.Value(k.Field))}
		for _, o := range k.Others {
			values = append(values, fieldValue(k.Field, o.Value))
		}
		v.Conflicts = append(v.Conflicts, conflictJSON{Field: k.Field, Values: values})
	}
	for _, s := range casework.Suggested(c, ix, now) {
		v.Suggested = append(v.Suggested, suggestedJSON{safe(s.Code), s.Number})
	}
	for _, s := range casework.NextSteps(c, ix) {
		step := stepJSON{Limit: s.Limit, Way: s.Way, ToldOn: casework.Day(s.Told, ix), Source: safe(s.Source)}
		if !s.Last.IsZero() {
			step.LastDay = casework.Day(s.Last, ix)
		}
		v.NextSteps = append(v.NextSteps, step)
	}
	extensible := casework.Extensible(c, ix)
	for _, l := range casework.Limits(c, ix, now) {
		j := limitJSON{Limit: l.Limit, Start: cli.Time(l.Start, zone), Due: cli.Time(l.Due, zone),
			OriginalDue: cli.Time(l.OriginalDue, zone), Light: l.Light, Doubtful: l.Doubtful, Urged: []urgingJSON{}}
		if !l.Stopped {
			j.Latest = extensible[l.Limit]
			if !l.NotBefore.IsZero() {
				j.NotBefore = casework.Day(l.NotBefore, ix)
			}
		}
		for _, u := range l.Urged {
			j.Urged = append(j.Urged, urgingJSON{safe(u.Grade), safe(u.To), cli.Time(u.At, zone), u.By.String()})
		}
		v.Limits = append(v.Limits, j)
	}
	for _, g := range c.Given() {
		v.Orders = append(v.Orders, orderJSON{UID: g.By.String(), From: safe(g.From), To: safe(g.To), Grade: safe(g.Grade),
			Reason: text.Clean(g.Words["reason"]).String(), At: cli.Time(g.At, zone), Due: safe(g.Due), Waits: g.Runs,
			Reply: text.Clean(g.Reply.Text).String(), RepliedAt: cli.Time(g.Reply.At, zone), Withdrawn: text.Clean(g.Back.Text).String()})
	}
	v.Agreement, v.Court = agreementView(c, ix), courtView(c)
	for _, d := range c.Declined {
		v.Declined = append(v.Declined, d.Element.String())
	}
	v.GoUp = casework.ShouldGoUp(c, ix, now)
	for _, l := range c.Timeline {
		v.Events = append(v.Events, eventsOf(l, zone)...)
	}
	for _, a := range c.Acts {
		act := actJSON{Action: a.Action, UID: a.By.String(), Words: map[string]string{}}
		for name, word := range a.Words {
			act.Words[safe(name)] = text.Clean(word).String()
		}
		v.Acts = append(v.Acts, act)
	}
	return v
}

// fieldValue gives a field's text its JSON type.
func fieldValue(f casework.Field, value string) any {
	spec, _ := casework.CaseField(f)
	if n, err := strconv.Atoi(value); err == nil && spec.Type == casework.TypeNumber {
		return n
	}
	if spec.Type == casework.TypeLong {
		return text.Clean(value).String()
	}
	return safe(value)
}

func eventsOf(l casework.Line, zone int) []eventJSON {
	e := eventJSON{
		UID: l.UID.String(), Log: l.Name.Log.String(), Seq: l.Name.Seq, Actor: safe(l.Actor), Unit: safe(l.Unit),
		At: cli.Time(l.At, zone), Parents: []string{}, Effect: l.Effect, Why: safe(l.Why),
	}
	for _, p := range l.Parents {
		e.Parents = append(e.Parents, p.String())
	}
	if !l.Epoch.IsZero() {
		e.Stamp = &stampJSON{Epoch: l.Epoch.String(), N: l.N}
	}
	out := make([]eventJSON, len(l.Kinds))
	for i, kind := range l.Kinds {
		out[i] = e
		out[i].I, out[i].Kind = i, kind
	}
	return out
}

// stateText names a state for people.
func (c *config) stateText(s casework.State) string {
	if s == "" {
		return ""
	}
	return c.run.Words.T("state." + string(s))
}

// kindsText names what an entry did for people.
func (c *config) kindsText(kinds []string) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		if key := "action." + k; c.run.Words.Has(key) {
			names[i] = c.run.Words.T(key)
		} else {
			names[i] = c.run.Words.T("action.unknown")
		}
	}
	return strings.Join(names, c.run.Words.T("list.separator"))
}
