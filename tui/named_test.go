package tui_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"casedesk/store/i18n"
)

// keyNamed finds the keys that a sentence speaks of.
var keyNamed = regexp.MustCompile(`\bF\d+\b|Ctrl\+[A-Z]\b|Delete\b`)

// spokenOf are the screens that sentences speak of, by the beginnings of the sentences' keys: a
// key that a sentence names is one of those screens', by the names of scenes. The first
// beginning that fits counts.
var spokenOf = []struct{ begins, screens string }{
	// Other programs, and sentences that no key is named in.
	{"demo.", "-"}, {"gallery.", "-"}, {"plain.how", "-"}, {"plain.welcome", "-"}, {"cli.", "-"},
	{"take.", "-"}, {"next.not_handed", "-"}, {"next.unsent", "list"}, // the screen of taking over has a test of its own

	{"board.", "board"}, {"list.empty.today", "today"}, {"list.coming", "today"}, {"list.", "list"},
	{"find.none_saved", "saved tab"}, {"draft.drop_question", "list"}, {"marks.", "list"},
	{"exchange.alone_next", "alone"}, {"enrol.later", "alone"}, {"enrol.", "intake"}, {"setup.", "intake"},
	{"exchange.you_release", "case"}, {"exchange.", "exchange"},
	{"next.handed_over", "list; handover"}, {"handover.take", "list; lock; handover; handed lock"}, {"handover.", "handover"},
	{"unlock.", "handed lock"},
	{"sum.", "case"}, {"detail.menu_", "menu"}, {"detail.", "case"}, {"acting.", "several units"},
	{"intake.", "intake"}, {"likely.", "intake"}, {"kit.proposed", "intake"},
	{"tools.drafts", "tools"}, {"tools.", "tools"}, {"drafts.", "drafts"}, {"figures.none", "figures, one"}, {"figures.", "figures"},
	{"display.", "display"}, {"many.", "many, review"}, {"revoked.", "revoked"},
	{"welcome.", "welcome"}, {"tour.again", "list; help"}, {"tour.", "list"}, {"practice.", "list"}, {"help.", "help"}, {"app.", "list"},
}

// Ensure that every key that a sentence names is one of the screen that it speaks of, and that
// both languages name the same.
func TestEvery_KeyNamed(t *testing.T) {
	has := map[string]map[string]bool{"saved tab": {"F3": true, "Delete": true}, // TestDesk_SavedTabs
		"alone": {"F12": true}, "handed lock": {"F8": true}, "several units": {"F12": true}}
	each(t, chinese, func(t *testing.T, d *stage) {
		_, scene, _ := strings.Cut(t.Name(), "/")
		keys := map[string]bool{}
		r := d.desk.Read()
		for _, b := range slices.Concat(r.Keys, r.Globals) {
			for _, key := range b.Keys {
				keys[strings.ToLower(key)] = true
			}
		}
		has[strings.ReplaceAll(scene, "_", " ")] = keys
	})
	english := i18n.New(i18n.EN)
	named := func(w *i18n.Words, key i18n.Key) []string {
		return slices.Compact(slices.Sorted(slices.Values(keyNamed.FindAllString(w.T(key), -1))))
	}
	isWord := func(name string) bool { return name == "Delete" } // in English
	for _, key := range i18n.Keys() {
		zh, en := named(chinese, key), named(english, key)
		if len(zh) == 0 {
			continue
		}
		if a, b := slices.DeleteFunc(slices.Clone(zh), isWord), slices.DeleteFunc(en, isWord); !slices.Equal(a, b) {
			t.Errorf("%s names %v in Chinese and %v in English", key, a, b)
		}
		i := slices.IndexFunc(spokenOf, func(s struct{ begins, screens string }) bool { return strings.HasPrefix(string(key), s.begins) })
		if i < 0 {
			t.Errorf("%s names %v: say in spokenOf of which screen", key, zh)
			continue
		}
		if spokenOf[i].screens == "-" {
			continue
		}
		for _, name := range zh {
			found := false
			for _, screen := range strings.Split(spokenOf[i].screens, "; ") {
				found = found || has[screen][name] || has[screen][strings.ToLower(name)]
			}
			if !found {
				t.Errorf("%s names %s, which is no key of %s", key, name, spokenOf[i].screens)
			}
		}
	}
}
