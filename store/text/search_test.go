package text_test

import (
	"strings"
	"testing"

	"casedesk/store/text"
)

// Ensure people find what they mean however they spell it.
func TestMatch(t *testing.T) {
	for _, c := range []struct {
		in, query string
		want      bool
	}{
		{"邻里纠纷", "ll", true},
		{"邻里纠纷", "LLJF", true},
		{"邻里纠纷", "linli", true},
		{"邻里纠纷", "linlijiu", true},
		{"邻里纠纷", "里纠", true},
		{"邻里纠纷", "inli", false},
		{"邻里纠纷", "lf", false},
		{"张伟华", "zwh", true},
		{"张伟华", "zhwh", true},
		{"张伟华", "zhangweihua", true},
		{"张伟华", "zhangwh", true},
		{"张伟华", "zhangweih", true},
		{"张伟华", "weihua", true},
		{"张伟华", "张wh", true},
		{"张伟华", "zhang伟华", true},
		{"张伟华", "zhangwe", true},
		{"张伟华", "zwhx", false},
		{"张伟华", "hw", false},
		{"张三、李四", "zsls", true},
		{"张三 13800138000", "0013", true},
		{"张三 138 0013 8000", "13800138000", true},
		{"张三 13800138000", "张三 138", true},
		{"张三 13800138000", "李四 138", false},
		{"西安", "xian", true},
		{"西安", "xi'an", true},
		{"吕某", "lvm", true},
		{"吕某", "lüm", true},
		{"ＡＢＣ１２３", "abc123", true},
		{"abc123", "ＡＢＣ１２３", true},
		{"3组张三", "3zzs", true},
		{"解纷码ABC", "jfmabc", true},
		{"〇二号", "leh", true},
		{"〇二号", "lingerhao", true},
		{"𬭚某", "𬭚", true},
		{"张\u200b三", "张三", true},
		{"张\x1b三", "zhangsan", true},
		{"任意", "", true},
		{"任意", "   ", true},
		{"", "a", false},
		{"啊啊啊啊啊啊啊啊", strings.Repeat("a", 60), false},
		{strings.Repeat("乐", 60), strings.Repeat("l", 59) + "x", false},
		{strings.Repeat("长", 20), strings.Repeat("zhang", 15), false},
		{strings.Repeat("张", 12), strings.Repeat("zhang", 12), true},
	} {
		if got := text.Match(text.Keys(c.in), c.query); got != c.want {
			t.Errorf("Match(%q, %q) = %v", c.in, c.query, got)
		}
	}
}

// Ensure parts of a key are apart, and words of a query may lie in any of them.
func TestMatch_Parts(t *testing.T) {
	key := text.Keys("张三", "李四\n王五")
	for query, want := range map[string]bool{"zs ls": true, "zsls": false, "三李": false, "lsww": true} {
		if got := text.Match(key, query); got != want {
			t.Errorf("Match(%q) = %v", query, got)
		}
	}
}

// Ensure family names with a reading of their own are found by it, and by the
// common one that people who don't know better type.
func TestMatch_Surnames(t *testing.T) {
	for _, line := range strings.Split(strings.TrimSpace(`
单 shan dan|曾 zeng ceng|仇 qiu chou|解 xie jie|区 ou qu|查 zha cha|盖 ge gai|翟 zhai di|朴 piao pu|任 ren
尉迟 yuchi weichi|万俟 moqi|长孙 zhangsun changsun|单于 chanyu|令狐 linghu|澹台 tantai|鲜于 xianyu|宇文 yuwen
缪 miao|佘 she|逄 pang|郄 qie|郗 chi xi|员 yun|贠 yun|冼 xian|洗 xian|乜 nie|隗 wei kui|纪 ji|那 na|宁 ning
折 she|秘 bi|黑 he|召 shao|种 chong|繁 po|覃 qin tan|句 gou|哈 ha|宓 mi fu|祭 zhai|燕 yan|车 che|牟 mu mou
葛 ge|詹 zhan|乐 yue le|幺 yao|么 yao|过 guo|厍 she|亓 qi|仉 zhang|麴 qu|阙 que|於 yu|撒 sa|相 xiang|难 ning
吕 lv|褚 chu zhu|晁 chao|殷 yin|华 hua|应 ying|尹 yin|钭 tou|谌 chen shen|邰 tai|妫 gui|芮 rui|羿 yi|欧阳 ouyang
诸葛 zhugea`), "\n") {
		for _, name := range strings.Split(line, "|") {
			f := strings.Fields(name)
			for _, reading := range f[1:] {
				want := reading != "zhugea"
				if text.Match(text.Keys(f[0]+"某"), reading) != want {
					t.Errorf("%s by %s: want %v", f[0], reading, want)
				}
			}
		}
	}
}

// Ensure that ü is found where it is written, and where it is read.
func TestMatch_Umlaut(t *testing.T) {
	key := text.Keys("吕某 Jürgen Ü1")
	for _, query := range []string{"lü", "lv", "jürgen", "Ü1"} {
		if !text.Match(key, query) {
			t.Errorf("%q finds nothing", query)
		}
	}
}

// Ensure no key and no query make matching fail or run away.
func TestMatch_Random(t *testing.T) {
	rng := newRand(t)
	for range 5000 {
		s := hostile(rng, 20)
		key := text.Keys(s)
		if !text.Match(key, s) && !strings.ContainsAny(s, "'’") {
			t.Fatalf("%+q is not found by itself (key %+q)", s, key)
		}
		text.Match(key, hostile(rng, 8))
	}
}

// Ensure folding and the twins of keys are as input methods need them.
func TestFoldKey(t *testing.T) {
	for in, want := range map[rune]rune{
		'？': '?', '：': ':', '、': '/', '。': '.', '；': ';', '（': '(', '！': '!', '，': ',', '１': '1', 'ｑ': 'q', 'Ｑ': 'Q',
		'　': ' ', '【': '[', '》': '>', 'q': 'q', '中': '中',
	} {
		if got := text.FoldKey(in); got != want {
			t.Errorf("FoldKey(%q) = %q, want %q", in, got, want)
		}
	}
	if got := text.Fold("Ａb　Ｃ\u200b\u00a0É"); got != "ab c é" {
		t.Errorf("Fold = %q", got)
	}
}

func BenchmarkKeys(b *testing.B) {
	for b.Loop() {
		text.Keys("张伟华与李四因排水沟走向发生争执", "紫金县龙窝镇", "13800138000")
	}
}

func BenchmarkMatch(b *testing.B) {
	key := text.Keys("陈丽娟与黄建国因宅基地边界发生争执经多次劝说未果", "紫金县龙窝镇洋头村", "13800138000", "邻里纠纷")
	for _, query := range []string{"zwh", "排水", "13900", "linli"} {
		q := text.NewQuery(query)
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				q.Match(key)
			}
		})
	}
}
