package i18n_test

import (
	"testing"

	"casedesk/store/casework"
	"casedesk/store/i18n"
)

// Ensure that a kind that no matter has is refused with the kinds that there are, and a
// choice of another field without them.
func TestWords_FaultOfKind(t *testing.T) {
	for _, tt := range []struct {
		lang  i18n.Lang
		field string
		want  string
	}{
		{i18n.ZH, "kind", "事项种类：没有这一种；可以写 dispute（矛盾纠纷）、petition（信访诉求）、lead（公益诉讼线索）、matter（下放事项）"},
		{i18n.EN, "kind", "Kind of matter: is not known; write dispute (Dispute), petition (Petition), lead (Lead of public interest), matter (Delegated matter)"},
		{i18n.ZH, "confidential", "保密：不在可选范围内"},
	} {
		fault := casework.Fault{Field: tt.field, Problem: casework.BadChoice}
		if got := i18n.New(tt.lang).Fault(casework.ActRegister, fault); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.lang, tt.field, got, tt.want)
		}
	}
}
