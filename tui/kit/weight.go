package kit

// Key is the key of the binding that works whatever has the focus: the first that is no
// text, where there is one.
func (b Binding) Key() string {
	for _, name := range b.Keys {
		if k, ok := KeyOf(name); ok && !printable(k) {
			return name
		}
	}
	return b.Keys[0]
}

// Moves reports whether the binding only moves the cursor, so that there is nothing in it
// to be found or chosen by its words.
func (b Binding) Moves() bool {
	return b.Help == "key.move" || b.Help == "key.page" || b.Help == "key.ends"
}

// ByWeight parts a table into what the footer shows too and the rest, with what only moves
// the cursor at its end.
func (t Table) ByWeight() (here, rest Table) {
	var moves Table
	for _, b := range t {
		switch {
		case b.Moves():
			moves = append(moves, b)
		case b.Rare:
			rest = append(rest, b)
		default:
			here = append(here, b)
		}
	}
	return here, append(rest, moves...)
}
