// Package search is the language of the one search box: words that a case must have,
// and filters beside them. It is pure: the catalogue and the moment are given.
//
//	邻里 类:ll 镇:龙窝 灯:红 人:zs 2026-10 -态:已结
//
// A filter is a key, a colon, and values parted by commas of which one must fit; a minus
// before it leaves out what fits. Keys and values may be written in Chinese or English,
// values in pinyin and by initials too; full-width signs count as their twins. Filters of
// one key widen each other where a case has but one value of it, and narrow it where it
// may have several (people, marks). What stands in quotes is text, whatever it looks like.
//
// Nothing is refused. What looks like a filter and is none is looked for as text, and
// Query.Doubts says so, with the names that come nearest.
package search
