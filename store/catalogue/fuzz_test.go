package catalogue_test

import (
	"bytes"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/record"
)

// Ensure that no file makes reading a catalogue fail in any way but with an
// error, and that what is read can be asked anything.
func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"version":1,"name":"x","divisions":[{"code":"4416","name":"a","level":"city","parent":"4416"}],"units":[{"id":"a","parent":"b","level":"county"},{"id":"b","parent":"a"}]}`))
	f.Add([]byte(`{"version":1,"name":"x","settings":[{"code":"quiet_from","value":"25:00"},{"code":"daily_cap","value":"-0"},{"code":"","value":"1"},{"code":"quiet_from","value":"08:00","source":"\u0007"}]}`))
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
		soundSettings(t, ix)
	})
}

// soundSettings sees to it that every setting has one of its values.
func soundSettings(t *testing.T, ix *catalogue.Index) {
	for _, s := range catalogue.Settings() {
		if v := ix.Setting(s.Code); !s.Valid(v) {
			t.Fatalf("%s is %q", s.Code, v)
		}
	}
}

// Ensure that a catalogue that comes over the line is refused or sound: laptops
// ask it anything, and write it as they read it.
func FuzzDecodeCatalogue(f *testing.F) {
	small := sample.Catalogue()
	small.Divisions, small.Categories, small.Calendar.Off = small.Divisions[:12], small.Categories[:3], nil
	small.Units, small.People = []catalogue.Unit{{ID: "a", Name: "甲", Kind: catalogue.Area, Level: catalogue.City, Covers: []catalogue.DivisionCode{"4416"}}},
		[]catalogue.Person{{User: "u", Name: "乙", Units: []catalogue.UnitID{"a"}, Roles: []catalogue.Role{catalogue.Office}}}
	small.Settings = []catalogue.Setting{{Code: catalogue.DailyCap, Value: "7", Source: "y"}, {Code: catalogue.QuietFrom, Value: "00:00"}, {Code: catalogue.QuietTo, Value: "00:00"}}
	b, err := record.Marshal(&small)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var c catalogue.Catalogue
		if record.UnmarshalLenient(b, &c) != nil || len(catalogue.Validate(c)) > 0 {
			return
		}
		ix := catalogue.NewIndex(c)
		for _, u := range c.Units {
			ix.Chain(u.ID)
			ix.CountyOf(u.ID)
		}
		for _, d := range c.Divisions {
			ix.PlaceUnits(d.Code)
			ix.DivisionPath(d.Code)
		}
		soundSettings(t, ix)
		once, err := record.Marshal(&c)
		if err != nil {
			t.Fatal(err)
		}
		var again catalogue.Catalogue
		if err := record.Unmarshal(once, &again); err != nil {
			t.Fatal(err)
		}
		if twice, err := record.Marshal(&again); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("written in two ways: %v", err)
		}
	})
}
