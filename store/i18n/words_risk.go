package i18n

// riskWords are about signs of risk and the duties that follow.
var riskWords = []row{
	{"action.risk", "记风险", "Note a sign of risk"},
	{"action.clear_risk", "解除风险", "Clear a sign of risk"},
	{"action.duty_done", "风险职责已办", "Duty done"},
	{"field.sign", "风险标志", "Sign of risk"},
	{"field.seen_on", "发现日期", "Seen on"},
	{"field.of", "针对", "About"},
	{"field.duty", "已办的职责", "Duty"},
	{"field.receipt", "回执或编号", "Receipt or number"},
	{"field.duty_done.result", "办理情况", "What was done"},
	{"field.duty_done.at", "办理时间", "When"},
	{"field.at", "时间", "Time"},
	{"choice.duty.report_police", "报告公安机关", "Report to the police"},
	{"choice.duty.protection_order", "协助申请人身安全保护令", "Help to apply for a protection order"},
	{"choice.duty.worker_safety", "工作人员安全", "Safety of workers"},
	{"choice.duty.higher_level", "报上一级", "Report to the level above"},
	{"choice.duty.joint_handling", "联合处置", "Joint handling"},
	{"choice.duty.care", "关怀保护", "Care and protection"},
	{"risk.mark", "险", "!"},
	{"risk.title", "风险与职责", "Risk and duties"},
	{"risk.sign", "{1}：{2} 发现", "{1}: seen {2}"},
	{"risk.duty_open", "待办：{1}（{2}）", "To do: {1} ({2})"},
	{"risk.duty_done", "已办：{1}", "Done: {1}"},
	{"risk.suggested", "案情显示可能有「{1}」（{2}），请核实后记风险。", "The facts suggest: {1} ({2}). Check, and note the sign."},
}
