package catalogue_test

import (
	"testing"

	"casedesk/store/catalogue"
	"casedesk/store/catalogue/sample"
)

// Ensure that every setting's default is one of its values, so that a county which sets
// nothing is sound, and that each code stands once.
func TestSettings_Defaults(t *testing.T) {
	seen := map[catalogue.SettingCode]bool{}
	for _, s := range catalogue.Settings() {
		if seen[s.Code] || !s.Valid(s.Default) {
			t.Errorf("%s: twice %v, its default %q is valid %v", s.Code, seen[s.Code], s.Default, s.Valid(s.Default))
		}
		seen[s.Code] = true
	}
}

// Ensure that what a county sets holds, that what it leaves out has its default, and
// that a value which only a newer version knows counts as not set.
func TestIndex_Setting(t *testing.T) {
	for _, tt := range []struct {
		name  string
		set   []catalogue.Setting
		code  catalogue.SettingCode
		value string
		n     int
	}{
		{"not set", nil, catalogue.DailyCap, "5", 5},
		{"set", []catalogue.Setting{{Code: "soon_days", Value: "9"}, {Code: "daily_cap", Value: "7"}}, catalogue.DailyCap, "7", 7},
		{"set to more than this version allows", []catalogue.Setting{{Code: "daily_cap", Value: "5000"}}, catalogue.DailyCap, "5", 5},
		{"a choice of a newer version", []catalogue.Setting{{Code: "urge_by_message", Value: "orange"}}, catalogue.UrgeByMessage, "red", 0},
		{"quiet hours of nothing", []catalogue.Setting{{Code: "quiet_from", Value: "00:00"}, {Code: "quiet_to", Value: "00:00"}}, catalogue.QuietTo, "00:00", 0},
		{"no such setting", []catalogue.Setting{{Code: "moon", Value: "1"}}, "moon", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := sample.Catalogue()
			c.Settings = tt.set
			ix := catalogue.NewIndex(c)
			if v, n := ix.Setting(tt.code), ix.Number(tt.code); v != tt.value || n != tt.n {
				t.Errorf("%q, %d; want %q, %d", v, n, tt.value, tt.n)
			}
		})
	}
}

// Ensure that quiet hours may be none, and may be the defaults by an order.
func TestValidate_Settings(t *testing.T) {
	for name, set := range map[string][]catalogue.Setting{
		"none":                   nil,
		"quiet hours of nothing": {{Code: "quiet_from", Value: "00:00"}, {Code: "quiet_to", Value: "00:00"}},
		"the defaults by an order": {{Code: "quiet_from", Value: "20:00", Source: "县平安办〔2026〕3号"}, {Code: "quiet_to", Value: "08:00"},
			{Code: "daily_cap", Value: "5"}},
		"the least and the most": {{Code: "rise_days", Value: "7"}, {Code: "rise_percent", Value: "10000"}},
		"a telephone number":     {{Code: "overseer_phone", Value: "+86 (762) 000-0001"}},
	} {
		c := sample.Catalogue()
		c.Settings = set
		for _, f := range catalogue.Validate(c) {
			t.Errorf("%s: %v", name, f)
		}
	}
}
