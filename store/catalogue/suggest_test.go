package catalogue_test

import (
	"strings"
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that the built-in sample proposes what a grid worker would choose, from the words
// that people use, and says from which; and nothing where nothing tells.
func TestIndex_Suggest(t *testing.T) {
	ix := catalogue.NewIndex(sample.Catalogue())
	for _, tt := range []struct{ facts, category, word string }{
		{"群众因银行征信问题不能贷款购房，要求房地产公司退还购房订金。", "0602", "房地产"},
		{"两家共用一条排水沟，王家堵沟，李家院内积水。", "0201", "排水沟"},
		{"老板拖欠工资三个月", "0701", "拖欠工资"},
		{"儿子不养老人，三兄弟轮流照顾谈不拢", "0102", "不养老人"},
		{"隔壁养鸡臭味大，扰民", "0203", "臭味"},
		{"借了三万没还，有借条", "0804", "借条"},
		{"两家争一片林地，动了祖坟", "0903", "祖坟"},
		{"征地款和青苗补偿没到位", "1102", "征地款"},
		{"ｗ　老板欠薪", "0701", "欠薪"},
		{"两个人吵了一架", "", ""},
		{"", "", ""},
	} {
		got, ok := ix.Suggest(tt.facts)
		if got.Category.Code != tt.category || ok != (tt.category != "") || ok && !strings.Contains(strings.Join(got.Words, " "), tt.word) {
			t.Errorf("%q: %s %v, want %s by %s", tt.facts, got.Category.Code, got.Words, tt.category, tt.word)
		}
	}
}

// Ensure that a county's own words count, that a category out of use is not proposed, and
// that only the beginning of a long text is looked at.
func TestIndex_SuggestOwn(t *testing.T) {
	c := catalogue.Catalogue{Categories: []catalogue.Code{
		{Code: "1", Name: "旧的", Words: "围屋", Retired: true}, {Code: "2", Name: "围屋纠纷"}, {Code: "3", Name: "其他", Words: "公尝 太公田"},
	}}
	ix := catalogue.NewIndex(c)
	for facts, want := range map[string]string{"围屋漏水": "2", "太公田分不均": "3", "其他": "", strings.Repeat("吵", 700) + "围屋": ""} {
		if got, _ := ix.Suggest(facts); got.Category.Code != want {
			t.Errorf("%.12s: %q, want %q", facts, got.Category.Code, want)
		}
	}
}

// Ensure that the sentences which fit a category come first, and all are there.
func TestIndex_PhrasesFor(t *testing.T) {
	ix := catalogue.NewIndex(catalogue.Catalogue{
		Categories: []catalogue.Code{{Code: "1", Name: "邻里", Words: "排水沟 积水"}},
		Phrases:    []catalogue.Phrase{{Field: "facts", Text: "欠薪。"}, {Field: "facts", Text: "排水沟积水。"}, {Field: "reason", Text: "积水"}, {Field: "facts", Text: "排水沟。"}},
	})
	if got := strings.Join(ix.PhrasesFor("facts", "1"), ""); got != "排水沟积水。排水沟。欠薪。" {
		t.Errorf("for the category %s", got)
	}
	if got := strings.Join(ix.PhrasesFor("facts", ""), ""); got != "欠薪。排水沟积水。排水沟。" {
		t.Errorf("for none %s", got)
	}
}

func BenchmarkIndex_Suggest(b *testing.B) {
	ix, s := catalogue.NewIndex(sample.Catalogue()), strings.Repeat("两家为了一件小事吵了很久，", 60)
	for b.Loop() {
		ix.Suggest(s)
	}
}
