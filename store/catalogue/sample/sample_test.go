package sample_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

func TestSampleIsValid(t *testing.T) {
	for _, f := range catalogue.Validate(sample.Catalogue()) {
		t.Error(f)
	}
}

func TestSampleCounts(t *testing.T) {
	c := sample.Catalogue()
	levels := map[catalogue.Level]int{}
	for _, d := range c.Divisions {
		levels[d.Level]++
	}
	if levels[catalogue.City] != 1 || levels[catalogue.County] != 6 || levels[catalogue.Town] != 101 {
		t.Errorf("the city's divisions: %v", levels)
	}
	groups, subs := 0, 0
	for _, row := range c.Categories {
		if row.Parent == "" {
			groups++
		} else {
			subs++
			if !strings.HasPrefix(row.Code, row.Parent) {
				t.Errorf("%s stands below %s", row.Code, row.Parent)
			}
		}
	}
	if groups != 17 || subs != 78 {
		t.Errorf("%d categories with %d sub-codes", groups, subs)
	}
	for table, want := range map[catalogue.Table]int{
		catalogue.TableChannels: 6, catalogue.TableMethods: 15, catalogue.TableIDTypes: 7, catalogue.TableGenders: 4,
	} {
		if got := len(c.Codes(table)); got != want {
			t.Errorf("%s has %d rows, want %d", table, got, want)
		}
	}
}

// The five channels bear the names that the county's own papers use.
func TestSampleChannels(t *testing.T) {
	want := []string{"群众自行登记", "矛盾协调员上门登记", "工作人员现场登记", "线下接访登记", "在线接访登记"}
	for i, name := range want {
		if got := sample.Catalogue().Channels[i].Name; got != name {
			t.Errorf("channel %d is %s, want %s", i+1, got, name)
		}
	}
}

// Every county and town has a unit named by its code, and everybody's place
// leads up to a county office.
func TestSampleUnits(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for _, d := range x.Catalogue().Divisions {
		if d.Level == catalogue.City {
			continue
		}
		chain := x.PlaceUnits(d.Code)
		if len(chain) == 0 || x.CountyOf(chain[0]) == "" {
			t.Errorf("%s %s leads to %v", d.Code, d.Name, chain)
		}
		if d.Level != catalogue.Grid && (len(chain) == 0 || string(chain[0]) != string(d.Code)) {
			t.Errorf("%s %s has no unit of its own", d.Code, d.Name)
		}
	}
	for _, id := range []catalogue.UnitID{"jiangdong", "441621-zjj", "441621102-sfs", "441621109-sfs"} {
		if _, ok := x.Unit(id); !ok {
			t.Errorf("no unit %s", id)
		}
	}
}

func TestSamplePeople(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for _, tt := range []struct {
		user   catalogue.UserID
		unit   catalogue.UnitID
		county catalogue.UnitID
		role   catalogue.Role
	}{
		{"grid1", "441621102901", "441621", catalogue.GridWorker},
		{"mediator1", "441621102", "441621", catalogue.Mediator},
		{"grid2", "441621109901", "jiangdong", catalogue.GridWorker},
		{"mediator2", "441621109", "jiangdong", catalogue.Mediator},
		{"county1", "441621", "441621", catalogue.Office},
		{"county1", "jiangdong", "jiangdong", catalogue.Office},
		{"bureau1", "441621-zjj", "441621", catalogue.Handler},
	} {
		if !x.Serves(tt.user, tt.unit) || !x.HasRole(tt.user, tt.role) || x.CountyOf(tt.unit) != tt.county {
			t.Errorf("%s is not %s of %s below %s", tt.user, tt.role, tt.unit, tt.county)
		}
	}
}

// What is invented says so where it is read.
func TestSampleSaysWhatIsInvented(t *testing.T) {
	c := sample.Catalogue()
	for _, d := range c.Divisions {
		low := d.Level == catalogue.Village || d.Level == catalogue.Grid
		if low != strings.Contains(d.Remark, "虚构") || low != strings.HasPrefix(d.Name, "示例") {
			t.Errorf("%s %s: %q", d.Code, d.Name, d.Remark)
		}
	}
	for _, p := range c.People {
		if !strings.Contains(p.Remark, "虚构") {
			t.Errorf("%s: %q", p.User, p.Remark)
		}
	}
	for _, u := range c.Units {
		if u.Phone != "" && !strings.Contains(u.Remark, "虚构") {
			t.Errorf("%s: %q", u.ID, u.Remark)
		}
	}
}

func TestSampleLimits(t *testing.T) {
	x := catalogue.NewIndex(sample.Catalogue())
	for code, want := range map[catalogue.LimitCode]catalogue.Span{
		"triage":   {N: 24, Unit: catalogue.Hours},
		"route":    {N: 3, Unit: catalogue.WorkDays},
		"sign_for": {N: 2, Unit: catalogue.WorkDays},
		"handle":   {N: 30, Unit: catalogue.Days},
		"perform":  {},
		"confirm":  {N: 30, Unit: catalogue.Days},
		"revisit":  {N: 30, Unit: catalogue.Days},
		"rate":     {N: 5, Unit: catalogue.WorkDays},
	} {
		l, ok := x.LimitAt(code, "", 1)
		if !ok || l.Span != want || l.Agreed != (want == catalogue.Span{}) || l.Source == "" {
			t.Errorf("%s: %+v", code, l)
		}
	}
}

// Ensure that every limit of the laws and orders that the desk knows is there, with
// its length, how far it may be extended, and where it comes from.
func TestSampleLimits_Outside(t *testing.T) {
	span := func(n int, unit catalogue.SpanUnit) catalogue.Span { return catalogue.Span{N: n, Unit: unit} }
	x := catalogue.NewIndex(sample.Catalogue())
	for _, tt := range []struct {
		name      string
		code      catalogue.LimitCode
		category  string
		span      catalogue.Span
		extension catalogue.Span
		basis     string
	}{
		{"司法确认规定 art. 5", "court_decide", "", span(15, catalogue.Days), span(10, catalogue.Days), "law"},
		{"劳动争议调解仲裁法 art. 27", "labour_arbitration", "0701", span(12, catalogue.Months), catalogue.Span{}, "law"},
		{"劳动争议调解仲裁法 art. 43", "labour_award", "07", span(45, catalogue.Days), span(15, catalogue.Days), "law"},
		{"农村土地承包经营纠纷调解仲裁法 art. 18", "land_arbitration", "0901", span(24, catalogue.Months), catalogue.Span{}, "law"},
		{"行政复议法 art. 20", "ask_admin_review", "1304", span(60, catalogue.Days), catalogue.Span{}, "law"},
		{"行政复议法 art. 62", "admin_review", "11", span(60, catalogue.Days), span(30, catalogue.Days), "law"},
		{"行政诉讼法 art. 46", "ask_admin_suit", "1102", span(6, catalogue.Months), catalogue.Span{}, "law"},
		{"民事诉讼法 (2023) art. 250", "ask_enforcement", "", span(24, catalogue.Months), catalogue.Span{}, "law"},
		{"在线调解规则 art. 15", "online_contact", "", span(3, catalogue.WorkDays), catalogue.Span{}, "law"},
		{"东至县, simple", "handle_simple", "", span(1, catalogue.Days), catalogue.Span{}, "organisation"},
		{"东至县, ordinary", "handle_ordinary", "", span(7, catalogue.Days), catalogue.Span{}, "organisation"},
		{"东至县, complex", "handle_complex", "", span(20, catalogue.Days), catalogue.Span{}, "organisation"},
		{"the first revisit", "revisit_from", "", span(7, catalogue.Days), catalogue.Span{}, "organisation"},
		{"重大纠纷", "report_major", "", span(6, catalogue.Hours), catalogue.Span{}, "organisation"},
	} {
		l, ok := x.LimitAt(tt.code, tt.category, 1)
		if !ok || l.Span != tt.span || l.Extension != tt.extension || l.Basis != tt.basis || l.Source == "" {
			t.Errorf("%s: %+v", tt.name, l)
		}
	}
}

// A worked day in exchange is a day of a weekend, or there was no exchange.
func TestSampleCalendar(t *testing.T) {
	calendar := sample.Catalogue().Calendar
	for _, s := range calendar.On {
		date, _ := time.Parse(time.DateOnly, s)
		if weekday := date.Weekday(); weekday != time.Saturday && weekday != time.Sunday {
			t.Errorf("%s is a %s", s, weekday)
		}
	}
	for year := calendar.From; year <= calendar.To; year++ {
		worked := 0
		for date := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); date.Year() == year; date = date.Add(24 * time.Hour) {
			if calendar.IsWorkday(date) {
				worked++
			}
		}
		if worked < 247 || worked > 252 {
			t.Errorf("%d has %d worked days", year, worked)
		}
	}
}

func TestCatalogueIsTheCallersOwn(t *testing.T) {
	c := sample.Catalogue()
	c.Units[0].Covers[0], c.People[0].Roles[0], c.Calendar.Off[0] = "x", "x", "x"
	c.Categories[0].Name = "x"
	if again := sample.Catalogue(); reflect.DeepEqual(c, again) || again.Units[0].Covers[0] == "x" {
		t.Error("a change reaches the next caller")
	}
}

// Every table of the platform has rows to try it with, and whoever is invented
// says so.
func TestSampleTables(t *testing.T) {
	c := sample.Catalogue()
	for _, table := range catalogue.CodeTables() {
		if len(c.Codes(table)) == 0 {
			t.Errorf("%s is empty", table)
		}
	}
	if len(c.RiskDuties) == 0 || len(c.Duties) == 0 || len(c.Items) == 0 || len(c.Claims) == 0 || len(c.Resolvers) == 0 || len(c.Phrases) == 0 {
		t.Error("a table is empty")
	}
	for _, r := range c.Resolvers {
		if !strings.Contains(r.Remark, "虚构") {
			t.Errorf("%s: %q", r.ID, r.Remark)
		}
	}
	signs := map[string]bool{}
	for _, d := range c.RiskDuties {
		signs[d.Sign] = true
		if d.Source == "" {
			t.Errorf("%s %s has no source", d.Sign, d.Code)
		}
	}
	for _, row := range c.Risks {
		if !signs[row.Code] {
			t.Errorf("nothing follows from %s", row.Code)
		}
	}
	for _, row := range c.Categories {
		if row.Mediation == "" || row.Petition == "" {
			t.Errorf("%s %s is not in the other classifications", row.Code, row.Name)
		}
	}
}
