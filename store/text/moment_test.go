package text_test

import (
	"testing"
	"time"

	"casedesk/store/text"
)

// Ensure that a day with a time of day is read as people type it, and that a day
// alone is none.
func TestMoment(t *testing.T) {
	today := time.Date(2021, 7, 8, 0, 0, 0, 0, time.FixedZone("", 8*3600))
	for _, tt := range []struct{ typed, want string }{
		{"2021-07-09 15:30", "2021-07-09 15:30"},
		{"2021-07-09T15:30:00+08:00", "2021-07-09 15:30"},
		{"2021-07-09T07:30:00Z", "2021-07-09 15:30"},
		{"明天9:00", "2021-07-09 09:00"},
		{"明天 0900", "2021-07-09 09:00"},
		{"后天下午3点", "2021-07-10 15:00"},
		{"后天 下午3点半", "2021-07-10 15:30"},
		{"7月1日上午9点20分", "2021-07-01 09:20"},
		{"１５：３０", "2021-07-08 15:30"},
		{"1530", "2021-07-08 15:30"},
		{"20210709 1530", "2021-07-09 15:30"},
		{"中午12点", "2021-07-08 12:00"},
		{"中午1点", "2021-07-08 13:00"},
		{"晚上8点", "2021-07-08 20:00"},
		{"明晚8点", "2021-07-09 20:00"},
		{"今早 9点半", "2021-07-08 09:30"},
		{"明晚 8点", "2021-07-09 20:00"},
		{"明晚", ""},
		{"凌晨12点", "2021-07-08 00:00"},
		{"明天", ""}, {"20210709", ""}, {"2021-07-09", ""}, {"25:00", ""}, {"9:75", ""}, {"某天 9:00", ""}, {"", ""},
	} {
		got, err := text.Moment(tt.typed, today)
		if said := got.Format("2006-01-02 15:04"); err == nil && said != tt.want || err != nil && tt.want != "" {
			t.Errorf("%q is %s, %v; want %q", tt.typed, said, err, tt.want)
		}
	}
}

// Ensure that amounts are read as people type them.
func TestMoney(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"12000", "12000"}, {"12,000.50元", "12000.5"}, {"１２０００", "12000"}, {"￥300", "300"}, {"1.2万", "12000"}, {"3万元", "30000"},
		{"0.05", "0.05"}, {"000", "0"}, {"1.234", ""}, {"约三千", ""}, {"", ""}, {"-5", ""}, {"9999999999999", ""}, {"999999999万", ""},
	} {
		if got, ok := text.Money(tt.typed); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is %q, %v; want %q", tt.typed, got, ok, tt.want)
		}
	}
}

// Ensure that a day without a year or week is one to come where that is looked for.
func TestDateAhead(t *testing.T) {
	today := time.Date(2021, 7, 8, 0, 0, 0, 0, time.UTC) // a Thursday
	for _, tt := range []struct{ typed, past, ahead string }{
		{"7月15日", "2020-07-15", "2021-07-15"}, {"7-1", "2021-07-01", "2022-07-01"}, {"7-8", "2021-07-08", "2021-07-08"},
		{"周五", "2021-07-02", "2021-07-09"}, {"周三", "2021-07-07", "2021-07-14"}, {"周四", "2021-07-08", "2021-07-08"},
		{"下周三", "2021-07-14", "2021-07-14"}, {"上周三", "2021-06-30", "2021-06-30"}, {"这周五", "2021-07-09", "2021-07-09"},
		{"15号", "2021-06-15", "2021-07-15"}, {"3号", "2021-07-03", "2021-08-03"}, {"31号", "2021-05-31", "2021-07-31"},
		{"下月3号", "2021-08-03", "2021-08-03"}, {"昨天", "2021-07-07", "2021-07-07"}, {"2021-07-01", "2021-07-01", "2021-07-01"},
	} {
		past, err := text.Date(tt.typed, today)
		ahead, err2 := text.DateAhead(tt.typed, today)
		if p, a := past.Format(time.DateOnly), ahead.Format(time.DateOnly); err != nil || err2 != nil || p != tt.past || a != tt.ahead {
			t.Errorf("%s is %s and ahead %s, want %s and %s", tt.typed, p, a, tt.past, tt.ahead)
		}
	}
	if at, err := text.MomentAhead("周五9点", today); err != nil || at.Format("01-02 15:04") != "07-09 09:00" {
		t.Errorf("周五9点 is %v, %v", at, err)
	}
}
