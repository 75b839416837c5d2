package i18n_test

import (
	"testing"
	"time"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// Ensure that a limit counted in hours is told in hours when it is near, and one
// counted in days in days.
func TestLeft(t *testing.T) {
	cal := catalogue.Calendar{Zone: 8 * 3600}
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, cal.Location())
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	w, now := i18n.New(i18n.ZH), at("2026-11-28 13:09")
	for _, tt := range []struct {
		light casework.Light
		due   string
		days  int
		want  string
		said  string // when it is due
	}{
		{casework.Green, "2026-11-28 19:09", 0, "剩 6 时", "2026-11-28 19:09"},
		{casework.Yellow, "2026-11-28 13:59", 0, "剩不到 1 时", "2026-11-28 13:59"},
		{casework.Green, "2026-11-29 13:08", 1, "剩 23 时", "2026-11-29 13:08"},
		{casework.Green, "2026-11-29 13:09", 1, "剩 24 时", "2026-11-29 13:09"},
		{casework.Green, "2026-11-29 14:09", 1, "剩 1 天", "2026-11-29 14:09"},
		{casework.Red, "2026-11-28 13:09", -1, "刚超时", "2026-11-28 13:09"},
		{casework.Red, "2026-11-28 12:10", -1, "刚超时", "2026-11-28 12:10"},
		{casework.Red, "2026-11-28 12:07", -1, "超 1 时", "2026-11-28 12:07"},
		{casework.Red, "2026-11-27 13:10", -2, "超 23 时", "2026-11-27 13:10"},
		{casework.Red, "2026-11-27 12:09", -2, "超 1 天", "2026-11-27 12:09"},
		{casework.Red, "2026-11-26 12:09", -3, "超 2 天", "2026-11-26 12:09"},
		{casework.Green, "2026-12-01 13:09", 3, "剩 3 天", "2026-12-01 13:09"},
		{casework.Yellow, "2026-11-29 00:00", 0, "今天到期", "2026-11-28"},
		{casework.Green, "2026-11-30 00:00", 1, "剩 1 天", "2026-11-29"},
		{casework.Red, "2026-11-28 00:00", -1, "超 1 天", "2026-11-27"},
		{casework.None, "2026-11-28 19:09", 0, "", "2026-11-28 19:09"},
	} {
		due := at(tt.due)
		if got := w.Left(tt.light, tt.days, due, now, cal); got != tt.want {
			t.Errorf("due %s: %q, want %q", tt.due, got, tt.want)
		}
		if got := i18n.Due(due, cal); got != tt.said {
			t.Errorf("due %s is said %q, want %q", tt.due, got, tt.said)
		}
	}
	en := i18n.New(i18n.EN)
	for due, want := range map[string]string{
		"2026-11-28 13:00": "just over", "2026-11-28 12:07": "1 hour over", "2026-11-27 12:09": "1 day over", "2026-11-28 15:10": "2 hours left",
	} {
		light := casework.Red
		if at(due).After(now) {
			light = casework.Green
		}
		if got := en.Left(light, 0, at(due), now, cal); got != want {
			t.Errorf("due %s: %q, want %q", due, got, want)
		}
	}
}
