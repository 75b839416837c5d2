package report

// reports in the order in which they are offered.
var reports = []Report{
	{Name: "overview", Make: overview},
	{Name: "supervision", Make: supervision},
	{Name: "performance", Make: performance},
	{Name: "work_list", Listed: true, Make: workList},
	{Name: "backlog", Listed: true, Make: backlog},
	{Name: "changes", Listed: true, Make: changes},
	{Name: "warning", Make: warning},
	{Name: "trend", Make: trend},
	{Name: "cross", Make: cross},
	{Name: "levels", Make: levels},
	{Name: "speed", Make: speed},
	{Name: "counters", Make: counters},
	{Name: "disputes", Make: disputes},
	{Name: "mediation", Make: mediation},
	{Name: "petitions", Make: petitions},
	{Name: "matters", Make: matters},
	{Name: "court", Make: courts},
	{Name: "effects", Make: effects},
	{Name: "subsidy", Make: subsidy},
	{Name: "sample", Listed: true, Make: sample},
	{Name: "zero", Listed: true, Make: zero},
}
