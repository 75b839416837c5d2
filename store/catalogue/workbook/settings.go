package workbook

import (
	"fmt"

	"casedesk/store/catalogue"
)

// settingSheet lists every setting, set or not, so that a county sees what it could
// set. Each row has its own choices.
type settingSheet struct{ *table[catalogue.Setting] }

func settings() settingSheet {
	t := plainTable(sheetSettings, catalogue.TableSettings, func(c *catalogue.Catalogue) *[]catalogue.Setting { return &c.Settings },
		id("代码", "code", 18, func(s *catalogue.Setting) *catalogue.SettingCode { return &s.Code }),
		look("名称", 34, func(s *catalogue.Setting, _ *catalogue.Index) string { return settingText("setting.", s.Code) }),
		settingValue(),
		look("缺省值", 16, func(s *catalogue.Setting, _ *catalogue.Index) string {
			spec, _ := catalogue.SettingOf(s.Code)
			return settingWords(spec).word(spec.Default)
		}),
		look("说明", 70, func(s *catalogue.Setting, _ *catalogue.Index) string { return settingNote(s.Code) }),
		str("出处", "source", 50, func(s *catalogue.Setting) *string { return &s.Source }),
	)
	t.rows = func(v *catalogue.Index) (rows []catalogue.Setting) {
		set := v.Catalogue().Settings
		for _, spec := range catalogue.Settings() {
			row := catalogue.Setting{Code: spec.Code}
			for _, s := range set {
				if s.Code == spec.Code {
					row = s
				}
			}
			rows = append(rows, row)
		}
		return rows
	}
	take := t.take
	t.take = func(r *reader, s catalogue.Setting, at spot) {
		spec, known := catalogue.SettingOf(s.Code)
		s.Value = settingWords(spec).code(s.Value)
		if !known || isSet(spec, s) {
			take(r, s, at)
		}
	}
	return settingSheet{t}
}

// isSet reports whether a row says something. An empty value leaves the setting as it
// is, and so does its default, unless the order is named that decides on it. A time of
// day counts in any case: it belongs to another.
func isSet(spec catalogue.SettingSpec, s catalogue.Setting) bool {
	return s.Source != "" || s.Value != "" && (s.Value != spec.Default || spec.Clock)
}

// write writes the rows and gives each the list of its choices.
func (t settingSheet) write(w *writer) {
	t.table.write(w)
	for i, spec := range catalogue.Settings() {
		o := offered{hint: "留空就按缺省值。" + settingRange(spec)}
		if len(spec.Choices) > 0 {
			o.words, o.only = settingWords(spec).list(), true
		}
		w.offer(fmt.Sprintf("C%d", i+2), o)
	}
}

// settingValue is the value, in the words of its row's choices. Which row it is may stand
// behind it: the words are read when the row is whole.
func settingValue() column[catalogue.Setting] {
	c := str("值", "value", 16, func(s *catalogue.Setting) *string { return &s.Value })
	c.kind = either
	c.get = func(s *catalogue.Setting, _ *catalogue.Index) string {
		spec, _ := catalogue.SettingOf(s.Code)
		return settingWords(spec).word(s.Value)
	}
	return c
}

// settingWords are the words of a setting's choices.
func settingWords(spec catalogue.SettingSpec) (w words) {
	for _, choice := range spec.Choices {
		w = append(w, struct{ code, word string }{choice, chinese().T("choice." + string(spec.Code) + "." + choice)})
	}
	return w
}

// settingNote says what a setting is for, and what may be filled in.
func settingNote(code catalogue.SettingCode) string {
	spec, known := catalogue.SettingOf(code)
	if !known {
		return ""
	}
	return settingText("setting.note.", code) + settingRange(spec)
}

// settingRange says what values a setting may have.
func settingRange(spec catalogue.SettingSpec) string {
	switch {
	case spec.Clock:
		return chinese().T("setting.clock")
	case len(spec.Choices) > 0:
		return chinese().T("setting.choice")
	case spec.Phone:
		return chinese().T("setting.phone")
	}
	return chinese().T("setting.number", spec.Min, spec.Max)
}

// settingText says something about a setting; nothing about one that there is not.
func settingText(key string, code catalogue.SettingCode) string {
	if w := chinese(); w.Has(key + string(code)) {
		return w.T(key + string(code))
	}
	return ""
}
