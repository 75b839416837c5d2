package catalogue_test

import (
	"slices"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func TestPlaceUnits(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for _, tt := range []struct {
		name  string
		place catalogue.DivisionCode
		want  []catalogue.UnitID
	}{
		{"a village", "441621102901", []catalogue.UnitID{"441621102901", "441621102", "441621"}},
		{"a grid has no unit of its own", "44162110290102", []catalogue.UnitID{"441621102901", "441621102", "441621"}},
		{"a town", "441621102", []catalogue.UnitID{"441621102", "441621"}},
		{"a county", "441624", []catalogue.UnitID{"441624"}},
		{"a village of a town that the functional area took over", "441621109901", []catalogue.UnitID{"441621109901", "441621109", "jiangdong"}},
		{"a sub-district taken over from another county", "441602006", []catalogue.UnitID{"441602006", "jiangdong"}},
		{"the city, which nobody here covers", "4416", nil},
		{"an unknown place", "999999", nil},
		{"no place", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := x.PlaceUnits(tt.place); !slices.Equal(got, tt.want) {
				t.Errorf("PlaceUnits(%s) = %v, want %v", tt.place, got, tt.want)
			}
		})
	}
}

// A functional area that lists a town first does not hide the town's unit.
func TestPlaceUnitsIgnoresTheOrderOfRows(t *testing.T) {
	c := sample.Catalogue()
	slices.Reverse(c.Units)
	x := catalogue.NewIndex(c)
	want := []catalogue.UnitID{"441621109", "jiangdong"}
	if got := x.PlaceUnits("441621109"); !slices.Equal(got, want) {
		t.Errorf("PlaceUnits = %v, want %v", got, want)
	}
}

func TestPlaceUnitsWithoutTownUnit(t *testing.T) {
	c := sample.Catalogue()
	c.Units = slices.DeleteFunc(c.Units, func(u catalogue.Unit) bool { return u.Level != catalogue.County })
	x := catalogue.NewIndex(c)
	for place, want := range map[catalogue.DivisionCode]catalogue.UnitID{"441621109901": "jiangdong", "441621102901": "441621"} {
		if got := x.PlaceUnits(place); !slices.Equal(got, []catalogue.UnitID{want}) {
			t.Errorf("PlaceUnits(%s) = %v, want %s", place, got, want)
		}
	}
}

func TestUnitTree(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for _, tt := range []struct {
		above, below catalogue.UnitID
		want         bool
	}{
		{"441621", "441621102901", true},
		{"441621102", "441621102901", true},
		{"441621102901", "441621102", false},
		{"441621", "441621", false},
		{"441621", "441621109", false},
		{"jiangdong", "441621109901", true},
		{"441621", "441621-zjj", true},
		{"", "441621", false},
		{"nobody", "441621", false},
	} {
		if got := x.Above(tt.above, tt.below); got != tt.want {
			t.Errorf("Above(%s, %s) = %v", tt.above, tt.below, got)
		}
	}
	for unit, want := range map[catalogue.UnitID]catalogue.UnitID{
		"441621102901": "441621", "441621-zjj": "441621", "441621109": "jiangdong", "441621": "441621", "nobody": "",
	} {
		if got := x.CountyOf(unit); got != want {
			t.Errorf("CountyOf(%s) = %q, want %q", unit, got, want)
		}
	}
	if got, want := x.Departments("441621102"), []catalogue.UnitID{"441621102-sfs", "441621102-ft", "441621102-zzw", "441621102-ggw", "441621102-zfw"}; !slices.Equal(got, want) {
		t.Errorf("Departments = %v, want %v", got, want)
	}
	if got := x.Children("jiangdong"); len(got) != 6 || x.Parent(got[0]) != "jiangdong" {
		t.Errorf("Children(jiangdong) = %v", got)
	}
}

func TestDivisionPath(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for code, want := range map[catalogue.DivisionCode]string{
		"4416": "河源市", "441621": "紫金县", "441621102": "紫金县龙窝镇", "441621102901": "紫金县龙窝镇示例溪头村", "77": "77", "": "",
	} {
		if got := x.DivisionPath(code); got != want {
			t.Errorf("DivisionPath(%s) = %q, want %q", code, got, want)
		}
	}
}
