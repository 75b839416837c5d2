package search

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Offer is a way to go on with the word at the caret.
type Offer struct {
	Label string // the name
	Path  string // the names above it
	Text  string // the search with the offer taken
	Caret int    // where the caret stands then, in bytes
}

// maxOffers is how many ways to go on are offered.
const maxOffers = 8

// Complete returns ways to go on with the filter in which the caret stands, those first
// that fit best; none where no filter is being typed, or where it is a whole name already.
// For people's names there are none: no table has them. caret is a place in s in bytes.
// Of places and units those of the person's own units come first.
func Complete(s string, caret int, ix *catalogue.Index, own []catalogue.UnitID, english bool) []Offer {
	caret = max(0, min(caret, len(s)))
	var t token
	found := false
	for _, one := range tokens(s) {
		if one.from <= caret && caret <= one.to && !one.quoted && one.value >= 0 && caret >= one.value {
			t, found = one, true
		}
	}
	k, known := keys[text.Fold(t.key)]
	if !found || !known {
		return nil
	}
	// The value that the caret stands in, from the comma before it to its own end.
	from := t.value
	quote := false
	for i, r := range s[t.value:caret] {
		switch {
		case isQuote(r):
			quote = !quote
		case isComma(r) && !quote:
			from = t.value + i + utf8.RuneLen(r)
		}
	}
	typed := strings.TrimFunc(s[from:caret], func(r rune) bool { return isQuote(r) || unicode.IsSpace(r) })
	all := append(choices(k.kind, ix), dates(k.kind)...)
	if typed != "" {
		if whole := find(all, typed, k.level); len(whole) > 0 && whole[0].fits(text.NewQuery(typed), text.Fold(typed)) == isIt {
			return nil
		}
		all = ranked(all, typed, k.level)
	} else if k.level != "" {
		all = atLevel(all, k.level)
	}
	near(all, k.kind, ix, own)
	var out []Offer
	seen := map[string]bool{}
	for i := range all {
		c := &all[i]
		name := c.name(english)
		if seen[name] && k.kind != Place && k.kind != Unit || len(out) == maxOffers {
			continue
		}
		seen[name] = true
		insert := name
		if strings.ContainsFunc(insert, func(r rune) bool { return unicode.IsSpace(r) || isComma(r) || isColon(r) }) {
			insert = `"` + insert + `"`
		}
		rest := s[t.to:]
		if !strings.HasPrefix(rest, " ") {
			insert += " "
		}
		before := s[:from] + insert
		o := Offer{Label: name, Path: c.path, Text: before + rest, Caret: len(before)}
		if strings.HasPrefix(rest, " ") {
			o.Caret++
		}
		out = append(out, o)
	}
	return out
}

// near puts the places and units that belong to the person's own units before all others.
func near(all []choice, k Kind, ix *catalogue.Index, own []catalogue.UnitID) {
	if len(own) == 0 || k != Place && k != Unit {
		return
	}
	far := func(c choice) int {
		chain := ix.Chain(catalogue.UnitID(c.code))
		if k == Place {
			chain = ix.PlaceUnits(catalogue.DivisionCode(c.code))
		}
		for i, u := range chain {
			if slices.Contains(own, u) {
				return i
			}
		}
		for _, u := range own { // a neighbour below the same county
			for _, up := range ix.Chain(u) {
				if slices.Contains(chain, up) {
					return len(chain) + 10
				}
			}
		}
		return 100
	}
	ranks := make(map[string]int, len(all))
	for i := range all {
		ranks[all[i].code] = far(all[i])
	}
	slices.SortStableFunc(all, func(a, b choice) int { return cmp.Compare(ranks[a.code], ranks[b.code]) })
}

// dates are the periods that are offered.
func dates(k Kind) []choice {
	var out []choice
	add := func(pairs ...string) {
		for i := 0; i < len(pairs); i += 2 {
			out = append(out, choice{code: pairs[i+1], names: []string{pairs[i], pairs[i+1]}})
		}
	}
	switch k {
	case Arrived:
		add("今天", "today", "昨天", "yesterday", "本周", "thisweek", "上周", "lastweek", "本月", "thismonth", "上月", "lastmonth", "今年", "thisyear")
	case Due:
		add("今天", "today", "明天", "tomorrow", "本周", "thisweek", "下周", "nextweek", "本月", "thismonth")
	}
	return out
}

// ranked are the choices that fit, the best first; those of the level before others.
func ranked(all []choice, typed string, level catalogue.Level) []choice {
	folded, q := text.Fold(typed), text.NewQuery(typed)
	var tiers [6][]choice
	for i := range all {
		f := all[i].fits(q, folded)
		if f == not {
			continue
		}
		tier := int(f)
		if level != "" && all[i].level != level {
			tier += 2
		}
		tiers[min(tier, 5)] = append(tiers[min(tier, 5)], all[i])
	}
	var out []choice
	for _, tier := range tiers {
		out = append(out, tier...)
	}
	return out
}

func atLevel(all []choice, level catalogue.Level) []choice {
	var out []choice
	for i := range all {
		if all[i].level == level {
			out = append(out, all[i])
		}
	}
	return out
}
