package catalogue_test

import (
	"bytes"
	"testing"

	"casedesk/store/catalogue"
)

// Ensure that no file makes reading a catalogue fail in any way but with an
// error, and that what is read can be asked anything.
func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"version":1,"name":"x","divisions":[{"code":"4416","name":"a","level":"city","parent":"4416"}],"units":[{"id":"a","parent":"b","level":"county"},{"id":"b","parent":"a"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := catalogue.ReadJSON(bytes.NewReader(b))
		if err != nil {
			return
		}
		ix := catalogue.NewIndex(c)
		for _, u := range c.Units {
			ix.Chain(u.ID)
			ix.CountyOf(u.ID)
			ix.Above(u.ID, u.Parent)
		}
		for _, d := range c.Divisions {
			ix.PlaceUnits(d.Code)
			ix.DivisionPath(d.Code)
		}
	})
}
