package store

import (
	"strings"

	"casedesk/store/text"
)

// typedBefore is what a search for text learnt that the next one, of which the text begins
// with its own, need not learn again: who types on asks for less. A row that lacks the
// words typed so far lacks those that begin with them. Pages are never changed, so what was
// learnt of a page holds as long as that page is looked at.
type typedBefore struct {
	text  string
	lacks map[*rowPage]text.Set // the rows that lack the words
}

// lacking returns what is known of the pages for a text that goes on from the last one.
func (t *rowTable) lacking(key string, pages []*rowPage) []text.Set {
	out := make([]text.Set, len(pages))
	before := t.typed.Load()
	if key == "" || before == nil || !strings.HasPrefix(key, before.text) {
		return out
	}
	for i, p := range pages {
		if p != nil {
			out[i] = before.lacks[p]
		}
	}
	return out
}

// learn keeps what a search found out.
func (t *rowTable) learn(key string, pages []*rowPage, lacks []text.Set) {
	if key == "" {
		return
	}
	learnt := &typedBefore{text: key, lacks: make(map[*rowPage]text.Set, len(pages))}
	for i, p := range pages {
		if p != nil && lacks[i] != (text.Set{}) {
			learnt.lacks[p] = lacks[i]
		}
	}
	t.typed.Store(learnt)
}
