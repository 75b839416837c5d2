package store

import (
	"slices"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/search"
)

// Receipt says how far a case's or an entry's way has come. It is shown only
// when it is true.
type Receipt string

// The receipts.
const (
	Draft     Receipt = "draft"     // 稿
	SavedHere Receipt = "saved"     // 存
	Delivered Receipt = "delivered" // 达: the county has it
	BackedUp  Receipt = "backed_up" // 备: a verified backup of the county has it
	Withheld  Receipt = "held"      // 押: the county holds it back, with a reason
)

// Row is a case as lists show it.
type Row struct {
	ID        casework.CaseID
	Number    string // 案号
	Aliases   []string
	Matter    casework.Matter
	Stage     casework.Stage
	State     casework.State // empty: the case was withdrawn, or its registration has not come
	Category  string
	Title     string
	Division  catalogue.DivisionCode
	Holder    catalogue.UnitID
	Lead      catalogue.UnitID
	Light     casework.Light
	Limit     catalogue.LimitCode // the limit that is due first; empty: none runs
	Due       time.Time
	DaysLeft  int
	Original  time.Time   // when it was due before it was extended; zero: it was not
	Meets     []time.Time // the last appointments, in order of time
	Next      time.Time   // the first of them from today on; zero: none
	Receipt   Receipt
	Contested int // entries that wait for a decision
	Held      int // entries that the county holds back
	Unknown   int // entries of a newer version
	Todo      bool
	Mine      bool // registered by this profile's person
	Backlog   bool // 积案: carried over for years
	Secret    bool // 保密
	Signs     int  // signs of risk that it shows
	Updated   time.Time
	News      time.Time        // what somebody else did last; zero: nothing
	New       bool             // that was since yesterday, and this person has not opened the case since
	Grade     casework.Grade   // the strongest order or urging that runs to or from the person's units; empty: none
	Urger     catalogue.UnitID // who gave that order; empty: the county urged by itself
	Answer    time.Time        // by when it is to be answered or the limit kept: the first moment that is too late
	Gone      *Gone            // withdrawn: nothing else is known
	Hits      []search.Line    // where else than in the title a search found its words; folded, and not masked
}

// row is a Row as it is kept: what depends on the moment is computed when it is
// read. Times are Unix milliseconds, 0 for none.
type row struct {
	//lint:ignore U1000 the codec reads it
	_struct   bool `codec:",toarray"`
	ID        casework.CaseID
	Number    string
	Aliases   []string
	Matter    casework.Matter
	Stage     casework.Stage
	State     casework.State
	Category  string
	Title     string
	Division  catalogue.DivisionCode
	Holder    catalogue.UnitID
	Lead      catalogue.UnitID
	Limit     catalogue.LimitCode
	Due       int64
	YellowAt  int64
	Paused    int64 // since when the limit stands still
	Contested int
	Held      int
	HeldOwn   bool
	Unknown   int
	Todo      bool
	Mine      bool
	Backlog   bool
	Secret    bool
	Signs     int
	Updated   int64
	Unsent    bool              // an own entry is not known to be at the county
	Marks     []Mark            // per epoch, the last place at which the county holds an entry of it
	Meets     []int64           // the last appointments of a case in which the person's units take part
	Original  int64             // when the limit was due before it was extended; 0: it was not
	Others    []casework.CaseID // cases that it names
	News      int64
	Arrived   int64 // when it was registered
	Passed    int64 // when it went from one unit to another last; 0: never
	Turned    int64 // when it came into its state
	Asks      asks
	Called    int64 // when the last call-out of the person's units was answered; stillCalls: one is not; 0: there is none
	Grade     casework.Grade
	Urger     catalogue.UnitID
	Answer    int64
	Replied   int64 // when an order of the person's units was replied to last; 0: never
	Owed      int64 // by when the first order to them is to be answered; 0: none waits
	Given     int64 // by when the first of their own orders is
	Gone      *Gone
}

// rowOf makes a case's row.
func rowOf(f *caseFile, st *state, ix *catalogue.Index) *row {
	c := &f.Fold
	w := &row{ID: f.ID, Aliases: f.Aliases, Gone: f.Gone}
	for _, r := range f.Entries {
		if r.At.Epoch.IsZero() {
			w.Unsent = w.Unsent || r.Own > 0
		} else {
			w.Marks = raise(w.Marks, r.At)
		}
	}
	if f.Gone != nil {
		w.Number = f.Gone.Number
		return w
	}
	w.Number, w.Matter, w.Stage, w.State = c.Number, c.Matter, c.Stage(), c.State
	w.Category, w.Title = c.Value(casework.FieldCategory), c.Value(casework.FieldTitle)
	w.Division = catalogue.DivisionCode(c.Value(casework.FieldDivision))
	w.Holder, w.Lead = c.Holder, c.Lead
	w.Contested, w.Held, w.Unknown = len(c.Contested), len(c.HeldNow), c.Unknown
	w.Secret, w.Signs = c.Confidential, len(casework.Signs(c))
	w.Updated, w.Others = c.UpdatedAt.UnixMilli(), c.Names()
	for _, p := range st.persons() {
		w.Todo = w.Todo || casework.Todo(c, p, ix)
	}
	w.Backlog = c.Value(casework.FieldBacklog) == "yes"
	w.Mine = c.Matter != "" && c.RegisteredBy == st.User
	for _, uid := range c.HeldNow {
		if l, ok := c.Line(uid); ok && l.Actor == st.User {
			w.HeldOwn = true
		}
	}
	w.Meets = meetsOf(c, st, ix)
	w.watch(c, st, ix)
	if first, ok := casework.Overall(c, ix, c.UpdatedAt); ok {
		w.Limit, w.Due, w.YellowAt = first.Limit, first.Due.UnixMilli(), first.Yellow.UnixMilli()
		if first.Extended > 0 {
			w.Original = first.OriginalDue.UnixMilli()
		}
		if !first.Paused.IsZero() {
			w.Paused = first.Paused.UnixMilli()
		}
	}
	return w
}

// raise notes that the county holds something at m.
func raise(marks []Mark, m Mark) []Mark {
	i := slices.IndexFunc(marks, func(o Mark) bool { return o.Epoch == m.Epoch })
	if i < 0 {
		return append(marks, m)
	}
	marks[i].N = max(marks[i].N, m.N)
	return marks
}

// show computes what depends on the moment and on what the county holds.
func (w *row) show(st *state, ix *catalogue.Index, now time.Time) Row {
	out := Row{ID: w.ID, Number: w.Number, Aliases: w.Aliases, Matter: w.Matter, Stage: w.Stage, State: w.State,
		Category: w.Category, Title: w.Title, Division: w.Division, Holder: w.Holder, Lead: w.Lead,
		Limit: w.Limit, Light: w.light(now), Contested: w.Contested, Held: w.Held, Unknown: w.Unknown,
		Todo: w.Todo, Mine: w.Mine, Backlog: w.Backlog, Secret: w.Secret, Signs: w.Signs, Grade: w.Grade, Urger: w.Urger, Gone: w.Gone, Receipt: w.receipt(st)}
	if w.Updated != 0 {
		out.Updated = time.UnixMilli(w.Updated)
	}
	if w.News != 0 {
		out.News = time.UnixMilli(w.News)
	}
	if w.Answer != 0 {
		out.Answer = time.UnixMilli(w.Answer).In(ix.Calendar().Location())
	}
	for _, t := range w.Meets {
		out.Meets = append(out.Meets, time.UnixMilli(t).In(ix.Calendar().Location()))
	}
	out.Next = w.next(now, ix.Calendar())
	if w.Due != 0 {
		cal := ix.Calendar()
		out.Due = time.UnixMilli(w.Due).In(cal.Location())
		if w.Paused != 0 {
			now = time.UnixMilli(w.Paused)
		}
		out.DaysLeft = cal.DaysLeft(now, out.Due)
		if w.Original != 0 {
			out.Original = time.UnixMilli(w.Original).In(cal.Location())
		}
	}
	return out
}

func (w *row) light(now time.Time) casework.Light {
	switch {
	case w.Due == 0:
		return casework.None
	case w.Paused != 0:
		return casework.Grey
	}
	return casework.LightAt(now, time.UnixMilli(w.YellowAt), time.UnixMilli(w.Due))
}

// receipt is the least that is true of all entries of the case.
func (w *row) receipt(st *state) Receipt {
	backed := true
	for _, m := range w.Marks {
		if !st.holds(m) {
			return SavedHere
		}
		backed = backed && st.backed(m)
	}
	switch {
	case w.HeldOwn, w.State == "" && w.Held > 0: // the registration itself is held
		return Withheld
	case w.Unsent || len(w.Marks) == 0:
		return SavedHere
	case backed:
		return BackedUp
	}
	return Delivered
}
