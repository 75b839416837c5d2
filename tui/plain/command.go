package plain

import (
	"slices"
	"strconv"
	"strings"

	"casedesk/store/text"
	"casedesk/tui/kit"
)

// command is one that is the talk's own and no screen's.
type command struct {
	names []string
	help  string
	do    func(*talk)
}

func ours() []command {
	return []command{
		{[]string{"帮助", "help"}, "plain.ours.help", (*talk).help},
		{[]string{"听", "again"}, "plain.ours.again", (*talk).again},
		{[]string{"行", "lines"}, "plain.ours.lines", (*talk).numbered},
		{[]string{"上", "p"}, "plain.ours.up", (*talk).before},
		{[]string{"下", "n"}, "plain.ours.down", (*talk).after},
		{[]string{"清空", "empty"}, "plain.ours.empty", (*talk).empty},
	}
}

// own is the talk's own command of a name, or nil.
func (t *talk) own(name string) func(*talk) {
	for _, o := range ours() {
		if slices.Contains(o.names, strings.ToLower(name)) {
			return o.do
		}
	}
	return nil
}

// command does what was said behind a dot: an action of the screen by its number or its
// words, or one of the talk's own. Nothing behind it asks what there is.
func (t *talk) command(said string) {
	if said == "" {
		t.actions()
		return
	}
	if do := t.own(said); do != nil {
		do(t)
		return
	}
	found := t.find(said)
	word, key, parted := strings.Cut(said, " ")
	if len(found) == 0 && parted { // 移动 下: one of an action's keys
		for _, b := range t.find(word) {
			for _, k := range b.Keys {
				if k == key || t.seat().Caption(k) == key {
					t.press(k)
					return
				}
			}
		}
	}
	switch len(found) {
	case 0:
		if _, ok := kit.KeyOf(strings.ToLower(said)); ok && len(said) > 1 { // a key that the page itself speaks of
			t.press(strings.ToLower(said))
			return
		}
		t.say("plain.no_action", said)
	case 1:
		t.do(found[0])
	default:
		t.say("plain.several", said)
		all := t.all()
		for _, b := range found {
			i := slices.IndexFunc(all, func(a kit.Binding) bool { return a.ID == b.ID && a.Help == b.Help })
			t.print(t.action(i, b))
		}
	}
}

// do does an action as its key does. Why it is off, the desk says.
func (t *talk) do(b kit.Binding) {
	for _, name := range b.Keys {
		k, ok := kit.KeyOf(name)
		if ok && (!t.page.Typing || k.Text == "") {
			t.press(name)
			return
		}
	}
}

// all are the actions of the screen and those that work everywhere.
func (t *talk) all() kit.Table { return slices.Concat(t.page.Keys, t.page.Globals) }

// find finds actions: by number, by their very words or name, by a key, by how the words
// begin, by pinyin or part of them.
func (t *talk) find(said string) kit.Table {
	all := t.all()
	if n, err := strconv.Atoi(text.Fold(said)); err == nil {
		if n >= 1 && n <= len(all) {
			return all[n-1 : n]
		}
		return nil
	}
	folded, query := text.Fold(said), text.NewQuery(said)
	for _, fits := range []func(b kit.Binding) bool{
		func(b kit.Binding) bool { return text.Fold(t.Words.T(b.Help)) == folded },
		func(b kit.Binding) bool { return b.ID == folded },
		func(b kit.Binding) bool {
			return slices.ContainsFunc(b.Keys, func(k string) bool { return len(k) > 1 && (k == folded || text.Fold(t.seat().Caption(k)) == folded) })
		},
		func(b kit.Binding) bool { return strings.HasPrefix(text.Fold(t.Words.T(b.Help)), folded) },
		func(b kit.Binding) bool { return query.Match(text.Keys(t.Words.T(b.Help))) },
	} {
		var found kit.Table
		for _, b := range all {
			if fits(b) {
				found = append(found, b)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// actions prints what can be done here.
func (t *talk) actions() {
	if t.page.Covered {
		t.say("plain.way_covered")
		return
	}
	all := t.all()
	t.say("plain.actions", len(all))
	for i, b := range all {
		t.print(t.action(i, b))
	}
	t.say("plain.actions_how")
}

// action is an action with its number, its keys, and why it is off.
func (t *talk) action(i int, b kit.Binding) string {
	captions := make([]string, len(b.Keys))
	for k, key := range b.Keys {
		captions[k] = t.seat().Caption(key)
	}
	said := t.Words.T("plain.action", i+1, t.Words.T(b.Help), strings.Join(captions, t.Words.T("kit.comma")))
	if why := b.Why(); why != "" {
		said += t.Words.T("plain.pause") + t.Words.T("plain.off", why)
	}
	return said
}

// help says how to talk, then opens the desk's own page of help.
func (t *talk) help() {
	for i := 1; t.Words.Has("plain.how." + strconv.Itoa(i)); i++ {
		t.say("plain.how." + strconv.Itoa(i))
	}
	for _, o := range ours() {
		t.say(o.help)
	}
	for _, b := range t.all() {
		if b.ID == kit.HelpID {
			t.do(b)
		}
	}
}

// before goes back a field, or reads the rows before.
func (t *talk) before() {
	if t.page.ask != nil && !t.page.ask.Open {
		t.press("shift+tab")
		return
	}
	t.turn(-1)
}

// after goes to the next field without an answer, or reads the next rows.
func (t *talk) after() {
	if t.page.ask != nil && !t.page.ask.Open {
		t.next(t.page.ask)
		return
	}
	t.turn(1)
}
