package search

import "casedesk/store/catalogue"

// Kind is what a filter is about.
type Kind string

// The kinds of filters, in the order in which they are offered.
const (
	Category Kind = "cat"     // 类: the category, or the kind of matter
	Place    Kind = "place"   // 镇: at any level
	Light    Kind = "light"   // 灯
	Person   Kind = "who"     // 人: a party's name
	Unit     Kind = "unit"    // 办: who has the case in hand
	State    Kind = "state"   // 态: state or stage
	Due      Kind = "due"     // 期: by when the first limit is due
	Arrived  Kind = "date"    // 登: when it was registered
	Receipt  Kind = "receipt" // 收: how far its way has come
	Is       Kind = "is"      // 是: a mark
	Matter   Kind = "kind"    // 事: the kind of matter
)

// Kinds in the order in which they are offered.
var Kinds = []Kind{Category, Place, Light, Person, Unit, State, Due, Arrived, Receipt, Is, Matter}

// key is a word before the colon.
type key struct {
	kind  Kind
	level catalogue.Level // of a place: names of this level come first
}

// keys are all words that may stand before a colon, folded.
var keys = map[string]key{
	"类": {kind: Category}, "类别": {kind: Category}, "类型": {kind: Category}, "cat": {kind: Category}, "category": {kind: Category},
	"镇": {kind: Place, level: catalogue.Town}, "乡镇": {kind: Place, level: catalogue.Town}, "街道": {kind: Place, level: catalogue.Town}, "town": {kind: Place, level: catalogue.Town},
	"村": {kind: Place, level: catalogue.Village}, "社区": {kind: Place, level: catalogue.Village}, "village": {kind: Place, level: catalogue.Village},
	"网格": {kind: Place, level: catalogue.Grid}, "grid": {kind: Place, level: catalogue.Grid},
	"县": {kind: Place, level: catalogue.County}, "county": {kind: Place, level: catalogue.County},
	"地": {kind: Place}, "地点": {kind: Place}, "地方": {kind: Place}, "place": {kind: Place},
	"灯": {kind: Light}, "light": {kind: Light},
	"人": {kind: Person}, "姓名": {kind: Person}, "当事人": {kind: Person}, "who": {kind: Person}, "party": {kind: Person},
	"办": {kind: Unit}, "单位": {kind: Unit}, "承办": {kind: Unit}, "unit": {kind: Unit},
	"态": {kind: State}, "状态": {kind: State}, "阶段": {kind: State}, "state": {kind: State}, "stage": {kind: State},
	"期": {kind: Due}, "期限": {kind: Due}, "到期": {kind: Due}, "due": {kind: Due},
	"登": {kind: Arrived}, "登记": {kind: Arrived}, "日期": {kind: Arrived}, "date": {kind: Arrived}, "on": {kind: Arrived},
	"收": {kind: Receipt}, "送": {kind: Receipt}, "回执": {kind: Receipt}, "receipt": {kind: Receipt},
	"是": {kind: Is}, "有": {kind: Is}, "is": {kind: Is},
	"事": {kind: Matter}, "事项": {kind: Matter}, "种类": {kind: Matter}, "kind": {kind: Matter},
}

// firstKeys are the words by which the kinds are offered: Chinese, English.
var firstKeys = map[Kind][2]string{
	Category: {"类", "cat"}, Place: {"镇", "place"}, Light: {"灯", "light"}, Person: {"人", "who"}, Unit: {"办", "unit"}, State: {"态", "state"},
	Due: {"期", "due"}, Arrived: {"登", "date"}, Receipt: {"收", "receipt"}, Is: {"是", "is"}, Matter: {"事", "kind"},
}

// Key is the word by which a kind of filter is offered.
func (k Kind) Key(english bool) string {
	if english {
		return firstKeys[k][1]
	}
	return firstKeys[k][0]
}

// single reports whether a case has one value of the kind, so that a second filter
// widens the first.
func (k Kind) single() bool { return k != Person && k != Is }

// Mark is what a case can be besides.
type Mark string

// The marks.
const (
	Secret     Mark = "secret"     // 保密
	Contested  Mark = "contested"  // 未决: an entry waits for a decision
	Unread     Mark = "unread"     // 未读: somebody else did something that the person has not seen
	ToDo       Mark = "todo"       // 待办
	Mine       Mark = "mine"       // 我登记的
	Backlog    Mark = "backlog"    // 积案
	Risk       Mark = "risk"       // 风险
	Held       Mark = "held"       // 押: an entry is held back by the county
	Extended   Mark = "extended"   // 延期
	Supervised Mark = "supervised" // 督办
)

// Marks in the order in which they are offered.
var Marks = []Mark{Secret, Contested, Unread, ToDo, Mine, Backlog, Risk, Held, Extended, Supervised}

// Codes of filters that are no codes of a table.
const (
	isOver    = "over"   // of Due: 逾期
	isPaused  = "paused" // 暂停
	isNone    = "none"   // no limit runs
	isOpen    = "open"   // of State: 未结
	isEnded   = "ended"  // 已结
	stateCode = "state:"
	stageCode = "stage:"
	kindCode  = "matter:" // of Category: a kind of matter
)

// words are the names of what has no sentence of its own, Chinese first; the first of each
// language is the one that is offered.
var words = map[Kind][]named{
	Light: {
		{"red", []string{"红", "red", "红灯", "超期", "逾期"}},
		{"yellow", []string{"黄", "yellow", "黄灯", "临期"}},
		{"green", []string{"绿", "green", "绿灯"}},
		{"grey", []string{"停", "grey", "灰", "灰灯", "暂停", "gray", "paused"}},
		{"none", []string{"无", "none", "没有"}},
	},
	Receipt: {
		{"saved", []string{"存", "saved", "已存", "未送", "本机"}},
		{"delivered", []string{"达", "delivered", "已达", "送达", "county"}},
		{"backed_up", []string{"备", "backup", "已备", "备份", "backed_up"}},
		{"held", []string{"押", "held", "押下", "扣押"}},
	},
	Due: {
		{isOver, []string{"逾期", "overdue", "超期", "已超期", "过期"}},
		{isPaused, []string{"暂停", "paused", "停"}},
		{isNone, []string{"无", "none", "没有"}},
	},
	Is: {
		{string(Secret), []string{"保密", "secret", "密", "confidential"}},
		{string(Contested), []string{"未决", "contested", "争", "争议", "待定"}},
		{string(Unread), []string{"未读", "unread", "新", "new"}},
		{string(ToDo), []string{"待办", "todo"}},
		{string(Mine), []string{"我登记的", "mine", "我的"}},
		{string(Backlog), []string{"积案", "backlog"}},
		{string(Risk), []string{"风险", "risk", "险"}},
		{string(Held), []string{"押下", "held", "押"}},
		{string(Extended), []string{"延期", "extended", "延"}},
		{string(Supervised), []string{"督办", "supervised", "督"}},
	},
	State: {
		{isOpen, []string{"未结", "open", "未办结", "在办"}},
		{isEnded, []string{"已结", "ended", "办结", "已办结", "结案"}},
	},
}

// bare are the words that are filters by themselves: the marks that hardly any text has.
var bare = map[string]Mark{"保密": Secret, "未决": Contested, "未读": Unread}

type named struct {
	code  string
	names []string
}
