package words

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/report"
	"casedesk/tui/kit"
)

// What the root tells a screen.
type (
	// ShownMsg says that the screen is on top again: what it shows may be old. Case
	// is one that the screen above brought into being; zero: none.
	ShownMsg struct{ Case casework.CaseID }
	// ChangedMsg says what changed, through this desk or another: some cases, or
	// perhaps all; drafts; what the store says of the link to the county.
	ChangedMsg struct {
		store.Change
		All bool
	}
)

// What a screen asks of the root.
type (
	// OpenedMsg hands over a store that was opened or made. Slip is an enrolment
	// slip to go on with; empty for none. First says that the profile was made just now.
	OpenedMsg struct {
		Store *store.Store
		Slip  string
		First bool
	}
	// BackMsg leaves the screen. Note is shown for a moment; Case is one that came
	// into being, which the screen below is to show; Then is given to it.
	BackMsg struct {
		Note string
		Case casework.CaseID
		Then tea.Msg
	}
	// NoteMsg shows a sentence until the next key.
	NoteMsg struct{ Note string }
	// OpenMsg opens a case, at an entry where one is named; Act opens it with its menu,
	// for who wants to act at once.
	OpenMsg struct {
		Case  casework.CaseID
		Entry casework.EntryID
		Act   bool
	}
	// ExchangeMsg opens the screen on how the desk stands with the county.
	ExchangeMsg struct{}
	// ManyMsg opens the screen on which one thing is done to many cases.
	ManyMsg struct{ Cases []casework.CaseID }
	// UnmarkMsg tells who had cases marked which of them were done.
	UnmarkMsg struct{ Cases []casework.CaseID }
	// NewMsg opens the form for a new case, with a draft where one is named, on a
	// kind of matter where one is.
	NewMsg struct {
		Draft  store.DraftID
		Matter casework.Matter
	}
	// ActMsg opens the form of an action on a case. Set fills fields in advance;
	// Draft is one to go on with.
	ActMsg struct {
		Case   casework.Case
		Action casework.Action
		Set    map[string]string
		Draft  store.DraftID
	}
	// PartyMsg opens the screen on which a party of a case has its say face to face.
	PartyMsg struct{ Case casework.Case }
	// PapersMsg opens the papers that a party of a case is handed.
	PapersMsg struct{ Case casework.Case }
	// LockMsg locks the desk; where it cannot be locked, it leaves the screen.
	LockMsg struct{}
	// FiguresMsg opens the screen of figures, on a report where one is named.
	FiguresMsg struct{ Report report.Name }
	// OpenCasesMsg lists cases below a title.
	OpenCasesMsg struct {
		Title string
		Cases []casework.CaseID
	}
	// EnrolMsg opens the form for joining a county.
	EnrolMsg struct{}
	// RecoveryMsg opens the screen for a new recovery code.
	RecoveryMsg struct{}
	// AskMsg puts a question in place of the screen; the message of the choice is
	// given to the screen that asked.
	AskMsg struct {
		Title   string
		Lines   []string
		Choices []Choice
	}
	// UnkeptMsg says that something could not be saved or kept as a draft, which
	// matters to who is about to leave the desk.
	UnkeptMsg struct{ Err error }
)

// Touches reports whether a case may have changed.
func (m ChangedMsg) Touches(id casework.CaseID) bool {
	return m.All || slices.Contains(m.Cases, id)
}

// Choice is an answer to a question. The first is what Enter takes at once, so
// it is one that loses nothing.
type Choice struct {
	Label string
	Msg   tea.Msg // nil: go back to where the question came from
}

// Tell is the command that answers with a message.
func Tell(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Pressed is the action of a key on a screen where nothing is typed; "": there is none, or it
// is off just now, and off says why.
func Pressed(t kit.Table, k tea.KeyPressMsg) (id string, off tea.Cmd) {
	b, bound := t.Find(k, false)
	switch {
	case !bound:
		return "", nil
	case b.Why() != "":
		return "", Tell(NoteMsg{Note: b.Why()})
	}
	return b.ID, nil
}
