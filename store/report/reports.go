package report

// reports in the order in which they are offered.
var reports []Report

func init() {
	reports = []Report{
		{Name: "supervision", Make: supervision},
		{Name: "overview", Make: overview},
		{Name: "levels", Make: levels},
		{Name: "counters", Make: counters},
		{Name: "speed", Make: speed},
		{Name: "cross", Make: cross},
		{Name: "trend", Make: trend},
	}
}
