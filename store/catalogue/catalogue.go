// Package catalogue holds the county's published tables as types and rules:
// divisions, units, people, categories, intake channels, methods, limits and
// the working-day calendar.
//
// A county edits and publishes its catalogue; laptops receive it whole, newest
// version only. That is enough because rows are append-only: a code that was
// once published stays readable for ever, a limit that changes gets a new row
// with a later Since, and nothing is renumbered.
//
// The package knows nothing of cases, files or networks.
package catalogue

import (
	"slices"
	"time"
)

// UnitID names a unit of the county's organisation. Units that govern a place
// carry that place's division code ("441621102"); others a code of their own.
type UnitID string

// UserID names a person's account at the county ("grid1").
type UserID string

// DivisionCode is a code of the division tree: 4 digits a city, 6 a county,
// 9 a town, 12 a village, 14 a grid (GB/T 2260, GB/T 10114; villages and grids
// of the built-in sample are invented).
type DivisionCode string

// Catalogue is one published version of all tables of one county.
type Catalogue struct {
	Version   uint64    `codec:"version" json:"version"`                   // increases with every publication; 0 is no catalogue
	Name      string    `codec:"name" json:"name"`                         // the county's name, shown at enrolment
	Published time.Time `codec:"published" json:"published"`               // when it was published, for people to read
	Remark    string    `codec:"remark,omitempty" json:"remark,omitempty"` // provenance of the data, shown with the catalogue

	Divisions  []Division `codec:"divisions" json:"divisions"`
	Units      []Unit     `codec:"units" json:"units"`
	People     []Person   `codec:"people" json:"people"`
	Categories []Code     `codec:"categories" json:"categories"` // GB/T 31000 事件类别 and sub-codes
	Channels   []Code     `codec:"channels" json:"channels"`     // intake channels 受理方式
	Methods    []Code     `codec:"methods" json:"methods"`       // 化解方式, GB/T 31000 §5.58
	IDTypes    []Code     `codec:"id_types" json:"id_types"`     // GA/T 517 证件种类
	Genders    []Code     `codec:"genders" json:"genders"`       // GB/T 2261.1
	Limits     []Limit    `codec:"limits" json:"limits"`
	Calendar   Calendar   `codec:"calendar" json:"calendar"`

	// Tables that a county may leave empty.
	Origins         []Code     `codec:"origins,omitempty" json:"origins,omitempty"`                   // 案件来源
	Causes          []Code     `codec:"causes,omitempty" json:"causes,omitempty"`                     // 成因
	Scales          []Code     `codec:"scales,omitempty" json:"scales,omitempty"`                     // 事件规模
	Referrals       []Code     `codec:"referrals,omitempty" json:"referrals,omitempty"`               // where a party is referred to: 法律援助, 仲裁 …
	ResolverTypes   []Code     `codec:"resolver_types,omitempty" json:"resolver_types,omitempty"`     // 调解力量: 法律顾问, 五老一贤 …
	Risks           []Code     `codec:"risks,omitempty" json:"risks,omitempty"`                       // signs of risk in a case
	MediationTypes  []Code     `codec:"mediation_types,omitempty" json:"mediation_types,omitempty"`   // 人民调解统计的纠纷类型
	PetitionClasses []Code     `codec:"petition_classes,omitempty" json:"petition_classes,omitempty"` // 信访内容分类
	RiskDuties      []RiskDuty `codec:"risk_duties,omitempty" json:"risk_duties,omitempty"`
	Duties          []Duty     `codec:"duties,omitempty" json:"duties,omitempty"`       // which unit answers for what 岗位职责
	Items           []Item     `codec:"items,omitempty" json:"items,omitempty"`         // 事项 delegated to towns
	Claims          []Claim    `codec:"claims,omitempty" json:"claims,omitempty"`       // which town claimed which item
	Resolvers       []Resolver `codec:"resolvers,omitempty" json:"resolvers,omitempty"` // who can be asked to help settle
	Phrases         []Phrase   `codec:"phrases,omitempty" json:"phrases,omitempty"`     // sentences offered while writing
	Settings        []Setting  `codec:"settings,omitempty" json:"settings,omitempty"`   // what the county sets otherwise
}

// Level is the height of a division or unit in its tree.
type Level string

// The levels of the four-level system 市、县、镇、村, with grids below villages.
const (
	City    Level = "city"
	County  Level = "county"
	Town    Level = "town"
	Village Level = "village"
	Grid    Level = "grid"
)

// Division is a place of the administrative tree.
type Division struct {
	Code   DivisionCode `codec:"code" json:"code"`
	Name   string       `codec:"name" json:"name"`
	Level  Level        `codec:"level" json:"level"`
	Parent DivisionCode `codec:"parent,omitempty" json:"parent,omitempty"`
	Worker UserID       `codec:"worker,omitempty" json:"worker,omitempty"` // of a grid: its 网格员
	// Retired: nothing new happens there; kept so that old cases have their place.
	Retired bool   `codec:"retired,omitempty" json:"retired,omitempty"`
	Remark  string `codec:"remark,omitempty" json:"remark,omitempty"` // provenance, for people to read
}

// UnitKind tells what a unit is there for.
type UnitKind string

const (
	// Area governs a place: a village committee, a town centre, a county office.
	Area UnitKind = "area"
	// Functional is an area that is no division: it takes over named towns,
	// whose units then stand below it (江东新区).
	Functional UnitKind = "functional"
	// Department handles matters of its line within a level: 司法所, 住建局.
	Department UnitKind = "department"
)

// Unit is an organisation that cases are delivered to. Units form a tree of
// their own beside the divisions: the parent of a town's unit is the unit that
// supervises it, which may be a functional area.
type Unit struct {
	ID     UnitID         `codec:"id" json:"id"`
	Name   string         `codec:"name" json:"name"`
	Kind   UnitKind       `codec:"kind" json:"kind"`
	Level  Level          `codec:"level" json:"level"`
	Parent UnitID         `codec:"parent,omitempty" json:"parent,omitempty"` // empty for the highest units that the county knows of
	Covers []DivisionCode `codec:"covers,omitempty" json:"covers,omitempty"` // divisions that it governs; empty for departments
	Phone  string         `codec:"phone,omitempty" json:"phone,omitempty"`
	// Retired: it governs nothing and gets nothing new, and nobody serves it; kept,
	// with what it covered, so that old cases keep its name and those above it.
	Retired bool   `codec:"retired,omitempty" json:"retired,omitempty"`
	Remark  string `codec:"remark,omitempty" json:"remark,omitempty"` // provenance, for people to read
}

// Role limits what a person is shown and may do; units limit what is delivered.
type Role string

// Roles are append-only, like every published code.
const (
	GridWorker Role = "grid_worker" // 网格员: registers, settles on the spot, revisits
	Mediator   Role = "mediator"    // 调解员: accepts, routes, mediates, closes
	Office     Role = "office"      // 平安办: supervises, routes, decides for units below
	Handler    Role = "handler"     // a department's clerk: signs for, handles, returns
	Center     Role = "center"      // 综治中心: accepts, routes, convenes, closes
	Court      Role = "court"       // 法院、法庭: entrusts mediation, takes its result, confirms
	Procurator Role = "procurator"  // 检察院: leads, proposals, look-backs
	Leader     Role = "leader"      // 领导: reads only
)

// Person is an account. A person may serve several units; the roles hold in all.
type Person struct {
	User   UserID   `codec:"user" json:"user"`
	Name   string   `codec:"name" json:"name"`
	Units  []UnitID `codec:"units" json:"units"`
	Roles  []Role   `codec:"roles" json:"roles"`
	Left   bool     `codec:"left,omitempty" json:"left,omitempty"`     // no longer serves; kept so that old entries keep their name
	Remark string   `codec:"remark,omitempty" json:"remark,omitempty"` // provenance, for people to read
}

// Roles returns the roles that a person may have, in the order of documents.
func Roles() []Role {
	return []Role{GridWorker, Mediator, Center, Office, Handler, Court, Procurator, Leader}
}

// Code is a row of a code table. Retired codes stay readable but are not offered.
type Code struct {
	Code    string `codec:"code" json:"code"`
	Name    string `codec:"name" json:"name"`
	Parent  string `codec:"parent,omitempty" json:"parent,omitempty"`
	Retired bool   `codec:"retired,omitempty" json:"retired,omitempty"`
	Remark  string `codec:"remark,omitempty" json:"remark,omitempty"` // provenance, for people to read

	// Of a category: its place in the two other classifications that are reported,
	// and whether it is no civil dispute between equals, so that people's mediation
	// is not its way.
	Mediation string `codec:"mediation,omitempty" json:"mediation,omitempty"`
	Petition  string `codec:"petition,omitempty" json:"petition,omitempty"`
	NotCivil  bool   `codec:"not_civil,omitempty" json:"not_civil,omitempty"`
	// Words by which people tell of it, parted by spaces: where the facts have them, the
	// category is proposed.
	Words string `codec:"words,omitempty" json:"words,omitempty"`

	// Of a sign of risk: the number from which on the facts of a case suggest it
	// (people, missed limits, handovers); 0: they never do.
	From int `codec:"from,omitempty" json:"from,omitempty"`
}

// RiskDuty is something that must be done where a case shows a sign of risk. A
// sign may bring several.
type RiskDuty struct {
	Sign   string    `codec:"sign" json:"sign"` // a code of Risks
	Code   DutyCode  `codec:"code" json:"code"`
	Name   string    `codec:"name" json:"name"`                       // what to do, in a few words
	Limit  LimitCode `codec:"limit,omitempty" json:"limit,omitempty"` // how long there is for it; empty: no clock runs
	Basis  string    `codec:"basis" json:"basis"`                     // "law" or "organisation"
	Source string    `codec:"source" json:"source"`                   // the article or the order, for people to read
	// Retired: signs seen from now on no longer bring it.
	Retired bool `codec:"retired,omitempty" json:"retired,omitempty"`
}

// DutyCode is the kind of thing to be done.
type DutyCode string

// The kinds of duties that follow from signs of risk; append-only.
const (
	ReportPolice    DutyCode = "report_police"    // 报告公安机关
	ProtectionOrder DutyCode = "protection_order" // 协助申请人身安全保护令
	WorkerSafety    DutyCode = "worker_safety"    // 上门两人以上 …
	HigherLevel     DutyCode = "higher_level"     // 报上一级
	JointHandling   DutyCode = "joint_handling"   // 联合处置
	Care            DutyCode = "care"             // 关怀、保护: 未成年人, 自伤
)

// DutyCodes returns the kinds of duties in their order.
func DutyCodes() []DutyCode {
	return []DutyCode{ReportPolice, ProtectionOrder, WorkerSafety, HigherLevel, JointHandling, Care}
}

// Duty says that a unit answers for a category of disputes or for an item, as
// its description of duties states (岗位职责说明书).
type Duty struct {
	Unit      UnitID `codec:"unit" json:"unit"`
	Category  string `codec:"category,omitempty" json:"category,omitempty"`   // a category; its sub-codes are meant too
	Item      string `codec:"item,omitempty" json:"item,omitempty"`           // or an item
	Reference string `codec:"reference,omitempty" json:"reference,omitempty"` // the agreement or document that says so
	Retired   bool   `codec:"retired,omitempty" json:"retired,omitempty"`
}

// Item is a matter of the delegated catalogue (下放事项).
type Item struct {
	Code    string `codec:"code" json:"code"` // its number in the county's list
	Name    string `codec:"name" json:"name"`
	Type    string `codec:"type" json:"type"`                           // 行政处罚, 行政检查, 公共服务 …
	Basis   string `codec:"basis" json:"basis"`                         // the law that it rests on
	Former  string `codec:"former" json:"former"`                       // the county department that had it
	Unit    UnitID `codec:"unit,omitempty" json:"unit,omitempty"`       // that department's unit, where it has one
	Retired bool   `codec:"retired,omitempty" json:"retired,omitempty"` // no longer delegated
	Remark  string `codec:"remark,omitempty" json:"remark,omitempty"`   // provenance, for people to read
}

// Claim says that a town took an item over, so that it may act in its own name.
type Claim struct {
	Item      string `codec:"item" json:"item"`
	Unit      UnitID `codec:"unit" json:"unit"`                               // the town's unit
	From      string `codec:"from" json:"from"`                               // first day, "2006-01-02"
	Until     string `codec:"until,omitempty" json:"until,omitempty"`         // last day; empty: still
	Platform  UnitID `codec:"platform,omitempty" json:"platform,omitempty"`   // the town's sub-unit that carries it out
	Agreement string `codec:"agreement,omitempty" json:"agreement,omitempty"` // 职权交接协议
}

// Resolver is somebody who can be asked to help settle a dispute.
type Resolver struct {
	ID     string       `codec:"id" json:"id"`
	Name   string       `codec:"name" json:"name"`
	Type   string       `codec:"type" json:"type"`                       // a code of ResolverTypes
	Place  DivisionCode `codec:"place" json:"place"`                     // where they serve
	Phone  string       `codec:"phone,omitempty" json:"phone,omitempty"` // of their office
	Good   string       `codec:"good,omitempty" json:"good,omitempty"`   // what they are good at
	Left   bool         `codec:"left,omitempty" json:"left,omitempty"`
	Remark string       `codec:"remark,omitempty" json:"remark,omitempty"` // provenance, for people to read
}

// Phrase is a sentence that a form offers for one of its fields.
type Phrase struct {
	Field string `codec:"field" json:"field"` // the field's name, as forms have it
	Text  string `codec:"text" json:"text"`
}

// LimitCode names a limit ("triage", "handle"); casework's tables refer to it.
type LimitCode string

// Span is a length of time as laws and orders state it.
type Span struct {
	N    int      `codec:"n" json:"n"`
	Unit SpanUnit `codec:"unit" json:"unit"`
}

// Known reports whether the span is a length that this version can count.
func (s Span) Known() bool {
	return s.N > 0 && slices.Contains([]SpanUnit{Hours, Days, Months, WorkDays}, s.Unit)
}

// SpanUnit is what a Span counts.
type SpanUnit string

const (
	Hours    SpanUnit = "hours"
	Days     SpanUnit = "days"      // calendar days 日
	Months   SpanUnit = "months"    // 月: ends on the same date, or on the month's last day where it has none
	WorkDays SpanUnit = "work_days" // 工作日, by the calendar
)

// Limit is the length of a clock from the version Since on. An entry starts a
// clock with the catalogue version it was written under, so a later row never
// shortens a clock that already runs.
type Limit struct {
	Code  LimitCode `codec:"code" json:"code"`
	Name  string    `codec:"name" json:"name"`
	Since uint64    `codec:"since" json:"since"` // first catalogue version in which this length holds
	Span  Span      `codec:"span" json:"span,omitzero"`
	// Category narrows the row to cases of that category and those below it; such
	// a row goes before one without.
	Category string `codec:"category,omitempty" json:"category,omitempty"`
	// Agreed says that the case itself states when it is due (an agreement's
	// date), so Span is empty.
	Agreed bool `codec:"agreed,omitempty" json:"agreed,omitempty"`
	// The light turns yellow when at most YellowPercent of the span is left,
	// or at most Yellow (a zero Span: that rule is off).
	YellowPercent int  `codec:"yellow_percent,omitempty" json:"yellow_percent,omitempty"`
	Yellow        Span `codec:"yellow" json:"yellow,omitzero"`
	// Roll moves a last day that is not worked to the next that is (民事诉讼法
	// art. 85). Laws that do not say so do not have it.
	Roll bool `codec:"roll,omitempty" json:"roll,omitempty"`
	// Extension is how much longer it may be made, all extensions together; a zero
	// Span: it cannot be extended.
	Extension Span   `codec:"extension,omitempty" json:"extension,omitzero"`
	Basis     string `codec:"basis" json:"basis"`   // "law" or "organisation"
	Source    string `codec:"source" json:"source"` // the article or the order, for people to read
}

// Calendar says which days are worked. Days that it does not list follow the
// week: Monday to Friday are worked.
type Calendar struct {
	// Zone is the county's offset from UTC in seconds; China has one zone.
	Zone int `codec:"zone" json:"zone"`
	// Off and On list exceptions as "2006-01-02" in ascending order: public
	// holidays, and the weekend days that are worked instead (调休).
	Off []string `codec:"off" json:"off"`
	On  []string `codec:"on" json:"on"`
	// From and To bound the years whose exceptions are known, inclusive.
	From int `codec:"from" json:"from"`
	To   int `codec:"to" json:"to"`
	// Remark names the notices that the exceptions were taken from.
	Remark string `codec:"remark,omitempty" json:"remark,omitempty"`
}
