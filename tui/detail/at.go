package detail

import "casedesk/store/casework"

// At lets the cursor begin on an entry: on what waits for a decision, where that is it.
func (s *Screen) At(uid casework.EntryID) *Screen {
	s.at = uid
	return s
}
