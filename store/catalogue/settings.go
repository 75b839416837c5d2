package catalogue

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is a number or a choice that counties set differently: when texts may be
// sent, from when on an urging counts as ignored, what a rate is divided by. What a
// county does not set has the value of Settings. Nothing refers to a setting by what it
// was: a row may be changed and taken out again, and holds from the version on that says
// so.
type Setting struct {
	Code   SettingCode `codec:"code" json:"code"`
	Value  string      `codec:"value" json:"value"`
	Source string      `codec:"source,omitempty" json:"source,omitempty"` // the order that says so, for people to read
}

// SettingCode names a setting; append-only.
type SettingCode string

// The settings.
const (
	QuietFrom      SettingCode = "quiet_from"      // from when on no texts are sent, "20:00"
	QuietTo        SettingCode = "quiet_to"        // until when; the same time as the other: they are sent at any time
	DailyCap       SettingCode = "daily_cap"       // texts a unit is sent a day; more are put into one
	EscalateAfter  SettingCode = "escalate_after"  // work days after a red urging from which on it was ignored
	RiseDays       SettingCode = "rise_days"       // days of the window that early warning compares
	RiseWindows    SettingCode = "rise_windows"    // windows before it that it is compared with
	RiseLeast      SettingCode = "rise_least"      // cases below which nothing rises
	RisePercent    SettingCode = "rise_percent"    // of the average of those windows, from which on it rises
	SoonDays       SettingCode = "soon_days"       // days before its end in which a limit is about to burst
	PerformDays    SettingCode = "perform_days"    // days before an agreement falls due in which it is told
	SuccessOver    SettingCode = "success_over"    // what 成功率 is divided by: "handled" or "received"
	SatisfiedFrom  SettingCode = "satisfied_from"  // the least that counts as satisfied: "basic" or "satisfied"
	SampleEvery    SettingCode = "sample_every"    // one case in so many is drawn for checking (以案定补抽查)
	UrgeByMessage  SettingCode = "urge_by_message" // the least grade of urging that is also sent: "yellow", "red", "none"
	OverseerOffice SettingCode = "overseer_phone"  // the telephone that texts name where a unit above has none
)

// SettingSpec says what a setting may be.
type SettingSpec struct {
	Code    SettingCode
	Default string
	Clock   bool     // a time of day, "15:04"
	Choices []string // one of these
	Phone   bool     // a telephone number, or nothing
	Min     int      // otherwise a number from Min
	Max     int      // to Max
}

// settings are all of them, in the order of documents.
var settings = []SettingSpec{
	{Code: UrgeByMessage, Default: "red", Choices: []string{"yellow", "red", "none"}},
	{Code: QuietFrom, Default: "20:00", Clock: true},
	{Code: QuietTo, Default: "08:00", Clock: true},
	{Code: DailyCap, Default: "5", Min: 1, Max: 100},
	{Code: OverseerOffice, Phone: true},
	{Code: EscalateAfter, Default: "3", Min: 1, Max: 60},
	{Code: RiseDays, Default: "30", Min: 7, Max: 366},
	{Code: RiseWindows, Default: "6", Min: 1, Max: 24},
	{Code: RiseLeast, Default: "5", Min: 2, Max: 10000},
	{Code: RisePercent, Default: "200", Min: 101, Max: 10000},
	{Code: SoonDays, Default: "3", Min: 1, Max: 60},
	{Code: PerformDays, Default: "7", Min: 1, Max: 60},
	{Code: SuccessOver, Default: "handled", Choices: []string{"handled", "received"}},
	{Code: SatisfiedFrom, Default: "basic", Choices: []string{"basic", "satisfied"}},
	{Code: SampleEvery, Default: "20", Min: 1, Max: 1000},
}

// Settings returns every setting, in the order of documents.
func Settings() []SettingSpec { return slices.Clone(settings) }

// SettingOf returns what a setting may be; false: there is none of that code.
func SettingOf(code SettingCode) (SettingSpec, bool) {
	i := slices.IndexFunc(settings, func(s SettingSpec) bool { return s.Code == code })
	if i < 0 {
		return SettingSpec{}, false
	}
	return settings[i], true
}

// Valid reports whether v is a value of the setting.
func (s SettingSpec) Valid(v string) bool {
	switch {
	case s.Clock:
		t, err := time.Parse("15:04", v)
		return err == nil && t.Format("15:04") == v
	case len(s.Choices) > 0:
		return slices.Contains(s.Choices, v)
	case s.Phone:
		return len(v) <= maxPhone && !strings.ContainsFunc(v, func(r rune) bool { return !strings.ContainsRune("0123456789+-() ", r) })
	}
	n, err := strconv.Atoi(v)
	return err == nil && strconv.Itoa(n) == v && s.Min <= n && n <= s.Max
}

// maxPhone is the most characters of a telephone number that texts name.
const maxPhone = 30

// Setting returns the value that holds in the county. One that this version does not
// know, of a newer county, counts as not set.
func (x *Index) Setting(code SettingCode) string {
	spec, _ := SettingOf(code)
	for _, s := range x.catalogue.Settings {
		if s.Code == code && spec.Valid(s.Value) {
			return s.Value
		}
	}
	return spec.Default
}

// Number is Setting for one that is a number.
func (x *Index) Number(code SettingCode) int {
	n, _ := strconv.Atoi(x.Setting(code)) // Valid lets no other through
	return n
}
