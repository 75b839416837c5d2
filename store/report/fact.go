package report

import (
	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

// Fact is what figures need of one case. It holds no name, no phone and no text that
// somebody wrote but the title. Moments are Unix milliseconds, 0 for none; days are
// "2006-01-02".
type Fact struct {
	ID       casework.CaseID        `codec:"id"`
	Number   string                 `codec:"no"`
	Matter   casework.Matter        `codec:"m"`
	State    casework.State         `codec:"s"` // of a suspended case the one that it goes back to
	Title    string                 `codec:"t"`
	Category string                 `codec:"c"`
	Division catalogue.DivisionCode `codec:"d"`
	Channel  string                 `codec:"ch,omitempty"`
	Origin   string                 `codec:"or,omitempty"`
	Cause    string                 `codec:"ca,omitempty"`
	Scale    string                 `codec:"sc,omitempty"`
	Item     string                 `codec:"it,omitempty"` // of a delegated matter, its number in the catalogue
	Hard     bool                   `codec:"df,omitempty"` // 疑难
	Major    bool                   `codec:"mj,omitempty"` // 重大
	People   int                    `codec:"p,omitempty"`  // 涉及人数
	Parties  int                    `codec:"pt,omitempty"`
	Backlog  bool                   `codec:"b,omitempty"`
	Secret   bool                   `codec:"x,omitempty"`  // 保密: counted, never listed by title
	About    []catalogue.UnitID     `codec:"ab,omitempty"` // units that a secret case is kept from

	Registrar catalogue.UnitID   `codec:"ru"`
	Holder    catalogue.UnitID   `codec:"h"`
	Lead      catalogue.UnitID   `codec:"l,omitempty"`
	Co        []catalogue.UnitID `codec:"co,omitempty"`
	By        catalogue.UserID   `codec:"by"`           // who registered it
	Person    catalogue.UserID   `codec:"pe,omitempty"` // who of the unit that has it worked on it last

	Happened   string          `codec:"hd,omitempty"` // the day on which it happened
	Registered int64           `codec:"ra"`
	Accepted   int64           `codec:"aa,omitempty"` // when it was first taken up
	Contacted  int64           `codec:"fa,omitempty"` // first contact
	Handled    int64           `codec:"ha,omitempty"` // when work on its substance began
	Reopened   int64           `codec:"re,omitempty"` // when it was taken up again last
	Resolved   int64           `codec:"za,omitempty"` // when it was settled last; 0: it is not
	ResolvedAt catalogue.Level `codec:"zl,omitempty"` // of the unit that settled it
	Closed     int64           `codec:"ea,omitempty"` // when it came to an end
	Told       string          `codec:"to,omitempty"` // the day on which the parties were told
	Round      int             `codec:"r,omitempty"`
	Updated    int64           `codec:"u,omitempty"`

	Limits  []Limit  `codec:"li,omitempty"`
	Orders  []Order  `codec:"o,omitempty"`
	Ratings []Rating `codec:"rt,omitempty"`
	Visits  []Visit  `codec:"v,omitempty"`
	Turns   []Turn   `codec:"tu,omitempty"`
	Works   []Work   `codec:"w,omitempty"`
	Effects []Effect `codec:"ef,omitempty"`
	Passed  int      `codec:"pa,omitempty"` // how often it changed hands

	Agreement Agreement `codec:"ag,omitempty"`
	Entrusted Entrusted `codec:"en,omitempty"`
	Signs     []string  `codec:"si,omitempty"` // signs of risk that it shows
	// Prints are fingerprints of its facts and of what was agreed, by which the same
	// text in many cases is noticed; 0: too short to tell. A secret case has none.
	Prints [2]int64 `codec:"fp,omitempty"`
}

// Limit is a limit as it stands, with whom it binds.
type Limit struct {
	//lint:ignore U1000 the codec reads it
	_struct  bool `codec:",toarray"`
	Code     catalogue.LimitCode
	Unit     catalogue.UnitID // whose it is to keep
	Start    int64
	Due      int64 // the first moment that is too late
	Original int64 // Due before pauses and extensions
	Yellow   int64
	Paused   int64   // since when it stands still; 0: it does not
	Stop     int64   // 0: it runs
	Extended []int64 // when it was made longer
	Ran      int64   // when it had run out before it was made longer; 0: it had not
	Urged    int     // the strongest grade in which it was urged: 0 none, 1 yellow, 2 red, 3 up
	Right    bool    // a term in which a party may act and nobody must: it is nobody's fault
}

// Order is a superior's order (督办).
type Order struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	From    catalogue.UnitID
	To      catalogue.UnitID
	Grade   casework.Grade
	Given   int64
	Due     string
	Replied int64 // 0: not yet
	Ended   bool  // it waits for no reply: withdrawn, a stronger one took its place, or the case is over
}

// Rating is a party's say.
type Rating struct {
	//lint:ignore U1000 the codec reads it
	_struct      bool `codec:",toarray"`
	At           int64
	Way          string // "face", "code"; empty: a worker wrote it down
	Round        int
	Satisfaction string
	Efficiency   string
	Leader       string
}

// Visit is one time that people came with a petition, wrote or called: a batch of so many
// persons (批次, 人次).
type Visit struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	On      string
	People  int
	Form    string // "letter", "visit", "call", "online"
}

// Turn is what a case led to beyond itself.
type Turn struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	Into    string
	On      string
	People  int
}

// Work is one thing that somebody did on the case and that figures count.
type Work struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	At      int64
	User    catalogue.UserID
	Unit    catalogue.UnitID
	Action  casework.Action
	What    string // of a decision or a judgment, which
}

// Effect is a measured effect of a lead.
type Effect struct {
	//lint:ignore U1000 the codec reads it
	_struct bool `codec:",toarray"`
	On      string
	Kind    string // "area" 亩, "tonnes" 吨, "money" 元
	Amount  int64  // in hundredths
}

// Agreement is what becomes of a case's agreement.
type Agreement struct {
	Form      string           `codec:"f,omitempty"` // "oral", "written"
	At        int64            `codec:"a,omitempty"`
	Due       string           `codec:"d,omitempty"`  // its last day, of the last instalment
	Next      string           `codec:"n,omitempty"`  // the next day on which something falls due and is not done
	Done      string           `codec:"o,omitempty"`  // "full", "partial"
	Amount    int64            `codec:"m,omitempty"`  // hundredths of a yuan
	Confirmed string           `codec:"c,omitempty"`  // of its judicial confirmation: "asked", "valid", "refused", "withdrawn"
	Court     catalogue.UnitID `codec:"u,omitempty"`  // that was asked; empty: one that has no desk here
	Ruled     int64            `codec:"ru,omitempty"` // when the court's answer was noted
	Breached  bool             `codec:"b,omitempty"`
	Revisited int64            `codec:"r,omitempty"` // the last revisit of the case, agreement or not
}

// Entrusted is a court's request to mediate, the last of the case.
type Entrusted struct {
	Court    catalogue.UnitID `codec:"c,omitempty"` // empty: one that has no desk here
	On       string           `codec:"o,omitempty"` // when its papers came; empty: there is no request
	Result   string           `codec:"r,omitempty"` // "success", "failure"; empty: the court waits
	Reported int64            `codec:"a,omitempty"`
}
