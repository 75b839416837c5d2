package text_test

import (
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"

	"casedesk/store/text"
)

// Ensure the embedded table still says what its source says: a newer
// dictionary without go generate turns this red.
func TestPinyin_AgreesWithSource(t *testing.T) {
	args := pinyin.Args{Style: pinyin.Normal, Heteronym: true}
	for code := range pinyin.PinyinDict {
		r := rune(code)
		if r >= 0xE000 && r < 0xF900 {
			continue // private use is not searched for
		}
		for _, s := range pinyin.SinglePinyin(r, args)[:1] {
			if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
				continue // a few interjections that no keyboard spells
			}
			if key := text.Keys(string(r)); !text.Match(key, s) || !text.Match(key, s[:1]) {
				t.Errorf("%c (%U) is not found by %q", r, r, s)
			}
		}
	}
}
