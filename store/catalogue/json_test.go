package catalogue_test

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func sampleJSON(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := catalogue.WriteJSON(&b, sample.Catalogue()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONRoundTrip(t *testing.T) {
	text := sampleJSON(t)
	got, err := catalogue.ReadJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, sample.Catalogue()) {
		t.Error("the catalogue that was read is not the one written")
	}
	if !strings.Contains(text, "\n  {\"code\":\"441621102\",\"name\":\"龙窝镇\"") {
		t.Error("rows don't stand on lines of their own")
	}
}

func TestReadJSONListsFaultsWithLines(t *testing.T) {
	for _, tt := range []struct {
		name, old, new string
		want           []string // fragments of the faults, in order
	}{
		{"unknown fields and wrong types", `"level":"city"}`, `"level":7,"colour":"red"}`, []string{`line 7: divisions[1].level: malformed "number"`}},
		{"an unknown field", `"level":"city"}`, `"level":"city","colour":"red"}`, []string{`line 7: divisions[1].colour: unknown "colour"`}},
		{"an unknown field of the calendar", `"calendar": {`, `"calendar": {"moon":1,`, []string{`calendar.moon: unknown "moon"`}},
		{"an unknown table", `"divisions": [`, "\"clubs\": [{}],\n\"divisions\": [", []string{`line 6: catalogue.clubs: unknown "clubs"`}},
		{"a table twice", `"divisions": [`, "\"genders\": [],\n\"divisions\": [", []string{`catalogue.genders: duplicate "genders"`}},
		{"rows that contradict others", `"name":"上城街道","level":"town","parent":"441602"`, `"name":"上城街道","level":"town","parent":"4"`, []string{`line 9: divisions[3].parent: unknown "4"`}},
		{"two faults at once", `"name":"河源市","level":"city"},`, "\"name\":\"河源市\",\"level\":\"city\",\"x\":1},\n{\"y\":1},", []string{`line 7: divisions[1].x`, `line 8: divisions[2].y`}},
		{"broken syntax", `"people": [`, `"people": [}`, []string{`catalogue: malformed`}},
		{"a table that is no list", `"people": [`, `"people": 5, "x": [`, []string{`catalogue: malformed "5 instead of [`}},
		{"data after the end", "\"}\n}\n", "\"}\n}\n{}", []string{`catalogue: malformed "data after the end"`}},
		{"half a file", "\"}\n}\n", "", []string{`catalogue: malformed`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := sampleJSON(t)
			if !strings.Contains(text, tt.old) {
				t.Fatalf("the file has no %q", tt.old)
			}
			text = strings.Replace(text, tt.old, tt.new, 1)
			_, err := catalogue.ReadJSON(strings.NewReader(text))
			var invalid *catalogue.InvalidError
			if !errors.As(err, &invalid) || !errors.Is(err, catalogue.ErrInvalid) {
				t.Fatalf("got %v", err)
			}
			for i, want := range tt.want {
				if i >= len(invalid.Faults) || !strings.Contains(invalid.Faults[i].String(), want) {
					t.Fatalf("fault %d: want %q, found %v", i, want, invalid.Faults)
				}
			}
		})
	}
}

func TestReadJSONTakesNothingForACatalogue(t *testing.T) {
	for _, text := range []string{"", "null", "[]", "7", "{}", "{", `{"version":1}`, "<html>", "\x00\xff", strings.Repeat("[", 100_000), `{"people":` + strings.Repeat("[", 100_000)} {
		if _, err := catalogue.ReadJSON(strings.NewReader(text)); !errors.Is(err, catalogue.ErrInvalid) {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if _, err := catalogue.ReadJSON(iotest.ErrReader(fs.ErrPermission)); !errors.Is(err, fs.ErrPermission) || errors.Is(err, catalogue.ErrInvalid) {
		t.Errorf("an unreadable file: %v", err)
	}
}
