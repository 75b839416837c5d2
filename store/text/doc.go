// Package text deals with text that people wrote: it makes text safe to draw
// and export, measures and breaks it by terminal cells, finds it by pinyin,
// and reads dates, identity numbers and telephone numbers as people type them.
//
// [Text] is the type of cleaned text. Whatever came from anybody (a person, a
// file, the network) is drawn and exported as Text only. What is stored and
// signed stays as it was written: cleaning happens on the way out.
//
// Words of the program itself live in store/i18n, document layout elsewhere.
// The package stands at the bottom: it imports nothing of this module, reads
// no clock and touches no file.
package text
