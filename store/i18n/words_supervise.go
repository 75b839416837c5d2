package i18n

// superviseWords are about urging, orders, what a case led to and the party's receipt.
var superviseWords = []row{
	{"group.supervise", "督办", "Supervision"},

	{"action.urge", "系统催办", "The county's own urging"},
	{"action.supervise", "下达督办", "Give an order"},
	{"action.reply_order", "回复督办", "Reply to an order"},
	{"action.withdraw_order", "取消督办", "Withdraw an order"},
	{"action.turn", "记录事态变化", "Record a turn"},
	{"action.say", "当事人评价", "The party's own say"},
	{"action.receipt", "开具回执", "Hand out a receipt"},

	{"limit.order", "督办回复", "Reply to an order"},

	{"field.grade", "督办等级", "Grade"},
	{"choice.grade.ordinary", "普通督办", "Ordinary"},
	{"choice.grade.yellow", "黄牌督办", "Yellow"},
	{"choice.grade.red", "红牌督办", "Red"},
	{"choice.grade.up", "提级督办", "Told to the unit above"},
	{"field.urge.limit", "哪项期限", "Limit"},
	{"field.urge.to", "提醒单位", "Unit that is told"},
	{"field.urge.due", "到期日", "Due"},
	{"field.supervise.to", "被督办单位", "Unit"},
	{"field.supervise.reason", "督办事由", "What for, and why"},
	{"field.supervise.due", "回复期限", "Reply by"},
	{"field.reply_order.act", "哪一件督办", "Which order"},
	{"field.reply_order.text", "办理情况", "What was done"},
	{"field.withdraw_order.act", "哪一件督办", "Which order"},
	{"field.withdraw_order.reason", "取消原因", "Why"},

	{"field.turn.into", "事态变化", "What happened"},
	{"choice.into.to_city", "群众到市上访", "Petition to the city"},
	{"choice.into.to_province", "群众到省上访", "Petition to the province"},
	{"choice.into.to_beijing", "群众进京上访", "Petition to the capital"},
	{"choice.into.criminal", "民转刑案件", "Became a criminal case"},
	{"choice.into.violent", "恶性刑事治安案件", "Grave crime or breach of order"},
	{"choice.into.mass", "群体性事件", "Mass incident"},
	{"field.turn.on", "发生日期", "On"},
	{"field.turn.people", "涉及人数", "People"},
	{"field.turn.note", "说明", "Remark"},

	{"field.party", "由哪位当事人评价", "Whose say"},
	{"field.say.way", "评价方式", "Way"},
	{"choice.way.face", "当面评价", "Face to face"},
	{"choice.way.code", "凭回执码评价", "By receipt code"},

	{"why.no_order", "没有等待回复的督办。", "No order waits for a reply."},
	{"why.stronger_order", "对这个单位已有更强的督办，回复或取消之前不能下达较弱的。", "A stronger order to this unit runs; until it is answered or withdrawn no weaker one can be given."},
	{"why.not_giver", "只有下达督办的单位可以取消。", "Only the unit that gave the order may withdraw it."},
	{"why.not_below", "督办只能由上级下达给下级单位，不能下达给本单位、同级或上级。", "An order goes to units below yours, not to your own unit, one beside it or one above."},
	{"why.rated", "这位当事人已经评价过；案件重新办理并再次办结后才能再评。原评价保留。", "This party has had its say; it can rate again once the case was reopened and settled anew. The earlier say is kept."},
}
