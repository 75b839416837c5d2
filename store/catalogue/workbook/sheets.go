package workbook

import (
	"slices"
	"strings"
	"sync"

	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// The sheets by name, in their order.
const (
	sheetAbout     = "说明"
	sheetUnits     = "单位"
	sheetPlaces    = "地区"
	sheetGrids     = "网格"
	sheetPeople    = "人员"
	sheetCategory  = "类别"
	sheetCodes     = "代码"
	sheetItems     = "事项"
	sheetClaims    = "认领"
	sheetDuties    = "职责"
	sheetLimits    = "期限"
	sheetLights    = "亮灯"
	sheetPast      = "期限沿革"
	sheetCalendar  = "日历"
	sheetRisks     = "风险职责"
	sheetResolvers = "调解力量"
	sheetPhrases   = "常用语"
	sheetSettings  = "设置"
)

// sheet is a sheet whose rows are of some type.
type sheet interface {
	title() string
	// tables are those whose rows stand on it.
	tables() []catalogue.Table
	read(*reader, part)
	write(*writer)
}

// table is a sheet of rows.
type table[R any] struct {
	name string
	of   []catalogue.Table
	cols []column[R]
	rows func(*catalogue.Index) []R
	take func(*reader, R, spot) // what becomes of a row that was read
}

func (t *table[R]) title() string             { return t.name }
func (t *table[R]) tables() []catalogue.Table { return t.of }

// plainTable is a sheet that holds one table of the catalogue.
func plainTable[R any](name string, of catalogue.Table, at func(*catalogue.Catalogue) *[]R, cols ...column[R]) *table[R] {
	return &table[R]{name: name, of: []catalogue.Table{of}, cols: cols,
		rows: func(v *catalogue.Index) []R { c := v.Catalogue(); return *at(&c) },
		take: func(r *reader, row R, s spot) {
			list := at(&r.book.Catalogue)
			*list = append(*list, row)
			r.book.place(of, s)
		}}
}

// sheets are all of them but the first.
var sheets = []sheet{
	plainTable(sheetUnits, catalogue.TableUnits, func(c *catalogue.Catalogue) *[]catalogue.Unit { return &c.Units },
		id("编号", "id", 20, func(u *catalogue.Unit) *catalogue.UnitID { return &u.ID }),
		str("名称", "name", 30, func(u *catalogue.Unit) *string { return &u.Name }),
		oneOf("种类", "kind", 12, unitWords, func(u *catalogue.Unit) *catalogue.UnitKind { return &u.Kind }),
		oneOf("级别", "level", 8, levelWords, func(u *catalogue.Unit) *catalogue.Level { return &u.Level }),
		str("上级编号", "parent", 20, func(u *catalogue.Unit) *catalogue.UnitID { return &u.Parent }).of(catalogue.TableUnits),
		look("上级名称", 26, func(u *catalogue.Unit, v *catalogue.Index) string { return unitName(v, u.Parent) }),
		many("管辖地区代码", "covers", 24, nil, func(u *catalogue.Unit) *[]catalogue.DivisionCode { return &u.Covers }).of(catalogue.TableDivisions),
		look("管辖地区名称", 24, func(u *catalogue.Unit, v *catalogue.Index) string {
			names := make([]string, len(u.Covers))
			for i, code := range u.Covers {
				names[i] = placeName(v, code)
			}
			return strings.Join(names, between)
		}),
		tel("电话", "phone", 18, func(u *catalogue.Unit) *string { return &u.Phone }),
		flag("停用", "retired", func(u *catalogue.Unit) *bool { return &u.Retired }),
		str("备注", "remark", 40, func(u *catalogue.Unit) *string { return &u.Remark }),
	),
	places(sheetPlaces, false,
		id("代码", "code", 18, func(d *catalogue.Division) *catalogue.DivisionCode { return &d.Code }),
		str("名称", "name", 30, func(d *catalogue.Division) *string { return &d.Name }),
		oneOf("级别", "level", 8, levelWords, func(d *catalogue.Division) *catalogue.Level { return &d.Level }),
		id("上级代码", "parent", 18, func(d *catalogue.Division) *catalogue.DivisionCode { return &d.Parent }).of(catalogue.TableDivisions),
		look("上级名称", 24, func(d *catalogue.Division, v *catalogue.Index) string { return placeName(v, d.Parent) }),
		flag("停用", "retired", func(d *catalogue.Division) *bool { return &d.Retired }),
		str("备注", "remark", 40, func(d *catalogue.Division) *string { return &d.Remark }),
	),
	places(sheetGrids, true,
		id("代码", "code", 22, func(d *catalogue.Division) *catalogue.DivisionCode { return &d.Code }),
		str("名称", "name", 30, func(d *catalogue.Division) *string { return &d.Name }),
		str("所属村代码", "parent", 18, func(d *catalogue.Division) *catalogue.DivisionCode { return &d.Parent }).of(catalogue.TableDivisions),
		look("所属村名称", 24, func(d *catalogue.Division, v *catalogue.Index) string { return placeName(v, d.Parent) }),
		str("网格员账号", "worker", 16, func(d *catalogue.Division) *catalogue.UserID { return &d.Worker }).of(catalogue.TablePeople),
		look("网格员姓名", 16, func(d *catalogue.Division, v *catalogue.Index) string { return personName(v, d.Worker) }),
		flag("停用", "retired", func(d *catalogue.Division) *bool { return &d.Retired }),
		str("备注", "remark", 40, func(d *catalogue.Division) *string { return &d.Remark }),
	),
	plainTable(sheetPeople, catalogue.TablePeople, func(c *catalogue.Catalogue) *[]catalogue.Person { return &c.People },
		id("账号", "user", 16, func(p *catalogue.Person) *catalogue.UserID { return &p.User }),
		str("姓名", "name", 14, func(p *catalogue.Person) *string { return &p.Name }),
		many("单位编号", "units", 26, nil, func(p *catalogue.Person) *[]catalogue.UnitID { return &p.Units }).of(catalogue.TableUnits),
		look("单位名称", 30, func(p *catalogue.Person, v *catalogue.Index) string {
			names := make([]string, len(p.Units))
			for i, id := range p.Units {
				names[i] = v.UnitName(id)
			}
			return strings.Join(names, between)
		}),
		many("岗位", "roles", 20, roleWords, func(p *catalogue.Person) *[]catalogue.Role { return &p.Roles }),
		flag("已离任", "left", func(p *catalogue.Person) *bool { return &p.Left }),
		str("备注", "remark", 40, func(p *catalogue.Person) *string { return &p.Remark }),
	),
	plainTable(sheetCategory, catalogue.TableCategories, func(c *catalogue.Catalogue) *[]catalogue.Code { return &c.Categories },
		id("代码", "code", 12, func(c *catalogue.Code) *string { return &c.Code }),
		str("名称", "name", 28, func(c *catalogue.Code) *string { return &c.Name }),
		id("上级代码", "parent", 12, func(c *catalogue.Code) *string { return &c.Parent }).of(catalogue.TableCategories),
		look("上级名称", 22, func(c *catalogue.Code, v *catalogue.Index) string {
			return codeName(v, catalogue.TableCategories, c.Parent)
		}),
		str("人民调解类型", "mediation", 14, func(c *catalogue.Code) *string { return &c.Mediation }).of(catalogue.TableMediationTypes),
		look("人民调解类型名称", 22, func(c *catalogue.Code, v *catalogue.Index) string {
			return codeName(v, catalogue.TableMediationTypes, c.Mediation)
		}),
		str("信访分类", "petition", 12, func(c *catalogue.Code) *string { return &c.Petition }).of(catalogue.TablePetitionClasses),
		look("信访分类名称", 18, func(c *catalogue.Code, v *catalogue.Index) string {
			return codeName(v, catalogue.TablePetitionClasses, c.Petition)
		}),
		flag("非民间纠纷", "not_civil", func(c *catalogue.Code) *bool { return &c.NotCivil }),
		flag("停用", "retired", func(c *catalogue.Code) *bool { return &c.Retired }),
		str("联想词", "words", 40, func(c *catalogue.Code) *string { return &c.Words }),
		str("备注", "remark", 40, func(c *catalogue.Code) *string { return &c.Remark }),
	),
	codes(),
	plainTable(sheetItems, catalogue.TableItems, func(c *catalogue.Catalogue) *[]catalogue.Item { return &c.Items },
		id("事项编号", "code", 14, func(i *catalogue.Item) *string { return &i.Code }),
		str("名称", "name", 40, func(i *catalogue.Item) *string { return &i.Name }),
		str("类型", "type", 12, func(i *catalogue.Item) *string { return &i.Type }),
		str("依据", "basis", 34, func(i *catalogue.Item) *string { return &i.Basis }),
		str("原实施部门", "former", 26, func(i *catalogue.Item) *string { return &i.Former }),
		str("原部门单位编号", "unit", 18, func(i *catalogue.Item) *catalogue.UnitID { return &i.Unit }).of(catalogue.TableUnits),
		look("原部门单位名称", 26, func(i *catalogue.Item, v *catalogue.Index) string { return unitName(v, i.Unit) }),
		flag("停用", "retired", func(i *catalogue.Item) *bool { return &i.Retired }),
		str("备注", "remark", 40, func(i *catalogue.Item) *string { return &i.Remark }),
	),
	plainTable(sheetClaims, catalogue.TableClaims, func(c *catalogue.Catalogue) *[]catalogue.Claim { return &c.Claims },
		str("事项编号", "item", 14, func(c *catalogue.Claim) *string { return &c.Item }).of(catalogue.TableItems),
		look("事项名称", 40, func(c *catalogue.Claim, v *catalogue.Index) string { return itemName(v, c.Item) }),
		str("镇街单位编号", "unit", 18, func(c *catalogue.Claim) *catalogue.UnitID { return &c.Unit }).of(catalogue.TableUnits),
		look("镇街单位名称", 24, func(c *catalogue.Claim, v *catalogue.Index) string { return unitName(v, c.Unit) }),
		day("起始日期", "from", func(c *catalogue.Claim) *string { return &c.From }),
		day("截止日期", "until", func(c *catalogue.Claim) *string { return &c.Until }),
		str("承办平台编号", "platform", 20, func(c *catalogue.Claim) *catalogue.UnitID { return &c.Platform }).of(catalogue.TableUnits),
		look("承办平台名称", 28, func(c *catalogue.Claim, v *catalogue.Index) string { return unitName(v, c.Platform) }),
		str("职权交接协议", "agreement", 40, func(c *catalogue.Claim) *string { return &c.Agreement }),
	),
	plainTable(sheetDuties, catalogue.TableDuties, func(c *catalogue.Catalogue) *[]catalogue.Duty { return &c.Duties },
		str("单位编号", "unit", 20, func(d *catalogue.Duty) *catalogue.UnitID { return &d.Unit }).of(catalogue.TableUnits),
		look("单位名称", 28, func(d *catalogue.Duty, v *catalogue.Index) string { return unitName(v, d.Unit) }),
		str("类别代码", "category", 12, func(d *catalogue.Duty) *string { return &d.Category }).of(catalogue.TableCategories),
		look("类别名称", 24, func(d *catalogue.Duty, v *catalogue.Index) string {
			return codeName(v, catalogue.TableCategories, d.Category)
		}),
		str("事项编号", "item", 14, func(d *catalogue.Duty) *string { return &d.Item }).of(catalogue.TableItems),
		look("事项名称", 34, func(d *catalogue.Duty, v *catalogue.Index) string { return itemName(v, d.Item) }),
		str("依据文件", "reference", 40, func(d *catalogue.Duty) *string { return &d.Reference }),
		flag("停用", "retired", func(d *catalogue.Duty) *bool { return &d.Retired }),
	),
	&table[catalogue.Limit]{name: sheetLimits, of: []catalogue.Table{catalogue.TableLimits}, cols: limitColumns(),
		rows: func(v *catalogue.Index) []catalogue.Limit {
			present, _ := catalogue.Present(v.Catalogue().Limits)
			return present
		},
		take: func(r *reader, l catalogue.Limit, s spot) {
			r.book.Catalogue.Limits = append(r.book.Catalogue.Limits, l)
			r.book.place(catalogue.TableLimits, s)
			r.present++
		}},
	&table[catalogue.Limit]{name: sheetLights, cols: lightColumns(),
		rows: func(v *catalogue.Index) []catalogue.Limit {
			present, _ := catalogue.Present(v.Catalogue().Limits)
			return present
		},
		take: func(r *reader, l catalogue.Limit, s spot) { r.lights = append(r.lights, light{l, s}) }},
	&table[catalogue.Limit]{name: sheetPast, cols: append(limitColumns(), lightColumns()[4:]...),
		rows: func(v *catalogue.Index) []catalogue.Limit {
			_, past := catalogue.Present(v.Catalogue().Limits)
			return past
		},
		take: func(r *reader, l catalogue.Limit, s spot) {
			r.book.Catalogue.Limits = append(r.book.Catalogue.Limits, l)
			r.book.place(catalogue.TableLimits, s)
		}},
	calendarSheet(),
	plainTable(sheetRisks, catalogue.TableRiskDuties, func(c *catalogue.Catalogue) *[]catalogue.RiskDuty { return &c.RiskDuties },
		str("风险代码", "sign", 16, func(d *catalogue.RiskDuty) *string { return &d.Sign }).of(catalogue.TableRisks),
		look("风险情形", 28, func(d *catalogue.RiskDuty, v *catalogue.Index) string {
			return codeName(v, catalogue.TableRisks, d.Sign)
		}),
		oneOf("职责", "code", 18, dutyWords, func(d *catalogue.RiskDuty) *catalogue.DutyCode { return &d.Code }),
		str("怎么做", "name", 34, func(d *catalogue.RiskDuty) *string { return &d.Name }),
		str("期限代码", "limit", 18, func(d *catalogue.RiskDuty) *catalogue.LimitCode { return &d.Limit }).of(catalogue.TableLimits),
		look("期限名称和长短", 30, func(d *catalogue.RiskDuty, v *catalogue.Index) string { return length(d.Limit, v) }),
		oneOf("依据性质", "basis", 14, basisWords, func(d *catalogue.RiskDuty) *string { return &d.Basis }),
		str("依据", "source", 40, func(d *catalogue.RiskDuty) *string { return &d.Source }),
		flag("停用", "retired", func(d *catalogue.RiskDuty) *bool { return &d.Retired }),
	),
	plainTable(sheetResolvers, catalogue.TableResolvers, func(c *catalogue.Catalogue) *[]catalogue.Resolver { return &c.Resolvers },
		id("编号", "id", 12, func(r *catalogue.Resolver) *string { return &r.ID }),
		str("姓名", "name", 14, func(r *catalogue.Resolver) *string { return &r.Name }),
		str("类型代码", "type", 12, func(r *catalogue.Resolver) *string { return &r.Type }).of(catalogue.TableResolverTypes),
		look("类型名称", 20, func(r *catalogue.Resolver, v *catalogue.Index) string {
			return codeName(v, catalogue.TableResolverTypes, r.Type)
		}),
		str("服务地区代码", "place", 18, func(r *catalogue.Resolver) *catalogue.DivisionCode { return &r.Place }).of(catalogue.TableDivisions),
		look("服务地区名称", 24, func(r *catalogue.Resolver, v *catalogue.Index) string { return placeName(v, r.Place) }),
		tel("电话", "phone", 18, func(r *catalogue.Resolver) *string { return &r.Phone }),
		str("擅长", "good", 24, func(r *catalogue.Resolver) *string { return &r.Good }),
		flag("已离任", "left", func(r *catalogue.Resolver) *bool { return &r.Left }),
		str("备注", "remark", 40, func(r *catalogue.Resolver) *string { return &r.Remark }),
	),
	plainTable(sheetPhrases, catalogue.TablePhrases, func(c *catalogue.Catalogue) *[]catalogue.Phrase { return &c.Phrases },
		id("栏目", "field", 16, func(p *catalogue.Phrase) *string { return &p.Field }).from(longFields()),
		look("栏目名称", 18, func(p *catalogue.Phrase, _ *catalogue.Index) string { return fieldName(p.Field) }),
		look("用在哪些表单", 30, func(p *catalogue.Phrase, _ *catalogue.Index) string { return formsOf(p.Field) }),
		str("内容", "text", 80, func(p *catalogue.Phrase) *string { return &p.Text }),
	),
	settings(),
}

// places is a sheet of divisions: grids, or all others.
func places(name string, grids bool, cols ...column[catalogue.Division]) *table[catalogue.Division] {
	t := plainTable(name, catalogue.TableDivisions, func(c *catalogue.Catalogue) *[]catalogue.Division { return &c.Divisions }, cols...)
	t.rows = func(v *catalogue.Index) []catalogue.Division {
		return slices.DeleteFunc(slices.Clone(v.Catalogue().Divisions), func(d catalogue.Division) bool {
			return (d.Level == catalogue.Grid) != grids
		})
	}
	take := t.take
	t.take = func(r *reader, d catalogue.Division, s spot) {
		if grids {
			d.Level = catalogue.Grid
		}
		take(r, d, s)
	}
	return t
}

// anyCode is a row of one of the code tables that share a sheet.
type anyCode struct {
	table string
	catalogue.Code
}

func codes() *table[anyCode] {
	t := &table[anyCode]{name: sheetCodes, cols: []column[anyCode]{
		oneOf("代码表", "table", 16, tableWords, func(c *anyCode) *string { return &c.table }),
		id("代码", "code", 16, func(c *anyCode) *string { return &c.Code.Code }),
		str("名称", "name", 34, func(c *anyCode) *string { return &c.Name }),
		id("上级代码", "parent", 16, func(c *anyCode) *string { return &c.Parent }),
		look("上级名称", 22, func(c *anyCode, v *catalogue.Index) string { return codeName(v, catalogue.Table(c.table), c.Parent) }),
		num("风险起始数", "from", 12, func(c *anyCode) *int { return &c.From }),
		flag("停用", "retired", func(c *anyCode) *bool { return &c.Retired }),
		str("备注", "remark", 50, func(c *anyCode) *string { return &c.Remark }),
	}}
	for _, w := range tableWords {
		t.of = append(t.of, catalogue.Table(w.code))
	}
	t.rows = func(v *catalogue.Index) (rows []anyCode) {
		for _, of := range t.of {
			for _, c := range v.Catalogue().Codes(of) {
				rows = append(rows, anyCode{string(of), c})
			}
		}
		return rows
	}
	t.take = func(r *reader, c anyCode, s spot) {
		of := catalogue.Table(c.table)
		if !slices.Contains(t.of, of) {
			r.fault(s, "table", Unlisted, c.table)
			return
		}
		r.book.Catalogue.AddCode(of, c.Code)
		r.book.place(of, s)
	}
	return t
}

func limitColumns() []column[catalogue.Limit] {
	cols := []column[catalogue.Limit]{
		id("代码", "code", 20, func(l *catalogue.Limit) *catalogue.LimitCode { return &l.Code }),
		str("名称", "name", 20, func(l *catalogue.Limit) *string { return &l.Name }),
		look("何时起算、何时停止", 48, runs),
		id("适用类别", "category", 12, func(l *catalogue.Limit) *string { return &l.Category }).of(catalogue.TableCategories),
		look("类别名称", 20, categoryOf),
	}
	cols = append(cols, span("时长", "时长单位", "span", func(l *catalogue.Limit) *catalogue.Span { return &l.Span })...)
	cols = append(cols, flag("按约定", "agreed", func(l *catalogue.Limit) *bool { return &l.Agreed }))
	cols = append(cols, span("最多延长", "延长单位", "extension", func(l *catalogue.Limit) *catalogue.Span { return &l.Extension })...)
	return append(cols,
		flag("遇节假日顺延", "roll", func(l *catalogue.Limit) *bool { return &l.Roll }),
		num("自第几版", "since", 10, func(l *catalogue.Limit) *uint64 { return &l.Since }),
		oneOf("依据性质", "basis", 14, basisWords, func(l *catalogue.Limit) *string { return &l.Basis }),
		str("依据", "source", 60, func(l *catalogue.Limit) *string { return &l.Source }),
	)
}

func lightColumns() []column[catalogue.Limit] {
	cols := []column[catalogue.Limit]{
		id("期限代码", "code", 20, func(l *catalogue.Limit) *catalogue.LimitCode { return &l.Code }),
		look("期限名称", 20, func(l *catalogue.Limit, _ *catalogue.Index) string { return l.Name }),
		id("适用类别", "category", 12, func(l *catalogue.Limit) *string { return &l.Category }),
		look("类别名称", 20, categoryOf),
		num("剩余百分之几亮黄灯", "yellow_percent", 18, func(l *catalogue.Limit) *int { return &l.YellowPercent }),
	}
	return append(cols, span("剩余多久亮黄灯", "黄灯单位", "yellow", func(l *catalogue.Limit) *catalogue.Span { return &l.Yellow })...)
}

// holiday is a day of the calendar that does not follow the week.
type holiday struct{ date, what string }

func calendarSheet() *table[holiday] {
	return &table[holiday]{name: sheetCalendar, of: []catalogue.Table{catalogue.TableCalendar}, cols: []column[holiday]{
		day("日期", "date", func(h *holiday) *string { return &h.date }),
		look("星期", 12, func(h *holiday, _ *catalogue.Index) string { return weekday(h.date) }),
		oneOf("放假或上班", "what", 14, dayWords, func(h *holiday) *string { return &h.what }),
	},
		rows: func(v *catalogue.Index) (rows []holiday) {
			for _, date := range v.Catalogue().Calendar.Off {
				rows = append(rows, holiday{date, "off"})
			}
			for _, date := range v.Catalogue().Calendar.On {
				rows = append(rows, holiday{date, "on"})
			}
			slices.SortStableFunc(rows, func(a, b holiday) int { return strings.Compare(a.date, b.date) })
			return rows
		},
		take: func(r *reader, h holiday, s spot) {
			switch {
			case h.date == "":
				r.fault(s, "date", catalogue.Missing, "")
			case h.what == "off":
				r.off = append(r.off, marked{h.date, s})
			case h.what == "on":
				r.on = append(r.on, marked{h.date, s})
			case h.what == "":
				r.fault(s, "what", catalogue.Missing, "")
			default:
				r.fault(s, "what", Unlisted, h.what)
			}
		}}
}

func unitName(v *catalogue.Index, id catalogue.UnitID) string {
	u, _ := v.Unit(id)
	return u.Name
}

func placeName(v *catalogue.Index, code catalogue.DivisionCode) string {
	d, _ := v.Division(code)
	return d.Name
}

func codeName(v *catalogue.Index, t catalogue.Table, code string) string {
	row, _ := v.Code(t, code)
	return row.Name
}

func itemName(v *catalogue.Index, code string) string {
	item, _ := v.Item(code)
	return item.Name
}

func personName(v *catalogue.Index, user catalogue.UserID) string {
	person, _ := v.Person(user)
	return person.Name
}

// fieldName is the label of a form's field.
func fieldName(field string) string {
	if w := chinese(); w.Has("field." + field) {
		return w.T("field." + field)
	}
	return ""
}

var chinese = sync.OnceValue(func() *i18n.Words { return i18n.New(i18n.ZH) })

// Tables returns the tables in the order of the file.
func Tables() []catalogue.Table {
	list := []catalogue.Table{catalogue.TableCatalogue}
	for _, s := range sheets {
		for _, t := range s.tables() {
			if !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	}
	return list
}

// Name is what a table is called in Chinese: its sheet's name, or the word that
// stands for it on the sheet of codes.
func Name(t catalogue.Table) string {
	if word := tableWords.word(string(t)); word != string(t) {
		return word
	}
	for _, s := range sheets {
		if slices.Contains(s.tables(), t) {
			return s.title()
		}
	}
	return sheetAbout
}
