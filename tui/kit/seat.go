package kit

import "time"

// Seat is what a person has before them: a language and a calendar. Every part
// is given one.
type Seat struct {
	// Say gives the sentence for a key of store/i18n, with its arguments put in.
	Say func(key string, args ...any) string
	// Now is the time that people at this seat go by, in their own zone.
	Now func() time.Time
	// Outside is how many lines of the terminal others keep for themselves.
	Outside int
	// Plain says that charts are made of ASCII signs here, whatever the display that is in
	// use says (Use).
	Plain bool
}

// plain reports whether charts are made of ASCII signs, because the terminal draws signs of
// ambiguous width, such as blocks, two cells wide or not at all, or because the person says so.
func (s Seat) plain() bool {
	now := shown.Load()
	return s.Plain || now.display.plain(now.plain)
}

// PlainTerminal reports whether a terminal is one for ASCII signs by itself: the console of a
// Chinese Windows, the text console of Linux, one that is told to draw ambiguous signs
// wide, or one that the person says is plain (CASEDESK_PLAIN).
func PlainTerminal(goos string, env func(string) string) bool {
	switch {
	case env("CASEDESK_PLAIN") != "":
		return env("CASEDESK_PLAIN") != "0"
	case env("RUNEWIDTH_EASTASIAN") == "1", env("TERM") == "linux":
		return true
	}
	modern := env("WT_SESSION") + env("TERM_PROGRAM") + env("TERM") + env("ConEmuANSI")
	return goos == "windows" && modern == ""
}

// Sentences are the keys of store/i18n that this package looks up.
var Sentences = []string{
	"fault.bad_choice",
	"fault.bad_date",
	"fault.bad_number",
	"fault.required",
	"key.back",
	"key.choose",
	"key.choose_digit",
	"key.day",
	"key.done",
	"key.jump_field",
	"key.leave",
	"key.more",
	"key.move",
	"key.next_fault",
	"key.next_field",
	"key.open_list",
	"key.phrases",
	"key.prev_field",
	"key.redo",
	"key.row_open",
	"key.row_remove",
	"key.save",
	"key.take_proposal",
	"key.undo",
	"kit.ask",
	"kit.ask_chosen",
	"kit.ask_filled",
	"kit.ask_find",
	"kit.ask_held",
	"kit.ask_long",
	"kit.ask_many",
	"kit.ask_member",
	"kit.ask_more",
	"kit.ask_required",
	"kit.ask_search",
	"kit.bad_moment",
	"kit.bad_money",
	"kit.below",
	"kit.choose",
	"kit.choose_many",
	"kit.comma",
	"kit.date_echo",
	"kit.date_future",
	"kit.date_past",
	"kit.date_today",
	"kit.faults",
	"kit.filter",
	"kit.jump",
	"kit.key.down",
	"kit.key.left",
	"kit.key.right",
	"kit.key.space",
	"kit.key.up",
	"kit.left",
	"kit.lost",
	"kit.money_echo",
	"kit.more",
	"kit.no",
	"kit.no_proposal",
	"kit.no_redo",
	"kit.no_undo",
	"kit.none_match",
	"kit.off",
	"kit.only_choice",
	"kit.over",
	"kit.phrases",
	"kit.proposed",
	"kit.proposed_all",
	"kit.read_row",
	"kit.remove_again",
	"kit.row_add",
	"kit.row_fault",
	"kit.too_small",
	"kit.trend",
	"kit.unmet",
	"kit.weekday.0",
	"kit.weekday.1",
	"kit.weekday.2",
	"kit.weekday.3",
	"kit.weekday.4",
	"kit.weekday.5",
	"kit.weekday.6",
	"kit.yes",
}
