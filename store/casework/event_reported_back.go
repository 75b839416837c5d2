package casework

// ReportedBack tells the court that asked for mediation what came of it (特邀调解规定
// art. 19–21, 26: an agreement is filed with it, without one the papers go back).
type ReportedBack struct {
	Result   string `codec:"result" ask:"choice=success|failure,required"`
	Returned string `codec:"returned,omitempty" ask:"choice=yes|no"`
	Note     string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumReportedBack.
func (*ReportedBack) Num() Number { return NumReportedBack }

// Kind returns "report_back".
func (*ReportedBack) Kind() string { return string(ActReportBack) }

// Check finds the form's faults: without an agreement the papers go back to the court.
func (v *ReportedBack) Check(ix Lookup) []Fault {
	faults := checkForm(v, "", ix)
	if v.Result == "failure" && v.Returned != "yes" {
		faults = append(faults, Fault{Field: "returned", Problem: Required})
	}
	return faults
}

func (v *ReportedBack) apply(f *fold) Why {
	why := f.move(ActReportBack, "")
	if why == "" {
		f.c.Entrustment.Result = v.Result
	}
	return why
}
