package list

import "casedesk/store"

// noGlass says why no confidential case can be asked for.
func (s *Screen) noGlass() string { return s.desk.NoGlass() }

// noHandover says why the laptop cannot be handed to somebody.
func (s *Screen) noHandover() string {
	if s.desk.Store.Profile().County == nil {
		return s.desk.T("handover.off_alone")
	}
	return ""
}

// asked reports whether of a case nothing is here but that it was asked for.
func asked(r store.Row) bool {
	return r.State == "" && r.Matter == "" && r.Gone == nil && r.Unknown == 0
}

// titleOf is the row's title, or what it is where there is none.
func (s *Screen) titleOf(r store.Row) string {
	if asked(r) {
		return s.desk.T("list.glass")
	}
	return r.Title
}
