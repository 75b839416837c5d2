package text_test

import (
	"testing"

	"casedesk/store/text"
)

// Ensure that counts are read as people type them, and that what is none stays as
// it is for the field to refuse.
func TestCount(t *testing.T) {
	for in, want := range map[string]string{
		"3": "3", " １２ ": "12", "12人": "12", "3 户": "3", "三个": "3", "两": "2", "二十": "20", "十": "10", "三十五人": "35", "一二": "12", "〇五": "5",
		"约10人": "约10人", "": "", "人": "人", "x": "x", "十十": "十十", "-5": "-5", "３．５": "3.5", "零": "0", "007": "007",
	} {
		if got := text.Count(in); got != want {
			t.Errorf("Count(%q) = %q, want %q", in, got, want)
		}
	}
}

// Ensure that numbers and codes are kept in ASCII, whatever the input method was in.
func TestNarrow(t *testing.T) {
	for in, want := range map[string]string{
		"１３８－００１３　８０００": "138-0013 8000", "　Ｘ１２ ": "X12", "11010519491231002x": "11010519491231002x", "王１": "王1", "": "",
	} {
		if got := text.Narrow(in); got != want {
			t.Errorf("Narrow(%q) = %q, want %q", in, got, want)
		}
	}
}
