package workbook

import (
	"fmt"
	"slices"
	"strings"

	"casedesk/store/casework"
	"casedesk/store/catalogue"
	"casedesk/store/i18n"
)

// runs says of a limit by which actions it starts and stops, as the tables of
// casework and the duties of risk have it.
func runs(l *catalogue.Limit, v *catalogue.Index) string {
	var said []string
	var names []string
	uses := casework.Uses(l.Code)
	for i, u := range uses {
		names = append(names, chinese().T("matter."+i18n.Key(u.Matter)))
		if i+1 < len(uses) && slices.Equal(u.Starts, uses[i+1].Starts) && slices.Equal(u.Stops, uses[i+1].Stops) {
			continue // they are told together
		}
		s := strings.Join(names, between)
		if len(names) == len(casework.Matters) {
			s = "各类事项"
		}
		s += "：" + actions(u.Starts) + "时起算"
		switch {
		case slices.Equal(u.Starts, u.Stops):
			s += "，再次" + actions(u.Stops) + "时停止"
		case len(u.Stops) > 0:
			s += "，" + actions(u.Stops) + "时停止"
		}
		said, names = append(said, s), nil
	}
	if signs := signsOf(l.Code, v); len(signs) > 0 {
		said = append(said, "各类事项：记下风险（"+strings.Join(signs, between)+"）时起算，职责办结或风险解除时停止")
	}
	switch {
	case l.Code == casework.LimitRevisitFrom:
		return "不自动计时：提醒首次回访不要早于化解后这么久"
	case len(said) > 0:
		return strings.Join(said, "；")
	case slices.Contains(casework.Outside(), l.Code):
		return "不自动计时：案件到了可以走别的途径时，告知当事人途径和最后一日"
	}
	return "不自动计时：备查"
}

func actions(list []casework.Action) string {
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = chinese().T("action." + i18n.Key(a))
	}
	return strings.Join(names, between)
}

// signsOf returns the names of the signs of risk whose duties have the limit.
func signsOf(l catalogue.LimitCode, v *catalogue.Index) (names []string) {
	for _, d := range v.Catalogue().RiskDuties {
		if name := codeName(v, catalogue.TableRisks, d.Sign); d.Limit == l && !d.Retired && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// length says of the limit of a duty what it is and how long: the row for any
// category, or the first.
func length(code catalogue.LimitCode, v *catalogue.Index) string {
	present, _ := catalogue.Present(v.Catalogue().Limits)
	i := slices.IndexFunc(present, func(l catalogue.Limit) bool { return l.Code == code })
	if i < 0 {
		return ""
	}
	l := present[i]
	if l.Agreed {
		return l.Name + "（按约定）"
	}
	return fmt.Sprintf("%s（%d %s）", l.Name, l.Span.N, spanWords.word(string(l.Span.Unit)))
}

// categoryOf names the category that a limit is for.
func categoryOf(l *catalogue.Limit, v *catalogue.Index) string {
	if l.Category == "" {
		return "所有类别"
	}
	return codeName(v, catalogue.TableCategories, l.Category)
}

// formsOf names the actions whose forms have a field, which is where its sentences
// are offered.
func formsOf(field string) string {
	var names []string
	add := func(a casework.Action) {
		if name := chinese().T("action." + i18n.Key(a)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, m := range casework.Matters {
		t, _ := casework.TableOf(m)
		if hasLong(t.Fields, field) {
			add(casework.ActRegister)
		}
		for _, r := range t.Rules {
			if hasLong(casework.FieldsOf(r.New()), field) {
				add(r.Action)
			}
		}
	}
	if len(names) == 0 {
		return "没有这个栏目，用不上"
	}
	if len(names) > maxForms {
		return strings.Join(names[:maxForms], between) + "等"
	}
	return strings.Join(names, between)
}

// maxForms is the most forms that are named of a field.
const maxForms = 8

func hasLong(specs []casework.FieldSpec, field string) bool {
	return slices.ContainsFunc(specs, func(s casework.FieldSpec) bool {
		return s.Type == casework.TypeLong && strings.EqualFold(s.Name, field)
	})
}

// longFields are the fields that sentences can be offered for.
func longFields() []string {
	var out []string
	for _, m := range casework.Matters {
		t, _ := casework.TableOf(m)
		specs := slices.Clone(t.Fields)
		for _, r := range t.Rules {
			specs = append(specs, casework.FieldsOf(r.New())...)
		}
		for _, s := range specs {
			if s.Type == casework.TypeLong && !slices.Contains(out, s.Name) {
				out = append(out, s.Name)
			}
		}
	}
	slices.Sort(out)
	return out
}
