// Command pinyingen writes the table of readings that store/text embeds, from
// the dictionary of go-pinyin. It runs by go generate, never in the product:
// the dictionary costs 2 MB and 5 ms at every start, the table neither.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// The layout is described beside its reader, in store/text/pinyin.go.
const (
	denseFrom, denseTo = 0x3400, 0xA000
	readingsPerSet     = 5
	syllableBytes      = 6
)

// surnames are readings that the dictionary lacks. In family names these
// characters are read in their own way.
var surnames = map[rune]string{
	'员': "yun", '贠': "yun", '逄': "pang", '郄': "qie", '郗': "chi", '折': "she", '黑': "he", '盖': "ge", '佴': "nai",
	'种': "chong", '繁': "po", '秘': "bi", '召': "shao", '隗': "kui", '宓': "fu", '祭': "zhai", '缪': "miao", '洗': "xian",
	'覃': "qin", '令': "ling", '尉': "yu", '万': "mo", '俟': "qi", '单': "chan", '长': "zhang", '车': "che", '句': "gou",
	'乜': "nie", '厍': "she", '难': "ning", '相': "xiang", '撒': "sa", '哈': "ha", '嬴': "ying", '於': "yu", '纪': "ji",
	'翟': "zhai", '朴': "piao", '区': "ou", '查': "zha", '解': "xie", '仇': "qiu", '曾': "zeng", '任': "ren", '乐': "yue",
	'燕': "yan", '牟': "mou", '葛': "ge", '过': "guo", '宁': "ning", '那': "na", '喻': "yu", '谌': "shen", '么': "yao", '幺': "yao",
}

func main() {
	out := flag.String("o", "pinyin.bin", "the file to write")
	flag.Parse()
	if err := os.WriteFile(*out, table(), 0o644); err != nil {
		log.Fatal(fmt.Errorf("write table: %w", err))
	}
}

func table() []byte {
	readings := map[rune][]string{}
	args := pinyin.Args{Style: pinyin.Normal, Heteronym: true}
	for code := range pinyin.PinyinDict {
		if r := rune(code); r < 0xE000 || r >= 0xF900 { // private use says nothing
			readings[r] = toneless(r, args)
		}
	}
	for r, s := range surnames {
		if !slices.Contains(readings[r], s) {
			readings[r] = append(readings[r][:min(len(readings[r]), readingsPerSet-1)], s)
		}
	}

	syllables := []string{""}
	for _, list := range readings {
		syllables = append(syllables, list...)
	}
	slices.Sort(syllables)
	syllables = slices.Compact(syllables)

	sets := []string{""}
	for _, list := range readings {
		sets = append(sets, strings.Join(list, " "))
	}
	slices.Sort(sets)
	sets = slices.Compact(sets)
	return encode(readings, syllables, sets)
}

func encode(readings map[rune][]string, syllables, sets []string) []byte {
	setOf := func(r rune) uint16 {
		n, _ := slices.BinarySearch(sets, strings.Join(readings[r], " "))
		return uint16(n)
	}
	var sparse []rune
	for r := range readings {
		if r < denseFrom || r >= denseTo {
			sparse = append(sparse, r)
		}
	}
	slices.Sort(sparse)

	le := binary.LittleEndian
	var b []byte
	for _, n := range []int{len(syllables), len(sets), len(sparse)} {
		b = le.AppendUint16(b, uint16(n))
	}
	for _, s := range syllables {
		b = append(b, (s + "\x00\x00\x00\x00\x00\x00")[:syllableBytes]...)
	}
	for _, set := range sets {
		b = appendSet(b, strings.Fields(set), syllables)
	}
	for r := rune(denseFrom); r < denseTo; r++ {
		b = le.AppendUint16(b, setOf(r))
	}
	for _, r := range sparse {
		b = append(b, byte(r), byte(r>>8), byte(r>>16))
		b = le.AppendUint16(b, setOf(r))
	}
	return b
}

func appendSet(b []byte, set, syllables []string) []byte {
	var initials uint32
	for _, s := range set {
		initials |= 1 << (s[0] - 'a')
	}
	b = binary.LittleEndian.AppendUint32(b, initials)
	for i := range readingsPerSet {
		n := 0
		if i < len(set) {
			n, _ = slices.BinarySearch(syllables, set[i])
		}
		b = binary.LittleEndian.AppendUint16(b, uint16(n))
	}
	return b
}

// toneless returns the readings of r in the dictionary's order, commonest
// first, without tones. Interjections that no keyboard spells are left out.
func toneless(r rune, args pinyin.Args) []string {
	var list []string
	for _, s := range pinyin.SinglePinyin(r, args) {
		spelled := s != "" && len(s) <= syllableBytes && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
		if spelled && !slices.Contains(list, s) && len(list) < readingsPerSet {
			list = append(list, s)
		}
	}
	return list
}
