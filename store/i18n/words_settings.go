package i18n

// settingWords name what counties set differently, say what each is for
// ("setting.note.<code>") and what may be filled in.
var settingWords = []row{
	{"setting.urge_by_message", "哪些催办发短信", "Urgings that are also sent as texts"},
	{"setting.note.urge_by_message", "系统催办总会记入案件；这里定从哪一级起还要发短信给责任单位。提级督办按红灯办。",
		"every urging stands in the case; this says from which grade on the unit is sent a text as well. One that went up a level counts as red."},
	{"choice.urge_by_message.yellow", "黄灯起", "from yellow on"},
	{"choice.urge_by_message.red", "红灯起", "from red on"},
	{"choice.urge_by_message.none", "都不发", "none"},

	{"setting.quiet_from", "免打扰开始", "Quiet hours from"},
	{"setting.note.quiet_from", "从这时到「免打扰结束」不发短信，留到结束时再发。两个时间要一起填；填成一样的，就随时都发。",
		"from then until the end of the quiet hours no texts are sent; they wait. Both times are set together; equal ones mean that texts are sent at any time."},
	{"setting.quiet_to", "免打扰结束", "Quiet hours until"},
	{"setting.note.quiet_to", "从这时起恢复发短信。可以早于开始时间，就是到第二天。",
		"from then on texts are sent again. It may come before the beginning: the next morning is meant."},

	{"setting.daily_cap", "每个单位每天最多几条短信", "Texts that a unit is sent a day"},
	{"setting.note.daily_cap", "超过的并成一条，只说还有几件。", "what is more is put into one that says how many there are."},

	{"setting.overseer_phone", "督办电话", "Telephone of the overseer"},
	{"setting.note.overseer_phone", "短信里留的电话；上级单位自己填了电话的，用上级单位的。留空就不写。",
		"the number that texts name where the unit above has none of its own; empty: none."},

	{"setting.escalate_after", "红灯后几个工作日提级", "Work days until a red urging goes up"},
	{"setting.note.escalate_after", "红灯催办以后过了这么多个工作日仍没有办的，提级告知上一级单位。",
		"working days after a red urging from which on it counts as ignored, and the unit above is told."},

	{"setting.rise_days", "预警比较的天数", "Days that early warning compares"},
	{"setting.note.rise_days", "拿最近这么多天，和前面同样长的几段比。只比类别和地方，不比人。",
		"the last so many days are compared with stretches of the same length before them; categories and places, never people."},
	{"setting.rise_windows", "预警和前面几段比", "Stretches that they are compared with"},
	{"setting.note.rise_windows", "取前面这几段的平均数。", "their average is taken."},
	{"setting.rise_least", "预警最少件数", "Cases below which nothing rises"},
	{"setting.note.rise_least", "最近一段不到这么多件的，不预警。", "with fewer cases in the last stretch there is no warning."},
	{"setting.rise_percent", "预警起点（平均数的百分之几）", "Percent of the average from which on it rises"},
	{"setting.note.rise_percent", "最近一段达到平均数的百分之几才预警：200 就是两倍。", "200 is twice the average."},
	{"setting.soon_days", "期限快到的提前天数", "Days before a limit is about to burst"},
	{"setting.note.soon_days", "期限还剩这么多天以内的，列入预警。", "limits that end within so many days are listed."},
	{"setting.perform_days", "协议快到期的提前天数", "Days before an agreement falls due"},
	{"setting.note.perform_days", "约定的履行日期还剩这么多天以内的，列入预警。", "agreements to be performed within so many days are listed."},

	{"setting.success_over", "调解成功率的分母", "What the rate of success is divided by"},
	{"setting.note.success_over", "各地算法不同：除以调处数，或除以受理数。报表上会写明。",
		"places differ: by the cases handled, or by those received. Reports say which."},
	{"choice.success_over.handled", "调处数", "cases handled"},
	{"choice.success_over.received", "受理数", "cases received"},
	{"setting.satisfied_from", "满意率从哪一档算起", "The least that counts as satisfied"},
	{"setting.note.satisfied_from", "「基本满意」算不算满意。报表上会写明。", "whether basically satisfied counts. Reports say which."},
	{"choice.satisfied_from.basic", "基本满意", "basically satisfied"},
	{"choice.satisfied_from.satisfied", "满意", "satisfied"},
	{"setting.sample_every", "以案定补每几件抽查一件", "Cases of which one is drawn for checking"},
	{"setting.note.sample_every", "补贴的案件每这么多件抽一件核对。", "of so many cases that are paid for, one is drawn."},

	{"setting.clock", "填时间，24 小时制，例如 20:00。", "a time of day, such as 20:00."},
	{"setting.choice", "从下拉列表里选。", "one of the choices."},
	{"setting.phone", "填电话号码，最多 30 个字符。", "a telephone number of at most 30 characters."},
	{"setting.number", "填 {1} 到 {2} 的整数。", "a whole number from {1} to {2}."},
}
