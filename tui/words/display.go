package words

import "casedesk/tui/kit"

type (
	// SetDisplayMsg asks for the screen on how the desk is drawn.
	SetDisplayMsg struct{}
	// DisplayMsg asks for the desk to be drawn so from now on, and for that to be kept.
	DisplayMsg struct{ Display kit.Display }
)
