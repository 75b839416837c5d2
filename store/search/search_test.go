package search_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/search"
)

var (
	ix  = catalogue.NewIndex(sample.Catalogue())
	now = time.Date(2026, 10, 14, 9, 0, 0, 0, ix.Calendar().Location()) // a Wednesday
)

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, ix.Calendar().Location())
	if err != nil {
		panic(err)
	}
	return t
}

// drain is the case that most rows of the tables ask about.
func drain() search.Case {
	return search.Case{Category: "0201", Matter: casework.Dispute, Division: "441621102901", Holder: "441621102", Stage: casework.StageHandle, State: casework.StateHandling,
		Light: casework.Red, Receipt: "delivered", Due: day("2026-10-13").UnixMilli(), Arrived: day("2026-10-03").UnixMilli() + 1,
		Is: func(m search.Mark) bool { return m == search.Secret || m == search.Unread },
		Words: search.Join([]search.Line{{search.PartNumber, "1-2026-7"}, {search.PartTitle, "李家与王家因排水沟争吵"}, {search.PartName, "张伟华"},
			{search.PartPhone, "13800138000"}, {search.PartName, "王五"}, {search.PartFacts, "投诉人:赵六说，10:30 堵沟；颜色:红。住赵家"}})}
}

// Ensure that filters and words let through what they say, in both languages, by name, code,
// pinyin and initials, with full-width signs, and that a minus turns a filter round.
func TestQuery(t *testing.T) {
	for _, test := range []struct {
		typed string
		fits  bool
	}{
		{"", true},
		{"psg", true},
		{"类:邻里", true},
		{"类：邻里纠纷", true},
		{"类:ll", true},
		{"类:linli", true},
		{"类:0201", true},
		{"类:02", true},
		{"类:03", false},
		{"类:婚恋", false},
		{"类:婚恋,邻里", true},
		{"类:婚恋，邻里", true},
		{"类:婚恋 类:邻里", true},
		{"-类:邻里", false},
		{"办:综中心", true}, // short for 龙窝镇综治中心, as people call units
		{"办:住建局", false},
		{"-办:住建局", true},
		{"－类：邻里", false},
		{"-类:婚恋", true},
		{"类:邻里 -类:用水", false},
		{"类:矛盾纠纷", true},
		{"类:信访", false},
		{"事:信访", false},
		{"事:mdjf", true},
		{"kind:petition", false},
		{"cat:邻里 light:red", true},
		{"镇:龙窝", true},
		{"镇:lw", true},
		{"镇:longwo", true},
		{"县:紫金", true},
		{"place:441621102901", true},
		{"town:龙窝", true},
		{"镇:紫城", false},
		{"-镇:龙窝", false},
		{"灯:红", true},
		{"灯:h", true},
		{"灯:黄,红", true},
		{"灯:黄 灯:红", true},
		{"灯:绿", false},
		{"light:GREEN", false},
		{"人:张伟", true},
		{"人:zwh", true},
		{"人:张伟 人:王五", true},
		{"人:张伟 人:赵六", false},
		{"人:张伟,赵六", true},
		{"人:zl", false},
		{"-人:张伟", false},
		{"who:zhang", true},
		{"办:龙窝", true},
		{"办:441621102", true},
		{"办:紫城", false},
		{"态:办理中", true},
		{"态:blz", true},
		{"state:inhand", true},
		{`state:"In hand"`, true},
		{"态:归口办理", true},
		{"态:已结", false},
		{"态:未结", true},
		{"态:已结案", false},
		{"-态:已结", true},
		{"收:达", true},
		{"收:存", false},
		{"收:存,达", true},
		{"receipt:delivered", true},
		{"期:逾期", true},
		{"期:昨天", false},
		{"期:2026-10-12", true}, // due at the end of the twelfth
		{"期:2026-10-13", false},
		{"期:本月", true},
		{"期:下周", false},
		{"due:overdue", true},
		{"2026-10", true},
		{"2026-10-03", true},
		{"2026-09", false},
		{"2026年10月", true},
		{"10月", true},
		{"9月", false},
		{"本月", true},
		{"上周", false},
		{"2026-10..2026-11", true},
		{"2026-08..2026-09", false},
		{"..2026-09", false},
		{"2026-10-03..", true},
		{"2026-10-03。。2026-10-05", true},
		{"登:10.3", true},
		{"登:2026", true},
		{"登:今年", true},
		{"登:近7天", false},
		{"登:近14天", true},
		{"date:lastmonth", false},
		{"-登:本月", false},
		{"本月 上月", true},
		{"保密", true},
		{"未决", false},
		{"是:保密", true},
		{"是:保密 是:新", true},
		{"是:保密 是:积案", false},
		{"是:积案,新", true},
		{"is:secret", true},
		{"-是:保密", false},
		{"排水沟 类:邻里 灯:红 人:zwh 2026-10", true},
		{"　排水沟　类:邻里　", true},
		{"类:", true},
		// Text, whatever it looks like.
		{"投诉人:赵六", true},
		{"投诉人：赵六", true},
		{"10:30", true},
		{"颜色:红", true},
		{`"人:张伟"`, false},
		{`"赵家"`, true},
		{"“2026-10”", false},
		{"2026", true},
		{"类:没有这类", false},
		{"-排水", false},
	} {
		q := search.Parse(test.typed, ix, now)
		c := drain()
		if got := q.Fits(&c) && q.Text().Match(c.Words); got != test.fits {
			t.Errorf("%s: %v; %+v", test.typed, got, q)
		}
	}
}

// Ensure that a word that may not mean what was meant is told, with the nearest names.
func TestQuery_Doubts(t *testing.T) {
	for _, test := range []struct {
		typed string
		why   []search.Why
		near  string
	}{
		{"排水沟", nil, ""},
		{"类:邻里 灯:红 人:谁都行", nil, ""},
		{"颜色:红", []search.Why{search.NoKey}, ""},
		{"10:30", nil, ""},
		{"http://例", nil, ""},
		{"类:邻居", []search.Why{search.NoName}, "邻里纠纷"},
		{"类:linlx", []search.Why{search.NoName}, "邻里纠纷"},
		{"镇:龙窝乡", []search.Why{search.NoName}, "龙窝镇"},
		{"灯:紫", []search.Why{search.NoName}, ""},
		{"cat:邻居", []search.Why{search.NoName}, "邻里纠纷"},
		{"state:Handlung", []search.Why{search.NoName}, "Handling"},
		{"登:什么", []search.Why{search.NoDate}, ""},
		{"期:什么", []search.Why{search.NoDate}, ""},
		{"类:", []search.Why{search.GoesOn}, ""},
		{"本月", []search.Why{search.AsDate}, ""},
		{"保密", []search.Why{search.AsMark}, ""},
		{`"保密"`, nil, ""},
		{"类:邻里,没有这类", []search.Why{search.NoName}, ""},
	} {
		q := search.Parse(test.typed, ix, now)
		var why []search.Why
		var near []string
		for _, d := range q.Doubts {
			why, near = append(why, d.Why), append(near, d.Near...)
		}
		if !slices.Equal(why, test.why) || test.near != "" && !slices.Contains(near, test.near) {
			t.Errorf("%s: %+v", test.typed, q.Doubts)
		}
	}
}

// Ensure that of a search written in one go only a key with a value filters: a mark, a day
// and a key without a value are text.
func TestParseKeyed(t *testing.T) {
	for typed, want := range map[string]string{
		"保密": "保密", "未读 排水": "未读 排水", "本月": "本月", "2026-10": "2026-10", "10月 上周": "10月 上周",
		"类:": "类:", "人: 排水": "人: 排水", "投诉人:赵六": "投诉人:赵六", "10:30": "10:30", `"类:邻里"`: "类:邻里",
		"类:没有这类": "类:没有这类", "类:邻里": "/cat", "排水 类:邻里 -灯:绿 保密": "排水 保密/cat light",
	} {
		q := search.ParseKeyed(typed, ix, now)
		got := strings.Join(q.Words, " ")
		for i, f := range q.Filters {
			if i == 0 {
				got += "/"
			} else {
				got += " "
			}
			got += string(f.Kind)
		}
		if got != want {
			t.Errorf("%s: %q, not %q", typed, got, want)
		}
	}
}

// Ensure that no word of a long search is passed over: each still narrows it.
func TestParse_Long(t *testing.T) {
	long := strings.Repeat("排水沟 ", 40) + "没有的字 类:邻里"
	if q := search.Parse(long, ix, now); len(q.Words) != 42 || len(q.Filters) != 0 || q.Text().Match(drain().Words) {
		t.Errorf("%d words, %d filters", len(q.Words), len(q.Filters))
	}
}

// Ensure that the place of a match beside the title is told.
func TestQuery_Hits(t *testing.T) {
	for typed, want := range map[string]string{
		"排水沟":     "",
		"赵六":      "facts",
		"138":     "phone",
		"zwh":     "name",
		"人:zwh":   "name",
		"排水沟 堵沟":  "facts",
		"1-2026":  "number",
		"王五 赵六":   "name facts",
		"王家":      "",
		"-人:没有的人": "",
	} {
		names := map[search.Part]string{search.PartNumber: "number", search.PartName: "name", search.PartPhone: "phone", search.PartFacts: "facts"}
		q := search.Parse(typed, ix, now)
		var got []string
		for _, l := range q.Hits(drain().Words) {
			got = append(got, names[l.Part])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, not %q", typed, got, want)
		}
	}
}

// Ensure that a filter is gone on with by Chinese, pinyin and initials.
func TestComplete(t *testing.T) {
	for _, test := range []struct{ typed, label, text string }{
		{"类:邻", "邻里纠纷", "类:邻里纠纷 "},
		{"类:llj", "邻里纠纷", "类:邻里纠纷 "},
		{"排水 类：lin", "邻里纠纷", "排水 类：邻里纠纷 "},
		{"镇:lw", "龙窝镇", "镇:龙窝镇 "},
		{"-镇:longw", "龙窝镇", "-镇:龙窝镇 "},
		{"灯:", "红", "灯:红 "},
		{"灯:黄,l", "绿", "灯:黄,绿 "},
		{"state:in h", "", ""}, // a space ends the word
		{`state:"in h`, "In hand", `state:"In hand" `},
		{"期:", "逾期", "期:逾期 "},
		{"登:上", "上周", "登:上周 "},
		{"类:邻里纠纷", "", ""}, // whole
		{"类:邻里纠纷 ", "", ""},
		{"人:zs", "", ""},
		{"排水", "", ""},
		{"颜色:红", "", ""},
		{"类:laodonghetong", "劳动合同、劳务派遣", `类:"劳动合同、劳务派遣" `},
	} {
		english := test.typed[0] < 0x80 && test.typed[0] != '-'
		offers := search.Complete(test.typed, len(test.typed), ix, nil, english)
		if test.label == "" {
			if len(offers) > 0 {
				t.Errorf("%s: %+v", test.typed, offers)
			}
			continue
		}
		at := slices.IndexFunc(offers, func(o search.Offer) bool { return o.Label == test.label })
		if at < 0 || offers[at].Caret != len(offers[at].Text) {
			t.Errorf("%s: %+v", test.typed, offers)
			continue
		}
		if got := strings.ReplaceAll(offers[at].Text, `""`, `"`); got != test.text {
			t.Errorf("%s: %q", test.typed, got)
		}
	}
	// Own places first.
	offers := search.Complete("镇:", len("镇:"), ix, []catalogue.UnitID{"441621102"}, false)
	if offers[0].Label != "龙窝镇" || offers[1].Path != "紫金县" {
		t.Errorf("%+v", offers)
	}
	// In the middle of a line what stands behind stays.
	offers = search.Complete("类:邻 灯:红", len("类:邻"), ix, nil, false)
	if len(offers) == 0 || offers[0].Text != "类:邻里纠纷 灯:红" || offers[0].Caret != len("类:邻里纠纷 ") {
		t.Errorf("%+v", offers)
	}
}

// Ensure that whatever is typed is read, that what is offered is read as a filter, and that
// a search without a colon, a quote or a date is the text that it is.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"类:邻里 镇:龙窝 灯:红 人:zs 2026-10", "-类：“a b”,c", "登:2026-10..2026-11", "：：:-", `"`, "期:-3", "人:,", "state:\"In hand\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := search.Parse(s, ix, now)
		c := drain()
		q.Fits(&c)
		q.Hits(c.Words)
		q.Spans(s, true)
		for _, o := range search.Complete(s, len(s), ix, nil, false) {
			if o.Caret < 0 || o.Caret > len(o.Text) {
				t.Fatalf("%q: %+v", s, o)
			}
			if again := search.Parse(o.Text, ix, now); len(again.Filters) == 0 && len(strings.Fields(s)) < 20 {
				t.Fatalf("%q is offered as %q, which is no filter: %+v", s, o.Text, again)
			}
		}
		if len(q.Filters) > 0 && !strings.ContainsAny(s, ":：︰") {
			for _, x := range q.Filters {
				if x.Kind != search.Arrived && x.Kind != search.Is {
					t.Fatalf("%q is a filter: %+v", s, x)
				}
			}
		}
	})
}
