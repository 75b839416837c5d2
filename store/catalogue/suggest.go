package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"casedesk/store/text"
)

// Suggestion is a category that facts speak of, with the words of theirs that say so.
// A person decides.
type Suggestion struct {
	Category Code
	Words    []string
}

// suggestRunes is how much of a text is looked at: the beginning says what it is about.
const suggestRunes = 600

// Suggest returns the category of which a text has the most words, a longer word counting
// for more; ok is false where it has none. Of equals the first published wins.
func (x *Index) Suggest(s string) (best Suggestion, ok bool) {
	if r := []rune(s); len(r) > suggestRunes {
		s = string(r[:suggestRunes])
	}
	s = strings.ReplaceAll(text.Fold(s), "\n", " ")
	most := 0
	told := x.telling()
	for i, c := range x.catalogue.Categories {
		var found []string
		for _, w := range told[i] {
			if strings.Contains(s, w) {
				found = append(found, w)
			}
		}
		found = slices.DeleteFunc(found, func(w string) bool { // 水沟 says nothing that 排水沟 does not
			return slices.ContainsFunc(found, func(o string) bool { return o != w && strings.Contains(o, w) })
		})
		n := 0
		for _, w := range found {
			n += utf8.RuneCountInString(w)
		}
		if n > most {
			most, best = n, Suggestion{c, found}
		}
	}
	slices.SortStableFunc(best.Words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return best, most > 0
}

// allTelling are the words that tell of each category that is in use.
func (x *Index) allTelling() [][]string {
	out := make([][]string, len(x.catalogue.Categories))
	for i, c := range x.catalogue.Categories {
		if !c.Retired {
			out[i] = telling(c)
		}
	}
	return out
}

// telling are the words that tell of a category: its own, and those of its name.
func telling(c Code) []string {
	words := strings.Fields(text.Fold(c.Words))
	for name := range strings.FieldsFuncSeq(text.Fold(c.Name), func(r rune) bool { return strings.ContainsRune("、及与和(), ", r) }) {
		name = strings.TrimSuffix(strings.TrimSuffix(name, "纠纷"), "争议")
		if utf8.RuneCountInString(name) >= 2 && !strings.HasPrefix(name, "其他") {
			words = append(words, name)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// PhrasesFor returns the sentences offered for a field, those first that speak of a
// category.
func (x *Index) PhrasesFor(field, category string) []string {
	out := slices.Clone(x.Phrases(field))
	c, ok := x.Category(category)
	if !ok {
		return out
	}
	words := telling(c)
	fits := func(phrase string) (n int) {
		for _, w := range words {
			if strings.Contains(text.Fold(phrase), w) {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b string) int { return fits(b) - fits(a) })
	return out
}
