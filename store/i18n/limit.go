package i18n

import (
	"cmp"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/text"
)

// Limit is what a limit is called: a county that is newer than this program, or has
// limits of its own, sends the name in its catalogue.
func (w *Words) Limit(code catalogue.LimitCode, ix casework.Lookup) string {
	if key := "limit." + Key(code); w.Has(key) {
		return w.T(key)
	}
	l, _ := ix.LimitAt(code, "", ix.Version())
	if l.Name == "" { // one for some categories only
		for _, other := range ix.Catalogue().Limits {
			if other.Code == code {
				l = other
			}
		}
	}
	return cmp.Or(text.Line(l.Name).String(), string(code))
}
