package casework_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
)

func summary(title, facts, place, day string, people ...string) casework.Summary {
	s := casework.Summary{Title: title, Facts: facts, Division: catalogue.DivisionCode(place)}
	s.Day, _ = time.Parse(time.DateOnly, day)
	for i := 0; i+1 < len(people); i += 2 {
		s.Parties = append(s.Parties, casework.Party{Name: people[i], Phone: people[i+1]})
	}
	return s
}

func likely(a, b casework.Summary) []casework.Likeness {
	x, y := a.Ready(), b.Ready()
	return casework.Likely(&x, &y, ix)
}

// Ensure that two records of one dispute are told, with what they agree in, and
// that disputes of the same kind or at the same place are not.
func TestLikely(t *testing.T) {
	const facts = "张三家修建排水沟占用李四家菜地约两米，双方多次争吵，昨日发生推搡"
	base := summary("张三与李四排水沟纠纷", facts, "441621102901", "2026-10-12", "张三", "13800000001", "李四", "")
	tests := []struct {
		name string
		b    casework.Summary
		want []casework.Likeness
	}{
		{"the same dispute from the hotline", summary("龙窝镇村民反映排水沟问题", "来电人称邻居修沟占地", "441621102", "2026-10-14", "李四", "", "张 三", "138-0000-0001"),
			[]casework.Likeness{casework.LikePhone, casework.LikeParties, casework.LikeArea, casework.LikeNear}},
		{"the same words without names", summary("排水沟纠纷", "张三家修建排水沟占用李四家菜地两米，双方多次争吵发生推搡", "441621102901", "2026-10-13"),
			[]casework.Likeness{casework.LikeTitle, casework.LikeFacts, casework.LikePlace, casework.LikeNear}},
		{"a party of the same name at the same place", summary("欠款", "欠工钱未付", "441621102901", "2026-12-01", "李四", ""),
			[]casework.Likeness{casework.LikeParty, casework.LikePlace}},
		{"the same place and day", summary("噪音扰民", "夜间唱歌", "441621102901", "2026-10-12", "王五", "13900000002"), nil},
		{"the same title elsewhere", summary("张三与李四排水沟纠纷", "两村水渠", "441621109901", "2026-10-12"), nil},
		{"a name in common elsewhere", summary("宅基地", "边界不清", "441621109901", "2026-10-12", "张三", ""), nil},
		{"the same people a year ago", summary("张三与李四排水沟纠纷", facts, "441621102901", "2025-10-12", "张三", "13800000001", "李四", ""), nil},
		{"nothing filled in yet", summary("", "", "441621102901", "2026-10-12"), nil},
		{"signs alone", summary("……", "！！！！！！！！！！！！", "441621102901", "2026-10-12", "、", "-"), nil},
	}
	for _, tt := range tests {
		if got := likely(base, tt.b); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Ensure that likeness is symmetric, that a case is like itself as soon as it says
// enough, that every answer can be explained, and that signs, width and case of
// letters change nothing.
func TestLikely_SymmetricAndExplained(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	r := rand.New(rand.NewPCG(seed, 1))
	words := []string{"排水沟", "宅基地", "欠薪", "邻居", "噪音", "张三", "李四", "王五", "推搡", "菜地", "工资", "A座", "12号", "，", "、", " ", "修路"}
	say := func(n int) (s string) {
		for range n {
			s += words[r.IntN(len(words))]
		}
		return s
	}
	places := []string{"", "441621", "441621102", "441621102901", "441621109", "441621109901", "nowhere"}
	random := func() casework.Summary {
		s := summary(say(r.IntN(5)), say(r.IntN(12)), places[r.IntN(len(places))], "")
		if r.IntN(4) > 0 {
			s.Day = start.AddDate(0, 0, r.IntN(40))
		}
		for range r.IntN(3) {
			s.Parties = append(s.Parties, casework.Party{Name: words[5+r.IntN(3)], Phone: []string{"", "13800000001", "12"}[r.IntN(3)]})
		}
		return s
	}
	found := 0
	for range 4000 {
		a, b := random(), random()
		ab, ba := likely(a, b), likely(b, a)
		if !slices.Equal(ab, ba) {
			t.Fatalf("seed %d: %v one way, %v the other\n%+v\n%+v", seed, ab, ba, a, b)
		}
		if len(ab) == 0 {
			continue
		}
		found++
		if casework.Weight(ab) < 4 || slices.Compact(slices.Clone(ab)) == nil || slices.Contains([]casework.Likeness{casework.LikePlace, casework.LikeArea, casework.LikeNear}, ab[0]) {
			t.Fatalf("seed %d: %v does not explain itself", seed, ab)
		}
		wide := a
		wide.Title, wide.Facts = "【"+a.Title+"】", a.Facts+"。"
		if got := likely(wide, b); !slices.Equal(got, ab) {
			t.Fatalf("seed %d: signs make %v of %v", seed, got, ab)
		}
		if got := likely(a, a); casework.Weight(got) < casework.Weight(ab) && a.Division != "" && !a.Day.IsZero() {
			t.Fatalf("seed %d: a case is more like another (%v) than like itself (%v)\n%+v", seed, ab, got, a)
		}
	}
	if found == 0 {
		t.Fatalf("seed %d: nothing is like anything", seed)
	}
}
