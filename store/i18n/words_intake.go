package i18n

// intakeWords are said while a case is logged: undo, proposals, and the list of drafts.
var intakeWords = []row{
	{"key.undo", "撤销", "undo"},
	{"key.redo", "重做", "redo"},
	{"kit.no_undo", "没有可撤销的改动。", "There is no change to undo."},
	{"kit.no_redo", "没有可重做的改动。", "There is no change to do again."},
}
