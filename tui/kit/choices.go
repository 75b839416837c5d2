package kit

import tea "charm.land/bubbletea/v2"

// Choices are a few answers to a question, one below the other and numbered.
type Choices struct {
	List
	labels []string
}

// Offer sets the answers; the cursor stays where it is.
func (c *Choices) Offer(labels ...string) {
	c.labels = labels
	c.SetLen(len(labels))
	c.SetHeight(len(labels))
}

// Update takes a key. chosen is the answer that Enter or its digit takes, else -1; used says
// whether the key was one of theirs.
func (c *Choices) Update(msg tea.Msg) (chosen int, used bool) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return -1, false
	}
	switch name := KeyName(k); {
	case name == "enter":
		return c.Cursor(), true
	case len(name) == 1 && name[0] >= '1' && int(name[0]-'0') <= c.Len():
		return int(name[0] - '1'), true
	}
	return -1, c.List.Update(msg)
}

// Lines draws them w cells wide.
func (c *Choices) Lines(w int, focused bool) []string {
	return c.List.Lines(w, focused, func(i, _ int) string {
		number := "   "
		if i < 9 {
			number = string(rune('1'+i)) + "  "
		}
		return number + c.labels[i]
	})
}

// Dialog is the body of a page that asks: the question, then its answers.
func Dialog(question []string, c *Choices, w, h int) []string {
	s := NewSheet(w, h)
	for _, line := range question {
		s.Say(Plain, line)
	}
	s.Gap()
	s.Part(c.Lines(w, true)...)
	return s.Lines()
}
