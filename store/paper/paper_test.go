package paper_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
	"casedesk/store/i18n"
	"casedesk/store/paper"
	"casedesk/store/text"
)

var (
	ix    = catalogue.NewIndex(sample.Catalogue())
	start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 8*3600))
	zh    = i18n.New(i18n.ZH)
)

// secrets are words of the case that no paper may bear.
var secrets = []string{"排水沟", "老槐树", "张三", "李四", "13800000001", "各让一尺", "扬言"}

func desk() paper.Desk {
	unit, _ := ix.Unit("441621102901")
	return paper.Desk{County: "紫金县", Unit: unit, Now: start.Add(72 * time.Hour)}
}

// caseOf is a case of a kind in a state, with words that papers must not bear; what came
// of it was told a day after its registration.
func caseOf(m casework.Matter, s casework.State, a casework.Action) *casework.Case {
	c := &casework.Case{ID: casework.CaseID{UUID: uuid.UUID{1}}, Matter: m, State: s, Before: casework.StateHandling, Number: "441621102901-2026-00001-AAAA",
		Holder: "441621102", Registrar: "441621102901", RegisteredAt: start, Fields: map[casework.Field]casework.Register{
			casework.FieldCategory: {Value: "0701"}, casework.FieldTitle: {Value: "排水沟纠纷"}, casework.FieldDetail: {Value: "老槐树旁"}},
		Parties:   []casework.Party{{Role: "applicant", Name: "张三", Phone: "13800000001"}, {Role: "respondent", Name: "李四"}},
		Agreement: casework.Agreement{Form: "oral", Text: "各让一尺"}, Notes: []casework.Note{{Text: "扬言"}}}
	c.Timeline = []casework.Line{{At: start.Add(24 * time.Hour), Effect: casework.Applied, Kinds: []string{string(a)}}}
	return c
}

// papers are both papers of a case.
func papers(words *i18n.Words, c *casework.Case, d paper.Desk) map[string]paper.Paper {
	return map[string]paper.Paper{"receipt": paper.Receipt(words, c, ix, d, "ABCD-EFGH-JKMN"), "rights": paper.Rights(words, c, ix, d)}
}

// Ensure that in every state of every kind of matter, in both languages, a paper can be
// made, no line of it is wider than the page, none begins with punctuation that may not
// stand there, every sentence of it exists, and it says nothing of the case.
func TestPapers(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ZH, i18n.EN} {
		for _, m := range casework.Matters {
			table, _ := casework.TableOf(m)
			for _, s := range table.States {
				for _, confidential := range []bool{false, true} {
					c := caseOf(m, s.State, casework.ActFail)
					c.Confidential = confidential
					for name, p := range papers(i18n.New(lang), c, desk()) {
						check(t, fmt.Sprintf("%s %s %s %s", lang, m, s.State, name), p)
						if !strings.Contains(p.String(), c.Number) {
							t.Errorf("%s %s %s: no case number", m, s.State, name)
						}
					}
				}
			}
		}
	}
}

func check(t *testing.T, what string, p paper.Paper) {
	t.Helper()
	for _, line := range p.Lines() {
		if w := text.Line(line).Width(); w > 64 {
			t.Errorf("%s: %d cells: %q", what, w, line)
		}
		if first := strings.TrimSpace(line); first != "" && strings.ContainsAny(string([]rune(first)[:1]), "，。、；：？！）》") {
			t.Errorf("%s: the line begins with punctuation: %q", what, line)
		}
		if strings.Contains(line, "[paper") || strings.Contains(line, "paper.") || strings.Contains(line, "progress.") || strings.Contains(line, "{") {
			t.Errorf("%s: a sentence is missing: %q", what, line)
		}
	}
	for _, s := range secrets {
		if strings.Contains(p.String(), s) {
			t.Errorf("%s: %q stands in it", what, s)
		}
	}
}

// Ensure that a slip has its code only while it is made, and that the one of a
// confidential case does not say of what kind it is.
func TestReceipt(t *testing.T) {
	c := caseOf(casework.Petition, casework.StateRegistered, casework.ActRegister)
	for _, tt := range []struct{ receipt, code, want string }{
		{"", "", "未开具"}, {"x", "", "见原回执"}, {"x", "ABCD-EFGH-JKMN", "ABCD - EFGH - JKMN"},
	} {
		c.Receipt = tt.receipt
		if p := paper.Receipt(zh, c, ix, desk(), tt.code); !strings.Contains(p.String(), tt.want) {
			t.Errorf("no %q in\n%s", tt.want, p)
		}
	}
	if p := paper.Receipt(zh, c, ix, desk(), ""); !strings.Contains(p.String(), "信访诉求") {
		t.Errorf("no kind in\n%s", p)
	}
	c.Confidential = true
	if p := paper.Receipt(zh, c, ix, desk(), ""); strings.Contains(p.String(), "信访") {
		t.Errorf("the kind of a confidential case in\n%s", p)
	}
	alone := paper.Receipt(zh, c, ix, paper.Desk{Now: start}, "")
	check(t, "of a laptop without a county", alone)
}

// Ensure that the law's rights are told with their articles, and what the parties can do
// elsewhere with the last day of each term (人民调解法 art. 4, 23, 24, 26; 信访工作条例
// art. 30, 34 to 36).
func TestRights(t *testing.T) {
	for _, tt := range []struct {
		m     casework.Matter
		s     casework.State
		a     casework.Action
		wants []string
	}{
		{casework.Dispute, casework.StateHandling, casework.ActSignFor, []string{"第四条", "第二十三条", "拒绝调解或者要求终止调解", "第二十四条", "随时可以拒绝调解"}},
		{casework.Dispute, casework.StateFailed, casework.ActFail, []string{"第二十六条", "最迟 2027-03-03", "45 日", "自告知之日算起"}},
		{casework.Dispute, casework.StateConsulted, casework.ActAdvise, []string{"不收费", "法律援助"}},
		{casework.Dispute, casework.StateResolved, casework.ActPerform, []string{"凭回执码评价"}},
		{casework.Petition, casework.StateHandling, casework.ActSignFor, []string{"第三十条", "60日内", "复查", "不超过5人"}},
		{casework.Petition, casework.StateFinal, casework.ActConclude, []string{"不再受理", "第三十六条"}},
	} {
		p := paper.Rights(zh, caseOf(tt.m, tt.s, tt.a), ix, desk())
		joined := strings.ReplaceAll(strings.ReplaceAll(p.String(), "\n", ""), " ", "")
		for _, want := range tt.wants {
			if !strings.Contains(joined, strings.ReplaceAll(want, " ", "")) {
				t.Errorf("%s %s: no %q in\n%s", tt.m, tt.s, want, p)
			}
		}
		if tt.s == casework.StateConsulted && strings.Contains(joined, "第二十三条") {
			t.Errorf("a consultation has the rights of a mediation:\n%s", p)
		}
	}
}

// Ensure that a file opens as it was meant in the office's editors: marked as UTF-8, its
// lines ended by CR LF, no other sign than the text's.
func TestFile(t *testing.T) {
	p := paper.Rights(zh, caseOf(casework.Dispute, casework.StateHandling, casework.ActSignFor), ix, desk())
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, p.File(), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, marked := strings.CutPrefix(string(b), "\xef\xbb\xbf")
	if !marked || strings.Count(body, "\r\n") != strings.Count(body, "\n") || strings.ReplaceAll(body, "\r\n", "\n") != p.String() || text.Dirty(p.String()) {
		t.Errorf("%q", b[:40])
	}
}
