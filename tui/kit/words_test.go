package kit_test

import (
	"fmt"
	"testing"
	"time"

	"casedesk/store/text"
	"casedesk/tui/kit"
)

// words stand in for store/i18n, which the kit does not know.
var words = map[string]string{
	"fault.bad_choice":   "没有这个选项",
	"fault.bad_date":     "不是日期",
	"fault.bad_number":   "不是合适的数字",
	"fault.required":     "必填",
	"kit.below":          "还有%d行",
	"kit.comma":          "、",
	"kit.only_choice":    "这里只能选",
	"key.open_list":      "展开",
	"key.choose_digit":   "选下一个",
	"key.row_open":       "填写",
	"key.row_remove":     "移除",
	"key.day":            "前后一天",
	"kit.ask":            "%s，第%d项，共%d项",
	"kit.ask_required":   "%s，必填，第%d项，共%d项",
	"kit.ask_chosen":     "%s，已选",
	"kit.ask_filled":     "已填",
	"kit.ask_find":       "输入来找",
	"kit.ask_before":     "%s，已经是：%s",
	"kit.ask_held":       "现在是：%s",
	"kit.ask_long":       "可以写几行",
	"kit.ask_many":       "可以选几个",
	"kit.ask_member":     "%s，第%d行",
	"kit.ask_more":       "还有：%s",
	"kit.ask_search":     "有%d个可选",
	"kit.read_row":       "%s：%s",
	"kit.choose":         "键入拼音或名称，回车展开",
	"kit.choose_many":    "键入查找，空格选中，回车完成",
	"kit.date_echo":      "%s %s %s",
	"kit.date_future":    "%d天后",
	"kit.date_past":      "%d天前",
	"kit.date_today":     "今天",
	"kit.faults":         "有%d处要改：%s",
	"kit.filter":         "查找",
	"kit.jump":           "跳到哪一项",
	"kit.key.down":       "下",
	"kit.key.left":       "左",
	"kit.key.right":      "右",
	"kit.key.space":      "空格",
	"kit.key.up":         "上",
	"kit.left":           "还可写%d字",
	"kit.lost":           "太长了：末尾 %v 个字放不下，没有写进来",
	"kit.over":           "最多 %v 个字，多了 %v 个，请删短些",
	"kit.trend":          "最早 %s  最近 %s  最低 %s  最高 %s",
	"kit.more":           "更多",
	"kit.phrases":        "%s：选一句",
	"kit.bad_moment":     "写明哪天几点",
	"kit.bad_money":      "不是金额",
	"kit.money_echo":     "%s元",
	"key.choose":         "选定",
	"key.back":           "返回",
	"key.move":           "移动",
	"key.more":           "更多项",
	"key.phrases":        "常用语",
	"kit.no":             "否",
	"kit.unmet":          "没有「%v」",
	"kit.none_match":     "没有相符的",
	"kit.off":            "(现在不能：%s)",
	"kit.remove_again":   "再按一次删除",
	"kit.row_add":        "添加",
	"kit.row_fault":      "第%d行%s：%s",
	"kit.too_small":      "窗口太小，至少要 %dx%d，现在 %dx%d",
	"kit.weekday.0":      "星期日",
	"kit.weekday.1":      "星期一",
	"kit.weekday.2":      "星期二",
	"kit.weekday.3":      "星期三",
	"kit.weekday.4":      "星期四",
	"kit.weekday.5":      "星期五",
	"kit.weekday.6":      "星期六",
	"kit.yes":            "是",
	"key.done":           "填好",
	"key.jump_field":     "跳转",
	"key.leave":          "返回",
	"key.undo":           "撤销",
	"key.redo":           "重做",
	"key.take_proposal":  "采用建议",
	"kit.no_proposal":    "没有可采用的建议。",
	"kit.proposed":       "右方向键采用建议：%s",
	"kit.proposed_all":   "Ctrl+T 采用建议：%s",
	"kit.no_undo":        "没有可撤销的改动。",
	"kit.no_redo":        "没有可重做的改动。",
	"kit.no_fault":       "没有要改的地方。",
	"key.next_fault":     "下一处错误",
	"key.next_field":     "下一项",
	"key.prev_field":     "上一项",
	"key.save":           "保存",
	"key.help":           "帮助",
	"kit.more_keys":      "更多",
	"key.open":           "打开",
	"key.new":            "新建",
	"test.off":           "没有选中案件",
	"test.form":          "登记矛盾纠纷",
	"test.help.form":     "表单",
	"test.kept":          "草稿已存",
	"test.saved":         "已保存",
	"test.left":          "已离开",
	"test.where":         "第%d/%d项",
	"test.phone_warning": "号码不像电话",
}

func say(key string, args ...any) string {
	s, ok := words[key]
	if !ok {
		panic("no words for " + key)
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

var seat = kit.Seat{
	Say: say,
	Now: func() time.Time { return time.Date(2026, 11, 24, 9, 0, 0, 0, time.FixedZone("CST", 8*3600)) },
}

// Ensure that Sentences lists all keys that the kit looks up: say panics on
// others, and what is listed has words.
func TestSentences(t *testing.T) {
	for i, key := range kit.Sentences {
		say(key)
		if i > 0 && kit.Sentences[i-1] >= key {
			t.Errorf("%s stands out of order", key)
		}
	}
}

func option(code, label, path string) kit.Option {
	return kit.NewOption(code, text.Line(label), text.Line(path))
}
