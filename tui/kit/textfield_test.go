package kit_test

import (
	"strings"
	"testing"

	"casedesk/tui/kit"
	"casedesk/tui/tuitest"
)

// Ensure that the caret of a long text goes by what people see as one sign.
func TestTextField_WholeSigns(t *testing.T) {
	for _, tt := range []struct{ text, keys, want string }{
		{"水x\u0301", "left", "水|x\u0301"},
		{"水x\u0301", "left left", "|水x\u0301"},
		{"水x\u0301火", "home right right", "水x\u0301|火"},
		{"🇨🇳🇨🇳", "left", "🇨🇳|🇨🇳"},
		{"水\nx\u0301", "left left", "水|\nx\u0301"},
		{"ab\nx\u0301y", "up", "ab|\nx\u0301y"},
		{"x\u0301\u0338y\nab", "up left", "x\u0301\u0338|y\nab"},
		{"x\u0301\u0338y\na", "up left", "|x\u0301\u0338y\na"},
	} {
		f := kit.NewTextField(3, 0)
		f.SetValue(kit.Value{Text: tt.text})
		f.Lines(20, true)
		for name := range strings.FieldsSeq(tt.keys) {
			f.Update(tuitest.Key(name))
		}
		f.Insert("|")
		if got := f.Value().Text; got != tt.want {
			t.Errorf("%q, %s: got %q, want %q", tt.text, tt.keys, got, tt.want)
		}
	}
}

// Ensure that a secret shows an asterisk for what people see as one sign, by which the caret goes.
func TestLineField_SecretSigns(t *testing.T) {
	f := &kit.LineField{Secret: true}
	f.SetValue("水x\u0301y")
	f.Update(tuitest.Key("left"))
	f.Update(tuitest.Key("left"))
	screen, cursor := kit.PlaceCursor(f.Line(10, true))
	if got := strings.TrimSpace(screen); got != "***" || cursor == nil || cursor.X != 1 {
		t.Errorf("shows %q, the cursor is at %v", got, cursor)
	}
}
