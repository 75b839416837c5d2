package i18n

// whyWords say why an action is not allowed now, why an entry is held, or why
// one is contested.
var whyWords = []row{
	{"why.state", "案件现在的状态不能这样做。", "The case's present state does not allow this."},
	{"why.role", "您的岗位不能做这一步。", "Your role does not do this."},
	{"why.not_your_unit", "案件不在您的单位手里。", "The case is not with your unit."},
	{"why.no_such_user", "县里没有这个人员。", "The county does not know this person."},
	{"why.left", "该人员已离岗。", "This person no longer serves."},
	{"why.not_in_unit", "该人员不在所写的单位。", "This person does not serve the unit named."},
	{"why.wrong_user", "这条记录写的人，与这台电脑入网的人不是同一个。", "The record names another person than the one that this laptop is enrolled for."},
	{"why.no_rule", "这类事项没有这个操作。", "This kind of matter has no such action."},
	{"why.revoked", "送到之前，这台电脑已被停用。", "The laptop was revoked before this arrived."},
	{"why.fork", "同一份记录有两个不同的后续，这是另一个。", "The log went on in two ways; this is the other one."},
	{"why.parent_held", "它所依据的记录还押着。", "What it builds on is still held."},
	{"why.uid_reused", "同一编号已用于别的内容。", "Its id was used before for something else."},
	{"why.confidential", "案件保密，且涉及该单位。", "The case is confidential and concerns this unit."},
	{"why.unknown_blocks", "案件里有新版本的记录，升级前只能写记录。", "The case holds records of a newer version; until the update, only notes can be written."},
	{"why.concurrent", "有人同时改了同一处。", "Somebody changed the same thing at the same time."},
	{"why.not_held", "这一条没有被押下。", "This is not held."},
	{"why.not_contested", "这一条没有争议。", "This is not contested."},
	{"why.settled_other", "已有人定夺，结果相反。", "It was settled the other way already."},
	{"why.no_such_element", "没有这个当事人。", "There is no such party."},
	{"why.no_case", "案件的登记还没有送到。", "The case's registration has not arrived yet."},
	{"why.second_register", "案件已经登记过。", "The case is registered already."},
	{"why.no_target", "没有这个单位，或不能交给它。", "There is no such unit, or it may not be named here."},
	{"why.level", "只能上报给直接上级。", "A case goes up one level at a time."},
	{"why.one_side_refuses", "一方当事人明确拒绝调解。", "One party has clearly refused mediation."},
	{"why.standalone", "加入县里之后才能这样做。", "This needs a county."},
	{"why.no_agreement", "还没有达成协议。", "There is no agreement yet."},
	{"why.unmapped", "有县里没有的代码，须先对应。", "It has a code that the county does not know; map it first."},
	{"why.reason_needed", "须写明理由。", "A reason is needed."},
}
