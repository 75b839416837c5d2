package figures

import "casedesk/store/report"

// chart is how a sheet is drawn as a picture.
type chart uint8

const (
	noChart chart = iota
	bars          // a bar for each row, of the column under the cursor
	trend         // columns over the periods, which are the rows
	heat          // the table itself, each cell shaded by how much it is of the most
)

// look is how a report is shown.
type look struct {
	chart  chart
	column string // under the cursor at first; empty: the first
	year   bool   // last year can stand beside each number: the sheet does not have it yet
	pages  string // the column by which a list is divided into pages, one for each addressee
	first  string // the column that stands in place of the rows' labels
}

// looks of the reports. Work of people is no chart: nothing ranks them.
var looks = map[report.Name]look{
	"overview":    {chart: bars},
	"supervision": {chart: bars, column: "received", year: true},
	"performance": {chart: bars, column: "on_time_rate", year: true},
	"work_list":   {pages: "unit", first: "no"},
	"trend":       {chart: trend},
	"cross":       {chart: heat, year: true},
	"levels":      {chart: bars, column: "share", year: true},
	"speed":       {chart: bars, column: "resolve", year: true},
	"counters":    {chart: bars},
	"disputes":    {chart: bars, column: "subtotal", year: true},
	"mediation":   {chart: bars, column: "total", year: true},
	"petitions":   {chart: bars},
	"matters":     {chart: bars},
	"court":       {chart: bars, column: "received", year: true},
	"effects":     {chart: bars},
	"subsidy":     {year: true},
}
