package demo

import (
	"time"

	"casedesk/store/casework"
)

// happening is one thing that somebody did in the sample's past.
type happening struct {
	at     time.Duration // before now; or on, for a fixed day
	on     time.Time
	seat   string
	key    string // names the case within the sample
	new    *intake
	action casework.Action
	set    map[string]string
}

// intake is a case as it is registered.
type intake struct {
	fields  casework.Fields
	parties []casework.Party
}

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

// july8 is the day of the seed's case.
func july8(h, m int) time.Time { return time.Date(2021, 7, 8, h, m, 0, 0, zone) }

// history is the sample's past, oldest first. The first case is the public
// account of the platform's trial in 江东新区 (8 July 2021): a buyer who cannot
// get a loan asks for the deposit of a flat. Names and phones are invented, and
// so are all the other cases.
var history = []happening{
	{on: july8(9, 10), seat: seatCounty, key: "deposit", new: &intake{
		fields: casework.Fields{
			casework.FieldCategory: "0602", casework.FieldChannel: "01", casework.FieldTitle: "购房订金退还纠纷",
			casework.FieldFacts:    "群众反映：因银行征信问题不能贷款购房，要求江东新区某房地产公司退还购房订金。",
			casework.FieldDivision: "441621109", casework.FieldDetail: "某房地产公司售楼部", casework.FieldHappenedOn: "2021-07-08", casework.FieldPeople: "2",
		},
		parties: []casework.Party{
			{Role: "applicant", Name: "购房人甲（化名）", Phone: "13800000001"},
			{Role: "respondent", Name: "某房地产公司（化名）"},
		}}},
	{on: july8(9, 40), seat: seatCounty, key: "deposit", action: casework.ActContact, set: map[string]string{
		"note": "第一时间与该群众取得联系，听取诉求。"}},
	{on: july8(10, 5), seat: seatCounty, key: "deposit", action: casework.ActAccept},
	{on: july8(15, 30), seat: seatCounty, key: "deposit", action: casework.ActMediate, set: map[string]string{
		"method": "02", "happened_on": "2021-07-08", "place": "江东新区综治中心",
		"result": "组织相关部门与该公司销售经理协商，双方同意按规定处理订金。"}},
	{on: july8(16, 20), seat: seatCounty, key: "deposit", action: casework.ActAgree, set: map[string]string{
		"form": "written", "agreement": "该公司同意退回该群众的购房订金。", "due": "2021-07-15",
		"laws": "《中华人民共和国消费者权益保护法》《商品房销售管理办法》"}},
	{on: july8(9, 0).AddDate(0, 0, 6), seat: seatCounty, key: "deposit", action: casework.ActPerform, set: map[string]string{
		"extent": "full", "note": "订金已退回。"}},
	{on: july8(10, 0).AddDate(0, 0, 12), seat: seatCounty, key: "deposit", action: casework.ActRevisit, set: map[string]string{
		"by": "phone", "performed": "yes", "note": "已收到退款，无新的争议。"}},
	{on: july8(10, 10).AddDate(0, 0, 12), seat: seatCounty, key: "deposit", action: casework.ActRate, set: map[string]string{
		"satisfaction": "satisfied", "efficiency": "satisfied", "leader": "satisfied", "note": "对该调处结果表示满意。"}},
	{on: july8(9, 0).AddDate(0, 0, 13), seat: seatCounty, key: "deposit", action: casework.ActClose, set: map[string]string{
		"outcome": "房地产公司已退回购房订金，纠纷化解。", "reply": "已电话告知当事人办理结果。"}},

	{at: 40 * day, seat: seatGrid, key: "wages", new: &intake{
		fields: casework.Fields{
			casework.FieldCategory: "0701", casework.FieldChannel: "02", casework.FieldTitle: "修路工程拖欠工资",
			casework.FieldFacts:    "五名村民称修路两个月工资未付，包工头说等工程款。",
			casework.FieldDivision: grid1Village, casework.FieldPeople: "6",
		},
		parties: []casework.Party{{Role: "applicant", Name: "钟样本", Phone: "13800000002"}, {Role: "respondent", Name: "包工头何某（化名）"}}}},
	{at: 39 * day, seat: seatTown, key: "wages", action: casework.ActAccept},
	{at: 38 * day, seat: seatTown, key: "wages", action: casework.ActMediate, set: map[string]string{
		"method": "03", "result": "承包方承诺月底前付清，未兑现，继续调解。"}},

	{at: 9 * day, seat: seatGrid, key: "forest", new: &intake{
		fields: casework.Fields{
			casework.FieldCategory: "0903", casework.FieldChannel: "02", casework.FieldTitle: "山林界址争议",
			casework.FieldFacts:    "两户对后山杉木林的界址说法不一，一方已砍了三棵树。",
			casework.FieldDivision: grid1Village, casework.FieldPeople: "2",
		},
		parties: []casework.Party{{Role: "applicant", Name: "赖样本", Phone: "13800000003"}, {Role: "respondent", Name: "邹样本"}}}},
	{at: 9*day - 3*hour, seat: seatTown, key: "forest", action: casework.ActAccept},
	{at: 8 * day, seat: seatTown, key: "forest", action: casework.ActAssign, set: map[string]string{
		"lead": "441621-zrzyj", "co": "441621102-sfs", "note": "请自然资源局牵头查证权属，司法所协办。"}},

	{at: 3 * day, seat: seatGrid, key: "drain", new: &intake{
		fields: casework.Fields{
			casework.FieldCategory: "0201", casework.FieldChannel: "02", casework.FieldTitle: "屋后排水沟被堵",
			casework.FieldFacts:    "下雨时上户的水流进下户的院子，两家当场说好各清一段。",
			casework.FieldDivision: grid1Village, casework.FieldPeople: "2",
		},
		parties: []casework.Party{{Role: "applicant", Name: "黄样本"}, {Role: "respondent", Name: "曾样本"}}}},
	{at: 3*day - hour, seat: seatGrid, key: "drain", action: casework.ActSettleOnSpot, set: map[string]string{
		"agreement": "两家各清自己门前一段水沟，今后每季清一次。", "extent": "full"}},

	{at: 20 * hour, seat: seatGrid, key: "chickens", new: &intake{
		fields: casework.Fields{
			casework.FieldCategory: "0203", casework.FieldChannel: "02", casework.FieldTitle: "养鸡场气味扰邻",
			casework.FieldFacts:    "邻居反映养鸡场夏天气味大，要求清理粪便、加盖。",
			casework.FieldDivision: grid1Village, casework.FieldPeople: "4",
		},
		parties: []casework.Party{{Role: "applicant", Name: "刘样本", Phone: "13800000004"}}}},
}
