package i18n

// errorWords say, for each code of the command line's contract, what happened,
// what that means for data, and what to do next.
var errorWords = []row{
	{"error.usage.message", "命令用法不对。", "The command was used wrongly."},
	{"error.usage.data", "没有改动任何数据。", "No data was changed."},
	{"error.usage.next", "加上 --help 可以看用法。", "Add --help to see how it is used."},

	{"error.busy.message", "另一个窗口正在使用这个文件夹。", "Another window is using this folder."},
	{"error.busy.data", "数据是安全的。", "Your data is safe."},
	{"error.busy.next", "请关闭另一个窗口后再试。", "Close the other window and try again."},

	{"error.locked.message", "工作台已上锁，需要口令。", "The desk is locked and needs the passphrase."},
	{"error.locked.data", "数据是安全的。", "Your data is safe."},
	{"error.locked.next", "请输入口令；在脚本里用 --passphrase-file 指定口令文件。", "Type the passphrase; in a script, name its file with --passphrase-file."},

	{"error.wrong_passphrase.message", "口令不对。", "The passphrase is wrong."},
	{"error.wrong_passphrase.data", "数据是安全的，试多少次都不会损坏。", "Your data is safe; trying again does no harm."},
	{"error.wrong_passphrase.next", "请检查大小写和输入法后重试；忘记口令时可以用恢复码。", "Check capitals and the input method and try again, or use the recovery code."},

	{"error.damaged.message", "文件有损坏。", "The file is damaged."},
	{"error.damaged.data", "没有改动文件；损坏的部分可能读不出来。", "The file was not changed; its damaged part may be unreadable."},
	{"error.damaged.next", "请先复制整个文件夹留底，再运行 check 查看损坏之处，或从备份恢复。", "Copy the whole folder first, then run check to see what is damaged, or restore a backup."},

	{"error.newer_format.message", "这是由更新版本的程序写下的，本版本读不了。", "This was written by a newer version of the program and cannot be read by this one."},
	{"error.newer_format.data", "数据是安全的，没有改动。", "Your data is safe and unchanged."},
	{"error.newer_format.next", "请升级程序后再打开。", "Update the program and open it again."},

	{"error.disk_full.message", "磁盘已满，刚才的内容没有保存。", "The disk is full and the last change was not saved."},
	{"error.disk_full.data", "先前保存的内容都是安全的。", "Everything saved before is safe."},
	{"error.disk_full.next", "请不要关闭窗口，先腾出磁盘空间再保存一次。", "Keep the window open, free some disk space and save again."},

	{"error.not_found.message", "没有找到。", "Nothing was found."},
	{"error.not_found.data", "没有改动任何数据。", "No data was changed."},
	{"error.not_found.next", "请核对编号或案号；案件可能还没有送到这台电脑。", "Check the id or the case number; the case may not have reached this laptop yet."},

	{"next.not_found.user", "请用 countyd people 查看有哪些人员。", "See who there is with countyd people."},
	{"next.not_found.unit", "请核对单位编号，见目录的单位表。", "Check the unit's id against the catalogue."},
	{"next.not_found.device", "请用 countyd devices 查看有哪些电脑，写指纹开头的几位。", "See which laptops there are with countyd devices, and type the beginning of a fingerprint."},

	{"error.ambiguous.message", "有不止一个案件符合。", "More than one case matches."},
	{"error.ambiguous.data", "没有改动任何数据。", "No data was changed."},
	{"error.ambiguous.next", "请多输入几位编号。", "Type more of the id."},

	{"error.not_allowed.message", "现在不能这样做。", "This cannot be done now."},
	{"error.not_allowed.data", "没有改动任何数据。", "No data was changed."},
	{"error.not_allowed.next", "请打开案件查看现在可以做什么。", "Open the case to see what can be done now."},

	{"next.not_allowed.unit", "请写自己所在的单位；不写 --unit 时程序会自己选。", "Name a unit of your own; without --unit the program chooses one."},
	{"next.ambiguous.device", "请多输入几位指纹。", "Type more of the fingerprint."},

	{"error.invalid.message", "填写的内容有误。", "Something that was filled in is wrong."},
	{"error.invalid.data", "什么都没有保存。", "Nothing was saved."},
	{"error.invalid.next", "请改正后再试一次。", "Correct it and try again."},

	{"error.offline.message", "连不上县里。", "The county cannot be reached."},
	{"error.offline.data", "数据已存在本机，是安全的。", "Your data is saved on this laptop and safe."},
	{"error.offline.next", "可以照常工作，有网络时会自动送到县里。", "Keep working; everything is sent when there is a network."},

	{"error.wrong_county.message", "对方不是入网单上的那个县。", "This is not the county named on the slip."},
	{"error.wrong_county.data", "没有送出任何数据。", "No data was sent."},
	{"error.wrong_county.next", "请向县里核对地址和指纹，不要继续。", "Check the address and the fingerprint with the county; do not go on."},

	{"error.expired.message", "入网单已过期或已用过。", "The enrolment slip has expired or was used."},
	{"error.expired.data", "没有改动任何数据。", "No data was changed."},
	{"error.expired.next", "请向县里要一张新的入网单。", "Ask the county for a new slip."},

	{"error.revoked.message", "县里已停用这台电脑。", "The county has revoked this laptop."},
	{"error.revoked.data", "还有没送出的内容，仍在本机。", "Something was not sent yet and is still on this laptop."},
	{"error.revoked.next", "请保持联网，再同步一次，把它交给县里。", "Stay connected and sync once more to hand it to the county."},

	{"error.held.message", "县里把这一条押下了，暂不生效。", "The county holds this back; it has no effect for now."},
	{"error.held.data", "内容没有丢，双方都留着。", "Nothing is lost; both sides keep it."},
	{"error.held.next", "请查看押下的原因，由负责人放行。", "See the reason; somebody in charge can release it."},

	{"error.verify_failed.message", "校验没有通过。", "The check failed."},
	{"error.verify_failed.data", "没有改动任何数据；有问题的内容没有被采用。", "No data was changed; what failed was not taken over."},
	{"error.verify_failed.next", "请保留现场，把列出的问题交给管理员。", "Leave everything as it is and hand the list of faults to the administrator."},

	{"error.internal.message", "程序出了意外。", "The program met something unexpected."},
	{"error.internal.data", "先前保存的内容是安全的。", "Everything saved before is safe."},
	{"error.internal.next", "请重试一次；若再出现，请记下时间并告诉管理员。", "Try again; if it happens again, note the time and tell the administrator."},

	{"error.unsafe", "不能确定刚才的内容是否已保存，请先核对再做。", "It is not certain whether the last change was saved; look before doing it again."},
	{"error.basis", "（依据：{1}）", " (Basis: {1})"},
	{"error.field", "{field}：{message}", "{field}: {message}"},
	{"error.faults", "有 {n} 处填写不对：{1}。", "{n} {n|thing is|things are} wrong: {1}."},
	{"error.more", "另有 {n} 处", "{n} more"},
	{"list.separator", "；", "; "},
}
