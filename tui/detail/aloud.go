package detail

// leadsOn reports whether Enter goes somewhere from a line: those alone have numbers where
// the page is read aloud.
func (s *Screen) leadsOn(i int) bool {
	if i < 0 || i >= len(s.lines) {
		return false
	}
	l := &s.lines[i]
	step := l.step && (i == 0 || !s.lines[i-1].step) && s.noStep() == "" // the first line of the summary
	fold := l.fold != "" && (i+1 == len(s.lines) || s.lines[i+1].fold != l.fold)
	return step || fold || l.tie != nil || !l.draft.IsZero()
}
