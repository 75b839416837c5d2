package text_test

import (
	"testing"

	"casedesk/store/text"
)

// Ensure that of a number enough is hidden, and of other figures nothing.
func TestMask(t *testing.T) {
	for in, want := range map[string]string{"13812340001": "138****0001", "0762-0000013": "076****0013", "110": "*10", "": "", "8": "8"} {
		if got := text.MaskPhone(in); got != want {
			t.Errorf("phone %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"44162119900101123X": "**************123X", "G1234567": "****4567", "123": "***", "": ""} {
		if got := text.MaskID(in); got != want {
			t.Errorf("paper %q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"请打13812340001找张三":              "请打138****0001找张三",
		"身份证44162119900101123x，男":       "身份证**************123x，男",
		"441621102-2026-000123-AAAA":    "441621102-2026-000123-AAAA",
		"赔偿12000000000元、第123456789012号": "赔偿12000000000元、第123456789012号",
	} {
		if got := text.MaskNumbers(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
