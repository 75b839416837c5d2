// Package figures is the screen of reports: which one, of what period and units, as a table
// or a picture; every number leads to the cases behind it.
//
// Facts are read and sheets are made in commands. The facts stay with the open desk (Kept),
// so that only what changed is read again. How a report is shown is data (looks).
package figures
