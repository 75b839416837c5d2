// Package year tries a county's figures with a year of it: 400 units, 3,000 people, 20,000
// cases with the delays that offices have. The cases are folded with the county's stamps,
// and counted a second time by reporttest; a part of them is handed in by laptops, day by
// day, to a real county, and comes from there to its office's laptop, which has the same
// figures.
//
//	CASEDESK_SOAK=1h go test ./cmd/internal/year -timeout 2h   # every case goes through the county
package year
