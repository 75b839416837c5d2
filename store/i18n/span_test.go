package i18n_test

import (
	"testing"
	"time"

	"casedesk/store/i18n"
)

// Ensure that sizes and lengths of time are told in the unit that says enough.
func TestSizeAndSpan(t *testing.T) {
	zh, en := i18n.New(i18n.ZH), i18n.New(i18n.EN)
	for bytes, want := range map[int64][2]string{0: {"0 KB", "0 KB"}, 9: {"1 KB", "1 KB"},
		1000: {"1 KB", "1 KB"}, 4_600: {"5 KB", "5 KB"}, 2_340_000: {"2.3 MB", "2.3 MB"}} {
		if got := [2]string{zh.Size(bytes), en.Size(bytes)}; got != want {
			t.Errorf("%d: %q", bytes, got)
		}
	}
	for d, want := range map[time.Duration][2]string{
		20 * time.Second:          {"不到 1 分钟", "less than a minute"},
		95 * time.Second:          {"2 分钟", "2 minutes"},
		time.Minute:               {"1 分钟", "1 minute"},
		-3 * time.Hour:            {"3 小时", "3 hours"},
		47 * time.Hour:            {"47 小时", "47 hours"},
		3650*24*time.Hour + 5*1e9: {"3650 天", "3650 days"},
	} {
		if got := [2]string{zh.Span(d), en.Span(d)}; got != want {
			t.Errorf("%s: %q", d, got)
		}
	}
}
