package kit_test

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that what is typed or pasted on a date that stands there in full takes its place,
// for nothing that goes on behind it is a date; and that it can be mended sign by sign too.
func TestDateField_TypedOver(t *testing.T) {
	for name, tt := range map[string]struct {
		keys []string
		want string
	}{
		"typed":             {[]string{"3", ".", "5"}, "2026-03-05"},
		"mended":            {[]string{"backspace", "6"}, "2026-10-16"},
		"moved, then typed": {[]string{"home", "delete", "2"}, "2026-10-15"},
		"a blank":           {[]string{"space"}, "2026-10-15"},
		"a day on":          {[]string{"ctrl+up", "3", ".", "5"}, "2026-03-05"},
	} {
		f := kit.NewDateField(seat, false)
		f.SetValue(kit.Value{Text: "2026-10-15"})
		for _, k := range tt.keys {
			f.Update(tuitest.Key(k))
		}
		if got := f.Value().Text; got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	f := kit.NewDateField(seat, false)
	f.SetValue(kit.Value{Text: "2026-10-15"})
	f.Update(tea.PasteMsg{Content: "2026-01-02"})
	if got := f.Value().Text; got != "2026-01-02" {
		t.Errorf("pasted: %q", got)
	}
	f.Update(tuitest.Key("3")) // goes on behind what was pasted
	f.Update(tuitest.Key("backspace"))
	f.Leave()
	f.Update(tuitest.Key("1"))
	f.Update(tuitest.Key("."))
	f.Update(tuitest.Key("9"))
	if got := f.Value().Text; got != "2026-01-09" {
		t.Errorf("after it was left: %q", got)
	}
}
