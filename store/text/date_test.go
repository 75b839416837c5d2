package text_test

import (
	"errors"
	"testing"
	"time"

	"casedesk/store/text"
)

// Ensure dates are read as people type them, and the impossible is refused.
func TestDate(t *testing.T) {
	zone := time.FixedZone("CST", 8*3600)
	today := time.Date(2026, 3, 1, 23, 30, 0, 0, zone)
	for in, want := range map[string]string{
		"20260105": "2026-01-05", "2026-1-5": "2026-01-05", "2026.1.5": "2026-01-05", "2026/01/05": "2026-01-05",
		"2026年1月5日": "2026-01-05", "2026 年 1 月 5 号": "2026-01-05", "２０２６－１－５": "2026-01-05", "２０２６。１。５": "2026-01-05",
		"2030-12-31": "2030-12-31", "1-5": "2026-01-05", "1月5日": "2026-01-05", "１．５": "2026-01-05", "3-1": "2026-03-01",
		"3-2": "2025-03-02", "12-31": "2025-12-31", "今天": "2026-03-01", "昨天": "2026-02-28", "前天": "2026-02-27",
		"明日": "2026-03-02", "-3": "2026-02-26", "－３": "2026-02-26", "+3": "2026-03-04", "-0": "2026-03-01", "2024-2-29": "2024-02-29",
		"3天前": "2026-02-26", "３ 天 前": "2026-02-26", "2天后": "2026-03-03", "10日前": "2026-02-19",
		"周三": "2026-02-25", "上周三": "2026-02-18", "本周三": "2026-02-25", "星期日": "2026-03-01", "上星期天": "2026-02-22", "礼拜六": "2026-02-28",
		"1号": "2026-03-01", "3号": "2026-02-03", "31日": "2026-01-31", "上月5号": "2026-02-05", "上个月28日": "2026-02-28", "本月9号": "2026-03-09",
		"2026-1-5 14:30": "2026-01-05", "2026-01-05T14:30:00": "2026-01-05", "2026-1-5 9：05": "2026-01-05", "昨天 14:30": "2026-02-28",
		"一月五日": "2026-01-05", "二月二十八号": "2026-02-28", "一月五": "2026-01-05", "十二月三十一日": "2025-12-31", "二〇二六年一月五日": "2026-01-05",
		"三天前": "2026-02-26", "两周前": "2026-02-15", "一个星期前": "2026-02-22", "1个月前": "2026-02-01", "半个月前": "2026-02-14",
		"去年12月5日": "2025-12-05", "今年1.5": "2026-01-05", "前年3月1日": "2024-03-01", "0105": "2026-01-05", "3.1": "2026-03-01",
		"周三下午三点": "2026-02-25", "周三九点": "2026-02-25", "昨天夜里11点": "2026-02-28", "前天傍晚": "2026-02-27", "上周三晚上十二点": "2026-02-18",
		"昨天下午3点": "2026-02-28", "昨晚": "2026-02-28", "今早": "2026-03-01", "昨晚 8点": "2026-02-28", "周三 上午": "2026-02-25", "1月5日 上午9点半": "2026-01-05", "3号 8点20分": "2026-02-03", "20260105 14:30": "2026-01-05",
	} {
		got, err := text.Date(in, today)
		if err != nil || got.Format(time.DateOnly) != want || got.Location() != zone || got.Hour() != 0 {
			t.Errorf("Date(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
	for in, want := range map[string]string{"3-1": "2026-03-01", "1号": "2026-03-01", "周日": "2026-03-01", "2-28": "2027-02-28"} {
		if got, err := text.DateAhead(in, today); err != nil || got.Format(time.DateOnly) != want {
			t.Errorf("DateAhead(%q) = %v, %v, want %s", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", " ", "5", "x", "2026", "2026-2-30", "2-29", "2026-13-1", "26-1-5", "2026-1-5-6", "2026--5", "1-", "-1-5", "--3", "-",
		"20261305", "2026-001-5", "9999-1-1", "0-0", "1-5x", "2026-1-+5",
		"14:30", "3点", "周八", "上周", "0号", "32号", "上月31号", "1000天前", "天前", "去年", "去年今天", "1332", "周十", "十十月五日", "上午",
	} {
		if got, err := text.Date(in, today); !errors.Is(err, text.ErrDate) {
			t.Errorf("Date(%q) = %v, %v, want ErrDate", in, got, err)
		}
	}
}

// Ensure identity numbers are checked by date and check character.
func TestIDNumber(t *testing.T) {
	for in, want := range map[string]bool{
		"11010519491231002X": true, "11010519491231002x": true, "１１０１０５１９４９１２３１００２Ｘ": true, "110105 19491231 002X": true,
		"440524188001010014": true, "110105194912310021": false, "11010519491331002X": false, "11010519491231002": false,
		"1101051949123100XX": false, "": false, "无": false, "010105194912310020": false,
	} {
		if got := text.IDNumber(in); got != want {
			t.Errorf("IDNumber(%q) = %v", in, got)
		}
	}
}

// Ensure telephone numbers that could be dialled pass, and typing errors don't.
func TestPhone(t *testing.T) {
	for in, want := range map[string]bool{
		"13800138000": true, "138 0013 8000": true, "+86 138-0013-8000": true, "１３８００１３８０００": true, "0762-3388123": true,
		"(0762)3388123": true, "02088888888": true, "3388123": true, "4001234567": true, "1380013800": false, "138001380000": false,
		"12800138000": false, "": false, "无": false, "00861": false, "123": false, "076-23": false,
	} {
		if got := text.Phone(in); got != want {
			t.Errorf("Phone(%q) = %v", in, got)
		}
	}
}

// Ensure that no text makes the reader of dates fail but with ErrDate, and that
// what it reads is a midnight that reads as itself.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"20260105", "2026年1月5日 下午3点半", "-3", "+３", "上周三", "上月31号", "2.29", "大前天", "99999999999999999999", "1/5"} {
		f.Add(s)
	}
	today := time.Date(2028, 3, 1, 0, 0, 0, 0, time.FixedZone("", 8*3600))
	f.Fuzz(func(t *testing.T, s string) {
		d, err := text.Date(s, today)
		if err != nil {
			if !errors.Is(err, text.ErrDate) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if h, m, sec := d.Clock(); h+m+sec+d.Nanosecond() != 0 || d.Location() != today.Location() {
			t.Fatalf("%q is %v", s, d)
		}
		if again, err := text.Date(d.Format("2006-01-02"), today); err != nil || !again.Equal(d) {
			t.Fatalf("%q is %v, which is %v, %v", s, d, again, err)
		}
	})
}
