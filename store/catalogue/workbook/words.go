package workbook

import (
	"strings"

	"casedesk/store/catalogue"
)

// words are the Chinese words of a column's codes, in the order in which they
// are offered. A code itself is read as well.
type words []struct{ code, word string }

func (w words) word(code string) string {
	for _, x := range w {
		if x.code == code {
			return x.word
		}
	}
	return code
}

// code returns what a cell means; what it does not know stays as it is, and the
// catalogue's rules find it.
func (w words) code(word string) string {
	for _, x := range w {
		if x.word == word {
			return x.code
		}
	}
	return word
}

func (w words) list() []string {
	list := make([]string, len(w))
	for i, x := range w {
		list[i] = x.word
	}
	return list
}

var (
	levelWords = words{{string(catalogue.City), "市"}, {string(catalogue.County), "县"}, {string(catalogue.Town), "镇"},
		{string(catalogue.Village), "村"}, {string(catalogue.Grid), "网格"}}
	unitWords = words{{string(catalogue.Area), "属地单位"}, {string(catalogue.Functional), "功能区"}, {string(catalogue.Department), "部门"}}
	roleWords = words{{string(catalogue.GridWorker), "网格员"}, {string(catalogue.Mediator), "调解员"}, {string(catalogue.Center), "综治中心"},
		{string(catalogue.Office), "平安办"}, {string(catalogue.Handler), "经办人"}, {string(catalogue.Court), "法院"},
		{string(catalogue.Procurator), "检察院"}, {string(catalogue.Leader), "领导"}}
	spanWords = words{{string(catalogue.Hours), "小时"}, {string(catalogue.Days), "日"}, {string(catalogue.WorkDays), "工作日"},
		{string(catalogue.Months), "月"}}
	basisWords = words{{"law", "法定"}, {"organisation", "本单位规定"}}
	dutyWords  = words{{string(catalogue.ReportPolice), "报告公安机关"}, {string(catalogue.ProtectionOrder), "人身安全保护令"},
		{string(catalogue.WorkerSafety), "工作人员安全"}, {string(catalogue.HigherLevel), "报上一级"},
		{string(catalogue.JointHandling), "联合处置"}, {string(catalogue.Care), "关怀保护"}}
	dayWords   = words{{"off", "放假"}, {"on", "上班"}}
	yesWords   = words{{"true", "是"}}
	tableWords = words{{string(catalogue.TableChannels), "受理方式"}, {string(catalogue.TableMethods), "化解方式"},
		{string(catalogue.TableIDTypes), "证件种类"}, {string(catalogue.TableGenders), "性别"}, {string(catalogue.TableOrigins), "案件来源"},
		{string(catalogue.TableCauses), "成因"}, {string(catalogue.TableScales), "事件规模"}, {string(catalogue.TableReferrals), "转介去向"},
		{string(catalogue.TableResolverTypes), "调解力量类型"}, {string(catalogue.TableRisks), "风险情形"},
		{string(catalogue.TableMediationTypes), "人民调解类型"}, {string(catalogue.TablePetitionClasses), "信访分类"}}
)

// split reads a list in one cell, whatever stands between its members.
func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；; \t\n\u3000", r) })
}

const between = "、"
