package i18n

// displayWords are said on the screen on how the desk is drawn.
var displayWords = []row{
	{"key.display", "显示设置", "display"},
	{"key.display_next", "换下一个", "next choice"},
	{"key.display_prev", "换上一个", "previous choice"},
	{"key.display_ask", "下次重新量宽度", "measure again next time"},

	{"display.title", "显示设置", "Display"},
	{"display.intro", "这里的设置只管这一种终端（{1}），换了就生效，不影响案件。", "These hold for this kind of terminal ({1}) and take effect at once. Cases are not touched."},
	{"display.not_measured", "下次打开时会重新量", "it will be measured at the next start"},
	{"display.restart", "宽字符的改动要重新打开工作台才生效（F10 退出，再打开）。", "The change of wide characters takes effect when the desk is opened again (F10 quits)."},
	{"display.not_kept", "显示设置没能存下来，只管这一次：{1}", "The display could not be kept and holds for this run only: {1}"},
	{"display.not_again", "宽字符没能按这种终端来排，列可能对不齐：{1}", "Wide signs could not be counted as this terminal draws them; columns may be crooked: {1}"},
	{"display.unreadable", "显示设置的文件读不出来，先按缺省显示（{1}）。", "The file of the display cannot be read; the desk is drawn as by default ({1})."},

	{"display.colours", "颜色", "Colours"},
	{"display.colours.auto", "自动", "auto"},
	{"display.colours.dark", "深色", "dark"},
	{"display.colours.light", "浅色", "light"},
	{"display.colours.contrast", "高对比", "contrast"},
	{"display.colours.mono", "单色", "none"},
	{"display.about.colours", "自动：终端说得出背景就照背景选，说不出就用在黑、蓝、白底上都看得清的颜色。深色、浅色是指背景。每种颜色旁边都有字或记号，单色也不少看什么。",
		"Auto goes by the background where the terminal tells it, else takes colours that can be read on black, blue and white. Dark and light are the background's. Each colour stands beside a word or a sign, so nothing is lost without."},

	{"display.signs", "图形", "Charts"},
	{"display.signs.auto", "自动", "auto"},
	{"display.signs.blocks", "方块", "blocks"},
	{"display.signs.ascii", "普通字符", "plain signs"},
	{"display.about.signs", "统计图用方块画，还是用 # . 这样的普通字符画。图上是乱码、歪了，就选普通字符；宽字符占两格时总用普通字符。",
		"Charts are drawn with blocks, or with plain signs such as # and . where blocks come out as rubbish or crooked; always so where wide signs are two cells."},

	{"display.cells", "宽字符", "Wide signs"},
	{"display.cells.auto", "自动", "auto"},
	{"display.cells.one", "占一格", "one cell"},
	{"display.cells.two", "占两格", "two cells"},
	{"display.about.cells", "中文引号、破折号、带圈数字这些字符，老的中文控制台画两格宽，别的终端画一格宽。自动：第一次打开时问过终端。列表的竖列歪了，就换一个。",
		"Quotation marks, dashes and circled numbers are two cells wide on old Chinese consoles and one elsewhere. Auto: the terminal was asked at the first start. If columns are crooked, choose the other."},

	{"display.measured", "这种终端量得：占 {n} 格。", "Measured here: {n} {n|cell|cells}."},

	{"display.mouse", "鼠标", "Mouse"},
	{"display.mouse.off", "不用", "off"},
	{"display.mouse.on", "使用", "on"},
	{"display.about.mouse", "使用时：滚轮翻列表，点一行选中、再点打开，点最下面的提示就是按那个键。这时选文字复制要按住 Shift。不用时鼠标照终端原来的样子，直接选文字复制。",
		"On: the wheel scrolls lists, a click chooses a row and another opens it, a click on a hint below presses its key; hold Shift to select text. Off: the mouse selects text to copy, as ever."},

	{"display.sample", "样子：", "Sample:"},
	{"display.ink.chosen", "选中", "chosen"},
	{"display.ink.strong", "标题", "heading"},
	{"display.ink.red", "超期", "overdue"},
	{"display.ink.yellow", "临近", "due soon"},
	{"display.ink.green", "充足", "in time"},
	{"display.ink.cyan", "新来", "new"},
	{"display.ruler", "上下两条竖线应当对齐", "the two bars should be in one column"},
}
