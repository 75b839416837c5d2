package i18n

// demoWords are the sentences of the demo: its story, and the line below its
// desks. "demo.step.<name>" tells a step.
var demoWords = []row{
	{"demo.step.enrolled", "这台电脑已加入县里", "enrolled: this laptop is one of the county's"},
	{"demo.step.cut", "断开网络", "the network is cut"},
	{"demo.step.logged_offline", "断网时登记一个案件，先存在本机", "a case is logged without a network: saved here only"},
	{"demo.step.restored", "恢复网络", "the network is back"},
	{"demo.step.delivered", "没按任何键，案件已送达县里", "without a key pressed, the county has it"},
	{"demo.step.on_the_mediators_list", "案件出现在调解员的待办里，亮着期限灯", "it is on the mediator's list, with its light"},
	{"demo.step.accepted", "调解员受理案件", "the mediator accepts it"},
	{"demo.step.acceptance_came_back", "网格员看到案件已受理", "his acceptance travels back"},
	{"demo.step.refused_offline", "断网时，网格员写下：双方不需要调解了", "offline, the grid worker writes that no help is wanted"},
	{"demo.step.assigned_offline", "断网时，调解员把案件交办给住建局", "offline, the mediator assigns it to the housing bureau"},
	{"demo.step.both_versions", "两种说法并排显示，谁写的都没有丢", "both versions stand side by side, nobody's words are lost"},
	{"demo.step.settled", "调解员作出定夺", "the mediator settles it"},
	{"demo.step.agreed_everywhere", "各台电脑看到的结果一致", "everybody sees the same"},
	{"demo.step.same_case", "三台电脑上的案件完全相同", "the case is the same on all three laptops"},
	{"demo.line", "{1}. [{2}] {3}：{4} {5}", "{1}. [{2}] {3}: {4} {5}"},
	{"demo.ok", "好", "ok"},
	{"demo.failed", "未成", "failed"},
	{"demo.done", "演示完成，共 {1} 步。", "The story is told, in {1} steps."},
	{"demo.broken", "演示的第 {1} 步没有发生。演示用的是虚构数据，您的数据不受影响。", "Step {1} of the story did not happen. The demo uses invented data; yours is not touched."},
	{"demo.bar", "演示 {1} | 网络：{2} | Ctrl+T 换一台电脑  Ctrl+N 断开或恢复网络", "Demo {1} | network: {2} | Ctrl+T next laptop  Ctrl+N cut or restore"},
	{"demo.net.up", "通", "up"},
	{"demo.net.down", "断", "cut"},
	{"demo.building", "正在搭建演示：一个临时县级服务器，三台电脑。", "Building the demo: a throwaway county and three laptops."},
}
