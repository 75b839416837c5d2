package i18n

import "casedesk/store/casework"

// Stranded says why a unit cannot act on a case, and who stands in for it.
func (w *Words) Stranded(s casework.Stranded, ix casework.Lookup) string {
	said := w.T("stranded."+Key(s.Why), ix.UnitName(s.Unit))
	if s.By != "" {
		said += w.T("stranded.by", ix.UnitName(s.By))
	}
	return said
}
