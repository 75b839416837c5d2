package detail

import (
	"casedesk/store/casework"
	"casedesk/tui/kit"
	"casedesk/tui/words"
)

// goUp says why the case should be sent up: advice, that a person follows or not.
func (d *pen) goUp() {
	reasons := casework.ShouldGoUp(&d.view.Case, d.desk.Index(), d.desk.Now())
	if len(reasons) == 0 {
		return
	}
	d.section("up.title")
	for _, r := range reasons {
		d.add(words.Wrap("* "+d.desk.T("up."+string(r)), d.w, kit.Yellow)...)
	}
}
