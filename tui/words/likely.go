package words

import (
	"strings"

	"casedesk/store/casework"
)

// Reasons says in what two cases agree.
func (d Desk) Reasons(all []casework.Likeness) string {
	said := make([]string, len(all))
	for i, l := range all {
		said[i] = d.T("likely." + string(l))
	}
	return strings.Join(said, d.T("list.separator"))
}
