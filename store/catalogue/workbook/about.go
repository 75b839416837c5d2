package workbook

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"casedesk/store/catalogue"
)

// line is a line of the first sheet: what belongs to the catalogue as a whole.
type line struct {
	head  string
	key   string // "table.field"
	kind  kind
	note  string // how it is filled in
	get   func(catalogue.Catalogue) string
	set   func(*catalogue.Catalogue, string) bool
	empty bool // it may be left empty
}

var lines = []line{
	{head: "县名", key: "catalogue.name", note: "入网时显示的名称",
		get: func(c catalogue.Catalogue) string { return c.Name },
		set: func(c *catalogue.Catalogue, s string) bool { c.Name = s; return true }, empty: true},
	{head: "版本", key: "catalogue.version", kind: number, note: "县里给的版本号，不用改：据此知道这份工作簿是不是从最新的一版改的",
		get: func(c catalogue.Catalogue) string { return strconv.FormatUint(c.Version, 10) },
		set: func(c *catalogue.Catalogue, s string) (ok bool) {
			n, err := strconv.ParseUint(s, 10, 63)
			c.Version = n
			return err == nil
		}, empty: true},
	{head: "备注", key: "catalogue.remark", note: "数据的来源和需要说明的事",
		get: func(c catalogue.Catalogue) string { return c.Remark },
		set: func(c *catalogue.Catalogue, s string) bool { c.Remark = s; return true }, empty: true},
	{head: "时区", key: "calendar.zone", note: "北京时间写 +08:00",
		get: func(c catalogue.Catalogue) string { return zone(c.Calendar.Zone) }, set: setZone},
	{head: "发布时间", key: "catalogue.published", note: "县里发布时自动填写，不用改",
		get: published, set: setPublished, empty: true},
	{head: "日历起始年份", key: "calendar.from", kind: number, note: "从哪一年起，放假和调休的日子已经全部列在“日历”里",
		get: func(c catalogue.Catalogue) string { return year(c.Calendar.From) },
		set: func(c *catalogue.Catalogue, s string) bool { return setYear(&c.Calendar.From, s) }, empty: true},
	{head: "日历截止年份", key: "calendar.to", kind: number, note: "到哪一年为止",
		get: func(c catalogue.Catalogue) string { return year(c.Calendar.To) },
		set: func(c *catalogue.Catalogue, s string) bool { return setYear(&c.Calendar.To, s) }, empty: true},
	{head: "日历备注", key: "calendar.remark", note: "放假和调休所依据的通知",
		get: func(c catalogue.Catalogue) string { return c.Calendar.Remark },
		set: func(c *catalogue.Catalogue, s string) bool { c.Calendar.Remark = s; return true }, empty: true},
}

// notes stand below the lines and are not read.
var notes = []string{
	"怎么填",
	"1. 每张表第一行是表头，不要改；列的先后可以变。带“（只看）”的列由程序填写，改了不起作用。",
	"2. 编号、代码、账号、电话、日期都是文本：整列已设为文本格式，直接填写即可。日期写成 2026-01-05。",
	"3. 已经发布的行不能删除。不再用的：单位、地区、网格、代码、类别、事项、职责、风险职责在“停用”里填“是”，人员在“已离任”里填“是”，认领填截止日期。还有人任职、还有未结案件的单位不能停用。期限没有停用：办案的规则用着它的代码，只能改长短。",
	"4. 要改期限，直接改“期限”和“亮灯”里的数字：县里发布时另立一行，从新的一版起算，已经在走的期限不变。“自第几版”由县里填写，新增的行留空。",
	"5. 一格里有几项的（如一人在几个单位、有几个岗位），用“、”隔开。岗位可填：" + strings.Join(roleWords.list(), between) + "。",
	"6. 不要合并单元格，不要写公式，不要增加别的工作表和列。筛选掉、隐藏的行照样会读。有下拉箭头的格子请从列表里选；代码里的数字和字母用半角。",
	"7. 改好以后：先用 countyd catalogue check 核对，再用 countyd catalogue apply 发布；有一处错，就什么都不发布。",
}

// about reads the first sheet.
func (r *reader) about(p part) {
	s := &seen{name: sheetAbout, columns: map[string]found{"value": {2, "内容", ""}}}
	c := &r.book.Catalogue
	r.book.homes[catalogue.TableCatalogue] = []*seen{s}
	type content struct {
		row  int
		cell *cell
	}
	byHead := make(map[string]content, len(p.rows))
	for _, row := range p.rows {
		head, at := "", content{row: row.n}
		for i, c := range row.cells {
			switch c.col {
			case 1:
				head = strings.TrimSpace(c.text)
			case 2:
				at.cell = &row.cells[i]
			}
		}
		if _, twice := byHead[head]; !twice {
			byHead[head] = at
		}
	}
	for _, l := range lines { // in their order: a time is read in the zone above it
		found, there := byHead[l.head]
		if !there {
			r.add(Fault{Sheet: sheetAbout, Problem: NoLine, Value: l.head})
			continue
		}
		at, value := spot{s, found.row}, ""
		r.book.lines[l.key] = at
		if found.cell != nil {
			value = r.value(at, "value", l.kind, *found.cell)
		}
		switch {
		case value == "" && !l.empty:
			r.fault(at, "value", catalogue.Missing, "")
		case value != "" && !l.set(c, value):
			r.fault(at, "value", badLine(l), value)
		}
	}
}

func badLine(l line) catalogue.Problem {
	if l.kind == number {
		return BadNumber
	}
	return catalogue.Malformed
}

// published is the time of publication by the county's clock. One that the clock
// shows in no year of four digits is written in the form of machines.
func published(c catalogue.Catalogue) string {
	if c.Published.IsZero() {
		return ""
	}
	local := c.Published.In(c.Calendar.Location())
	if y := local.Year(); y < 1 || y > 9999 {
		return c.Published.UTC().Format(time.RFC3339Nano)
	}
	return local.Format("2006-01-02 15:04:05.999999999")
}

func setPublished(c *catalogue.Catalogue, s string) bool {
	t, err := time.ParseInLocation(time.DateTime, s, c.Calendar.Location())
	if err != nil {
		t, err = time.Parse(time.RFC3339Nano, s)
	}
	c.Published = t.UTC()
	return err == nil
}

func zone(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	s := fmt.Sprintf("%c%02d:%02d", sign, seconds/3600, seconds/60%60)
	if rest := seconds % 60; rest != 0 {
		s += fmt.Sprintf(":%02d", rest)
	}
	return s
}

func setZone(c *catalogue.Catalogue, s string) bool {
	var h, m, sec int
	body := strings.TrimLeft(s, "+-")
	if n, _ := fmt.Sscanf(body+":0", "%d:%d:%d", &h, &m, &sec); n < 3 || len(s) != len(body)+1 || h > 99 || m > 59 || sec > 59 {
		return false
	}
	c.Calendar.Zone = h*3600 + m*60 + sec
	if s[0] == '-' {
		c.Calendar.Zone = -c.Calendar.Zone
	}
	return true
}

func year(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func setYear(to *int, s string) bool {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 9999 {
		return false
	}
	*to = n
	return true
}

func weekday(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}[t.Weekday()]
}

// guides say how each sheet is filled in; they are not read.
var guides = []struct{ sheet, how string }{
	{sheetUnits, "一行一个单位：镇村属地单位、功能区、部门。编号自定，只用数字、字母和 - _ .，发布后不能改。属地单位和功能区要填管辖地区代码，部门不填。上级填上一级单位的编号，案件就按它逐级上报。"},
	{sheetPlaces, "市、县、镇、村的行政区划：代码照国家统计用区划代码填（市 4 位、县 6 位、镇 9 位、村 12 位数字）。上级填上一级的代码。"},
	{sheetGrids, "村以下的网格：代码是村代码后面加两位以上数字。网格员账号填“人员”表里有网格员岗位的人。"},
	{sheetPeople, "一行一个人：账号自定，发布后不能改。单位、岗位可以有几项，用“、”隔开。离任的不删，在“已离任”里填“是”。"},
	{sheetCategory, "纠纷和诉求的类别，照 GB/T 31000 分两级：大类的上级留空，小类的上级填大类代码。人民调解类型、信访分类供报表换算。“非民间纠纷”填“是”的，不能申请司法确认。“联想词”是群众常说的话，用空格隔开：登记时写到哪一类的词，就建议哪一类。"},
	{sheetCodes, "受理方式、化解方式等小代码表，都在这一张表里：先选“代码表”，再填代码和名称。“风险起始数”只用于风险情形，例如人数达到几人就提示。"},
	{sheetItems, "赋权镇街的事项目录：原来由哪个部门实施，依据什么。"},
	{sheetClaims, "哪个镇街认领了哪个事项、从哪天到哪天：只有认领期间，镇街才能以自己名义办理。"},
	{sheetDuties, "哪个单位负责哪个类别或哪个事项，依据什么文件：分流时据此提示。类别和事项只填一个。"},
	{sheetLimits, "每个期限多长。代码由程序固定，不能改也不能停用；“何时起算、何时停止”说明它管什么。要改长短，改“时长”和“时长单位”。只对某一类适用的，填适用类别；别的类别按“适用类别”为空的一行。“按约定”填“是”的，日期由案件写明，不填时长。"},
	{sheetLights, "每个期限什么时候亮黄灯：剩余百分之几，或剩余多久，两样都填的以先到的为准；都不填就不亮黄灯。每个期限都要有一行。"},
	{sheetPast, "过去各版的期限：已经在走的期限按它算，只看，不要改。"},
	{sheetCalendar, "法定节假日和调休上班的日子，照国务院办公厅每年的通知填；没有列出的，周六周日休息。列全了哪几年，在本表“日历起始年份”“日历截止年份”里写明。"},
	{sheetRisks, "案件出现某种风险时必须做什么：风险代码填“代码”表里的风险情形，期限代码填“期限”表里的代码，没有时限的留空。不再用的填“停用”。"},
	{sheetResolvers, "可以邀请的调解力量：调解员、律师、乡贤、两代表一委员等。服务地区填他服务的镇或村的代码。"},
	{sheetPhrases, "填表时可以选用的常用语：栏目填程序里栏目的代码，旁边两列说明它叫什么、在哪些表单里出现。"},
	{sheetSettings, "各县可以不同的数字和做法：短信什么时候发、几天后提级、预警和比率怎么算。每一项都列在这里，“值”留空就按“缺省值”。行不增不减。改了以后从发布起生效，以前已经发生的不变，报表照新的算。“出处”写明依据哪份文件。"},
}
