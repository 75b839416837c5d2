package i18n

// deskWords are said by the desk's screens.
var deskWords = []row{
	{"tab.todo", "待办", "To do"},
	{"tab.mine", "我登记的", "Mine"},
	{"tab.all", "全部", "All"},
	{"tab.overdue", "超期", "Overdue"},
	{"tab.closed", "已结", "Closed"},
}
