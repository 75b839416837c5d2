package tui

import (
	"sync"
	"time"

	"casedesk/store"
	"casedesk/store/i18n"
	"casedesk/store/seal"
	"casedesk/tui/figures"
	"casedesk/tui/kit"
	"casedesk/tui/take"
	"casedesk/tui/words"
)

// Config is what a desk takes from outside.
type Config struct {
	// Words are the sentences of the person's language.
	Words *i18n.Words
	// Now is the time that people at this desk go by, in their own zone.
	Now func() time.Time
	// Store is a store that is open already; nil: the desk opens one.
	Store *store.Store
	// New says that there is no profile yet: the desk begins with the set-up.
	New bool
	// Revoked says that the county revoked this laptop and its profile is gone: the
	// desk says so and can only be left.
	Revoked bool
	// First is the list that the desk begins with; empty: the board.
	First store.Tab
	// Idle is how long the desk stays open while nobody presses a key; 0: for ever.
	Idle time.Duration
	// Terminal is the kind of terminal, by which Display is kept, and Plain says that it is one
	// for ASCII signs (kit.PlainTerminal).
	Terminal string
	Plain    bool
	// Display is how the desk is drawn; it holds for the whole program (kit.Use).
	Display kit.Display
	// Note is said on the first screen until a key is pressed; empty: nothing is.
	Note string
	// Practice says that all data here is invented and gone with the program, which every
	// screen tells.
	Practice bool
	// Visits says that another desk can be looked at: whoever runs this one asks for
	// Model.Visit once it has ended.
	Visits bool
	// Opener is what the desk cannot do by itself.
	Opener Opener
	// Around is the model that the desk stands in; zero: none.
	Around Around
}

// Around is what a desk tells of a model that it stands in.
type Around struct {
	Keys  kit.Table // for the help page; the model takes them before the desk
	Lines int       // lines of the terminal that the model keeps for itself
}

// Opener is the few things that reach beyond the store. All but SyncNow and StopSync may
// block: the desk runs them beside itself, never two at once. Errors are
// casework.Refusals, told by store/i18n. What is nil is not offered.
type Opener struct {
	// Open opens the profile with its passphrase. Without it the desk cannot be
	// locked.
	Open func(passphrase string) (*store.Store, error)
	// Recover opens it with the recovery code and gives it a new passphrase.
	Recover func(code seal.RecoveryCode, passphrase string) (*store.Store, error)
	// Create makes a profile and opens it. The code is shown once.
	Create func(name, passphrase string) (*store.Store, seal.RecoveryCode, error)
	// Ask asks the county of a slip what joining it would mean, and Join joins the
	// open profile to it. Both or none.
	Ask  func(slip string) (*words.Invitation, error)
	Join func(store.Enrolment) error
	// Take is how the next worker takes the laptop over. All or none.
	Take take.Steps
	// SavePaper writes a paper to a new file of that name, where the person finds it, and
	// returns its path.
	SavePaper func(name string, file []byte) (string, error)
	// SyncNow asks for an exchange at once; what comes of it stands in the
	// store's Link.
	SyncNow func()
	// StopSync lets the exchange under way end with what is on its way.
	StopSync func()
	// Weigh returns how many bytes the next exchange would send, about, without connecting.
	Weigh func() (int64, error)
	// WriteFigures writes a sheet to a new file, in the form that its name ends in.
	WriteFigures figures.Writer
	// KeepDisplay keeps how the desk is drawn on this kind of terminal.
	KeepDisplay func(kit.Display) error
	// Close lets go of a store that is locked; nil: the store's own Close. It may
	// wait for an exchange under way.
	Close func(*store.Store) error
}

// inTurn lets the blocking ones run one after the other: who unlocks a desk
// that was locked a moment ago waits until the file has been let go.
func (o Opener) inTurn() Opener {
	turn := new(sync.Mutex)
	in := o
	if in.Close == nil {
		in.Close = (*store.Store).Close
	}
	shut := in.Close
	in.Close = func(s *store.Store) error {
		turn.Lock()
		defer turn.Unlock()
		return shut(s)
	}
	if o.Open != nil {
		in.Open = func(passphrase string) (*store.Store, error) {
			turn.Lock()
			defer turn.Unlock()
			return o.Open(passphrase)
		}
	}
	if o.Recover != nil {
		in.Recover = func(code seal.RecoveryCode, passphrase string) (*store.Store, error) {
			turn.Lock()
			defer turn.Unlock()
			return o.Recover(code, passphrase)
		}
	}
	if o.Create != nil {
		in.Create = func(name, passphrase string) (*store.Store, seal.RecoveryCode, error) {
			turn.Lock()
			defer turn.Unlock()
			return o.Create(name, passphrase)
		}
	}
	if o.Ask != nil {
		in.Ask = func(slip string) (*words.Invitation, error) {
			turn.Lock()
			defer turn.Unlock()
			return o.Ask(slip)
		}
		in.Join = func(e store.Enrolment) error {
			turn.Lock()
			defer turn.Unlock()
			return o.Join(e)
		}
	}
	if t := o.Take; t.Look != nil {
		in.Take.Prepare = func(slip, passphrase string) (*words.Taking, error) {
			turn.Lock()
			defer turn.Unlock()
			return t.Prepare(slip, passphrase)
		}
		in.Take.Sign = func(passphrase string, proved bool) (*store.Store, error) {
			turn.Lock()
			defer turn.Unlock()
			return t.Sign(passphrase, proved)
		}
		in.Take.Drop = func() error {
			turn.Lock()
			defer turn.Unlock()
			return t.Drop()
		}
	}
	return in
}
