package list

// noGlass says why no confidential case can be asked for.
func (s *Screen) noGlass() string { return s.desk.NoGlass() }

// noHandover says why the laptop cannot be handed to somebody.
func (s *Screen) noHandover() string {
	if s.desk.Store.Profile().County == nil {
		return s.desk.T("handover.off_alone")
	}
	return ""
}
