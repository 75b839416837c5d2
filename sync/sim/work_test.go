package sim_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

var amends = []casework.Field{casework.FieldTitle, casework.FieldDetail, casework.FieldPeople}

func (w *world) register(l *laptop) {
	fields := casework.Fields{casework.FieldCategory: pick(w, []string{"0101", "0201"}), casework.FieldTitle: w.word(),
		casework.FieldFacts: w.word() + strings.Repeat("两家为排水沟争吵，", w.rand.IntN(80)), casework.FieldDivision: pick(w, places)}
	reg := &casework.Registered{Matter: casework.Dispute, Fields: fields}
	switch {
	case w.leaning != "" && w.chance(50):
		reg.Matter = w.leaning
	case w.chance(10):
		reg.Matter = pick(w, casework.Matters)
	}
	switch reg.Matter {
	case casework.Petition:
		fields[casework.FieldPetitionForm] = "letter"
	case casework.Delegated:
		fields[casework.FieldItem] = pick(w, w.cat.Items).Code
	}
	if w.chance(50) {
		reg.Parties = []casework.Party{{Role: "applicant", Name: w.word()}}
	}
	if w.chance(25) {
		reg.Confidential = true
		for range w.rand.IntN(3) {
			reg.About = append(reg.About, pick(w, about))
		}
	}
	l.save("register", store.Work{Events: []casework.Event{reg}, Unit: l.unit()})
}

// unit is one of the person's.
func (l *laptop) unit() catalogue.UnitID {
	units := l.store.Profile().Units
	if len(units) == 0 {
		return ""
	}
	return pick(l.w, units)
}

// save appends a piece of work; what is refused is no harm.
func (l *laptop) save(what string, work store.Work) {
	w := l.w
	w.t.Helper()
	saved, err := l.store.Append(work)
	var refusal *casework.Refusal
	switch {
	case err == nil:
		l.kept(saved, work.Parents)
		for _, ev := range work.Events {
			w.done[ev.Kind()]++
		}
		w.log("%s %s case %s uid %s", l.name, what, short(saved.Case), short(saved.UID))
	case errors.As(err, &refusal) && slices.Contains([]casework.Code{casework.CodeNotAllowed, casework.CodeInvalid, casework.CodeNotFound}, refusal.Code):
		w.log("%s %s refused: %v", l.name, what, err)
	default:
		w.t.Fatalf("%s %s: %v", l.name, what, err)
	}
	w.pending = nil
}

// kept notes what a laptop showed as saved, the words in it, and what its writer
// had before her; nil is the case as it was.
func (l *laptop) kept(saved store.Saved, seen []casework.EntryID) {
	l.own[saved.UID] = true
	l.w.saves[saved.UID] = saving{at: l.w.time(), seen: seen, by: l}
	for _, word := range l.w.pending {
		l.w.said[word] = saved.Case
	}
	l.w.pending = nil
}

func short(id fmt.Stringer) string { s := id.String(); return s[len(s)-6:] }

// rows are the cases that the laptop shows, in the order of their ids.
func (l *laptop) rows() []store.Row {
	l.w.t.Helper()
	list, err := l.store.Rows(store.Query{})
	l.w.ok(err)
	slices.SortFunc(list.Rows, func(a, b store.Row) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return list.Rows
}

// someCase is a case that is shown, as often as not one that waits for the person,
// or one of the newest; false if there is none.
func (l *laptop) someCase() (casework.Case, bool) {
	rows := slices.DeleteFunc(l.rows(), func(r store.Row) bool { return r.Gone != nil })
	if len(rows) == 0 {
		return casework.Case{}, false
	}
	todo := slices.DeleteFunc(slices.Clone(rows), func(r store.Row) bool { return !r.Todo })
	switch {
	case len(todo) > 0 && l.w.chance(50):
		rows = todo
	case l.w.chance(50):
		rows = rows[max(0, len(rows)-4):]
	}
	v, err := l.store.Case(pick(l.w, rows).ID)
	l.w.ok(err)
	return v.Case, true
}

// act does something to one of a few cases: the one that offers what was done
// least so far.
func (w *world) act(l *laptop) {
	var best casework.Case
	rarest := math.MaxInt
	for range 4 {
		c, ok := l.someCase()
		if !ok {
			return
		}
		offers := casework.Offers(&c, l.store.Person(l.unit()), l.store.Catalogue())
		w.rand.Shuffle(len(offers), func(i, j int) { offers[i], offers[j] = offers[j], offers[i] })
		for _, o := range offers {
			if n := w.tired(o); o.Allowed && n < rarest || best.ID.IsZero() {
				best, rarest = c, n
			}
		}
	}
	if !best.ID.IsZero() {
		l.actOn(&best, nil, store.DraftID{})
	}
}

// actOn does something that the case offers, for one of the person's units;
// parents are those of a draft, nil for the case as it is now.
func (l *laptop) actOn(c *casework.Case, parents []casework.EntryID, id store.DraftID) {
	w, unit := l.w, l.unit()
	offers := casework.Offers(c, l.store.Person(unit), l.store.Catalogue())
	if !w.chance(8) { // now and then somebody tries what is not offered
		offers = slices.DeleteFunc(offers, func(o casework.Offer) bool { return !o.Allowed })
	}
	if len(offers) == 0 {
		return
	}
	o := pick(w, offers)
	// Decisions are few and matter: take one whenever there is one to take. Of the
	// rest, what was done least so far comes first as often as not.
	if i := slices.IndexFunc(offers, func(o casework.Offer) bool {
		return o.Allowed && (o.Action == casework.ActSettle || o.Action == casework.ActRelease)
	}); i >= 0 && w.chance(50) {
		o = offers[i]
	} else if w.chance(70) {
		w.rand.Shuffle(len(offers), func(i, j int) { offers[i], offers[j] = offers[j], offers[i] })
		o = slices.MinFunc(offers, func(a, b casework.Offer) int { return w.tired(a) - w.tired(b) })
	}
	l.takeUp(c, o, parents, id, unit)
}

// tired says how little an act is wanted: what was done often less, and what ends
// a case, or adds to it without moving it on, less than the rest.
func (w *world) tired(o casework.Offer) int {
	n := w.done[string(o.Action)] + 1
	switch o.Action {
	case casework.ActVoid, casework.ActRefuse, casework.ActRefuseRepeat, casework.ActSplitOut, casework.ActSettleOnSpot, casework.ActClose,
		casework.ActMerge, casework.ActAdvise, casework.ActTransfer, casework.ActConclude:
		return 6 * n
	case casework.ActSettle, casework.ActRelease, casework.ActAssign, casework.ActEscalate:
		return n
	}
	if o.Group != casework.GroupProceed {
		return 4 * n
	}
	return n
}

// takeUp does an action with a form that is filled at random.
func (l *laptop) takeUp(c *casework.Case, o casework.Offer, parents []casework.EntryID, id store.DraftID, unit catalogue.UnitID) {
	w := l.w
	var ev casework.Event = &casework.Amended{Fields: l.fields()}
	if o.Action != casework.ActAmend {
		var ok bool
		if ev, ok = c.NewEvent(o.Action); !ok {
			return
		}
		if faults := casework.Fill(ev, l.fill(c, o, unit)); len(faults) > 0 {
			w.t.Fatalf("fill %s: %v", o.Action, faults)
		}
	}
	work := store.Work{Case: c.ID, Parents: parents, Events: []casework.Event{ev}, Unit: unit, Draft: id}
	if w.chance(10) {
		work.Events = append(work.Events, &casework.Noted{Note: w.word()})
	}
	l.save(string(o.Action), work)
}

func (l *laptop) fields() casework.Fields {
	w, out := l.w, casework.Fields{}
	for _, f := range amends {
		if w.chance(40) {
			out[f] = w.word()
			if f == casework.FieldPeople {
				out[f] = strconv.Itoa(1 + w.rand.IntN(99))
			}
		}
	}
	if w.chance(10) {
		out[casework.FieldDivision] = pick(w, places)
	}
	return out
}

// below are the units of the case to which one may give orders.
func (l *laptop) below(c *casework.Case, giver catalogue.UnitID) []catalogue.UnitID {
	return slices.DeleteFunc(append([]catalogue.UnitID{c.Registrar, c.Holder, c.Lead}, c.Co...), func(u catalogue.UnitID) bool {
		return u == "" || casework.Orders(&casework.Supervised{To: u}, giver, l.store.Catalogue()) != ""
	})
}

// fill writes something plausible into a form.
func (l *laptop) fill(c *casework.Case, o casework.Offer, unit catalogue.UnitID) map[string]string {
	w, in := l.w, map[string]string{}
	for _, s := range o.Fields {
		if !s.Required && w.chance(50) {
			continue
		}
		switch s.Type {
		case casework.TypeText, casework.TypeLong:
			if s.Name == "instalments" {
				in[s.Name] = w.time().AddDate(0, 1, 0).Format(time.DateOnly) + " 500"
				break
			}
			in[s.Name] = w.word()
		case casework.TypeTime:
			in[s.Name] = w.time().Add(-time.Duration(w.rand.IntN(500)) * time.Minute).Format(time.RFC3339)
		case casework.TypeMoney:
			in[s.Name] = fmt.Sprintf("%d.%02d", w.rand.IntN(10_000), w.rand.IntN(100))
		case casework.TypePeople:
			in[s.Name] = pick(w, w.cat.Resolvers).ID
		case casework.TypeCase:
			for range 3 { // hardly ever itself
				if other, ok := l.someCase(); ok && (in[s.Name] == "" || other.ID != c.ID) {
					in[s.Name] = other.ID.String()
				}
			}
		case casework.TypeLimit:
			in[s.Name] = string(casework.LimitHandle)
			if len(c.Clocks) > 0 && w.chance(50) {
				in[s.Name] = string(pick(w, c.Clocks).Limit)
			}
		case casework.TypeAct:
			if acts := c.ActsOf(s.Of); len(acts) > 0 {
				in[s.Name] = pick(w, acts).By.String()
			}
			// Mostly one's own: an order that the unit gave, or that waits for it.
			mine := slices.DeleteFunc(c.Orders(), func(of casework.Order) bool {
				return of.From != unit && o.Action == casework.ActWithdrawOrder || of.To != unit && o.Action == casework.ActReplyOrder
			})
			if s.Of == casework.ActSupervise && len(mine) > 0 && !w.chance(20) {
				in[s.Name] = pick(w, mine).By.String()
			}
		case casework.TypeDate:
			if s.Past {
				in[s.Name] = w.time().AddDate(0, 0, -w.rand.IntN(60)).Format(time.DateOnly)
				break
			}
			in[s.Name] = w.time().AddDate(0, 0, w.rand.IntN(60)).Format(time.DateOnly)
		case casework.TypeNumber:
			in[s.Name] = strconv.Itoa(1 + w.rand.IntN(9))
		case casework.TypeBool:
			in[s.Name] = strconv.FormatBool(w.chance(50))
		case casework.TypeChoice:
			in[s.Name] = pick(w, s.Choices)
		case casework.TypeCode:
			in[s.Name] = pick(w, w.cat.Codes(s.Table)).Code
		case casework.TypeDivision:
			in[s.Name] = pick(w, places)
		case casework.TypeUnit:
			in[s.Name] = string(pick(w, desks))
			if o.Action == casework.ActAssign && w.chance(60) { // to somebody who is there
				if unit := pick(w, w.live()).unit(); unit != "" {
					in[s.Name] = string(unit)
				}
			}
			if below := l.below(c, unit); o.Action == casework.ActSupervise && len(below) > 0 && !w.chance(20) {
				in[s.Name] = string(pick(w, below))
			}
			if able := casework.Powers(c.Value(casework.FieldItem), l.store.Catalogue()); o.Action == casework.ActHandUp && len(able) > 0 && !w.chance(20) {
				in[s.Name] = string(pick(w, able))
			}
			if s.Name == "above" && !w.chance(20) {
				for up := c.Holder; up != "" && w.chance(60); up = l.store.Catalogue().Parent(up) {
					in[s.Name] = string(up)
				}
			}
			goesUp := o.Action == casework.ActEscalate || o.Action == casework.ActAskReview || o.Action == casework.ActAskRecheck
			if up := l.store.Catalogue().Parent(c.Holder); goesUp && up != "" && !w.chance(20) {
				in[s.Name] = string(up)
			}
		case casework.TypeUnits:
			in[s.Name] = string(pick(w, desks)) + "," + string(pick(w, desks))
		case casework.TypeEntry:
			if waiting := slices.Concat(c.Contested, c.HeldNow); len(waiting) > 0 {
				in[s.Name] = pick(w, waiting).String()
			}
		case casework.TypeElement:
			if len(c.Parties) > 0 {
				in[s.Name] = pick(w, c.Parties).Element.String()
			}
		}
	}
	return in
}

func (w *world) amend(l *laptop) {
	if c, ok := l.someCase(); ok {
		l.save("amend", store.Work{Case: c.ID, Parents: c.Heads, Events: []casework.Event{&casework.Amended{Fields: l.fields()}}, Unit: l.unit()})
	}
}

// move corrects the place of a case: other units see it then.
func (w *world) move(l *laptop) {
	if c, ok := l.someCase(); ok {
		fields := casework.Fields{casework.FieldDivision: pick(w, places)}
		l.save("move", store.Work{Case: c.ID, Events: []casework.Event{&casework.Amended{Fields: fields}}, Unit: l.unit()})
	}
}

// confide makes a case 保密, or opens one that is.
func (w *world) confide(l *laptop) {
	c, ok := l.someCase()
	if !ok {
		return
	}
	ev := &casework.Confided{Confidential: "no", Reason: w.word()}
	if !c.Confidential {
		ev.Confidential = "yes"
		for range w.rand.IntN(3) {
			ev.About = append(ev.About, pick(w, about))
		}
	}
	l.save("confide", store.Work{Case: c.ID, Events: []casework.Event{ev}, Unit: l.unit()})
}

// merge merges a case into another, or lets one that was merged go on by itself.
func (w *world) merge(l *laptop) {
	unit := l.unit()
	person := l.store.Person(unit)
	var may []casework.Case // that the person answers for
	for _, row := range l.rows() {
		if row.Gone != nil {
			continue
		}
		v, err := l.store.Case(row.ID)
		w.ok(err)
		if casework.Allowed(&v.Case, person, casework.ActAddSource, l.store.Catalogue()) == "" {
			may = append(may, v.Case)
		}
	}
	if len(may) < 2 {
		return
	}
	w.rand.Shuffle(len(may), func(i, j int) { may[i], may[j] = may[j], may[i] })
	what, ev := "merge", casework.Event(&casework.Merged{Into: may[1].ID, Reason: w.word()})
	if may[0].State == casework.StateMerged {
		what, ev = "unmerge", &casework.Unmerged{Reason: w.word()}
	}
	l.save(what, store.Work{Case: may[0].ID, Events: []casework.Event{ev}, Unit: unit})
}

// handSlip hands a party a slip with a code.
func (w *world) handSlip(l *laptop) {
	if c, ok := l.someCase(); ok {
		hash := sha256.Sum256(strconv.AppendUint(nil, w.rand.Uint64(), 16))
		l.save("receipt", store.Work{Case: c.ID, Parents: c.Heads, Events: []casework.Event{&casework.ReceiptGiven{Hash: hex.EncodeToString(hash[:])}}, Unit: l.unit()})
	}
}

// openDraft begins to write on a case. The form is filled with what the case
// says now, which others may have written.
func (w *world) openDraft(l *laptop) {
	c, ok := l.someCase()
	if !ok {
		return
	}
	d, err := l.store.SaveDraft(store.DraftWork{Case: c.ID, Action: casework.ActAmend, Parents: c.Heads, Values: map[string]string{
		"title": c.Value(casework.FieldTitle), "facts": c.Value(casework.FieldFacts)}})
	w.ok(err)
	l.drafts[d.ID], w.views[d.ID] = true, draft{heads: c.Heads, view: c}
	w.log("%s opens a draft on %s", l.name, short(c.ID))
}

// endDraft saves what was written on a case as it stood some time ago, perhaps
// before a kill.
func (w *world) endDraft(l *laptop) {
	if len(l.drafts) == 0 {
		return
	}
	ids := slices.SortedFunc(maps.Keys(l.drafts), func(a, b store.DraftID) int { return strings.Compare(a.String(), b.String()) })
	id := pick(w, ids)
	d := w.views[id]
	if w.chance(50) {
		l.save("late amend", store.Work{Case: d.view.ID, Parents: d.heads, Events: []casework.Event{&casework.Amended{Fields: l.fields()}},
			Unit: l.unit(), Draft: id})
	} else {
		l.actOn(&d.view, d.heads, id)
	}
	w.ok(l.store.DeleteDraft(id)) // what was refused is thrown away
	delete(l.drafts, id)
}
