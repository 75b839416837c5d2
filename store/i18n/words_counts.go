package i18n

// countWords are what the command report says.
var countWords = []row{
	{"cli.casedesk.report", "做报表：本机能看到的案件；不写名称就列出有哪些报表", "Make a report of the cases shown here; without a name the reports are listed"},
	{"cli.countyd.report", "做报表：全县的案件；不写名称就列出有哪些报表", "Make a report of all cases of the county; without a name the reports are listed"},
	{"cli.casedesk.report.more", reportMoreZH, reportMoreEN},
	{"cli.countyd.report.more", reportMoreZH, reportMoreEN},
	{"cli.flag.month", "统计月份", "the month"},
	{"cli.flag.week", "统计周（星期一起）", "the week, from Monday"},
	{"cli.flag.period", "其他统计期：2026、2026-Q3、2026-10-01..2026-10-07", "another period: 2026, 2026-Q3, 2026-10-01..2026-10-07"},
	{"cli.flag.under", "只统计这个单位和它的下级，写编号或名称", "only this unit and those below it, by code or name"},
	{"cli.flag.matter", "只统计一种事项：dispute 矛盾纠纷，petition 信访，public_interest 公益诉讼线索，delegated 下放事项", "only one kind: dispute petition public_interest delegated"},
	{"cli.flag.by", "按什么分行：month 月，week 周，category 类别，town 镇街，village 村居，unit 单位，channel 受理方式，origin 来源，matter 事项，cause 成因，risk 风险", "what the rows are: month week category town village unit channel origin matter cause risk"},
	{"cli.flag.across", "按什么分栏，写法同上", "what the columns are, likewise"},
	{"cli.flag.measure", "统计什么：cases 件数，batches 批次，people 人次", "what is counted: cases, batches or people"},
	{"cli.flag.cases", "JSON 里写出每个数字背后的案件编号", "with the ids of the cases behind each figure, in JSON"},

	{"cli.report.reading", "正在读取案件 {1}/{2}", "{1} of {2} cases read"},
	{"cli.report.written", "{1} 已写到 {2}，{3} 行。", "{1} written to {2}, {3} {3|row|rows}."},
	{"cli.report.none", "本期没有内容。", "There is nothing in this period."},
	{"cli.report.wide", "屏幕放不下：有的文字截短了，右边的栏可能没有列出。加 -o 文件.xlsx 看全部。", "Too wide for the screen: texts are cut short, and columns on the right may be missing. Add -o FILE.xlsx to see all."},
	{"cli.report.unknown", "没有报表 {1}。", "There is no report {1}."},
	{"cli.report.known", "可以做的：{1}。", "There are: {1}."},
	{"cli.report.not_of", "{1} 不适用于报表 {2}。", "{1} means nothing to the report {2}."},
	{"cli.report.ending", "看不出 {1} 是哪种文件，文件名请以 .xlsx、.csv、.txt 或 .json 结尾。", "What kind of file is {1}? Let its name end in .xlsx, .csv, .txt or .json."},
	{"cli.report.one_period", "--month、--week、--period 只能写一个。", "Only one of --month, --week and --period can be given."},
	{"cli.report.period", "请改统计期再试。", "Try again with another period."},
	{"cli.report.no_unit", "目录里没有单位 {1}。", "The catalogue has no unit {1}."},
	{"cli.report.units_of_name", "叫 {1} 的单位不止一个。", "More than one unit is called {1}."},
	{"cli.report.units", "请写单位编号：见目录工作簿的单位表。", "Write the unit's code, as in the catalogue's table of units."},
	{"cli.report.row.unit", "单位", "Unit"},
	{"cli.report.row.person", "姓名", "Name"},
	{"cli.report.row.place", "地区", "Place"},
	{"cli.report.row.case", "案号", "Number"},
	{"cli.report.row.item", "项目", "Item"},

	{"report.overview.about", "受理、化解、各项率，与去年同期比", "received, settled and all rates, against the same period of last year"},
	{"report.supervision.about", "各单位受理、按期、超期、红灯、延期、退回、督办", "by unit: received, due, on time, late, red, extended, returned, ordered"},
	{"report.performance.about", "各单位当事人评价和按期化解，当面、凭码、代记分开", "by unit: what parties said, face to face, by code and by a pen apart; and limits"},
	{"report.work_list.about", "各单位本期的目标、任务、责任、时限、进展和灯", "by unit: goal, task, who, due day, progress and light"},
	{"report.backlog.about", "积案和满一年未化解的案件", "cases of old, and those open for a year"},
	{"report.changes.about", "本期发生了什么，新的在前", "what happened in the period, the newest first"},
	{"report.warning.about", "上升的类别和地区，将到期的期限和协议", "categories and places that rise, limits and agreements about to fall due"},
	{"report.trend.about", "一年来逐期的走势", "a year, period by period"},
	{"report.cross.about", "按 --by 和 --across 分类的件数、批次、人次", "cases, batches or people by --by and --across"},
	{"report.levels.about", "在村、镇、县化解的各占多少", "shares settled at village, town and county"},
	{"report.counters.about", "案件引出的六种情况，只记事实", "the six things that cases led to, as facts"},
	{"report.speed.about", "发现、联系、受理、化解用了几天", "days to detect, contact, accept and settle"},
	{"report.disputes.about", "矛盾纠纷排查调处情况报表", "the form of disputes found and settled"},
	{"report.mediation.about", "人民调解案件统计", "the form of people's mediation"},
	{"report.petitions.about", "信访形式、领域、责任单位和办理质量", "petitions by form, field, unit and quality"},
	{"report.matters.about", "下放镇街事项的办理统计", "what became of delegated matters"},
	{"report.court.about", "法院委派案件的调解、撤诉", "requests of courts: mediated or withdrawn"},
	{"report.effects.about", "修复面积、处理数量、挽回金额", "area restored, waste dealt with, money recovered"},
	{"report.subsidy.about", "以案定补：每人各项工作的件数", "for subsidy: how many cases each one worked on"},
	{"report.sample.about", "以案定补抽查哪些案件", "which cases to look at before paying"},
	{"report.zero.about", "本期没有案件的单位，是否仍有数据报来", "units without a case, and whether they were heard from"},
}

const (
	reportMoreZH = "不写统计期就是本月。文件按结尾定格式：.xlsx、.csv、.txt、.json；已有的文件不会覆盖。保密案件计入数字，不显示标题。"
	reportMoreEN = "Without a period it is this month. A file's ending says what it is: .xlsx, .csv, .txt or .json; one that exists is not written over. Confidential cases are counted and their titles are not shown."
)
