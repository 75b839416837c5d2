package casework_test

import (
	"slices"
	"testing"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that of every kind the codes that are mapped are those that Check looks
// up, so that a fault for an unknown code can always be mended by mapping, and
// that the event itself stays as it was.
func TestMapCodes(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	fields := casework.Fields{casework.FieldCategory: "?", casework.FieldDivision: "?", casework.FieldChannel: "?"}
	for n := casework.Number(1); ; n++ {
		ev, known := casework.NewEvent(n)
		if !known {
			break
		}
		switch ev := ev.(type) {
		case *casework.Registered:
			ev.Fields, ev.About = fields, []catalogue.UnitID{"?", "?"}
			ev.Parties = []casework.Party{{IDType: "?", Gender: "?"}}
		case *casework.Amended:
			ev.Fields = fields
		default:
			in := map[string]string{}
			for _, spec := range casework.FieldsOf(ev) {
				if spec.Codes() != "" {
					in[spec.Name] = "?"
				}
			}
			if faults := casework.Fill(ev, in); len(faults) > 0 {
				t.Fatalf("%s: %v", ev.Kind(), faults)
			}
		}
		want, got := unknown(ev, ix), 0
		mapped := casework.MapCodes(ev, func(table catalogue.Table, code string) string {
			if code != "?" {
				t.Errorf("%s: asked about %s %q", ev.Kind(), table, code)
			}
			got++
			return codeOf(table)
		})
		if got != want {
			t.Errorf("%s: %d codes mapped, Check looks up %d", ev.Kind(), got, want)
		}
		if left := unknown(mapped, ix); left != 0 {
			t.Errorf("%s: %d unknown codes after mapping: %v", ev.Kind(), left, mapped.Check(ix))
		}
		if again := unknown(ev, ix); again != want {
			t.Errorf("%s: the event itself was changed", ev.Kind())
		}
	}
}

// unknown counts the codes that Check does not find.
func unknown(ev casework.Event, ix casework.Lookup) int {
	n := 0
	for _, f := range ev.Check(ix) {
		if f.Problem == casework.UnknownCode {
			n++
		}
	}
	return n
}

// codeOf returns a code of the sample.
func codeOf(table catalogue.Table) string {
	cat := sample.Catalogue()
	switch table {
	case catalogue.TableDivisions:
		return string(cat.Divisions[0].Code)
	case catalogue.TableUnits:
		return string(cat.Units[0].ID)
	}
	i := slices.IndexFunc(cat.Codes(table), func(c catalogue.Code) bool { return !c.Retired })
	return cat.Codes(table)[i].Code
}
