package words

import (
	"casedesk/store"
	"casedesk/store/casework"
)

// What is asked of the root, or of a screen by it, on behalf of who looks for something by
// its words or is new here.
type (
	// DoMsg asks for an action on a case, as if it was chosen in the case's menu.
	DoMsg struct {
		Case   casework.CaseID
		Action casework.Action
	}
	// TabMsg asks the list for a tab.
	TabMsg struct{ Tab store.Tab }
	// TourMsg opens the three screens that teach how the desk is worked.
	TourMsg struct{}
	// SetupMsg opens the form of the set-up, with the slip of a county or without.
	SetupMsg struct{ Slip bool }
	// VisitMsg leaves the desk for another one in the same terminal; what is typed is kept
	// first.
	VisitMsg struct{ Where Elsewhere }
)

// Elsewhere is a desk with invented data that can be looked at while this one is closed.
type Elsewhere string

// The desks to look at.
const (
	Demo     Elsewhere = "demo"     // a county and three laptops
	Practice Elsewhere = "practice" // a laptop without a county
)
