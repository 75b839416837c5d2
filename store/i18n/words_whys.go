package i18n

// whyWords say why an action is not allowed now, why an entry is held, or why
// one is contested.
var whyWords = []row{
	{"why.state", "案件现在的状态不能这样做。", "The case's present state does not allow this."},
	{"why.role", "您的岗位不能做这一步。", "Your role does not do this."},
	{"why.not_your_unit", "案件不在您的单位手里。", "The case is not with your unit."},
	{"why.not_lead", "这一步要由主办单位来做。", "This is for the unit that handles the case."},
	{"why.no_such_user", "县里没有这个人员。", "The county does not know this person."},
	{"why.left", "该人员已离岗。", "This person no longer serves."},
	{"why.not_in_unit", "该人员不在所写的单位。", "This person does not serve the unit named."},
	{"why.wrong_user", "这条记录写的人，与这台电脑入网的人不是同一个。", "The record names another person than the one that this laptop is enrolled for."},
	{"why.no_rule", "这类事项没有这个操作。", "This kind of matter has no such action."},
	{"why.revoked", "送到之前，这台电脑已被停用。", "The laptop was revoked before this arrived."},
	{"why.parent_held", "它所依据的记录还押着。", "What it builds on is still held."},
	{"why.uid_reused", "同一编号已用于别的内容。", "Its id was used before for something else."},
	{"why.confidential", "案件保密，且涉及该单位。", "The case is confidential and concerns this unit."},
	{"why.unknown_blocks", "案件里有新版本的记录，升级前只能写记录。", "The case holds records of a newer version; until the update, only notes can be written."},
	{"why.concurrent", "有人同时改了同一处。", "Somebody changed the same thing at the same time."},
	{"why.not_held", "这一条没有被押下。", "This is not held."},
	{"why.not_contested", "这一条没有争议。", "This is not contested."},
	{"why.settled_other", "已有人定夺，结果相反。", "It was settled the other way already."},
	{"why.no_case", "案件的登记还没有送到。", "The case's registration has not arrived yet."},
	{"why.second_register", "案件已经登记过。", "The case is registered already."},
	{"why.no_target", "没有这个单位，或不能交给它。", "There is no such unit, or it may not be named here."},
	{"why.element_taken", "这个编号下已经有另一位当事人。", "Another party stands under this id already."},
	{"why.moved", "写的时候没有看到：案件已经转到别的单位手里。", "The case had passed to other hands, which the writer had not seen."},
	{"why.level", "只能上报给直接上级。", "A case goes up one level at a time."},
	{"why.unmapped", "有县里没有的代码，须先对应。", "It has a code that the county does not know; map it first."},

	// The laptop's file.
	{"why.exists", "这个文件夹里已经有数据。", "The folder holds a profile already."},
	{"next.exists", "直接打开即可；要另建，请换一个文件夹。", "Open it, or name another folder."},
	{"why.no_profile", "这个文件夹里还没有数据。", "There is no profile in the folder."},
	{"next.no_profile", "请先用 init 新建，或凭入网单用 enrol 加入县里，或核对 --dir。", "Make one with init, join a county with enrol, or check --dir."},
	{"why.enrolled", "这台电脑已经加入了一个县。", "This laptop has a county already."},
	{"next.enrolled", "要加入另一个县，请换一个文件夹。", "To join another county, use another folder."},
	{"why.no_pepper", "系统密钥库里的那一部分密钥不在了。", "The keyring's part of the key is gone."},
	{"next.no_pepper", "请用恢复码打开。", "Open it with the recovery code."},
	{"why.bad_code", "恢复码输入有误。", "The recovery code is mistyped."},
	{"why.too_short", "口令太短。", "The passphrase is too short."},
	{"why.withdrawn", "案件已转出，不再送到您的单位。", "The case went elsewhere and is no longer shown to your units."},

	// The way to the county.
	{"why.portal", "网络要求先登录，或对方不是县里的服务。", "The network asks to sign in first, or what answers is no county."},
	{"next.portal", "请先用浏览器登录网络，再试一次。", "Sign in to the network with a browser and try again."},
	{"why.county_busy", "县里正忙。", "The county is busy."},
	{"why.alone", "这台电脑还没有加入县里。", "This laptop has no county yet."},
	{"next.alone", "可以一直独立工作；有了入网单，用 enrol 加入。", "It works alone for as long as you like; join with a slip and enrol."},
	{"why.slip", "入网单不对，可能有字输错或不全。", "This is no enrolment slip, or a part of it is mistyped or missing."},
	{"next.slip", "请对照入网单重新输入，或扫描二维码。", "Type it again from the slip, or scan its code."},
	{"why.stuck", "与县里的交换没有进展。", "The exchange with the county makes no headway."},
}
