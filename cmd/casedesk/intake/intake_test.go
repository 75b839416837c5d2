package intake_test

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"casedesk/cmd/casedesk/intake"
	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

var index = catalogue.NewIndex(sample.Catalogue())

// now is when the tests read.
func now() time.Time { return time.Date(2026, 11, 28, 4, 0, 0, 0, time.UTC) }

// rest are the required fields but for the title, to be put into an object.
const rest = `"category":"0201","facts":"排水沟","place":{"division":"441621102901"}`

// Ensure that a full line is read whole, and cleaned on the way.
func TestRead(t *testing.T) {
	in := "\xef\xbb\xbf" + `{"source":{"system":"老台账","id":"7"},"kind":"dispute","category":"0201","channel":"03","title":" 排水\u001b[31m沟 ",
"facts":"两家\r\n争沟","happened_on":"2026-11-20","place":{"division":"441621102901","detail":"村口"},"people":3,
"confidential":false,"about_units":[],"parties":[{"role":"applicant","name":"甲某","phone":"13800000000","id_type":"111",
"id_number":"1","gender":"1","address":"一组"},{"role":"other","name":"乙某","phone":null}]}`
	in = strings.ReplaceAll(in, ",\n", ",") + "\r\n\n" + `{"title":"第二件",` + rest + `}`
	cases, faults, err := intake.Read(strings.NewReader(in), index, now, nil)
	if err != nil || len(faults) > 0 {
		t.Fatalf("faults %v, error %v", faults, err)
	}
	if len(cases) != 2 || cases[0].Line != 1 || cases[1].Line != 3 {
		t.Fatalf("cases: %+v", cases)
	}
	want := casework.Registered{
		Matter: casework.Dispute,
		Fields: casework.Fields{"category": "0201", "channel": "03", "title": "排水\ufffd[31m沟", "facts": "两家\n争沟",
			"happened_on": "2026-11-20", "place.division": "441621102901", "place.detail": "村口", "people": "3"},
		Parties: []casework.Party{
			{Role: "applicant", Name: "甲某", Phone: "13800000000", IDType: "111", IDNumber: "1", Gender: "1", Address: "一组"},
			{Role: "other", Name: "乙某"},
		},
		Holder: "441621102",
		Source: casework.Source{System: "老台账", ID: "7"},
	}
	if got := cases[0].Registered; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Ensure that every fault is found, with its line and its field.
func TestRead_Faults(t *testing.T) {
	party := func(s string) string { return `{"title":"t",` + rest + `,"parties":[` + s + `]}` }
	tests := []struct {
		name, in string
		want     []string // line field problem
	}{
		{"no JSON", "{\nx", []string{"1  bad_json", "2  bad_json"}},
		{"two objects", `{} {}`, []string{"1  bad_json"}},
		{"invalid UTF-8", "{\"title\":\"\xff\"}", []string{"1  bad_json"}},
		{"no object", "[]\n3\nnull", []string{"1  bad_type", "2  bad_type", "3  bad_type"}},
		{"nothing", "{}", []string{"1 category required", "1 title required", "1 facts required", "1 place.division required"}},
		{"unknown at every level", `{"title":"t","Title":"t",` + strings.Replace(rest, `{"d`, `{"x":1,"d`, 1) +
			`,"source":{"system":"a","id":"b","c":1},"parties":[{"role":"other","name":"n","age":3}]}`,
			[]string{"1 Title unknown_field", "1 place.x unknown_field", "1 source.c unknown_field", "1 parties[0].age unknown_field"}},
		{"double", `{"title":"t","title":"u",` + rest + `}`, []string{"1 title bad_json"}},
		{"types", `{"title":3,` + rest + `,"people":"3","confidential":"yes","about_units":{},"parties":7,"source":"x"}`,
			[]string{"1 title bad_type", "1 people bad_type", "1 confidential bad_type", "1 about_units bad_type", "1 parties bad_type", "1 source bad_type"}},
		{"numbers", `{"title":"t",` + rest + `,"people":1.5}` + "\n" + `{"title":"t",` + rest + `,"people":0}`,
			[]string{"1 people bad_number", "2 people bad_number"}},
		{"values", `{"title":" ","kind":"war",` + rest + `,"channel":"99","happened_on":"2026-02-30","about_units":["nobody"]}`,
			[]string{"1 kind bad_choice", "1 title required", "1 happened_on bad_date", "1 channel unknown_code", "1 about_units unknown_code"}},
		{"to come", `{"title":"t",` + rest + `,"happened_on":"2026-11-29"}` + "\n" + `{"title":"t",` + rest + `,"happened_on":"2027-02-30","people":0}`,
			[]string{"1 happened_on in_future", "2 happened_on bad_date", "2 people bad_number"}},
		{"parties", party(`{"role":"judge","name":"n"},{"name":"n"},null`), []string{"1 parties[2] bad_type",
			"1 parties[0].role bad_choice", "1 parties[1].role required"}},
		{"too many parties", party(strings.Repeat(`{"role":"other","name":"n"},`, intake.MaxParties) + `{}`), []string{"1 parties too_long"}},
		{"half a source", `{"title":"t",` + rest + `,"source":{"system":"a"}}`, []string{"1 source.id required"}},
		{"long line", `{"title":"` + strings.Repeat("x", intake.MaxLine) + `"}` + "\n{", []string{"1  too_long", "2  bad_json"}},
		{"deep", strings.Repeat("[", 100_000), []string{"1  bad_json"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cases, faults, err := intake.Read(strings.NewReader(tt.in), index, now, nil)
			if err != nil || cases != nil {
				t.Fatalf("cases %v, error %v", cases, err)
			}
			var got []string
			for _, f := range faults {
				got = append(got, fmt.Sprintf("%d %s %s", f.Line, f.Field, f.Problem))
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Ensure that a line of exactly the greatest length is read.
func TestRead_LongestLine(t *testing.T) {
	line := `{"title":"t",` + rest + `}`
	line += strings.Repeat(" ", intake.MaxLine-len(line))
	for end, want := range map[string]int{"": 0, "\n": 0, " \n": 1, " ": 1} {
		_, faults, err := intake.Read(strings.NewReader(line+end), index, now, nil)
		if err != nil || len(faults) != want {
			t.Errorf("with %q after it: faults %v, error %v", end, faults, err)
		}
	}
}

// Ensure that an input that cannot be read to its end gives nothing.
func TestRead_Broken(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"title":"t",`+rest+"}\n"), iotest.ErrReader(errors.New("unplugged")))
	if cases, _, err := intake.Read(in, index, now, nil); err == nil || cases != nil {
		t.Errorf("cases %v, error %v", cases, err)
	}
}

// Ensure that no input makes Read panic, and that what it accepts has no faults.
func FuzzRead(f *testing.F) {
	f.Add(`{"title":"t",` + rest + `,"people":3,"parties":[{"role":"other","name":"n"}],"source":{"system":"a","id":"b"}}`)
	f.Add("\n\n[]\r\n{\"a\":{\"b\":[1,2,null]}}")
	f.Fuzz(func(t *testing.T, in string) {
		cases, faults, err := intake.Read(strings.NewReader(in), index, now, nil)
		if err != nil || len(cases) > 0 && len(faults) > 0 {
			t.Fatalf("%d cases, %d faults, error %v", len(cases), len(faults), err)
		}
		for _, c := range cases {
			if bad := c.Registered.Check(index); len(bad) > 0 {
				t.Errorf("accepted with %v", bad)
			}
		}
	})
}
