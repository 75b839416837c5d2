package casework

// MajorReported records that a major dispute was reported upward (重大纠纷报告): to whom,
// and how. Who is told need not have a desk here, and the case stays where it is.
type MajorReported struct {
	ReportedTo string `codec:"reported_to" ask:"text,required"`
	Way        string `codec:"way" ask:"choice=phone|visit|letter|online,required"`
	Note       string `codec:"note,omitempty" ask:"longtext"`
}

// Num returns NumMajorReported.
func (*MajorReported) Num() Number { return NumMajorReported }

// Kind returns "report_major".
func (*MajorReported) Kind() string { return string(ActReportMajor) }

// Check finds the form's faults.
func (v *MajorReported) Check(ix Lookup) []Fault { return checkForm(v, "", ix) }

func (v *MajorReported) apply(f *fold) Why { return f.move(ActReportMajor, "") }
