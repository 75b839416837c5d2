package search

import "strings"

// Say is the sentence of a doubt, in the words that say gives; "" for a word that was
// taken for a day or a mark, of which the filters tell.
func (d Doubt) Say(say func(key string, args ...any) string, english bool) string {
	kind := say("find.kind." + string(d.Kind))
	switch d.Why {
	case NoKey:
		return say("find.key", d.Word+":", Keys(english))
	case NoName:
		said := say("find.name", d.Word, kind)
		if len(d.Near) > 0 {
			said += say("find.near", strings.Join(d.Near, say("kit.comma")))
		}
		return said
	case NoDate:
		return say("find.date", d.Word)
	case GoesOn:
		return say("find.go_on", kind)
	}
	return ""
}

// Keys are the words that may stand before a colon, as they are offered.
func Keys(english bool) string {
	var keys []string
	for _, k := range Kinds {
		keys = append(keys, k.Key(english)+":")
	}
	return strings.Join(keys, " ")
}
