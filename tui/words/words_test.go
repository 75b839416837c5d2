package words_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"casedesk/store"
	"casedesk/store/casework"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/seal"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

func desk(t *testing.T) words.Desk {
	t.Helper()
	s, _, err := store.Create(t.TempDir(), "山重水复疑无路", store.Options{Name: "陈示一", Catalogue: sample.Catalogue(),
		Params: seal.Params{Time: 1, Memory: 64, Threads: 1, Weak: true}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	now := time.Date(2021, 7, 8, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	return words.Desk{Words: i18n.New(i18n.ZH), Now: func() time.Time { return now }, Store: s}
}

// Ensure that what a form holds comes back from a draft, and that paths that are
// none do no harm.
func TestFlat(t *testing.T) {
	values := map[string]kit.Value{
		"title":   {Text: "排水沟"},
		"parties": {Rows: []map[string]string{{"name": "张三", "role": "applicant"}, {"name": "李四"}}},
	}
	flat := words.Flat(values)
	if flat["parties[1].name"] != "李四" || flat["title"] != "排水沟" || len(flat) != 4 {
		t.Fatalf("flat: %v", flat)
	}
	if deep := words.Deep(flat); !reflect.DeepEqual(deep, values) {
		t.Errorf("deep: %v", deep)
	}
	bad := map[string]string{"parties[99999999].name": "x", "parties[-1].name": "x", "parties[a].name": "x", "parties[0]": "x"}
	if deep := words.Deep(bad); len(deep["parties"].Rows) != 0 {
		t.Errorf("bad paths made %v", slices.Collect(maps.Keys(deep)))
	}
}

// Ensure that every action of the table can be asked for by a form, and that
// what was filled in is told again field by field.
func TestDesk_Told(t *testing.T) {
	d := desk(t)
	table, _ := casework.TableOf(casework.Dispute)
	for _, action := range table.Actions() {
		rule, _ := table.AnyRule(action)
		event, filled := rule.New(), map[string]string{}
		specs := casework.FieldsOf(event)
		for i, f := range d.Fields("", specs, &casework.Case{Holder: "441621102"}) {
			switch {
			case slices.Contains([]casework.FieldType{casework.TypeEntry, casework.TypeElement, casework.TypeAct, casework.TypeCase}, specs[i].Type):
				filled[f.Name] = "01920001-0000-7000-8000-000000000000"
			case len(f.Options) > 0:
				filled[f.Name] = f.Options[0].Code
			case f.Type == kit.Number:
				filled[f.Name] = "2"
			case f.Type == kit.Date:
				filled[f.Name] = "2021-07-08"
			case f.Type == kit.Bool:
				filled[f.Name] = "true"
			case f.Type == kit.Money:
				filled[f.Name] = "12000"
			default:
				filled[f.Name] = "文字"
			}
		}
		if faults := casework.Fill(event, filled); len(faults) > 0 {
			t.Errorf("%s: %v", action, faults)
		}
		if told := d.Told(event, nil); action != casework.ActAmend && action != casework.ActUrge && len(told) != len(specs) { // an urging has no form
			t.Errorf("%s tells %v, filled %v", action, told, filled)
		}
	}
	told := d.Told(&casework.Amended{Fields: casework.Fields{casework.FieldDivision: "441621102"}}, nil)
	if len(told) != 1 || told[0] != [2]string{"所在地区", "紫金县龙窝镇"} {
		t.Errorf("an amendment tells %v", told)
	}
	if told := d.Told(&casework.Unknown{N: 900}, nil); len(told) != 0 {
		t.Errorf("an unknown event tells %v", told)
	}
}

// Ensure that a case goes up one level and nowhere else.
func TestDesk_Fields_Superior(t *testing.T) {
	d := desk(t)
	fields := d.Fields(casework.ActEscalate, casework.FieldsOf(new(casework.Escalated)), &casework.Case{Matter: casework.Dispute, Holder: "441621109"})
	if o := fields[0].Options; len(o) != 1 || o[0].Code != "jiangdong" {
		t.Errorf("临江镇 goes up to %v", o)
	}
	fields = d.Fields(casework.ActAskReview, casework.FieldsOf(new(casework.ReviewAsked)), &casework.Case{Matter: casework.Petition, Holder: "441621109", Lead: "441621109-sfs"})
	if o := fields[1].Options; len(o) != 2 || o[0].Code != "441621109" || o[1].Code != "jiangdong" {
		t.Errorf("what 临江镇司法所 said is reviewed by %v", o)
	}
}

// Ensure that days, moments and numbers are said as people say them.
func TestDesk_Say(t *testing.T) {
	d := desk(t)
	for _, tt := range []struct{ got, want string }{
		{d.Left(casework.Red, -3, time.Time{}), "超 3 天"},
		{d.Left(casework.Yellow, 0, time.Time{}), "今天到期"},
		{d.Left(casework.Green, 5, time.Time{}), "剩 5 天"},
		{d.Left(casework.None, 0, time.Time{}), ""},
		{d.When(d.Now()), "09:00"},
		{d.When(d.Now().AddDate(0, 0, -1).UTC()), "2021-07-07 09:00"},
		{d.When(time.Time{}), ""},
		{words.Tail("441621102901-2021-00012-7K3M"), "12-7K3M"},
		{words.Tail("旧号\x1b"), "旧号\uFFFD"},
		{d.State("from_the_future"), "未知"},
		{d.Action("unknown_900"), "未知记录"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
