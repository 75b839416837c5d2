package kit

import (
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// BurstWait is how long typed text is gathered before it is shown.
const BurstWait = 8 * time.Millisecond

// burstKeys is the number of signs within one BurstWait that no hand types.
const burstKeys = 4

// Burst gathers typed text. Old consoles paste by sending a key for each sign;
// drawing the screen after each would take seconds, and every line's end would
// press Enter. So a sign is shown at once, and what follows it within one
// BurstWait is held and let go together; an Enter in the middle of it is the end
// of a line. An Enter that nothing follows is the key.
//
// A sign that some field takes for a key, a digit or a space, is held as well when
// it comes first: only what comes next tells whether it begins a paste.
//
// Where no text field has the focus a paste comes by mistake, with the right button of the
// mouse. It is let go as a paste there too, which no such screen takes: only its first letter
// can be a key, and neither its digits nor its line ends choose anything.
//
// The zero Burst is ready. The root model passes every message through Take
// before anything else, and must not draw anew while Pending.
type Burst struct {
	keys []tea.KeyPressMsg
	gen  int  // of the newest wait; older ones are stale
	led  bool // a sign was shown at once, and its wait is running
	bare bool // it was no text field's
	lost bool // of those a paste was let go, whose last line end is no key either
	hot  bool // the last batch came faster than a hand types
}

type burstMsg struct{ gen int }

// Pending reports whether text is held that the screen does not show yet.
func (b *Burst) Pending() bool { return len(b.keys) > 0 }

// Take is given each message and whether a text field has the focus. It returns
// the messages to handle now, in order, and perhaps a wait.
func (b *Burst) Take(msg tea.Msg, typing bool) ([]tea.Msg, tea.Cmd) {
	switch msg := msg.(type) {
	case burstMsg:
		if msg.gen != b.gen {
			return nil, nil
		}
		return b.due()
	case tea.KeyPressMsg:
		if printable(msg) || b.holds(msg) {
			return b.gather(msg, typing)
		}
		return append(b.release(len(b.keys)), msg), nil
	case tea.PasteMsg:
		return append(b.release(len(b.keys)), msg), nil
	default:
		return []tea.Msg{msg}, nil
	}
}

func (b *Burst) holds(k tea.KeyPressMsg) bool {
	return KeyName(k) == "enter" && (b.led || b.hot || len(b.keys) > 0)
}

// gather holds a key, but for the first sign of all.
func (b *Burst) gather(k tea.KeyPressMsg, typing bool) ([]tea.Msg, tea.Cmd) {
	first := len(b.keys) == 0 && !b.led && !b.hot
	if first {
		b.bare, b.lost = !typing, false
	}
	if first && onlyText(k) {
		b.led = true
		return []tea.Msg{k}, b.wait()
	}
	b.keys = append(b.keys, k)
	if first {
		return nil, b.wait()
	}
	return nil, nil
}

// onlyText reports whether no field takes a sign for anything but text.
func onlyText(k tea.KeyPressMsg) bool {
	name := KeyName(k)
	return name != "" && name != "space" && (name < "0" || name > "9")
}

func (b *Burst) wait() tea.Cmd {
	b.gen++
	return Wait(BurstWait, burstMsg{gen: b.gen})
}

// due lets go what was held for one wait. Enters at the end stay one wait
// longer: only what comes next tells whether they end a line or press a button.
func (b *Burst) due() ([]tea.Msg, tea.Cmd) {
	n := len(b.keys)
	for n > 0 && KeyName(b.keys[n-1]) == "enter" {
		n--
	}
	if n == 0 && !(b.led && len(b.keys) > 0) {
		b.hot, b.led = false, false
		if b.lost {
			b.keys = nil
		}
		return b.release(len(b.keys)), nil
	}
	b.hot = n >= burstKeys || n < len(b.keys)
	out := b.release(n)
	b.led = false
	if b.hot {
		return out, b.wait()
	}
	return out, nil
}

// Flush lets go at once what is held, for a message that must not overtake it.
func (b *Burst) Flush() []tea.Msg { return b.release(len(b.keys)) }

// release lets the first n keys go: a few as keys, many as a paste, and so those
// that an input method sent together, of which none is meant as a key.
func (b *Burst) release(n int) []tea.Msg {
	held := b.keys[:n]
	b.keys = append([]tea.KeyPressMsg(nil), b.keys[n:]...)
	last := n
	for last > 0 && KeyName(held[last-1]) == "enter" {
		last--
	}
	var pasted strings.Builder
	for _, k := range held[:last] {
		if KeyName(k) == "enter" {
			pasted.WriteByte('\n')
		} else {
			pasted.WriteString(k.Text)
		}
	}
	var out []tea.Msg
	if together := (b.led || last > 1 && !ascii(pasted.String())) && last > 0; together && !b.bare || last >= burstKeys || strings.Contains(pasted.String(), "\n") {
		out = append(out, tea.PasteMsg{Content: pasted.String()})
		b.lost = b.bare
		held = held[last:]
	}
	for _, k := range held {
		out = append(out, k)
	}
	return out
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
