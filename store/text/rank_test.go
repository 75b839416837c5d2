package text_test

import (
	"testing"

	"casedesk/store/text"
)

// Ensure that what spells a name from its start fits better than what is found in it,
// and what spells all of it best.
func TestRank(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		want        text.Rank
	}{
		{"龙窝镇", "lwz", text.RankWhole}, {"龙窝镇", "龙窝镇", text.RankWhole}, {"龙窝镇", "longwozhen", text.RankWhole}, {"龙窝镇", "龙wz", text.RankWhole},
		{"龙窝镇", "lw", text.RankStart}, {"龙窝镇", "long", text.RankStart}, {"龙窝镇", "l", text.RankStart}, {"龙窝镇", "ＬＷ", text.RankStart},
		{"龙窝镇", "wz", text.RankInside}, {"龙窝镇", "镇", text.RankInside}, {"龙窝镇", "", text.RankInside}, {"龙窝镇", "lwzsfs", text.RankInside},
		{"（乙）劳动合同", "yldht", text.RankWhole}, {"A3 区", "a3q", text.RankWhole}, {"重庆", "cq", text.RankWhole}, {"重庆", "zq", text.RankWhole},
		{"", "a", text.RankInside}, {"邻里纠纷", "ll 纠", text.RankStart},
	} {
		if got := text.NewQuery(tt.query).Rank(text.Keys(tt.name)); got != tt.want {
			t.Errorf("%q in %q: rank %d, want %d", tt.query, tt.name, got, tt.want)
		}
	}
}
