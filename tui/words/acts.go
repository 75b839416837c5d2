package words

import (
	"slices"
	"strings"

	"casedesk/store/casework"
)

// Word is what a field says.
type Word struct {
	Label, Text string
	Of          casework.Action // of a field that names an act: the act's action
}

// ActWords are the words of something that was done, in the order of its form.
func (d Desk) ActWords(act casework.Act, c *casework.Case) []Word {
	var out []Word
	for _, spec := range fieldsOf(act, c) {
		if word := act.Words[spec.Name]; word != "" {
			out = append(out, Word{d.FieldOf(act.Action, spec.Name), d.Shown(spec, word, c), spec.Of})
		}
	}
	if slip := d.notice(act, c); slip != "" {
		out = append(out, Word{Label: d.T("notice.label"), Text: slip})
	}
	return out
}

// notice is the slip of an appointment; empty of what is none.
func (d Desk) notice(act casework.Act, c *casework.Case) string {
	cal := d.Index().Calendar()
	at, ok := casework.ParseMoment(act.Words["when"], cal)
	if act.Action != casework.ActAppoint || !ok {
		return ""
	}
	made, _ := c.Line(act.By)
	unit, _ := d.Index().Unit(made.Unit)
	return d.Words.Notice(at.In(cal.Location()), act.Words["place"], act.Words["purpose"], unit)
}

func fieldsOf(act casework.Act, c *casework.Case) []casework.FieldSpec {
	if event, ok := c.NewEvent(act.Action); ok {
		return casework.FieldsOf(event)
	}
	return nil
}

// ActName is something that was done in a few words: its first ones, but for
// what it answers, for two could name each other.
func (d Desk) ActName(act casework.Act, c *casework.Case) string {
	const few = 2
	var said []string
	for _, spec := range fieldsOf(act, c) {
		if word := act.Words[spec.Name]; word != "" && spec.Type != casework.TypeAct && len(said) < few {
			said = append(said, Short(d.Shown(spec, word, c), 40))
		}
	}
	if len(said) == 0 {
		return d.actDone(act, c)
	}
	return strings.Join(said, d.T("kit.comma"))
}

// actDone is who did something, and when.
func (d Desk) actDone(act casework.Act, c *casework.Case) string {
	l, ok := c.Line(act.By)
	if !ok {
		return d.Action(string(act.Action))
	}
	return d.Person(l.Actor) + "  " + d.When(l.At)
}

// About returns the act that another one answers or goes on with: the first that
// a word of it names.
func About(act casework.Act, c *casework.Case) (casework.Act, bool) {
	for _, spec := range fieldsOf(act, c) {
		if spec.Type != casework.TypeAct {
			continue
		}
		if uid, err := casework.ParseEntryID(act.Words[spec.Name]); err == nil && uid != act.By {
			if of, ok := c.Act(uid, spec.Of); ok {
				return of, true
			}
		}
	}
	return casework.Act{}, false
}

// Doing is what was done of one action on a case: for each of its acts those
// that answer it.
type Doing struct {
	Action casework.Action
	Acts   []Thread
}

// Thread is an act with those that answer it or go on with it, in their order.
type Thread struct {
	casework.Act
	Answers []Thread
}

// Doings are the acts of a case by action, in the order of its table, the newest
// first; an act that answers another stands below that.
func Doings(c *casework.Case) []Doing {
	t, ok := casework.TableOf(c.Matter)
	if !ok {
		return nil
	}
	same := func(a, b casework.Act) bool { return a.By == b.By && a.I == b.I }
	below := map[int][]int{} // by index into c.Acts; an act names an earlier one only
	var tops []int
	for i, act := range c.Acts {
		of, ok := About(act, c)
		j := slices.IndexFunc(c.Acts[:i], func(a casework.Act) bool { return ok && same(a, of) })
		if j < 0 {
			tops = append(tops, i)
		} else {
			below[j] = append(below[j], i)
		}
	}
	var thread func(i int) Thread
	thread = func(i int) Thread {
		out := Thread{Act: c.Acts[i]}
		for _, j := range below[i] {
			out.Answers = append(out.Answers, thread(j))
		}
		return out
	}
	var out []Doing
	for _, a := range t.Actions() {
		doing := Doing{Action: a}
		for _, i := range slices.Backward(tops) {
			if c.Acts[i].Action == a {
				doing.Acts = append(doing.Acts, thread(i))
			}
		}
		if len(doing.Acts) > 0 {
			out = append(out, doing)
		}
	}
	return out
}
