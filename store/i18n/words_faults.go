package i18n

// faultWords say what is wrong with one field of an input, as a clause that
// stands after the field's label.
var faultWords = []row{
	{"fault.of", "{field}：{fault}", "{field}: {fault}"},

	{"fault.required", "必须填写", "must be filled in"},
	{"fault.too_long", "太长，最多 {limit} 个字", "is too long; at most {limit} {limit|character|characters}"},
	{"fault.unknown_code", "没有这个代码", "is not a known code"},
	{"fault.bad_date", "不是日期，例如 2026-01-05、1-5、3号、昨天、3天前、上周三", "is not a date; for example 2026-01-05, 1-5, yesterday"},
	{"fault.bad_number", "不是合适的数字，只写数字，例如 10", "is not a fitting number; digits alone, for example 10"},
	{"fault.bad_choice", "不在可选范围内", "is not one of the choices"},
	{"fault.bad_kind", "没有这一种；可以写 {kinds}", "is not known; write {kinds}"},
	{"fault.kind", "{1}（{2}）", "{1} ({2})"},
	{"fault.unknown_field", "没有这个字段", "is not a known field"},
	{"fault.no_concern", "这个案件不涉及这一项，不用填", "does not concern this case; leave it out"},
	{"fault.bad_json", "不是正确的 JSON", "is not valid JSON"},
	{"fault.bad_type", "类型不对", "is of the wrong type"},
	{"fault.in_future", "不能晚于今天；如果电脑的日期不对，请先改正电脑的日期", "must not be after today; if the laptop's date is wrong, set it right first"},
	{"fault.is_over", "不能早于今天；如果电脑的日期不对，请先改正电脑的日期", "must not be before today; if the laptop's date is wrong, set it right first"},

	// Doubts: a reason to ask again, never to refuse.
	{"doubt.id_number", "身份证号的位数、日期或校验码不对，请核对", "the length, the date or the check digit is off; please check"},
	{"doubt.future", "比今天晚，请核对", "this is after today; please check"},
	{"doubt.phone", "不像电话号码，请核对", "this does not look like a telephone number; please check"},
	{"doubt.dirty", "含有看不见或不能显示的字符", "holds characters that cannot be seen or shown"},

	// Faults of a catalogue that the county publishes.
	{"catalogue.missing", "必须填写", "must be filled in"},
	{"catalogue.duplicate", "重复：{value}", "stands there twice: {value}"},
	{"catalogue.unknown", "没有：{value}", "does not exist: {value}"},
	{"catalogue.malformed", "格式不对：{value}", "does not have the right form: {value}"},
	{"catalogue.cycle", "上级绕成了圈：{value}", "its parents form a circle: {value}"},
	{"catalogue.overlap", "几个单位同管一地：{value}", "several units cover one place: {value}"},
	{"catalogue.misplaced", "与其他内容矛盾：{value}", "contradicts the rest: {value}"},
	{"catalogue.removed", "已发布的不能删除：{value}", "was published and must not be removed: {value}"},
	{"catalogue.changed", "已发布的不能改变含义：{value}", "was published and must not change its meaning: {value}"},
	{"catalogue.renumbered", "已发布的不能换代码：{value}", "was published and must not change its code: {value}"},
	{"catalogue.too_long", "太长：{value}", "is too long: {value}"},
	{"catalogue.in_use", "还有未结案件在用，不能停用：{value}", "is used by open cases and cannot be retired: {value}"},
	{"catalogue.serving", "还有人在这个单位任职，不能停用：{value}", "is served by people and cannot be retired: {value}"},
	{"catalogue.backdated", "版本不比已发布的新：{value}", "its version is not later than the published one: {value}"},
}
