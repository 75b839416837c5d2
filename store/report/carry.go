package report

import (
	"bytes"
	"encoding/json"
)

// Uncase takes away which cases are behind the figures: of a large county's sheet they are
// most of its bytes.
func (s *Sheet) Uncase() {
	for _, r := range s.Rows {
		for i := range r.Cells {
			r.Cells[i].Cases, r.Cells[i].Base = nil, nil
		}
	}
}

// UnmarshalJSON keeps the numbers of a note's sentence as they were written: a sheet goes
// from a county's server to its sub-commands as JSON.
func (n *Note) UnmarshalJSON(b []byte) error {
	type plain Note
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	return dec.Decode((*plain)(n))
}
