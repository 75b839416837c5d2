package i18n

// intakeWords are said while a case is logged: undo, proposals, and the list of drafts.
var intakeWords = []row{
	{"key.undo", "撤销", "undo"},
	{"key.redo", "重做", "redo"},
	{"kit.no_undo", "没有可撤销的改动。", "There is no change to undo."},
	{"key.take_proposal", "采用建议", "take proposals"},
	{"kit.no_proposal", "没有可采用的建议。", "Nothing is proposed."},
	{"kit.proposed", "右方向键采用建议：{1}", "Right takes the proposal: {1}"},
	{"kit.proposed_all", "Ctrl+T 采用建议：{1}", "Ctrl+T takes the proposal: {1}"},
	{"kit.no_redo", "没有可重做的改动。", "There is no change to do again."},
	{"intake.by_words", "{1}（写到：{2}）", "{1} (it says: {2})"},
	{"intake.today", "今天 {1}", "today, {1}"},
	{"intake.as_parties", "{1}（已填的当事人数）", "{1} (as many as the parties)"},
	{"intake.as_last", "{1}（同上一件）", "{1} (as in the last case)"},
	{"intake.title_dispute", "{1}纠纷", "{1} dispute"},
	{"intake.title_petition", "反映{1}问题", "petition about {1}"},
	{"intake.title_lead", "{1}公益诉讼线索", "public-interest lead about {1}"},
	{"intake.title_at", "{1}（{2}）", "{1} ({2})"},
	{"intake.names_two", "{1}与{2}", "{1} and {2}: "},
	{"intake.names_many", "{1}与{2}等", "{1}, {2} and others: "},
	{"intake.title_matter", "{1}事项", "{1}, delegated"},
}
