package i18n

import (
	"cmp"

	"casedesk/store/casework"
)

// Reason is the sentence of a reason for which a unit is proposed.
func (w *Words) Reason(r casework.Reason, ix casework.Lookup) string {
	text := cmp.Or(r.Text, w.T("propose.table"))
	return w.T("propose."+Key(r.Code), Arg("unit", ix.UnitName(r.Unit)), Arg("text", text))
}
