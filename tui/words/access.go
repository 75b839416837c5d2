package words

import "casedesk/store/casework"

// What a screen asks of the root about who sees what.
type (
	// HandoverMsg opens the screen on which the laptop is handed to somebody.
	HandoverMsg struct{}
	// ToolsMsg opens the screen on what lies on this laptop.
	ToolsMsg struct{}
	// DraftsMsg lists all that is half-written.
	DraftsMsg struct{}
	// GlassMsg opens the form that asks for a confidential case by its id; zero:
	// the person types it.
	GlassMsg struct{ Case casework.CaseID }
)
