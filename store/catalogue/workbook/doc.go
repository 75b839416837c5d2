// Package workbook writes a catalogue as an .xlsx that officials edit in WPS or
// Excel, and reads it back.
//
//	cells.go    the cells of a file, as they were typed
//	column.go   a column: its header, and how a value stands in it
//	sheets.go   every sheet, column by column
//	words.go    the Chinese words that stand for the catalogue's codes
//	read.go     a file to a Book: the catalogue, where each row of it stood, and what is wrong
//	write.go    a catalogue to a file
//
// Read(Write(c)) is c, but for two things that no rule depends on: grids follow
// the other places, and limits that later ones replaced follow those that hold.
// Sheet names, headers and words are the file's format and therefore stand here
// and not with the sentences of store/i18n: what was written once is read for ever.
//
// Files are written with excelize and read by own code. Excelize gives memory to
// every row and column up to the last that a cell names, so that a file of some
// kilobytes takes gigabytes, and does not tell a date from a number; a file that
// people send about is an input like any other.
package workbook
