package i18n

import (
	"slices"
	"sync"
)

var eachLang = sync.OnceValue(func() []*Words { return []*Words{New(ZH), New(EN)} })

// InEach returns what say says in each language, the one of w first: people look for a
// thing by the name that comes to their mind.
func (w *Words) InEach(say func(*Words) string) []string {
	names := []string{say(w)}
	for _, other := range eachLang() {
		if name := say(other); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
