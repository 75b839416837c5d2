package casework

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"casedesk/store/catalogue"
)

// Matter is a kind of matter; each has a table of its own.
type Matter string

// The kinds of matter; append-only.
const Dispute Matter = "dispute" // 矛盾纠纷

// Case is what the entries of one case fold to. Two replicas that hold the same
// entries hold the same Case.
type Case struct {
	ID     CaseID
	Matter Matter
	Number string // 案号, given by the laptop that registered it
	State  State
	Before State // the state that a suspended case goes back to; else empty

	Fields       map[Field]Register
	Parties      []Party // by element id, in order of addition
	Notes        []Note
	Confidential bool               // 保密
	About        []catalogue.UnitID // units that must not hold it while it is confidential
	Source       Source

	Registrar    catalogue.UnitID // the unit that registered it
	RegisteredBy catalogue.UserID
	RegisteredAt time.Time
	Holder       catalogue.UnitID   // the area unit that answers for it and routes it
	Lead         catalogue.UnitID   // 主办: the unit that handles it, once routed
	Co           []catalogue.UnitID // 协办
	Joined       []catalogue.UnitID // take part otherwise: who sent it, who was called in
	Glass        []Glass            // 应急查阅 that is open: units that look into it
	Contacted    time.Time          // first contact with the parties; zero if none yet
	Agreement    Agreement
	Declined     []Decline   // parties who refuse mediation
	Entrustment  Entrustment // the court's last request to mediate
	Ratings      []Rating
	Round        int    // how often it was taken up again after it had come to an end
	Receipt      string // hash of the code on the party's slip; empty: none was given
	Outcome      string // what closing recorded
	Reply        string // what the parties were told
	Told         string // the day on which they were told what became of it; empty: nobody has yet

	Merged  *Merger // where it goes on, of a case that was merged; else nil
	Sources []Taken // what was merged into it

	Acts []Act // what was done on it, of the actions whose words are kept at hand

	Clocks    []Clock
	Conflicts []Conflict // open conflicts of fields, by field
	Contested []EntryID  // contested entries that nobody settled yet
	HeldNow   []EntryID  // held entries that nobody released yet
	Unknown   int        // entries of a newer version
	Settled   []Decision // what was settled or released, and how
	Timeline  []Line     // every entry, in the order of the fold
	Heads     []EntryID  // entries that no other entry names as parent
	UpdatedAt time.Time  // effective time of the last entry
	Hands     []Hand     // who held it, in order
}

// Register is the value of a field with the entry that wrote it.
type Register struct {
	Value string
	By    EntryID
}

// Note is a remark in the case's history.
type Note struct {
	By   EntryID
	Text string
}

// Source names the record of another system that a case came from.
type Source struct {
	System string `codec:"system"`
	ID     string `codec:"id"`
}

// Agreement is what the parties agreed.
type Agreement struct {
	Form         string    // "oral" or "written"; empty: none
	Text         string    // its content
	Laws         string    // laws that it rests on
	VillageRules string    // 乡规民约 that it rests on
	Due          string    // day by which it is to be performed, "2006-01-02"
	At           time.Time // when it was recorded
	EffectiveOn  string    // the day on which it took effect; empty: when it was recorded
	Done         string    // "full", "partial" or empty
	Amount       string    // yuan that are to be paid under it (调解协议金)
	Instalments  []Instalment
	Confirmation Confirmation
}

// Rating is the party's say; three items, each "satisfied", "basic" or
// "unsatisfied".
type Rating struct {
	By                               EntryID
	Satisfaction, Efficiency, Leader string
	Way                              string    // "face", "code"; empty: a worker wrote it down
	Party                            ElementID // whose say it is; zero: nobody's in particular
	Round                            int       // of the case's, when it was given
}

// Clock is a limit that was started.
type Clock struct {
	Limit     catalogue.LimitCode
	Start     time.Time
	Since     string    // the moment, as a form has it, that the act says it counts from, where that is before Start
	Catalogue uint64    // the version that its length comes from
	Due       string    // a day fixed by the case itself, instead of a length
	Stop      time.Time // zero while it runs
	By        EntryID
	Urged     []Urging         // what the county said about it
	Asked     catalogue.UnitID // whose answer it waits for; empty: no unit's in particular
	Pauses    []Pause          // one after the other, none before Start; the last may be open
	Extended  []Extension
}

// Extension is an approved later end of a limit. The day on which it was due
// before stays known.
type Extension struct {
	Until string    // the last day, "2006-01-02"
	At    time.Time // pauses before this are in it
	By    EntryID
}

// Pause is a time in which a limit stood still.
type Pause struct {
	From time.Time
	To   time.Time // never before From; zero: it lasts
}

// Conflict is a field that two people wrote without knowing of each other. The
// case shows the value that landed first; the others wait here.
type Conflict struct {
	Field  Field
	Others []Register
}

// Decision is how a contested entry was settled, or that a held one was
// released.
type Decision struct {
	Entry  EntryID
	Choice string // "keep", "take" or "release"
	By     EntryID
	// Dropped are the values that the decision took out of sight, so that it can
	// be reversed: those of Entry for "keep", those shown before for "take".
	Dropped []Version
}

// Version is a value of a field.
type Version struct {
	Field Field
	Register
}

// Hand is a unit that held the case from an entry on.
type Hand struct {
	Unit catalogue.UnitID
	Lead catalogue.UnitID
	By   EntryID
}

// at is the unit that has the case in hand: its lead, or who answers for it.
func (h Hand) at() catalogue.UnitID { return cmp.Or(h.Lead, h.Unit) }

// Effect is what an entry did in the fold.
type Effect string

// The effects.
const (
	Applied   Effect = "applied"
	Contested Effect = "contested"
	HeldBack  Effect = "held"
	Unknowns  Effect = "unknown"
)

// Line is an entry as the case's timeline shows it.
type Line struct {
	UID     EntryID
	Name    Name
	Actor   catalogue.UserID
	Unit    catalogue.UnitID
	At      time.Time
	Kinds   []string
	Parents []EntryID
	Effect  Effect
	Why     Why
	Epoch   Epoch  // of the stamp; zero: not stamped yet
	N       uint64 // of the stamp
	Doubt   bool   // the time is a guess
}

// Exists reports whether the case's registration is known here.
func (c *Case) Exists() bool { return c.State != "" }

// standing is the state in which the case stands, or stood when it was suspended.
func (c *Case) standing() *State {
	if c.State == StateSuspended {
		return &c.Before
	}
	return &c.State
}

// Value returns a field's value.
func (c *Case) Value(f Field) string { return c.Fields[f].Value }

// Line returns the timeline's line of an entry.
func (c *Case) Line(uid EntryID) (Line, bool) {
	for i := range c.Timeline { // a Line is long: it is not copied to be looked at
		if c.Timeline[i].UID == uid {
			return c.Timeline[i], true
		}
	}
	return Line{}, false
}

// Decided returns what was decided last about an entry of the timeline that was
// contested or held: "take", "keep" or "release", "leave" of a held one that was left
// out; empty if nothing was, or it waits for a decision. What is held for reusing a
// uid has none of the first entry's.
func (c *Case) Decided(l Line) string {
	if l.Effect == HeldBack && l.Why == WhyUIDReused || slices.Contains(c.HeldNow, l.UID) || slices.Contains(c.Contested, l.UID) {
		return ""
	}
	for _, d := range slices.Backward(c.Settled) {
		if d.Entry == l.UID {
			if l.Effect == HeldBack {
				return "leave"
			}
			return d.Choice
		}
	}
	return ""
}

// Open returns how many contested entries and fields wait for a decision.
func (c *Case) Open() int { return len(c.Contested) }

// Passed returns how often the case went from one unit to another: who routes it to
// itself, or takes in hand what it answers for, passes nothing on.
func (c *Case) Passed() int {
	n := 0
	for i, h := range c.Hands {
		if i > 0 && h.at() != c.Hands[i-1].at() {
			n++
		}
	}
	return n
}

// Ended reports whether the case has reached an end of its table.
func (c *Case) Ended() bool { return c.State.Ended() }

// clone copies everything that an event may change, so that an entry can be
// applied whole or not at all.
func (c *Case) clone() Case {
	d := *c
	d.Fields = maps.Clone(c.Fields)
	d.Parties = slices.Clone(c.Parties)
	d.Notes = slices.Clone(c.Notes)
	d.Co = slices.Clone(c.Co)
	d.Joined = slices.Clone(c.Joined)
	d.Glass = slices.Clone(c.Glass)
	d.Acts = slices.Clone(c.Acts)
	d.Sources = slices.Clone(c.Sources)
	d.About = slices.Clone(c.About)
	d.Declined = slices.Clone(c.Declined)
	d.Ratings = slices.Clone(c.Ratings)
	d.Clocks = slices.Clone(c.Clocks)
	for i := range d.Clocks {
		d.Clocks[i].Pauses = slices.Clone(d.Clocks[i].Pauses)
		d.Clocks[i].Extended = slices.Clone(d.Clocks[i].Extended)
		d.Clocks[i].Urged = slices.Clone(d.Clocks[i].Urged)
	}
	d.Conflicts = slices.Clone(c.Conflicts)
	for i := range d.Conflicts {
		d.Conflicts[i].Others = slices.Clone(d.Conflicts[i].Others)
	}
	d.Contested = slices.Clone(c.Contested)
	d.HeldNow = slices.Clone(c.HeldNow)
	d.Settled = slices.Clone(c.Settled)
	d.Hands = slices.Clone(c.Hands)
	return d
}
