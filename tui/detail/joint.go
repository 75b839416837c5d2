package detail

import (
	"casedesk/store/casework"
	"casedesk/tui/kit"
)

// stranded says of a case that nobody can act on who stands in.
func (d *pen) stranded() {
	units := casework.StrandedUnits(&d.view.Case, d.desk.Index())
	if len(units) == 0 {
		return
	}
	d.section("stranded.title")
	for _, s := range units {
		d.add(kit.Signed(kit.Warning, "! ", d.desk.Stranded(s, d.desk.Index()), d.w)...)
	}
}

// goUp says why the case should be sent up: advice, that a person follows or not.
func (d *pen) goUp() {
	reasons := casework.ShouldGoUp(&d.view.Case, d.desk.Index(), d.desk.Now())
	if len(reasons) == 0 {
		return
	}
	d.section("up.title")
	for _, r := range reasons {
		d.add(kit.Signed(kit.Warning, "* ", d.desk.T("up."+string(r)), d.w)...)
	}
}
